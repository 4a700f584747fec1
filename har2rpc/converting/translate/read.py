"""Translates searches and reads: the specification's keys become `fields`, with notes on what the answer lacks."""

from __future__ import annotations

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.answer_shape import shape_note, sized_fields
from har2rpc.converting.translate.named_args import named_args, paging, replaced
from har2rpc.model import Capture, Json
from har2rpc.odoo import english, methods


def web_search_read(draft: Draft, capture: Capture) -> Draft:
    arguments = named_args(
        draft, ("domain", "specification", "offset", "limit", "order", "count_limit")
    )
    if "specification" not in arguments:  # up to Odoo 16 the second argument is `fields`
        arguments = named_args(
            draft, ("domain", "fields", "offset", "limit", "order", "count_limit")
        )
    specification = arguments.get("specification", arguments.get("fields"))
    fields, notes = _fields(draft, capture, specification)
    changed = ["the records are the same, but the total (`length`) is not counted"]
    if isinstance(specification, dict):
        changed[0] = shape_note(draft, capture, specification, fields) + (
            ", and the total (`length`) is not counted"
        )
    return replaced(
        draft,
        method="search_read",
        args=[arguments.get("domain") or []],
        kwargs=paging(arguments, {"fields": fields} if fields else {}),
        notes=(f"web_search_read -> search_read: {changed[0]}.", *notes),
        returns="records",
    )


def search_read(draft: Draft, capture: Capture) -> Draft:
    arguments = named_args(draft, ("domain", "fields", "offset", "limit", "order"))
    fields, notes = _fields(draft, capture, arguments.get("fields"))
    if draft.source_call.route == "/web/dataset/search_read":
        notes = (
            "/web/dataset/search_read -> search_read: the records are the same, "
            "but the total (`length`) is not counted.",
            *notes,
        )
    if draft.source_call.route.startswith("/web/export/"):
        fields = list(dict.fromkeys(name.partition("/")[0] for name in fields))
        notes = (
            f"{draft.source_call.route} of all records found -> search_read: returns rows, not a file; linked records "
            "(a/b) are id and name.",
            *notes,
        )
    known = {"domain", "fields", "offset", "limit", "order"}
    rest = {key: value for key, value in draft.kwargs.items() if key not in known}
    return replaced(
        draft,
        method="search_read",
        args=[arguments.get("domain") or []],
        kwargs=paging(arguments, {**({"fields": fields} if fields else {}), **rest}),
        notes=notes,
        returns="records",
    )


def web_read(draft: Draft, capture: Capture) -> Draft:
    specification = draft.kwargs.get("specification")
    if specification is None and len(draft.args) > 1:
        specification = draft.args[1]
    fields, notes = _fields(draft, capture, specification)
    shape = shape_note(draft, capture, specification, fields)
    return replaced(
        draft,
        method="read",
        args=[draft.args[0] if draft.args else []],
        kwargs={"fields": fields} if fields else {},
        notes=(f"web_read -> read: {shape}.", *notes),
        returns="records",
    )


def read(draft: Draft, capture: Capture) -> Draft:
    if len(draft.args) < 2 and "fields" not in draft.kwargs:
        return draft
    names = draft.args[1] if len(draft.args) > 1 else draft.kwargs["fields"]
    fields, notes = _fields(draft, capture, names)
    rest = {key: value for key, value in draft.kwargs.items() if key != "fields"}
    return replaced(
        draft,
        method="read",
        args=draft.args[:1],
        kwargs={**({"fields": fields} if fields else {}), **rest},
        notes=notes,
        returns="records",
    )


def _fields(draft: Draft, capture: Capture, fields: Json) -> tuple[list[str], tuple[str, ...]]:
    """The fields to request, without those for which the client requested only the size; a note names these."""
    if isinstance(fields, dict):  # an empty specification reads the id, an empty list all fields
        names = list(fields) or ["id"]
    else:
        names = (
            [name for name in fields if isinstance(name, str)] if isinstance(fields, list) else []
        )
    described = capture.fields().get(draft.model, {})
    bound = [
        name
        for name in names
        if (draft.model, name) in methods.SESSION_BOUND
        or (name in described and described[name].relation in methods.SESSION_MODELS)
        or (draft.model in methods.SESSION_MODELS and name == "is_current")
    ]
    if bound:
        names = [name for name in names if name not in bound]
        note = f"Left out: {english.listed(bound)} (Odoo computes it only in a browser's session)."
        return _without_sizes(draft, capture, names, (note,))
    return _without_sizes(draft, capture, names, ())


def _without_sizes(
    draft: Draft, capture: Capture, names: list[str], notes: tuple[str, ...]
) -> tuple[list[str], tuple[str, ...]]:
    if not draft.source_call.context.get("bin_size"):
        return names, notes
    sized = sized_fields(draft, names, capture.fields().get(draft.model, {}))
    if not sized:
        return names, notes
    what = "images or files" if len(sized) > 1 else "an image or file"
    note = f"Left out: {english.listed(sized)} ({what}; the client asked for the size only)."
    return [name for name in names if name not in sized] or ["id"], (*notes, note)
