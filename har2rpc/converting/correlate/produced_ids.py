"""Finds ids in an answer that later calls may use: a new id, the only record found, the record that an action opens."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.draft import Draft, ProducedId, is_typed_search
from har2rpc.model import Call, Capture, Input, Json, Result
from har2rpc.model.capture import position_of
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args, contexts, english, methods
from har2rpc.odoo.display_names import DisplayNames
from har2rpc.odoo.page_actions import as_action
from har2rpc.odoo.schema.commands import creates_records
from har2rpc.odoo.schema.wizards import is_wizard

# How what is sent answers one record: by the method that is sent.
_OF_SEARCHES = {
    "search": Result("", "only"),
    "search_read": Result("", "only", field="id"),
    "web_search_read": Result("", "only", field="id"),  # of its records, where they are returned
    "name_search": Result("", "only", item=0),
    "web_name_search": Result("", "only", field="id"),
}


def produced_ids(draft: Draft, capture: Capture) -> tuple[ProducedId, ...]:
    """The ids that the answer to this draft holds; none where Odoo refused it."""
    call = draft.source_call
    if call.outcome == "missing":
        return tuple(_assumed_wizard(draft, capture))
    if call.outcome != "ok":
        return ()
    if draft.method == "load" and draft.returns == "ids":
        return tuple(_imported_records(draft))
    if call.result_ids:
        return tuple(_created_records(draft))
    if draft.method in _OF_SEARCHES and (
        draft.method != "web_search_read" or draft.returns == "records"
    ):
        return tuple(_found_record(draft))
    return tuple(_opened_records(draft)) if draft.changes else ()


def _assumed_wizard(draft: Draft, capture: Capture) -> Iterator[ProducedId]:
    """The wizard that was just made, where its answer is not in the file: the one that the next call on it is about."""
    model = draft.model
    if draft.returns != "id" or not is_wizard(model, capture.calls):
        return
    for call in capture.calls[position_of(capture.calls, draft.source_call.n + 1) :]:
        if (
            call.model == model
            and call.method in methods.CREATES
            and not call_args.record_ids(call)
        ):
            return
        if call.model == model and len(ids := call_args.record_ids(call)) == 1:
            yield ProducedId(model, ids[0], Result("", "id", example=ids[0]))
            return


def _created_records(draft: Draft) -> Iterator[ProducedId]:
    """An id, a list of ids, the pair of id and name, or (`web_save` itself) the record that was saved."""
    ids = draft.public_call.result_ids
    if draft.method == "web_save":
        yield ProducedId(draft.model, ids[0], Result("", "field", field="id", example=ids[0]))
        return
    if draft.method == "create":
        is_one = bool(draft.args) and isinstance(draft.args[0], dict)
    else:
        is_one = isinstance(draft.source_call.fetch(), int)
    if draft.method == "name_create":
        ids = ids[:1]
    for record, identity in enumerate(ids[:1] if is_one else ids):
        result = Result("", "id" if is_one else "ids", record=record, example=identity)
        yield ProducedId(draft.model, identity, result)


def _imported_records(draft: Draft) -> Iterator[ProducedId]:
    """The records of an import's rows, each and all together; none where a row was refused."""
    answer = draft.source_call.fetch()
    ids = answer.get("ids") if isinstance(answer, dict) else None
    if not isinstance(ids, list) or not all(map(is_id, ids)):
        return
    for record, identity in enumerate(ids):
        yield ProducedId(draft.model, identity, Result("", "ids", record=record, example=identity))
    yield ProducedId(draft.model, tuple(ids), Result("", "id", example=ids))


def _found_record(draft: Draft) -> Iterator[ProducedId]:
    """The only record of a search that somebody typed words into. If there are two or more, it is unclear which was meant."""
    if not is_typed_search(draft):
        return
    answer = draft.source_call.fetch()
    if isinstance(answer, dict):  # the web client's own searches count, too
        answer = answer.get("records") if answer.get("length", 1) == 1 else None
    if not isinstance(answer, list) or len(answer) != 1 or _offset(draft):
        return
    identity = _id_of(answer[0])
    if identity:
        yield ProducedId(
            draft.model, identity, replace(_OF_SEARCHES[draft.method], example=identity)
        )


def _offset(draft: Draft) -> Json:
    return draft.source_call.kwargs.get("offset")


def _id_of(row: Json) -> int:
    if isinstance(row, list):
        row = row[0] if row else 0
    row = row.get("id") if isinstance(row, dict) else row
    return row if is_id(row) else 0


def _opened_records(draft: Draft) -> Iterator[ProducedId]:
    """The record that a button's action opens (the invoice just made), those it lists, or those that its wizard is about."""
    answer = draft.source_call.fetch(as_action)
    if not isinstance(answer, dict) or not isinstance(answer.get("res_model"), str):
        return
    if identity := _id_of(answer.get("res_id")):
        yield ProducedId(answer["res_model"], identity, Result("", "action", example=identity))
    yield from _listed_records(answer)
    context = answer.get("context")
    if isinstance(context, dict) and isinstance(context.get("active_model"), str):
        ids = context.get("active_ids")
        if isinstance(ids, list) and ids and all(map(_id_of, ids)):
            result = Result("", "action", field="active_ids", example=ids)
            yield ProducedId(context["active_model"], tuple(map(_id_of, ids)), result)


def _listed_records(answer: dict[str, Json]) -> Iterator[ProducedId]:
    """The records of a list that an action opens: `["id", "in", ids]` in its domain (the payments just made)."""
    domain = answer.get("domain")
    for place, leaf in enumerate(domain if isinstance(domain, list) else ()):
        if isinstance(leaf, list) and leaf[:2] == ["id", "in"] and len(leaf) == 3:
            ids = leaf[2]
            if isinstance(ids, list) and ids and all(map(_id_of, ids)):
                result = Result("", "action", record=place, field="domain", example=ids)
                yield ProducedId(str(answer["res_model"]), tuple(map(_id_of, ids)), result)


_SAVES = frozenset({"create", "write", "web_save"})


def produced_lines(
    draft: Draft, capture: Capture, names: DisplayNames, known: Container[tuple[str, int]]
) -> Iterator[ProducedId]:
    """The lines that a create (or a write to a record from an earlier call) created, according to the read-back."""
    call = draft.public_call
    values = call_args.saved_values(call) if call.method in _SAVES else {}
    fields = [
        field
        for field, value in values.items()
        if isinstance(value, list) and creates_records(value)
    ]
    record = _record(call)
    if not fields or not record or (call.model, record) not in known or call.outcome == "error":
        return
    row = _read_back(draft.source_call, record, capture)
    for field in fields:
        comodel = names.relation(call.model, field)
        for item, identity in enumerate(_ids(row.get(field)) if comodel else ()):
            result = Result("", "field", field=field, item=item, example=identity)
            yield ProducedId(comodel, identity, result)


def read_lines(maker: Draft, lines: Sequence[ProducedId]) -> Draft:
    """A step behind the one that made these lines: it reads their ids."""
    record = _record(maker.public_call)
    noun = english.model_noun(maker.model)
    fields = list(dict.fromkeys(line.result.field for line in lines))
    which = Input(
        name=f"{noun.rpartition('_')[2] or 'record'}_id",
        label=english.title(noun),
        type="many2one",
        example=record,
        relation=maker.model,
    )
    note = (
        f"Added: {english.listed(fields)} of the record just saved, because a later step uses "
        "lines that were created with it."
    )
    return replace(
        maker,
        method="read",
        args=[[which]],
        kwargs={"fields": fields},
        context=contexts.meaningful(
            maker.source_call.context, "read", changes=False, creates=False
        ),
        changes=False,
        returns="records",
        notes=(note,),
        inputs=(which,),
        decisions=(),
        labels={},
        criteria=(),
        was_added=True,
        produces=tuple(lines),
    )


def _record(call: Call) -> int:
    """The one record that a save is about."""
    ids = call.result_ids or (
        call_args.record_ids(call) if call.method in ("write", "web_save") else ()
    )
    return ids[0] if len(ids) == 1 else 0


def _read_back(save: Call, record: int, capture: Capture) -> Mapping[str, Json]:
    """The record as the client read it when it had saved it: the answer of `web_save`, or of the next read."""
    if save.method == "web_save":
        return _row(save.fetch(), record)
    for call in capture.calls[position_of(capture.calls, save.n + 1) :]:
        if call.model != save.model or record not in call_args.record_ids(call):
            continue
        if call.method in _SAVES:
            break
        if call.method in methods.RECORD_READS and call.outcome == "ok":
            return _row(call.fetch(), record)
    return {}


def _row(answer: Json, record: int) -> Mapping[str, Json]:
    rows = answer if isinstance(answer, list) else []
    return next((row for row in rows if isinstance(row, dict) and row.get("id") == record), {})


def _ids(value: Json) -> list[int]:
    """An x2many field as read: ids, or (`web_read`) records."""
    rows = value if isinstance(value, list) else []
    ids = [row.get("id") if isinstance(row, dict) else row for row in rows]
    return list(filter(is_id, ids))
