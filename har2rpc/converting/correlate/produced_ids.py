"""What a call's answer holds that may come back later: a new id, the one record found, the record an action opens."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.display_names import Names
from har2rpc.converting.draft import Draft, Given
from har2rpc.model import Call, Capture, Input, Json, Result
from har2rpc.odoo import call_args, contexts, english, methods
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
        if (
            call.model == model
            and call.method in methods.CREATES
            and not call_args.record_ids(call)
        ):
            return
        if call.model == model and len(ids := call_args.record_ids(call)) == 1:
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


_SAVES = frozenset({"create", "write", "web_save"})


def lines_given(
    draft: Draft, capture: Capture, names: Names, known: Container[tuple[str, int]]
) -> Iterator[Given]:
    """The lines that a create (or a write to a record that an earlier call gave) made, as the read-back tells them."""
    call = draft.call
    made = [field for field, value in _values(call).items() if _creates_lines(value)]
    record = _record(call)
    if not made or not record or (call.model, record) not in known or call.outcome == "error":
        return
    row = _read_back(call, record, capture)
    for field in made:
        comodel = names.relation(call.model, field)
        for item, identity in enumerate(_ids(row.get(field)) if comodel else ()):
            result = Result("", "field", field=field, item=item, example=identity)
            yield Given(comodel, identity, result)


def lines_read(maker: Draft, wanted: Sequence[Given]) -> Draft:
    """A step behind the one that made these lines: it reads their ids."""
    record = _record(maker.call)
    noun = english.model_noun(maker.model)
    fields = list(dict.fromkeys(one.result.field for one in wanted))
    which = Input(
        name=f"{noun.rpartition('_')[2] or 'record'}_id",
        label=english.title(noun),
        type="many2one",
        example=record,
        relation=maker.model,
    )
    note = (
        f"Added: {english.listed(fields)} of the record just saved, because lines made with it come "
        "back in a later step."
    )
    return replace(
        maker,
        method="read",
        args=[[which]],
        kwargs={"fields": fields},
        context=contexts.meaningful(maker.call.context, "read", changes=False, creates=False),
        changes=False,
        returns="records",
        notes=(note,),
        inputs=(which,),
        labels={},
        by=(),
        was_added=True,
        gives=tuple(wanted),
    )


def _record(call: Call) -> int:
    """The one record that a save is about."""
    ids = call.result_ids or (
        call_args.record_ids(call) if call.method in ("write", "web_save") else ()
    )
    return ids[0] if len(ids) == 1 else 0


def _values(call: Call) -> Mapping[str, Json]:
    if call.method not in _SAVES:
        return {}
    values: Json = call.args[0 if call.method == "create" else 1 :][:1]
    values = values[0] if values else call.kwargs.get("vals")
    if isinstance(values, list) and len(values) == 1:
        values = values[0]
    return values if isinstance(values, dict) else {}


def _creates_lines(value: Json) -> bool:
    return isinstance(value, list) and any(
        isinstance(command, list) and command[:1] == [0] for command in value
    )


def _read_back(save: Call, record: int, capture: Capture) -> Mapping[str, Json]:
    """The record as the client read it when it had saved it: the answer of `web_save`, or of the next read."""
    if save.method == "web_save":
        return _row(save.fetch(), record)
    for call in capture.calls[save.n :]:
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
    found = [row.get("id") if isinstance(row, dict) else row for row in rows]
    return [one for one in found if isinstance(one, int) and not isinstance(one, bool)]
