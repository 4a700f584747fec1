"""What a person decides otherwise than the rules: this value is an input of that name, that one stays as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from har2rpc.converting.draft import A_DOMAIN, Draft, Inputs
from har2rpc.converting.paths import Steps, inputs_in, places, put
from har2rpc.model import Call, Har2rpcError, Input, Value
from har2rpc.odoo import english
from har2rpc.odoo.schema.field_types import type_of

_PATH = re.compile(r"(?P<n>[0-9]{1,9}):(?P<place>.+)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Choices:
    """By the number of a call and the place in it."""

    named: Mapping[tuple[int, str], str] = field(default_factory=dict)
    kept: frozenset[tuple[int, str]] = frozenset()

    def of(self, call: Call) -> frozenset[str]:
        """The places of this call that somebody decided about."""
        return frozenset(place for n, place in (*self.named, *self.kept) if n == call.n)


def choices(named: Mapping[str, str], kept: Iterable[str], calls: Iterable[Call]) -> Choices:
    """From `{"5:domain[0][2]": "phone"}` and `["5:limit"]`.

    Raises Har2rpcError for what is no path, no name, or of a call that is not converted.
    """
    numbers = {call.n for call in calls}
    for path, name in named.items():
        if english.identifier(name) != name:
            better = english.identifier(name)
            raise Har2rpcError(f"{path}: {name!r} is no name for an input; {better} would be one")
    wanted = {_split(path, numbers): name for path, name in named.items()}
    stays = frozenset(_split(path, numbers) for path in kept)
    if both := sorted(stays & set(wanted)):
        n, place = both[0]
        raise Har2rpcError(f"{n}:{place}: either an input or kept, not both")
    return Choices(wanted, stays)


def _split(path: str, numbers: set[int]) -> tuple[int, str]:
    found = _PATH.match(path)
    if not found:
        raise Har2rpcError(
            f"{path!r} is no path: the number of a call, a colon, a place in it (5:domain[0][2]); "
            "har2rpc list -v shows them"
        )
    n = int(found["n"])
    if n not in numbers:
        raise Har2rpcError(f"{path}: call {n} is not among those that are converted; see -n, --all")
    return n, found["place"]


def decided(
    draft: Draft, before: Draft, wanted: Choices, inputs: Inputs, beside: Iterable[Draft] = ()
) -> Draft:
    """The draft with these decisions carried out; `before` is the call with all its values, `inputs` knows its fields.

    `beside` are the other drafts of the same call: a place that only one of them has is decided there. Raises
    Har2rpcError for a place that the call has not, with the nearest one that it has.
    """
    n = draft.call.n
    elsewhere = {at for other in beside for at, _, _ in places(other)}
    elsewhere -= {at for at, _, _ in places(draft)}
    for place in sorted(wanted.of(draft.call) - elsewhere):  # a set has no order
        found = _found(draft, before, place)
        if (n, place) in wanted.kept:
            draft = _kept(draft, n, place, *found)
        else:
            draft = _named(draft, place, *found, wanted.named[n, place], inputs)
    return draft


def _found(draft: Draft, before: Draft, place: str) -> tuple[Steps, Value]:
    known = {at: (steps, value) for at, steps, value in places(draft)}
    if place in known:
        return known[place]
    n = draft.call.n
    names = [*known, *(at for at, _, _ in places(before))]
    near = get_close_matches(place, names, n=1, cutoff=0.0)
    raise Har2rpcError(
        f"{n}:{place}: call {n} has no such value"
        + (f"; the nearest is {n}:{near[0]}" if near else "")
    )


def _kept(draft: Draft, n: int, place: str, steps: Steps, value: Value) -> Draft:
    if any(made.type == "secret" for made in inputs_in(value)):
        raise Har2rpcError(f"{n}:{place}: a secret is never written into code; it stays an input")
    return _without_unused(_put(draft, steps, _as_recorded(value)))


def _named(
    draft: Draft, place: str, steps: Steps, value: Value, name: str, inputs: Inputs
) -> Draft:
    path = f"{draft.call.n}:{place}"
    made = value if isinstance(value, Input) else _new_input(draft, path, steps, value, inputs)
    renamed = replace(made, name=name)
    twin = next((known for known in draft.inputs if known.name == name and known != made), None)
    if twin is not None:
        if type(twin.example) is not type(made.example) or twin.example != made.example:
            raise Har2rpcError(
                f"{path}: another value of this call is the input {name} already; choose another name"
            )
        renamed = twin  # one value in two places is one input
    if made not in draft.inputs:
        return _without_unused(
            _put(replace(draft, inputs=(*draft.inputs, renamed)), steps, renamed)
        )
    for _, at, held in list(places(draft)):
        if held == made and isinstance(held, Input):
            draft = _put(draft, at, renamed)
    listed = [renamed if known == made else known for known in draft.inputs]
    return replace(draft, inputs=tuple({one.name: one for one in listed}.values()))


def _new_input(draft: Draft, path: str, steps: Steps, value: Value, inputs: Inputs) -> Input:
    value = _as_recorded(value)
    is_domain = steps == ("args", 0) and path.endswith(":domain")
    if isinstance(value, dict) or (
        isinstance(value, list)
        and not is_domain
        and any(isinstance(item, (list, dict)) for item in value)
    ):
        raise Har2rpcError(f"{path}: a whole structure is no input; choose a value inside it")
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
    """The field that a value belongs to: the key it stands under, or the first part of its domain term."""
    held: Any = {"args": draft.args, "kwargs": draft.kwargs, "context": draft.context}
    name = ""
    for step in steps:
        if isinstance(held, list) and len(held) == 3 and step == 2 and isinstance(held[0], str):
            name = held[0]
        elif isinstance(step, str):
            name = step
        held = held[step]
    return name


def _put(draft: Draft, steps: Steps, value: Value) -> Draft:
    root, *rest = steps
    new: Any = {root: put(getattr(draft, root), tuple(rest), value)}
    return replace(draft, **new)


def _as_recorded(value: Value) -> Value:
    if isinstance(value, Input):
        return value.example
    if isinstance(value, dict):
        return {key: _as_recorded(item) for key, item in value.items()}
    return [_as_recorded(item) for item in value] if isinstance(value, list) else value


def _without_unused(draft: Draft) -> Draft:
    used = {made.name for made in inputs_in([draft.args, draft.kwargs, draft.context])}
    return replace(draft, inputs=tuple(made for made in draft.inputs if made.name in used))
