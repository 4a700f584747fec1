"""An id that one call answered and a later one uses becomes a variable; a wizard that nobody creates is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from har2rpc.converting.correlate.merge import Joined
from har2rpc.converting.draft import OWN_NAMES, Draft, UniqueNames
from har2rpc.converting.paths import asked_for
from har2rpc.model import Capture, Input, Json, Link, Result, Value
from har2rpc.odoo import english, methods
from har2rpc.odoo.schema.wizards import is_wizard


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


def with_wizards_told(groups: Sequence[Joined], capture: Capture) -> None:
    """Says it where an action is done on a wizard whose creation is not among the actions."""
    is_of_dialogs = cache(lambda model: is_wizard(model, capture.calls))
    for group in groups:
        model = group.draft.model
        on_it = [made.name for made in group.draft.inputs if made.relation == model]
        unlinked = any(
            isinstance(run.values.get(name), int) for run in group.runs for name in on_it
        )
        if not unlinked or not group.draft.changes or not is_of_dialogs(model):
            continue
        made = [call for call in capture.calls if call.model == model and call.result_ids]
        how = f"convert its creation with it (-n {made[-1].n},…)" if made else "create one first"
        note = (
            f"{model} is a wizard: its recorded id is gone, for such a record lives only while its dialog is open; "
            f"{how}."
        )
        group.draft = replace(group.draft, notes=(*group.draft.notes, note))


def links_of(groups: Sequence[Joined]) -> list[Link]:
    """Every link of these runs, in recorded order; not those of a step that was added to make others possible."""
    makers = {run.result: run.n for group in groups for run in group.runs}
    found = []
    for group in groups:
        if group.draft.was_added:
            continue
        for place, made in asked_for(group.draft):
            for run in group.runs:
                for path, result in _results(place, run.values.get(made.name)):
                    maker = makers[result.name]
                    found.append(Link(run.n, f"{run.n}:{path}", made.relation, maker, result))
    return sorted(found, key=lambda link: link.n)


def _results(place: str, value: Value) -> Iterator[tuple[str, Result]]:
    if isinstance(value, Result):
        yield place, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _results(f"{place}[{number}]", item)
