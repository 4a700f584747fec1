"""The rules that make a call noise: two tables at the end of this file, and the conditions that they use.

A call keeps the sentence of the rule that made it noise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from har2rpc.model import Call, Json, Kind
from har2rpc.odoo import methods
from har2rpc.odoo.call_args import (
    asks_for_many_names,
    fields_asked,
    is_import,
    lists_ids,
    record_ids,
)
from har2rpc.odoo.routes import Recorded
from har2rpc.odoo.schema.commands import Create, Update, parse_command

# Fields that the client asks for to label a tag, a status bar or a kanban column.
_LABEL_FIELDS = frozenset(
    "id display_name name email color fold requirements description icon image_128".split()
)
_ASKING = methods.SEARCHES | methods.GROUPINGS | methods.RECORD_READS
_SOON = 12  # calls
_FORM_STEPS = frozenset({"onchange", "create", "write", "web_save"})


@dataclass(slots=True)
class Around:
    """What came before a call: the state of the walk through a capture."""

    calls: Sequence[Call]
    position: int = 0
    change: Call | None = None
    """The write or action whose consequences are read now."""
    visited: set[str] = field(default_factory=set)
    """Models that had a page of their own: a search, or views."""
    questions: set[int] = field(default_factory=set)
    """Reads so far: the page asks them again after a change."""
    on_screen: Call | None = None
    page_opened: bool = False
    """Whether a page was opened after the change."""

    def take(self, call: Call, kind: Kind) -> None:
        """Moves past a call."""
        self.page_opened = self.page_opened or call.method in methods.PAGE_OPENERS
        if call.method in methods.PAGE_OPENERS or (kind == "read" and call.method != "read"):
            self.visited.add(call.model)
        if kind != "noise":
            self.on_screen = call
            self.questions.add(_question_number(call))
        if kind in ("write", "action"):
            self.change, self.page_opened = call, False
        elif kind == "read":
            self.change = None
        self.position += 1


def _is_label_fetch(call: Call, around: Around) -> bool:
    """Reading nothing but names and colors: tags of a record, columns, a status bar, the chatter."""
    if call.method not in {"read", "web_read", "unity_read", "search_read"}:
        return False
    if call.method == "search_read" and call.kwargs.get("domain") and call.kwargs.get("limit"):
        return False  # somebody looked for something
    fields = fields_asked(call)
    if fields == ["activity_ids"]:
        return True
    return bool(fields) and len(fields) <= 3 and set(fields) <= _LABEL_FIELDS


def _is_pick(call: Call, around: Around) -> bool:
    """An autocomplete before a pick: the dropdown just opened, or a form step comes after it."""
    if call.method not in methods.NAME_SEARCHES:
        return False
    name = call.kwargs.get("name", call.args[0] if call.args else "")
    later_calls = around.calls[around.position + 1 :]
    if name and any(
        later.model == call.model and lists_ids(later) for later in later_calls[:_SOON]
    ):
        # "Search more": of the dropdown's two questions the one for many is what was searched.
        return not asks_for_many_names(call)
    return not name or any(later.method in _FORM_STEPS for later in later_calls)


def _is_search_more(call: Call, around: Around) -> bool:
    """The list of the records whose ids the words of "Search more" gave: the words are the search."""
    before = around.calls[max(0, around.position - _SOON) : around.position]
    return lists_ids(call) and any(
        earlier.model == call.model and asks_for_many_names(earlier) for earlier in before
    )


def _is_abandoned(call: Call, around: Around) -> bool:
    """A request whose answer never came, repeated at once: the page was reloaded, or the user went on typing."""
    if call.outcome != "missing":
        return False
    return any(
        later.outcome != "missing" and _question(later) == _question(call)
        for later in around.calls[around.position + 1 : around.position + _SOON]
    )


def _question_number(call: Call) -> int:
    """A read by what it asks, as a number: a long capture has many. 0 for any other call."""
    return hash(repr(_question(call))) if call.method in _ASKING else 0


def _is_repeated(call: Call, around: Around) -> bool:
    is_question = around.change is not None and call.method in _ASKING
    return is_question and _question_number(call) in around.questions


def _question(call: Call) -> tuple[Json, ...]:
    return call.route, call.model, call.method, call.args, call.kwargs


def _is_sub_read(call: Call, around: Around) -> bool:
    """Up to Odoo 16: the lines of the record on screen, which the client reads by themselves.

    They are of a model that had no page of its own, or several records of the same model at once.
    """
    on_screen = around.on_screen
    if call.method != "read" or on_screen is None:
        return False
    if on_screen.model != call.model:
        return call.model not in around.visited
    return len(record_ids(call)) > 1 and on_screen.method in ("read", "create", "write")


def _is_numbering(call: Call, around: Around, *ways: str) -> bool:
    """Whether the page renumbers the neighbors of a record that was just created or moved."""
    change = around.change
    if call.method not in ("resequence", "web_resequence") or change is None:
        return False
    about = change.result_ids[:1] or record_ids(change)
    is_of_change = call.model == change.model and change.method in ways
    return is_of_change and len(about) == 1 and set(about) <= set(record_ids(call))


def _did_nothing(call: Call, around: Around) -> bool:
    """Whether Odoo answered that nothing can be put in order: the model has no field for it, as leads of 14 and 15.

    Source: 14 and 15 `addons/web/controllers/main.py`, `/web/dataset/resequence`: False for a field that is not there.
    """
    is_order = call.method in ("resequence", "web_resequence")
    return is_order and call.outcome == "ok" and call.fetch() is False


def _is_next_after_delete(call: Call, around: Around) -> bool:
    """Whether the form shows the next record of the list after a delete: nobody opened that record."""
    change = around.change
    if change is None or change.method != "unlink" or call.model != change.model:
        return False
    if call.method not in methods.RECORD_READS or len(record_ids(call)) != 1:
        return False
    for earlier in reversed(around.calls[: around.position]):
        if earlier.method in methods.PAGE_OPENERS | _ASKING and earlier.model == call.model:
            return False  # a list was shown, or a record already
        if earlier is change:
            break
    return True


def _is_of_wizard(call: Call, change: Call) -> bool:
    """Whether it reads again the records that a wizard was opened for, once the wizard has done its work."""
    context, ids = change.context, set(record_ids(call))
    about = context.get("active_ids") or [context.get("active_id")]
    is_about = isinstance(about, list) and ids <= {each for each in about if isinstance(each, int)}
    return bool(ids) and context.get("active_model") == call.model and is_about


def _is_line_read(call: Call, around: Around) -> bool:
    """Up to Odoo 16: the lines of the record just saved, which has new or changed ones."""
    change = around.change
    if change is None or around.page_opened:
        return False
    if call.method != "read" or call.model == change.model or change.method not in _FORM_STEPS:
        return False
    values = next((each for each in change.args[:2] if isinstance(each, dict)), {})
    return any(
        isinstance(parse_command(member), (Create, Update))
        for value in values.values()
        if isinstance(value, list)
        for member in value
    )


def _is_consequence(call: Call, around: Around) -> bool:
    """A re-read of the record just saved or acted on, or of the groups it stands in."""
    change = around.change
    if change is None:
        return False
    if call.model != change.model:
        return call.method in methods.RECORD_READS and _is_of_wizard(call, change)
    if call.method in methods.GROUPINGS:
        return True
    touched = set(record_ids(change)) | set(change.result_ids)
    if change.method in methods.CREATES and change.outcome == "missing" and not touched:
        # Its answer is not in the file: the record read next is the new one.
        touched = set(record_ids(call))
    return (
        call.method in methods.RECORD_READS and bool(touched) and set(record_ids(call)) <= touched
    )


# A rule is the sentence that `list --all -v` prints, and what it asks of a call by itself.
RULES_BY_ITSELF: dict[str, Callable[[Call | Recorded], bool]] = {
    "a method that the client calls for itself (views, rights, chatter)": (
        lambda call: call.method in methods.CLIENTS_OWN
    ),
    "the preparation of an import, or a test of it": (
        lambda call: call.model == methods.IMPORT_MODEL and not is_import(call)
    ),
    "a record that the client reads beside the one on screen (chatter, filters)": (
        lambda call: methods.is_side_model(call.model)
        and call.method in methods.READS
        and call.method not in ("web_search_read", "unity_web_search_read")
    ),
}
# The same for what stands around a call, by the kind that the call would have otherwise; the first that applies counts.
RULES_BY_NEIGHBORS: dict[Kind, dict[str, Callable[[Call, Around], bool]]] = {
    "write": {
        "the renumbering of columns after one was added": (
            lambda call, around: _is_numbering(call, around, "name_create")
        ),
        "the renumbering of a column's other cards after one was moved there": (
            lambda call, around: _is_numbering(call, around, "write", "web_save")
        ),
        "a new order that Odoo did not store: the model has no field for it": _did_nothing,
    },
    "read": {
        "names and colors of tags, columns or a status bar": _is_label_fetch,
        "a dropdown's search before something is selected in a form": _is_pick,
        "the records that the text in Search more had found": _is_search_more,
        "a request without an answer, repeated at once": _is_abandoned,
        "the record just saved or acted on, read again": _is_consequence,
        "the next record, which the form shows after a delete": _is_next_after_delete,
        "a request of the page, repeated after a change": _is_repeated,
        "the lines of the record on screen": _is_sub_read,
        "the lines of the record just saved": _is_line_read,
    },
}
