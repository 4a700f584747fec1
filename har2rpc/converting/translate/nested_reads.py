"""`--deep`: turns what a specification nests into separate reads of the linked records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from har2rpc.converting.translate.answer_shape import recorded_rows
from har2rpc.model import Call, Json, answer_of
from har2rpc.odoo.display_names import DisplayNames

_ALREADY_THERE = frozenset({"id", "display_name"})  # a many2one comes as [id, name]


def nested_reads(call: Call, names: DisplayNames) -> Iterator[tuple[Call, str]]:
    """The reads that fetch what a call's specification nested, each with a sentence on where that stood.

    None for a field whose comodel the capture does not tell, and none where no record was linked.
    """
    specification = call.kwargs.get("specification")
    if specification is None and call.method == "web_read" and len(call.args) > 1:
        specification = call.args[1]
    if call.method in ("web_save", "web_save_multi"):
        return  # what the client reads back is left out as a whole
    if call.outcome == "ok" and isinstance(specification, dict):
        yield from _nested(call, recorded_rows(call), specification, names, call.method)


def _nested(
    call: Call,
    rows: list[dict[str, Json]],
    specification: dict[str, Json],
    names: DisplayNames,
    path: str,
) -> Iterator[tuple[Call, str]]:
    for field, about in specification.items():
        inner = about.get("fields") if isinstance(about, dict) else None
        comodel = names.relation(call.model, field) if isinstance(inner, dict) else ""
        linked = [row for value in rows for row in _linked(value.get(field))]
        is_list = any(isinstance(value.get(field), list) for value in rows)
        fields = [name for name in inner or () if is_list or name not in _ALREADY_THERE]
        read = {row["id"]: row for row in linked if any(name in row for name in fields)}
        if not comodel or not read:
            continue
        context, order = about.get("context"), about.get("order")
        in_order = ", in the order shown" if order else ""
        reading = replace(
            call,
            model=comodel,
            method="read",
            args=[list(read) if order else sorted(read), [name for name in fields if name != "id"]],
            kwargs={},
            context={**call.context, **(context if isinstance(context, dict) else {})},
            result_ids=(),
            fetch=answer_of(list(read.values())),
        )
        where = f"The records that {path} read nested in {field}"
        yield reading, f"{where}: a separate read, of the records that were linked when it was recorded{in_order}."
        yield from _nested(reading, list(read.values()), inner or {}, names, f"{path}, {field}")


def _linked(value: Json) -> list[dict[str, Json]]:
    """The linked records that a value holds with more than nothing of theirs."""
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), int)]
