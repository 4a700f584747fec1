"""Translates uploads into a `create` of an attachment on the record that the file belongs to.

Until something links it, an attachment without a record is readable only by its creator; in Odoo 14 by every employee
(14 and 19 `odoo/addons/base/models/ir_attachment.py`, `check` and `_check_access`; tried on both).
"""

from __future__ import annotations

from dataclasses import replace

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate import save
from har2rpc.converting.translate.named_args import replaced
from har2rpc.model import Capture, Json
from har2rpc.model.capture import position_of
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args
from har2rpc.odoo.routes.file_uploads import ROUTES

_ALONE = (
    "The capture does not contain the record that the file belongs to. Without res_model and res_id only "
    "its creator can read it (in Odoo 14, every employee), until a record links it."
)


def create(draft: Draft, capture: Capture) -> Draft | list[Draft]:
    """A `create`; of an upload with the record that its message was posted on, where the upload itself names none."""
    if draft.source_call.route not in ROUTES:
        return save.create(draft, capture)
    argument = draft.args[0]
    values = argument if isinstance(argument, list) else [argument]
    notes = [
        f"{draft.source_call.route} -> create of {draft.model}: pass the file; returns the attachment's id."
    ]
    if not any("res_id" in one or one.get("public") for one in values):
        record = _posted_on(draft, capture)
        values = [{**one, **record} for one in values]
        if not record:
            notes.append(_ALONE)
    ids = draft.source_call.result_ids
    return [
        _of_file(draft, one, tuple(notes), ids[place : place + 1])
        for place, one in enumerate(values)
    ]


def _of_file(draft: Draft, values: Json, notes: tuple[str, ...], ids: tuple[int, ...]) -> Draft:
    """The creation of one of the files that a form posted together; `ids` has its own."""
    of_file = replace(draft, source_call=replace(draft.source_call, result_ids=ids))
    return replaced(of_file, args=[values], notes=notes, returns="id")


def _posted_on(draft: Draft, capture: Capture) -> dict[str, Json]:
    """The record of the first message after the upload that has the file attached; nothing if none has."""
    ids = set(draft.source_call.result_ids)
    for call in capture.calls[position_of(capture.calls, draft.source_call.n + 1) :]:
        if call.method != "message_post" or not ids:
            continue
        taken_along = call.kwargs.get("attachment_ids")
        records = call_args.record_ids(call)
        is_of_it = isinstance(taken_along, list) and ids & {
            one for one in taken_along if is_id(one)
        }
        if is_of_it and len(records) == 1:
            return {"res_model": call.model, "res_id": records[0]}
    return {}
