"""Overrides: a person decides that this value is an input of that name, or that that value stays as recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from har2rpc.converting.draft import A_DOMAIN, Draft, Inputs, UniqueNames
from har2rpc.converting.paths import walk_paths
from har2rpc.model import Call, ConvertOptions, Har2rpcError, Input, InputOverride, Value
from har2rpc.model.values import Steps, inputs_in, map_value, put
from har2rpc.odoo import english, methods
from har2rpc.odoo.schema.field_types import type_of

_PATH = re.compile(r"(?P<n>[0-9]{1,9}):(?P<path>.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class OverrideTable:
    """The overrides by call number and path, no matter whether an option or a file set them."""

    entries: Mapping[tuple[int, str], InputOverride]

    def paths_of(self, call: Call) -> frozenset[str]:
        """The paths in this call that somebody named."""
        return frozenset(path for n, path in self.entries if n == call.n)

    @property
    def paths(self) -> list[str]:
        """All of them, with the number of their call: `5:domain[0][2]`."""
        return [f"{n}:{path}" for n, path in self.entries]


def override_table(options: ConvertOptions, calls: Iterable[Call]) -> OverrideTable:
    """From `{"5:domain[0][2]": "phone"}` and `["5:limit"]`, and from a file's entries for these calls.

    Raises Har2rpcError for an invalid path or name, and for an option of a call that is not converted.
    """
    numbers = {call.n for call in calls}
    entries = {
        (n, path): entry
        for n, call_entry in options.overrides.calls.items()
        for path, entry in call_entry.inputs.items()
        if n in numbers
    }
    for (n, path), entry in entries.items():
        if entry.name is not None:
            check_name(f"{n}:{path}", entry.name, "an input")
    for path, name in options.input_names.items():
        check_name(path, name, "an input")
    inputs = {_split(path, numbers): name for path, name in options.input_names.items()}
    literals = frozenset(_split(path, numbers) for path in options.keep)
    if both := sorted(literals & set(inputs)):
        n, path = both[0]
        raise Har2rpcError(f"{n}:{path}: either an input or kept, not both")
    for key, name in inputs.items():
        entries[key] = replace(entries.get(key, InputOverride()), keep=False, name=name)
    entries |= dict.fromkeys(literals, InputOverride(keep=True))
    return OverrideTable(entries)


def check_name(where: str, name: str, noun: str) -> None:
    """Raises Har2rpcError for a name that is not valid in code."""
    better = english.identifier(name)
    if better != name:
        raise Har2rpcError(f"{where}: {name!r} is not a valid name for {noun}; try {better}")


def _split(path: str, numbers: set[int]) -> tuple[int, str]:
    match = _PATH.match(path)
    if not match:
        raise Har2rpcError(
            f"{path!r} is not a valid path: write the call's number, a colon and the value's path (5:domain[0][2]); "
            "har2rpc list -v shows them"
        )
    n = int(match["n"])
    if n not in numbers:
        raise Har2rpcError(f"{path}: call {n} is not one of the converted calls; see -n, --all")
    return n, match["path"]


def apply_overrides(
    draft: Draft, overrides: OverrideTable, inputs: Inputs, siblings: Iterable[Draft] = ()
) -> Draft:
    """The draft with its overrides applied: which values are inputs, under which names; `inputs` knows its fields.

    `override_details.py` applies the rest once calls are merged.

    `siblings` are the other drafts of the same call, which may have the path instead. Raises Har2rpcError for a path
    that the call does not have, with the nearest one that it has.
    """
    n = draft.source_call.n
    elsewhere = {path for sibling in siblings for path, _, _ in walk_paths(sibling)}
    elsewhere -= {path for path, _, _ in walk_paths(draft)}
    for path in sorted(overrides.paths_of(draft.source_call) - elsewhere):  # a set has no order
        steps, value = _find(draft, path)
        entry = overrides.entries[n, path]
        if entry.keep:
            draft = _decide(_keep(draft, path, steps, value), path, "literal")
        elif entry.name is not None or not isinstance(value, Input):
            name = entry.name or _usual_name(draft, steps)
            draft = _name_input(draft, path, steps, value, name, inputs)
            draft = _decide(draft, path, "input")
    return draft


def _decide(draft: Draft, path: str, becomes: Literal["input", "literal"]) -> Draft:
    """The draft with an override in its decision on a form's value."""
    reason = f"chosen with {'--input' if becomes == 'input' else '--keep'}"
    decisions = tuple(
        replace(decision, becomes=becomes, reason=reason) if decision.path == path else decision
        for decision in draft.decisions
    )
    return replace(draft, decisions=decisions)


def _find(draft: Draft, path: str) -> tuple[Steps, Value]:
    known = {each: (steps, value) for each, steps, value in walk_paths(draft)}
    if path in known:
        return known[path]
    n = draft.source_call.n
    call = draft.public_call
    recorded = replace(draft, args=call.args, kwargs=call.kwargs, context=call.context)
    names = [*known, *(each for each, _, _ in walk_paths(recorded))]
    from difflib import get_close_matches

    near = get_close_matches(path, names, n=1, cutoff=0.0)
    raise Har2rpcError(
        f"{n}:{path}: call {n} has no such value"
        + (f"; the nearest is {n}:{near[0]}" if near else "")
    )


def _keep(draft: Draft, path: str, steps: Steps, value: Value) -> Draft:
    for param in inputs_in(value):
        if param.type == "secret" or param.file:
            what = "a file" if param.file else "a secret"
            n = draft.source_call.n
            raise Har2rpcError(
                f"{n}:{path}: {what} is never written into code; it remains an input"
            )
    return _without_unused(_put(draft, steps, _as_recorded(value)))


def _name_input(
    draft: Draft, path: str, steps: Steps, value: Value, name: str, inputs: Inputs
) -> Draft:
    where = f"{draft.source_call.n}:{path}"
    param = value if isinstance(value, Input) else _new_input(draft, where, steps, value, inputs)
    renamed = replace(param, name=name)
    twin = next((other for other in draft.inputs if other.name == name and other != param), None)
    if twin is not None:
        if type(twin.example) is not type(param.example) or twin.example != param.example:
            raise Har2rpcError(
                f"{where}: another value of this call is already the input {name}; choose another name"
            )
        renamed = twin  # one value in two places is one input
    if param not in draft.inputs:
        return _without_unused(
            _put(replace(draft, inputs=(*draft.inputs, renamed)), steps, renamed)
        )
    for _, other_steps, other in list(walk_paths(draft)):
        if other == param and isinstance(other, Input):
            draft = _put(draft, other_steps, renamed)
    listed = [renamed if other == param else other for other in draft.inputs]
    return replace(draft, inputs=tuple({other.name: other for other in listed}.values()))


def _usual_name(draft: Draft, steps: Steps) -> str:
    """The name of a literal that becomes an input: by default that of its field."""
    if steps == ("args", 0) and draft.method in methods.SEARCHES | methods.GROUPINGS:
        return "domain"
    field = _field_of(draft, steps) or str(steps[-1])
    return UniqueNames([param.name for param in draft.inputs]).of(
        english.input_name(field, draft.model)
    )


def _new_input(draft: Draft, where: str, steps: Steps, value: Value, inputs: Inputs) -> Input:
    value = _as_recorded(value)
    is_domain = steps == ("args", 0) and where.endswith(":domain")
    if isinstance(value, dict) or (
        isinstance(value, list)
        and not is_domain
        and any(isinstance(item, (list, dict)) for item in value)
    ):
        raise Har2rpcError(
            f"{where}: a whole structure cannot be an input; choose a value inside it"
        )
    of_field = _field_of(draft, steps)
    described = inputs.fields.get(of_field)
    label, guessed = inputs.label(of_field)
    several = isinstance(value, list) and not is_domain
    return Input(
        name="",
        label="Domain" if is_domain else label,
        type="domain" if is_domain else described.type if described else type_of(of_field, value),
        example=value,
        default=value if is_domain else None,
        help=A_DOMAIN if is_domain else "",
        options=described.selection if described else (),
        relation=described.relation if described else "",
        multiple=several,
        guessed=guessed,
        why="chosen with --input",
    )


def _field_of(draft: Draft, steps: Steps) -> str:
    """The field that a value belongs to: its key, or the first item of its domain term."""
    part: Value = {"args": draft.args, "kwargs": draft.kwargs, "context": draft.context}
    name = ""
    for step in steps:
        if isinstance(part, list) and len(part) == 3 and step == 2 and isinstance(part[0], str):
            name = part[0]
        elif isinstance(step, str):
            name = step
        part = part[step]
    return name


def _put(draft: Draft, steps: Steps, value: Value) -> Draft:
    part = str(steps[0])  # args, kwargs or context
    new: Any = {part: put(getattr(draft, part), steps[1:], value)}
    return replace(draft, **new)


def _as_recorded(value: Value) -> Value:
    return map_value(value, lambda part: part.example if isinstance(part, Input) else part)


def _without_unused(draft: Draft) -> Draft:
    used = {param.name for param in inputs_in([draft.args, draft.kwargs, draft.context])}
    return replace(draft, inputs=tuple(param for param in draft.inputs if param.name in used))
