"""Translates saves: web_save becomes create or write; what saves several records at once becomes a write of each."""

from __future__ import annotations

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.named_args import named_args, replaced
from har2rpc.model import Capture, Json
from har2rpc.odoo.english import listed
from har2rpc.odoo.schema.commands import Link, parse_commands


def web_save(draft: Draft, capture: Capture) -> Draft:
    ids = draft.args[0] if draft.args else []
    values = draft.args[1] if len(draft.args) > 1 else draft.kwargs.get("vals", {})
    if ids:
        note = "web_save -> write: returns True and does not read the record back."
        return replaced(draft, method="write", args=[ids, values], kwargs={}, notes=(note,))
    note = (
        "web_save without an id -> create: returns the new record's id and does not read the "
        "record back."
    )
    return replaced(draft, method="create", args=[values], kwargs={}, notes=(note,), returns="id")


def write(draft: Draft, capture: Capture) -> Draft:
    """A write without its unchanged lines, for which clients up to Odoo 16 send `[4, id, False]`.

    (`addons/web/static/src/legacy/js/views/basic/basic_model.js`, `_generateX2ManyCommands`: picks are `[6, …]` there.)
    Sent for another record, they would take these lines away from their own.
    """
    values = draft.args[1] if len(draft.args) > 1 else None
    if not isinstance(values, dict):
        return draft
    sent = {name: _without_untouched(value) for name, value in values.items()}
    left = [name for name, value in values.items() if sent[name] is not value]
    if not left:
        return draft
    note = f"{listed(left, most=4)}: unchanged lines ([4, id]) are left out."
    return replaced(draft, args=[draft.args[0], sent, *draft.args[2:]], notes=(note,))


def create(draft: Draft, capture: Capture) -> Draft:
    values = draft.args[0] if draft.args else None
    if isinstance(values, list) and len(values) == 1:  # 17+ sends a list of one
        return replaced(draft, method="create", args=[values[0]], returns="id")
    return replaced(draft, method="create", returns="ids" if isinstance(values, list) else "id")


def copy(draft: Draft, capture: Capture) -> Draft:
    """`copy` returns an id up to Odoo 17 and a list of ids from 18 on; the recorded answer decides."""
    answer = draft.source_call.fetch() if draft.source_call.outcome == "ok" else None
    return replaced(draft, returns="ids" if isinstance(answer, list) else "id")


def web_save_multi(draft: Draft, capture: Capture) -> list[Draft]:
    """Odoo 19, an edit of several rows at once: a write of each record."""
    arguments = named_args(draft, ("ids", "vals_list", "specification"))
    ids, values = arguments.get("ids"), arguments.get("vals_list")
    if not isinstance(ids, list) or not isinstance(values, list) or len(ids) != len(values):
        return [draft]
    note = "web_save_multi -> write, record by record: returns True and does not read the records back."
    if all(value == values[0] for value in values):
        note = "web_save_multi -> write: returns True and does not read the records back."
        return [_write(draft, ids, values[0], note)]
    return [_write(draft, [one], value, note) for one, value in zip(ids, values, strict=True)]


def resequence(draft: Draft, capture: Capture) -> Draft | list[Draft]:
    """Dragging a row: a write of the sequence of each record, for no Odoo before 19 has a method for it."""
    arguments = named_args(draft, ("ids", "specification", "field_name", "offset"))
    ids = arguments.get("ids")
    if not isinstance(ids, list) or not ids:
        return draft
    field = arguments.get("field_name") or arguments.get("field") or "sequence"
    start = arguments.get("offset")
    start = start if isinstance(start, int) else 0
    note = f"{draft.method} -> write of `{field}`, record by record, in their new order."
    return [_write(draft, [one], {field: place}, note) for place, one in enumerate(ids, start)]


def _without_untouched(value: Json) -> Json:
    """A field's commands without `[4, id, False]`; as they are where these are all."""
    commands = parse_commands(value)
    changed = [
        member
        for member, command in zip(value if commands else (), commands, strict=True)
        if not (isinstance(command, Link) and command.rest == (False,))
    ]
    return changed if 0 < len(changed) < len(commands) else value


def _write(draft: Draft, ids: list[Json], values: Json, note: str) -> Draft:
    return replaced(draft, method="write", args=[ids, values], kwargs={}, notes=(note,))
