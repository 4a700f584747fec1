"""What a call's answer holds that may come back later: a new id, the one record found, the record an action opens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from har2rpc.converting.draft import Draft, Given
from har2rpc.model import Capture, Json, Result
from har2rpc.odoo import classify, methods
from har2rpc.odoo.schema.wizards import is_wizard

# How what is sent answers one record: by the method that is sent.
_FOUND = {
    "search": Result("", "only"),
    "search_read": Result("", "only", field="id"),
    "name_search": Result("", "only", item=0),
    "web_name_search": Result("", "only", field="id"),
}


def given_by(draft: Draft, capture: Capture) -> tuple[Given, ...]:
    """The ids that the answer to this draft holds; none where Odoo refused it."""
    call = draft.call
    if call.outcome == "missing":
        return tuple(_assumed(draft, capture))
    if call.outcome != "ok":
        return ()
    if call.result_ids:
        return tuple(_created(draft))
    if draft.method in _FOUND:
        return tuple(_found(draft))
    return tuple(_opened(draft)) if draft.changes else ()


def _assumed(draft: Draft, capture: Capture) -> Iterator[Given]:
    """The wizard that was just made, where its answer is not in the file: the one that the next call on it is about."""
    model = draft.model
    if draft.returns != "id" or not is_wizard(model, capture.calls):
        return
    for call in capture.calls[draft.call.n :]:
        if call.model == model and call.method in methods.CREATES and not classify.record_ids(call):
            return
        if call.model == model and len(ids := classify.record_ids(call)) == 1:
            yield Given(model, ids[0], Result("", "id", example=ids[0]))
            return


def _created(draft: Draft) -> Iterator[Given]:
    """An id, a list of ids, the pair of id and name, or (`web_save` itself) the record that was saved."""
    ids = draft.call.result_ids
    if draft.method == "web_save":
        yield Given(draft.model, ids[0], Result("", "field", field="id", example=ids[0]))
        return
    if draft.method == "create":
        is_one = bool(draft.args) and isinstance(draft.args[0], dict)
    else:
        is_one = isinstance(draft.call.fetch(), int)
    if draft.method == "name_create":
        ids = ids[:1]
    for record, identity in enumerate(ids[:1] if is_one else ids):
        result = Result("", "id" if is_one else "ids", record=record, example=identity)
        yield Given(draft.model, identity, result)


def _found(draft: Draft) -> Iterator[Given]:
    """The one record of a search. Of two nobody knows which was meant; nor of one on a later page."""
    answer = draft.call.fetch()
    if isinstance(answer, dict):  # the web client's own searches count, too
        answer = answer.get("records") if answer.get("length", 1) == 1 else None
    if not isinstance(answer, list) or len(answer) != 1 or _offset(draft):
        return
    identity = _id_of(answer[0])
    if identity:
        yield Given(draft.model, identity, replace(_FOUND[draft.method], example=identity))


def _offset(draft: Draft) -> Json:
    return draft.call.kwargs.get("offset")


def _id_of(row: Json) -> int:
    if isinstance(row, list):
        row = row[0] if row else 0
    row = row.get("id") if isinstance(row, dict) else row
    return row if isinstance(row, int) and not isinstance(row, bool) else 0


def _opened(draft: Draft) -> Iterator[Given]:
    """The record that a button's action opens (the invoice just made), those it lists, or those that its wizard is about."""
    answer = draft.call.fetch()
    if not isinstance(answer, dict) or not isinstance(answer.get("res_model"), str):
        return
    if identity := _id_of(answer.get("res_id")):
        yield Given(answer["res_model"], identity, Result("", "action", example=identity))
    yield from _listed(answer)
    context = answer.get("context")
    if isinstance(context, dict) and isinstance(context.get("active_model"), str):
        ids = context.get("active_ids")
        if isinstance(ids, list) and ids and all(map(_id_of, ids)):
            result = Result("", "action", field="active_ids", example=ids)
            yield Given(context["active_model"], tuple(map(_id_of, ids)), result)


def _listed(answer: dict[str, Json]) -> Iterator[Given]:
    """The records of a list that an action opens: `["id", "in", ids]` in its domain (the payments just made)."""
    domain = answer.get("domain")
    for place, leaf in enumerate(domain if isinstance(domain, list) else ()):
        if isinstance(leaf, list) and leaf[:2] == ["id", "in"] and len(leaf) == 3:
            ids = leaf[2]
            if isinstance(ids, list) and ids and all(map(_id_of, ids)):
                result = Result("", "action", record=place, field="domain", example=ids)
                yield Given(str(answer["res_model"]), tuple(map(_id_of, ids)), result)
