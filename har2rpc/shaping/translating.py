"""From the web client's own methods to those that every Odoo offers from outside.

One function a method: web_search_read, web_read and the old list route become search_read and read with the
specification's keys as `fields`; web_save becomes create or write. Each change of shape is said in a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from har2rpc.model import Call, Capture, Json
from har2rpc.odoo import contexts, kinds, methods, wording
from har2rpc.shaping.differences import route_notes, shape_note, sized_fields
from har2rpc.shaping.draft import Draft


def verbatim(call: Call) -> Draft:
    """The web client's own call, untouched but for `uid` in the context."""
    context = {key: value for key, value in call.context.items() if key != "uid"}
    return Draft(
        call=call,
        model=call.model,
        method=call.method,
        args=call.args,
        kwargs=call.kwargs,
        context=context,
        changes=methods.changes(call.method),
        returns=_returns(call),
        notes=route_notes(call),
    )


def translated(call: Call, capture: Capture) -> Draft:
    """The same deed in public methods, with the context that means something outside."""
    creates = contexts.creates_something(call.method, call.args)
    changes = methods.changes(call.method)
    context = contexts.meaningful(call.context, call.method, changes=changes, creates=creates)
    draft = Draft(
        call=call,
        model=call.model,
        method=call.method,
        args=call.args,
        kwargs=call.kwargs,
        context=context,
        changes=changes,
        returns=_returns(call),
        notes=route_notes(call),
    )
    translate = _TRANSLATIONS.get(call.method)
    return translate(draft, capture) if translate and call.route != "/jsonrpc" else draft


def _web_search_read(draft: Draft, capture: Capture) -> Draft:
    named = _named(draft, ("domain", "specification", "offset", "limit", "order", "count_limit"))
    if "specification" not in named:  # up to Odoo 16 the second argument is `fields`
        named = _named(draft, ("domain", "fields", "offset", "limit", "order", "count_limit"))
    specification = named.get("specification", named.get("fields"))
    fields, notes = _fields(draft, capture, specification)
    changed = ["the records are the same, but the total (`length`) is not counted"]
    if isinstance(specification, dict):
        changed[0] = shape_note(draft, capture, specification, fields) + (
            ", and the total (`length`) is not counted"
        )
    return _replaced(
        draft,
        method="search_read",
        args=[named.get("domain") or []],
        kwargs=_paging(named, {"fields": fields} if fields else {}),
        notes=(f"web_search_read -> search_read: {changed[0]}.", *notes),
        returns="records",
    )


def _search_read(draft: Draft, capture: Capture) -> Draft:
    named = _named(draft, ("domain", "fields", "offset", "limit", "order"))
    fields, notes = _fields(draft, capture, named.get("fields"))
    if draft.call.route == "/web/dataset/search_read":
        notes = (
            "/web/dataset/search_read -> search_read: the records are the same, "
            "but the total (`length`) is not counted.",
            *notes,
        )
    known = {"domain", "fields", "offset", "limit", "order"}
    rest = {key: value for key, value in draft.kwargs.items() if key not in known}
    return _replaced(
        draft,
        method="search_read",
        args=[named.get("domain") or []],
        kwargs=_paging(named, {**({"fields": fields} if fields else {}), **rest}),
        notes=notes,
        returns="records",
    )


def _web_read(draft: Draft, capture: Capture) -> Draft:
    specification = draft.kwargs.get("specification")
    if specification is None and len(draft.args) > 1:
        specification = draft.args[1]
    fields, notes = _fields(draft, capture, specification)
    shape = shape_note(draft, capture, specification, fields)
    return _replaced(
        draft,
        method="read",
        args=[draft.args[0] if draft.args else []],
        kwargs={"fields": fields} if fields else {},
        notes=(f"web_read -> read: {shape}.", *notes),
        returns="records",
    )


def _read(draft: Draft, capture: Capture) -> Draft:
    if len(draft.args) < 2 and "fields" not in draft.kwargs:
        return draft
    asked = draft.args[1] if len(draft.args) > 1 else draft.kwargs["fields"]
    fields, notes = _fields(draft, capture, asked)
    rest = {key: value for key, value in draft.kwargs.items() if key != "fields"}
    return _replaced(
        draft,
        method="read",
        args=draft.args[:1],
        kwargs={**({"fields": fields} if fields else {}), **rest},
        notes=notes,
        returns="records",
    )


def _web_save(draft: Draft, capture: Capture) -> Draft:
    ids = draft.args[0] if draft.args else []
    values = draft.args[1] if len(draft.args) > 1 else draft.kwargs.get("vals", {})
    if ids:
        note = "web_save -> write: it answers True; the client's read-back is left out."
        return _replaced(draft, method="write", args=[ids, values], kwargs={}, notes=(note,))
    note = (
        "web_save without an id -> create: the answer is the new record's id, "
        "the client's read-back is left out."
    )
    return _replaced(draft, method="create", args=[values], kwargs={}, notes=(note,), returns="id")


def _copy(draft: Draft, capture: Capture) -> Draft:
    """`copy` answers an id up to Odoo 17, a list of ids from 18 on: what was recorded tells."""
    answer = draft.call.fetch() if draft.call.outcome == "ok" else None
    return _replaced(draft, returns="ids" if isinstance(answer, list) else "id")


def _create(draft: Draft, capture: Capture) -> Draft:
    values = draft.args[0] if draft.args else None
    if isinstance(values, list) and len(values) == 1:  # 17+ sends a list of one
        return _replaced(draft, method="create", args=[values[0]], returns="id")
    return _replaced(draft, method="create", returns="ids" if isinstance(values, list) else "id")


_TRANSLATIONS = {
    "web_search_read": _web_search_read,
    "search_read": _search_read,
    "web_read": _web_read,
    "read": _read,
    "web_save": _web_save,
    "create": _create,
    "copy": _copy,
}


def _named(draft: Draft, parameters: Iterable[str]) -> dict[str, Json]:
    """The arguments by name, wherever the client put them."""
    return {**dict(zip(parameters, draft.args, strict=False)), **draft.kwargs}


def _paging(named: Mapping[str, Json], kwargs: dict[str, Json]) -> dict[str, Json]:
    """limit, offset and order behind the fields; what means "none of it" is left out."""
    if named.get("limit"):
        kwargs["limit"] = named["limit"]
    if named.get("limit") or named.get("offset"):
        kwargs["offset"] = named.get("offset") or 0
    if named.get("order"):
        kwargs["order"] = named["order"]
    return kwargs


def _fields(draft: Draft, capture: Capture, asked: Json) -> tuple[list[str], tuple[str, ...]]:
    """The fields to ask for; those whose size alone the client had asked for are left out, and said."""
    if isinstance(asked, dict):
        names = list(asked) or [
            "id"
        ]  # an empty specification reads the id, an empty list all fields
    else:
        names = [name for name in asked if isinstance(name, str)] if isinstance(asked, list) else []
    bound = [name for name in names if (draft.model, name) in methods.SESSION_BOUND]
    if bound:
        names = [name for name in names if name not in bound]
        told = (
            f"Left out: {wording.listed(bound)} (Odoo computes it for a browser's session alone)."
        )
        return _without_sizes(draft, capture, names, (told,))
    return _without_sizes(draft, capture, names, ())


def _without_sizes(
    draft: Draft, capture: Capture, names: list[str], notes: tuple[str, ...]
) -> tuple[list[str], tuple[str, ...]]:
    if not draft.call.context.get("bin_size"):
        return names, notes
    sized = sized_fields(draft, names, capture.fields().get(draft.model, {}))
    if not sized:
        return names, notes
    what = "images or files" if len(sized) > 1 else "an image or file"
    note = f"Left out: {wording.listed(sized)} ({what}; the client asked for the size only)."
    return [name for name in names if name not in sized] or ["id"], (*notes, note)


def _returns(call: Call) -> str:
    method = call.method
    if method == "create" and call.args and isinstance(call.args[0], dict):
        return "id"
    if method in ("search_read", "read", "web_read", "name_get"):
        return "records"
    if method == "search":
        return "ids"
    return "value"


def _replaced(draft: Draft, *, notes: tuple[str, ...] = (), **changes: Json) -> Draft:
    from dataclasses import replace

    return replace(draft, notes=(*draft.notes, *notes), **changes)


def record_ids(draft: Draft) -> tuple[int, ...]:
    """The recorded ids that a draft acts on."""
    return kinds.record_ids(draft.call)
