"""The pages of one search, which a person turned one by one, as one run that reads them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.correlate.merge import Joined
from har2rpc.model import Run, Value


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
