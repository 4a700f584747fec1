"""Where linked values come from: each place that an earlier call's answer fills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from har2rpc.converting.correlate.merge import Joined
from har2rpc.converting.paths import asked_for
from har2rpc.model import Link, Result, Value


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
