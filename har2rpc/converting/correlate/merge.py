"""Same-shaped calls become one action done several times, and a created id becomes a variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from har2rpc.converting.draft import OF_ITS_DAY, OWN_NAMES, Draft, Given
from har2rpc.converting.unique_names import UniqueNames
from har2rpc.model import Call, Input, Json, Result, Run, Value
from har2rpc.odoo import english, methods


@dataclass(slots=True)
class Joined:
    """Drafts of one shape: the first stands for all, each is a run."""

    draft: Draft
    calls: list[Call] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    gives: list[tuple[Given, ...]] = field(default_factory=list)
    """What each run's answer holds."""


def joined(drafts: Iterable[Draft], *, in_flow: bool = False) -> list[Joined]:
    """Groups drafts that differ in nothing but their inputs' values, in order of their first call.

    A question that the client asked twice is asked once; in a flow again, where something was done in between.
    """
    deeds = 0
    asked: dict[tuple[str, str, int], int] = {}
    groups: dict[str, Joined] = {}
    for draft in drafts:
        parts = (draft.args, draft.kwargs, draft.context)
        key = repr((draft.model, draft.method, *map(_shape, parts)))
        group = groups.setdefault(key, Joined(draft))
        if not draft.changes:  # what one of its runs lacks is said, too
            known = group.draft.notes
            more = tuple(n for n in draft.notes if n not in known and not n.startswith(OF_ITS_DAY))
            group.draft = replace(group.draft, notes=(*group.draft.notes, *more))
        values = {made.name: made.example for made in draft.inputs}
        group.calls.append(draft.call)
        deeds += draft.changes
        question = (key, repr(values), deeds if in_flow else 0)
        place = asked.setdefault(question, len(group.runs))
        if place < len(group.runs) and not draft.changes:
            # The client gave up a search and asked again: the answer that arrived counts.
            group.gives[place] = group.gives[place] or draft.gives
            continue
        group.runs.append(Run(draft.call.n, values))
        group.gives.append(draft.gives)
    return list(groups.values())


def linked(groups: Sequence[Joined]) -> None:
    """Puts Results where an id that an earlier run gave comes back, and names the variables.

    An id is linked only where the input's model is that of the record: equal numbers are no links.
    """
    made: dict[tuple[str, int | tuple[int, ...]], Result] = {}
    names = UniqueNames(OWN_NAMES)
    ordered = sorted(
        ((run.n, group, place) for group in groups for place, run in enumerate(group.runs)),
        key=lambda item: item[0],
    )
    for _, group, place in ordered:
        values = {
            made_input.name: _linked(made_input, group.runs[place].values[made_input.name], made)
            for made_input in group.draft.inputs
        }
        name = names.of(english.identifier(_variable(group.draft)))
        group.runs[place] = replace(group.runs[place], values=values, result=name)
        for one in group.gives[place]:
            made.setdefault((one.model, one.id), replace(one.result, name=name))


def _linked(made_input: Input, value: Json, made: Mapping[tuple[str, Any], Result]) -> Value:
    """The Result that an id (or a whole list of ids) came from; without one, what was recorded."""
    if not made_input.relation:
        return value
    if isinstance(value, list):
        is_ids = all(type(item) is int for item in value)
        whole = made.get((made_input.relation, tuple(value))) if is_ids else None
        return whole or [_linked(made_input, item, made) for item in value]
    return made.get((made_input.relation, value), value) if type(value) is int else value


def _variable(draft: Draft) -> str:
    """`order_id` for a new sale order, `partners` for what a search found, `result` for the rest."""
    noun = english.model_noun(draft.model)
    if any(one.result.what == "action" for one in draft.gives):
        return "action"
    if draft.method == "name_create":
        return english.record_noun(draft.model)
    if draft.returns == "ids" and draft.changes:
        return f"{english.record_noun(draft.model)}_ids"
    if draft.returns == "id":
        return f"{english.record_noun(draft.model)}_id"
    if draft.method in methods.GROUPINGS:
        return "groups"
    if draft.returns == "records" or draft.method in methods.NAME_SEARCHES:
        return english.plural(noun)
    return "result"


def _shape(value: Value) -> Value:
    """A value with its inputs reduced to their names, so that what is literal must be equal."""
    if isinstance(value, Input):
        return ("input", value.name, value.multiple)
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return (type(value).__name__, value)
