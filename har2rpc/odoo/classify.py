"""What matters and what is noise: each call judged by what it is and by what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from har2rpc.model import Call, Json, Kind, Where
from har2rpc.odoo import methods
from har2rpc.odoo.call_args import fields_asked, record_ids
from har2rpc.odoo.routes import Recorded
from har2rpc.odoo.schema.commands import Create, Update, parse_command

# Fields that the client asks for to label a tag, a status bar or a kanban column.
_LABEL_FIELDS = frozenset(
    "id display_name name email color fold requirements description icon image_128".split()
)
_ASKING = methods.SEARCHES | methods.GROUPINGS | methods.RECORD_READS
_SOON = 12  # calls
_FORM_STEPS = frozenset({"onchange", "create", "write", "web_save"})


def in_order(calls: Sequence[Call]) -> tuple[Call, ...]:
    """The same calls, which stand in recorded order, with their numbers and the kinds that their neighbours tell."""
    return tuple(
        call if (call.n, call.kind) == (n, kind) else replace(call, n=n, kind=kind)
        for n, (call, kind) in enumerate(zip(calls, _kinds(calls), strict=True), 1)
    )


def alone(recorded: Recorded) -> Call:
    """A call of which nothing but itself is known yet, with the kind that its method tells."""
    return Call(
        n=0,
        where=Where("", 0),
        url=recorded.url,
        route=recorded.route,
        model=recorded.model,
        method=recorded.method,
        args=recorded.args,
        kwargs=recorded.kwargs,
        context=recorded.context,
        uid=recorded.uid,
        kind=by_itself(recorded),
        outcome="missing",
        started="",
        ms=None,
    )


def by_itself(call: Call | Recorded) -> Kind:
    """The kind that a call's route, model and method tell."""
    method = call.method
    if call.route == "/jsonrpc":  # somebody's own program: it has no noise
        return _plain_kind(method)
    if method in methods.CLIENTS_OWN:
        return "noise"
    if call.model == methods.IMPORTS and not _is_import(call):
        return "noise"
    if (
        methods.is_side_model(call.model)
        and method in methods.READS
        and method != "web_search_read"
    ):
        return "noise"
    return _plain_kind(method)


def _kinds(calls: Sequence[Call]) -> Iterator[Kind]:
    deed: Call | None = None  # the write or action whose consequences we may be reading
    visited: set[str] = set()  # models that had a page of their own: a search, or views
    asked: set[int] = set()  # reads so far: the page asks them again after a deed
    on_screen: Call | None = None
    opened_since = False  # whether a page was opened after the deed
    for position, call in enumerate(calls):
        kind = by_itself(call)
        if kind == "write" and deed is not None and _is_numbering(call, deed):
            kind = "noise"
        if kind == "read" and call.route != "/jsonrpc":
            if (
                _is_label_fetch(call)
                or _is_pick(call, calls, position)
                or _is_given_up(call, calls, position)
                or (deed is not None and (_is_consequence(call, deed) or _is_again(call, asked)))
                or _is_sub_read(call, on_screen, visited)
                or (deed is not None and not opened_since and _is_line_read(call, deed))
            ):
                kind = "noise"
        opened_since = opened_since or call.method in methods.PAGE_OPENERS
        if call.method in methods.PAGE_OPENERS or (kind == "read" and call.method != "read"):
            visited.add(call.model)
        if kind != "noise":
            on_screen = call
            asked.add(_asked(call))
        if kind in ("write", "action"):
            deed, opened_since = call, False
        elif kind == "read":
            deed = None
        yield kind


def _is_import(call: Call | Recorded) -> bool:
    """The import itself, and neither its preparation nor a test of it."""
    dry = call.kwargs.get("dryrun", call.args[4] if len(call.args) > 4 else False)
    return call.method in methods.IMPORTING and not dry


def _plain_kind(method: str) -> Kind:
    if method in methods.READS:
        return "read"
    return "write" if method in methods.WRITES else "action"


def _is_label_fetch(call: Call) -> bool:
    """Reading nothing but names and colours: tags of a record, columns, a status bar, the chatter."""
    if call.method not in {"read", "web_read", "search_read"}:
        return False
    asked = fields_asked(call)
    if asked == ["activity_ids"]:
        return True
    return bool(asked) and len(asked) <= 3 and set(asked) <= _LABEL_FIELDS


def _is_pick(call: Call, calls: Sequence[Call], position: int) -> bool:
    """An autocomplete before a pick: the dropdown just opened, or a form step comes after it."""
    if call.method not in methods.NAME_SEARCHES:
        return False
    name = call.kwargs.get("name", call.args[0] if call.args else "")
    return not name or any(later.method in _FORM_STEPS for later in calls[position + 1 :])


def _is_given_up(call: Call, calls: Sequence[Call], position: int) -> bool:
    """A question whose answer never came, asked again at once: the page was loaded anew, or typing went on."""
    if call.outcome != "missing":
        return False
    return any(
        later.outcome != "missing" and _question(later) == _question(call)
        for later in calls[position + 1 : position + _SOON]
    )


def _asked(call: Call) -> int:
    """A read by what it asks, as a number: a long capture has many. 0 for a call that is no read."""
    return hash(repr(_question(call))) if call.method in _ASKING else 0


def _is_again(call: Call, asked: set[int]) -> bool:
    return call.method in _ASKING and _asked(call) in asked


def _question(call: Call) -> tuple[Json, ...]:
    return call.route, call.model, call.method, call.args, call.kwargs


def _is_sub_read(call: Call, on_screen: Call | None, visited: set[str]) -> bool:
    """Up to Odoo 16: the lines of the record on screen, which the client reads by themselves.

    They are of a model that had no page of its own, or several records of the same model at once.
    """
    if call.method != "read" or on_screen is None:
        return False
    if on_screen.model != call.model:
        return call.model not in visited
    return len(record_ids(call)) > 1 and on_screen.method in ("read", "create", "write")


def _is_numbering(call: Call, deed: Call) -> bool:
    """Whether the page numbers its columns anew because one was added (`name_create`): nobody moved any."""
    return (
        call.method in ("resequence", "web_resequence")
        and deed.method == "name_create"
        and call.model == deed.model
        and bool(set(deed.result_ids[:1]) & set(record_ids(call)))
    )


def _is_of_wizard(call: Call, deed: Call) -> bool:
    """Whether it reads again the records that a wizard was opened for, once the wizard has done its deed."""
    context, ids = deed.context, set(record_ids(call))
    about = context.get("active_ids") or [context.get("active_id")]
    is_about = isinstance(about, list) and ids <= {one for one in about if isinstance(one, int)}
    return bool(ids) and context.get("active_model") == call.model and is_about


def _is_line_read(call: Call, deed: Call) -> bool:
    """Up to Odoo 16: the lines of the record just saved, which has new or changed ones."""
    if call.method != "read" or call.model == deed.model or deed.method not in _FORM_STEPS:
        return False
    values = next((one for one in deed.args[:2] if isinstance(one, dict)), {})
    return any(
        isinstance(parse_command(command), (Create, Update))
        for value in values.values()
        if isinstance(value, list)
        for command in value
    )


def _is_consequence(call: Call, deed: Call) -> bool:
    """A re-read of the record just saved or acted on, or of the groups it stands in."""
    if call.model != deed.model:
        return call.method in methods.RECORD_READS and _is_of_wizard(call, deed)
    if call.method in methods.GROUPINGS:
        return True
    touched = set(record_ids(deed)) | set(deed.result_ids)
    if deed.method in methods.CREATES and deed.outcome == "missing" and not touched:
        # Its answer is not in the file: the record read next is the new one.
        touched = set(record_ids(call))
    return (
        call.method in methods.RECORD_READS and bool(touched) and set(record_ids(call)) <= touched
    )
