"""Reads that nobody uses are no part of a flow: pages that were shown on the way, lists behind a form, columns of a board."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from har2rpc.converting.correlate.link import link_runs
from har2rpc.converting.correlate.merge import MergedDraft
from har2rpc.converting.draft import is_typed_search
from har2rpc.model import Result
from har2rpc.model.values import walk

_Place: TypeAlias = tuple[int, int]
"""Which draft, and which of its runs."""
_KEPT = frozenset({"export_data"})
"""Reads that somebody wanted for themselves, whatever else was done."""


def drop_unused_reads(merged: Sequence[MergedDraft]) -> list[MergedDraft]:
    """The drafts without the runs that a flow does not need.

    Where something is changed, a read stays if a later step uses its answer. Where all that is done is reading, the page
    that a menu showed first goes, if another read follows.
    """
    places = [(number, at) for number, each in enumerate(merged) for at in range(len(each.runs))]
    if any(each.draft.changes for each in merged):
        kept = _needed(merged)
    else:
        first = min(places, key=lambda place: merged[place[0]].runs[place[1]].n, default=(0, 0))
        is_page = len(places) > 1 and not is_typed_search(merged[first[0]].draft)
        kept = set(places) - ({first} if is_page else set())
    remaining = []
    for number, each in enumerate(merged):
        positions = [at for at in range(len(each.runs)) if (number, at) in kept]
        if positions:
            runs = [each.runs[at] for at in positions]
            remaining.append(
                replace(each, runs=runs, produces=[each.produces[at] for at in positions])
            )
    return remaining


def _needed(merged: Sequence[MergedDraft]) -> set[_Place]:
    """The runs that change something or that were wanted for themselves, and those whose answers they need."""
    trial = [replace(each, runs=list(each.runs)) for each in merged]
    link_runs(trial)
    makers: dict[str, _Place] = {}
    todo: list[_Place] = []
    for number, each in enumerate(trial):
        for at, run in enumerate(each.runs):
            makers[run.result] = (number, at)
            if each.draft.changes or each.draft.method in _KEPT:
                todo.append((number, at))
    needed = set(todo)
    while todo:
        number, at = todo.pop()
        for part in walk(dict(trial[number].runs[at].values)):
            if isinstance(part, Result) and part.name in makers and makers[part.name] not in needed:
                needed.add(makers[part.name])
                todo.append(makers[part.name])
    return needed
