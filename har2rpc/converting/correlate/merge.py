"""Same-shaped calls become one action done several times, and a created id becomes a variable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from har2rpc.converting.draft import OF_ITS_DAY, Draft, Given
from har2rpc.model import Call, Input, Run, Value


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


def _shape(value: Value) -> Value:
    """A value with its inputs reduced to their names, so that what is literal must be equal."""
    if isinstance(value, Input):
        return ("input", value.name, value.multiple)
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return (type(value).__name__, value)


def with_pages(groups: Sequence[Joined]) -> None:
    """Makes one run of those that differ in their offset alone, each a limit further, with no deed in between."""
    deeds = [run.n for group in groups if group.draft.changes for run in group.runs]
    for group in groups:
        names = {made.name for made in group.draft.inputs}
        if not {"limit", "offset"} <= names or len(group.runs) < 2:
            continue
        kept: list[int] = []
        for place, run in enumerate(group.runs):
            if not any(_turn(group.runs, first, run, deeds) for first in kept):
                kept.append(place)
        group.gives = [group.gives[place] for place in kept]
        group.runs = [group.runs[place] for place in kept]


def _turn(runs: list[Run], first: int, run: Run, deeds: Sequence[int]) -> bool:
    """Whether a run is the next page of the one that began there; if so, that one has a page more."""
    begun = runs[first]
    if _asked(begun.values) != _asked(run.values):
        return False
    if any(begun.n < deed < run.n for deed in deeds):
        return False
    offset, limit = begun.values["offset"], begun.values["limit"]
    if run.values["offset"] != offset + begun.pages * limit:
        return False
    runs[first] = replace(begun, pages=begun.pages + 1)
    return True


def _asked(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name != "offset"}
