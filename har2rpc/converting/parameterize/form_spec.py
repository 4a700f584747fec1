"""Builds the form that the code asks before a save: its fields, the order of typing, and what it set.

`create` does not set what an `onchange` had set, so the code asks for it with one call per typed field. The facts are in
`form_session.py`; the decisions say where each value came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from har2rpc.converting.draft import Draft
from har2rpc.converting.parameterize.field_info import FieldInfo
from har2rpc.converting.parameterize.form_values import plain
from har2rpc.converting.parameterize.saved_form import SavedForm, is_set_by_form, plain_defaults
from har2rpc.model import Decision, FormSpec, Json, RecordedValue, Value
from har2rpc.model.values import Steps, is_id
from har2rpc.odoo import call_args
from har2rpc.odoo.schema import onchange
from har2rpc.odoo.schema.commands import (
    Create,
    Update,
    creates_records,
    parse_commands,
    without_virtual_ids,
)

_NAME = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.?", re.ASCII)
_LINE = re.compile(r"vals\.(?P<field>\w+)\[\d+\]", re.ASCII)
_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
_OF_A_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?")


class AskedForm(NamedTuple):
    """A form that the code asks: what is sent to it, and the decisions for that."""

    spec: FormSpec
    sent: dict[str, Value]
    decisions: list[Decision]


def ask_form(
    forms: Mapping[str, SavedForm],
    decisions: Sequence[Decision],
    sent: dict[str, Value],
    fields: FieldInfo,
    draft: Draft,
) -> AskedForm | None:
    """How to ask the form behind a save; None if it need not or cannot be asked.

    `forms` are those of the record and of its lines, by path; `sent` is what would be sent to `create` or `write`.
    """
    about = draft.source_call.context
    forms = {
        path: replace(each, plain_defaults=frozenset(plain_defaults(each, fields, about)))
        for path, each in forms.items()
    }
    saved, major = forms["vals"], fields.capture.session.major
    is_one = draft.method == "create" or len(call_args.record_ids(draft.public_call)) == 1
    if not is_one or draft.kwargs or onchange.is_left_out(saved.model, major):
        return None
    if onchange.is_same_by_create(saved.model, major):
        return None
    lines_set = list(_lines_set_by_form(saved))
    untyped = {name: _untyped_lines(saved.values[name]) for name in lines_set}
    if not all(_NAME.fullmatch(word) for each in untyped.values() for word in each.saves):
        return None
    typed_lines = _lines_of(forms, without=lines_set)
    spec = _spec_of(saved, typed_lines, fields, draft.source_call.kwargs.get("specification"))
    if spec is None or not (spec.sets or lines_set or any(x.sets for x in spec.lines.values())):
        return None
    inside = tuple(f"vals.{name}[" for name in lines_set)
    if any(each.origin == "line" and not each.path.startswith(inside) for each in decisions):
        return None  # lines that another choice filled in, and others typed behind them
    by_path = {each.path: each for saved in forms.values() for each in _asked_decisions(saved)}
    for each in decisions:
        if each.name in lines_set or (inside and each.path.startswith(inside)):
            reason = "the form sets these lines; its onchange runs again"
            by_path[each.path] = replace(each, becomes="form", origin="computed", reason=reason)
    recorded = [
        value for path, each in forms.items() for value in _recorded(each, path, draft, fields)
    ]
    spec = replace(
        spec,
        sets=(*spec.sets, *lines_set),
        lines={**spec.lines, **untyped},
        recorded=tuple(value for value in recorded if not _is_inside(value.steps, lines_set)),
    )
    sent = {name: value for name, value in sent.items() if name not in lines_set}
    return AskedForm(spec, sent, [by_path.get(each.path, each) for each in decisions])


def _lines_set_by_form(saved: SavedForm) -> Iterator[str]:
    """The x2many fields whose lines an onchange of the record made or changed, and that nobody typed into."""
    for name, value in saved.values.items():
        is_lines = any(isinstance(each, (Create, Update)) for each in parse_commands(value))
        if is_lines and name in saved.form.computed and name not in saved.form.typed:
            yield name


def _untyped_lines(value: Json) -> FormSpec:
    """Lines that have no form of their own: what is saved of them."""
    commands = parse_commands(value)
    saves = (tuple(each.values) for each in commands if isinstance(each, (Create, Update)))
    return FormSpec("", (), _union(saves))


def _is_inside(steps: Steps, names: Sequence[str]) -> bool:
    return any(step in names for step in steps)


def _lines_of(forms: Mapping[str, SavedForm], without: Sequence[str]) -> dict[str, list[SavedForm]]:
    """The forms of the lines, by x2many field. A line of a line is not typed into a form of its own."""
    lines: dict[str, list[SavedForm]] = {}
    for path, each in forms.items():
        match = _LINE.fullmatch(path)
        if match and match["field"] not in without:
            lines.setdefault(match["field"], []).append(each)
    return lines


def _asked_decisions(saved: SavedForm) -> Iterator[Decision]:
    for decision in saved.decisions:
        if is_set_by_form(saved, decision):
            n = decision.n or saved.form.initial_onchange
            call = f" (call {n})" if n else ""
            reason = f"the form sets it{call}; its onchange runs again"
            decision = replace(decision, becomes="form", reason=reason, n=n)
        yield decision


def _spec_of(
    saved: SavedForm,
    lines: Mapping[str, Sequence[SavedForm]],
    fields: FieldInfo,
    specification: Json = None,
) -> FormSpec | None:
    """The form of a record or a line; `specification` is that of the save, where no onchange is in the capture."""
    form = saved.form
    specification = form.specification or specification
    if not isinstance(specification, dict) or not all(
        isinstance(name, str) for name in saved.values
    ):
        return None
    is_nested = all(isinstance(inner, dict) for inner in specification.values())
    lists = {
        name for name, value in {**form.values, **saved.values}.items() if isinstance(value, list)
    }
    reads = tuple(
        _nested_names(specification, saved.model, fields, lists)
        if is_nested
        else _dotted_names(specification)
    )
    names = [*reads, *saved.values, *([form.parent_field] if form.parent_field else [])]
    if not reads or not all(map(_NAME.fullmatch, names)):
        return None
    line_specs = {
        name: replace(spec, reads=_with_names_of(name, reads, spec.reads))
        for name, each in lines.items()
        if (spec := _merged([_spec_of(line, {}, fields) for line in each])) and spec.parent
    }
    reads = tuple(name for name in reads if name.partition(".")[0] not in line_specs)
    return FormSpec(
        saved.model,
        reads,
        tuple(saved.values),
        _typing_order(saved, lists),
        tuple(d.name for d in saved.decisions if is_set_by_form(saved, d)),
        is_nested,
        form.parent_field,
        line_specs,
    )


def _with_names_of(
    line_field: str, of_record: Sequence[str], of_line: Sequence[str]
) -> tuple[str, ...]:
    """What is read of a line, in its own form and in that of its record."""
    heads = {name.partition(".")[0] for name in of_line}
    inner = (name.partition(".")[2] for name in of_record if name.startswith(f"{line_field}."))
    return (*of_line, *(name for name in inner if name and name.partition(".")[0] not in heads))


def _merged(specs: Sequence[FormSpec | None]) -> FormSpec | None:
    """The form of all lines of a field: what one of them sent or typed may be in each."""
    known = [spec for spec in specs if spec is not None]
    if not known:
        return None
    return replace(
        known[0],
        saves=_union(spec.saves for spec in known),
        typed=_union(spec.typed for spec in known),
        sets=_union(spec.sets for spec in known),
    )


def _union(lists: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _dotted_names(specification: Mapping[str, Json]) -> Iterator[str]:
    """Up to 16: `{"partner_id": "1", "order_line.name": ""}`; names alone count."""
    return (name for name in specification if name != "id" and not name.endswith(".id"))


def _nested_names(
    specification: Mapping[str, Json],
    model: str,
    fields: FieldInfo,
    lists: set[str],
    prefix: str = "",
) -> Iterator[str]:
    """From 17 on: of a many2one its name (an id is all that is needed), of an x2many the names of its lines' fields.

    Contexts are left out: they hold values of the form.
    """
    for name, inner in specification.items():
        described = None if prefix else fields.described(model, name)
        is_many = described.type.endswith("2many") if described else name in lists
        nested = inner.get("fields") if isinstance(inner, dict) else None
        if name == "id":
            continue
        if is_many or (isinstance(nested, dict) and described is None and not name.endswith("_id")):
            below = f"{prefix}{name}."
            yield from list(_nested_names(nested or {}, "", fields, set(), below)) or [below]
        else:
            yield prefix + name


def _typing_order(saved: SavedForm, lists: set[str]) -> tuple[str, ...]:
    """The fields that were typed. One that a later onchange set again comes behind that one: it would be lost."""
    form = saved.form

    def moment(name: str) -> int:
        return (
            form.typed[name]
            if name in lists
            else max(form.typed[name], form.computed_by.get(name, 0))
        )

    return tuple(sorted((name for name in form.typed if name in saved.values), key=moment))


def _recorded(
    saved: SavedForm, path: str, draft: Draft, fields: FieldInfo
) -> Iterator[RecordedValue]:
    """What an onchange of a record set, for targets that ask nothing; what holds for the day is left out."""
    form, steps = saved.form, _steps(path, 0 if draft.method == "create" else 1)
    records = {
        d.name: form.typed[d.name]
        for d in saved.decisions
        if d.becomes == "input" and d.name in form.typed and is_id(plain(d.value))
        if fields.type(saved.model, d.name, d.value) == "many2one"
    }
    for decision in saved.decisions:
        n, value = form.computed_by.get(decision.name, 0), decision.value
        if not (n and is_set_by_form(saved, decision)):
            continue
        sources = [name for name, typed_in in records.items() if typed_in <= n]
        is_of_a_day = isinstance(value, str) and _OF_A_DAY.fullmatch(value)
        is_lines = isinstance(value, list) and creates_records(value)
        if sources and not (is_of_a_day or is_lines):
            source = max(sources, key=records.__getitem__)
            yield RecordedValue((*steps, decision.name), without_virtual_ids(value), source)


def _steps(path: str, position: int) -> Steps:
    """Where the values at `vals.order_line[0]` stand in the arguments: behind `[0, 0, …` or `[1, id, …`."""
    parts = _PART.findall(path.removeprefix("vals"))
    steps: list[str | int] = [position]
    for name, number in parts:
        steps += [name] if name else [int(number), 2]
    return tuple(steps)
