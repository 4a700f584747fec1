"""Lines that were created inside their record: their ids come back with the record, not with the call that made them."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.display_names import Names
from har2rpc.converting.draft import Draft, Given
from har2rpc.model import Call, Capture, Input, Json, Result
from har2rpc.odoo import classify, contexts, english, methods

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
        classify.record_ids(call) if call.method in ("write", "web_save") else ()
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
        if call.model != save.model or record not in classify.record_ids(call):
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
