"""Same-shaped calls become one action done several times, and a created id becomes a variable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from har2rpc.model import Call, Input, Json, Result, Run, Value
from har2rpc.odoo import methods, wording
from har2rpc.shaping.draft import Draft


@dataclass(slots=True)
class Joined:
    """Drafts of one shape: the first stands for all, each is a run."""

    draft: Draft
    calls: list[Call] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def joined(drafts: Iterable[Draft]) -> list[Joined]:
    """Groups drafts that differ in nothing but their inputs' values, in order of their first call."""
    groups: dict[str, Joined] = {}
    for draft in drafts:
        key = repr(
            (draft.model, draft.method, _shape(draft.args), _shape(draft.kwargs), draft.context)
        )
        group = groups.setdefault(key, Joined(draft))
        values = {made.name: made.example for made in draft.inputs}
        group.calls.append(draft.call)
        repeated = any(run.values == values for run in group.runs)
        if not (repeated and not draft.changes):  # the client asks the same thing twice at times
            group.runs.append(Run(draft.call.n, values))
    return list(groups.values())


def linked(groups: Sequence[Joined]) -> None:
    """Puts Results where an id that was created in these runs comes back, and names the variables.

    An id is linked only where the input's model is the created record's: equal numbers are no links.
    """
    made: dict[tuple[str, int], Result] = {}
    taken = {"user_id", "results"}  # what a generated file names so itself
    calls = {call.n: call for group in groups for call in group.calls}
    ordered = sorted(
        ((run.n, group, place) for group in groups for place, run in enumerate(group.runs)),
        key=lambda item: item[0],
    )
    for n, group, place in ordered:
        values = {
            made_input.name: _linked(made_input, group.runs[place].values[made_input.name], made)
            for made_input in group.draft.inputs
        }
        name = _unique(wording.identifier(_variable(group.draft)), taken)
        group.runs[place] = replace(group.runs[place], values=values, result=name)
        if group.draft.returns in ("id", "ids") and len(calls[n].result_ids) == 1:
            what: Any = group.draft.returns
            made[group.draft.model, calls[n].result_ids[0]] = Result(name, what)


def _linked(made_input: Input, value: Json, made: dict[tuple[str, int], Result]) -> Value:
    if not made_input.relation:
        return value
    if isinstance(value, list):
        return [_linked(made_input, item, made) for item in value]
    if isinstance(value, int) and (made_input.relation, value) in made:
        return made[made_input.relation, value]
    return value


def _variable(draft: Draft) -> str:
    """`order_id` for a new sale order, `partners` for what a search found, `result` for the rest."""
    noun = wording.model_noun(draft.model)
    if draft.returns == "ids" and draft.changes:
        return f"{noun.rpartition('_')[2]}_ids"
    if draft.returns == "id":
        return f"{noun.rpartition('_')[2]}_id"
    if draft.method in methods.GROUPINGS:
        return "groups"
    if draft.returns == "records" or draft.method in methods.NAME_SEARCHES:
        return wording.plural(noun)
    return "result"


def _unique(name: str, taken: set[str]) -> str:
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}_{number}"
    taken.add(unique)
    return unique


def _shape(value: Value) -> Value:
    """A value with its inputs reduced to their names, so that what is literal must be equal."""
    if isinstance(value, Input):
        return ("input", value.name, value.multiple)
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return (type(value).__name__, value)
