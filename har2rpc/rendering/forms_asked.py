"""Forms that are asked before a record is saved: their names in generated code, and what other targets send instead."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace

from har2rpc.model import (
    Action,
    Flow,
    Following,
    FormSpec,
    Har2rpcError,
    Input,
    Lines,
    RecordedValue,
    Value,
)
from har2rpc.model.values import put
from har2rpc.odoo import english

_FIELD = re.compile(r"[A-Za-z_][\w.]*", re.ASCII)  # order_line.name, invoice_ids.


def form_names(actions: Sequence[Action]) -> dict[str, str]:
    """By an action's name: the constant that holds its form (`PURCHASE_ORDER_FORM`); equal forms have one."""
    forms: dict[str, FormSpec] = {}
    names: dict[str, str] = {}
    for action in actions:
        if action.form is None:
            continue
        form = replace(action.form, recorded=(), sets=())
        stem = english.identifier(action.model.replace(".", "_")).upper()
        number = 1
        name = f"{stem}_FORM"
        while forms.get(name, form) != form:
            number += 1
            name = f"{stem}_FORM_{number}"
        forms[name] = form
        names[action.name] = name
    return names


def first_of_forms(actions: Sequence[Action]) -> set[str]:
    """The names of the actions above which a form is written: the first that asks it."""
    names = form_names(actions)
    return {next(one for one in names if names[one] == name) for name in names.values()}


def constant_parts(form: FormSpec) -> list[tuple[str, str]]:
    """What a form's constant says of it: keyword and words; what it has not is left out."""
    parts = [
        ("parent", form.parent),
        ("typed", " ".join(form.typed)),
        ("saves", " ".join(form.saves)),
        ("reads", " ".join(form.reads)),
    ]
    return [(keyword, words) for keyword, words in parts if words]


def form_data(form: FormSpec | None) -> dict[str, Value] | None:
    """A form as plain data, its lines inside; None for an action without one."""
    if form is None:
        return None
    return {
        "model": form.model,
        "reads": list(form.reads),
        "nested": form.is_nested,
        "typed": list(form.typed),
        "saves": list(form.saves),
        "sets": list(form.sets),
        "parent": form.parent,
        "lines": {name: form_data(line) for name, line in form.lines.items()},
    }


def word_lines(words: str, width: int) -> list[str]:
    """Names in lines of this width; none is broken. They are written without quotes.

    Raises Har2rpcError for what is not a valid field name.
    """
    for word in words.split():
        if not _FIELD.fullmatch(word):
            raise Har2rpcError(f"{word!r} is not a valid field name")
    return textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)


def flow_with_recorded(flow: Flow) -> Flow:
    """The same flow for a target that asks no form."""
    actions = {step.action.name: step.action for step in flow.steps}
    sent = dict(zip(actions, send_recorded(list(actions.values())), strict=True))
    steps = (replace(step, action=sent[step.action.name]) for step in flow.steps)
    return replace(flow, steps=tuple(steps))


def send_recorded(actions: Sequence[Action]) -> list[Action]:
    """The actions for a target that asks no form: what a form had set is sent while its source has the recorded value."""
    return [_with_recorded(action) for action in actions]


def _with_recorded(action: Action) -> Action:
    if action.form is None:
        return action
    args, names = action.args, {param.name for param in action.inputs}
    sources: dict[str, list[str]] = {}
    for value in action.form.recorded:
        *outer, name = value.steps
        if lines := _lines_at(args, outer):
            args = put(args, tuple(outer[:-2]), _with_follower(lines, value, sources))
            continue
        values = _at(args, outer)
        if not isinstance(values, dict) or name in values:
            continue
        source = values.get(value.source)
        if isinstance(source, Input):
            unique = _unique(str(name), names)
            names.add(unique)
            following = Following(unique, value.value, source, source.example)
            args = put(args, tuple(outer), {**values, name: following})
            sources.setdefault(source.name, []).append(str(name))
    return replace(action, args=args, notes=(*action.notes, *_notes(action.form, sources)))


def _lines_at(args: Value, steps: Sequence[str | int]) -> Lines | None:
    """The lines that hold what stands at these steps (field, number of the line, 2); None where they are spelled out."""
    lines = _at(args, steps[:-2])
    return lines if isinstance(lines, Lines) else None


def _with_follower(lines: Lines, recorded: RecordedValue, sources: dict[str, list[str]]) -> Lines:
    """The same lines; one with the recorded product has the value that its onchange had set."""
    *_, number, _, name = recorded.steps
    key = next((one for one, field in lines.fields.items() if field == recorded.source), None)
    rows = lines.source.example
    if key is None or not isinstance(number, int) or number >= len(rows) or name in lines.always:
        return lines
    product = rows[number].get(key)
    known = {
        one: values for one, value, values in lines.following if (one, value) == (key, product)
    }
    if product is None or name in known.get(key, ()):
        return lines
    sources.setdefault(f"{key} of a line", []).append(str(name))
    others = [one for one in lines.following if one[:2] != (key, product)]
    follower = (key, product, {**known.get(key, {}), str(name): recorded.value})
    return replace(lines, following=(*others, follower))


def _notes(form: FormSpec, sources: dict[str, list[str]]) -> Iterator[str]:
    for source, names in sources.items():
        listed = english.listed(list(dict.fromkeys(names)), most=len(names))
        yield f"Sent as recorded, and only with the recorded {source}: {listed}."
    sent = {name for names in sources.values() for name in names}
    everything = (form, *form.lines.values())
    others = list(dict.fromkeys(n for each in everything for n in each.sets if n not in sent))
    if others:
        listed = english.listed(others, most=len(others))
        yield (
            f"Not sent: {listed}. Compare the record, or use a target that runs the form's onchange "
            "(Python, JavaScript, PHP)."
        )


def _at(value: Value, steps: Sequence[str | int]) -> Value:
    """What stands at these steps; None where nothing does."""
    for step in steps:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else None
    return value


def _unique(name: str, taken: set[str]) -> str:
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}_{number}"
    return unique
