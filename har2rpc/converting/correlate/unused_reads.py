"""Removes unused reads from a flow: pages that were shown on the way, lists behind a form, columns of a board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from har2rpc.converting.correlate.link import link_runs
from har2rpc.converting.correlate.merge import MergedDraft
from har2rpc.model import Call, Result
from har2rpc.model.capture import position_of
from har2rpc.model.values import walk
from har2rpc.odoo import methods

_Place: TypeAlias = tuple[int, int]
"""Which draft, and which of its runs."""
_KEPT = frozenset({"export_data"})
"""Methods of reads that somebody wanted for their own sake, whatever else was done."""


def drop_unused_reads(merged: Sequence[MergedDraft], calls: Sequence[Call]) -> list[MergedDraft]:
    """The drafts without the runs that a flow does not need.

    If the flow changes something, a read is kept if a later step uses its answer. In a flow of reads, the page that a menu
    showed first is removed if another read follows; so are that page in another view and the columns of a board.
    `calls` are those of the capture.
    """
    places = [(number, at) for number, each in enumerate(merged) for at in range(len(each.runs))]
    if any(each.draft.changes for each in merged):
        kept = _needed(merged)
    else:
        kept = set(places) - set(_shown_first(merged, places, calls))
    remaining = []
    for number, each in enumerate(merged):
        positions = [at for at in range(len(each.runs)) if (number, at) in kept]
        if positions:
            runs = [each.runs[at] for at in positions]
            remaining.append(
                replace(each, runs=runs, produces=[each.produces[at] for at in positions])
            )
    return remaining


def _shown_first(
    merged: Sequence[MergedDraft], places: Sequence[_Place], calls: Sequence[Call]
) -> Iterator[_Place]:
    """The reads that the client made before anybody searched for anything."""
    in_order = sorted(places, key=lambda place: merged[place[0]].runs[place[1]].n)
    columns = [place for place in in_order if _is_column(merged, place, in_order)]
    others = [place for place in in_order if place not in columns]
    yield from columns
    model = ""
    for place in others[:-1]:
        draft = merged[place[0]].draft
        is_board = draft.method in methods.GROUPINGS and _is_first_of_page(draft.source_call, calls)
        is_page = draft.method in methods.SEARCHES or is_board
        is_typed = any(param.required for param in draft.inputs)
        if not is_page or is_typed or model not in ("", draft.model):
            return
        model = draft.model
        yield place


def _is_column(merged: Sequence[MergedDraft], place: _Place, in_order: Sequence[_Place]) -> bool:
    """Whether a search is that of a board's column: one of several, right behind the board's groups."""
    draft = merged[place[0]].draft
    shape = [other for other in in_order if other[0] == place[0]]
    first = in_order.index(shape[0])
    board = merged[in_order[first - 1][0]].draft if first else None
    return (
        len(shape) > 1
        and draft.method in methods.SEARCHES
        and board is not None
        and board.method in methods.GROUPINGS
        and board.model == draft.model
        and in_order[first : first + len(shape)] == shape
    )


def _is_first_of_page(call: Call, calls: Sequence[Call]) -> bool:
    """Whether nothing else was asked of the model since its views were."""
    for earlier in reversed(calls[: position_of(calls, call.n)]):
        if earlier.model == call.model:
            if earlier.method in methods.PAGE_OPENERS:
                return True
            if earlier.method in methods.SEARCHES | methods.GROUPINGS:
                return False
    return False


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
