"""Merges calls of one shape into one action with several runs, and the pages of one search into one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from har2rpc.converting.draft import DATE_NOTE, Draft, ProducedId
from har2rpc.model import Call, FormSpec, Input, Lines, Run, Value
from har2rpc.model.values import map_value


@dataclass(slots=True)
class MergedDraft:
    """Drafts of one shape: the first stands for all, each is a run."""

    draft: Draft
    calls: list[Call] = field(default_factory=list)
    """What was recorded, a call for each draft."""
    runs: list[Run] = field(default_factory=list)
    produces: list[tuple[ProducedId, ...]] = field(default_factory=list)
    """The ids in each run's answer."""


def merge_drafts(drafts: Iterable[Draft], *, in_flow: bool = False) -> list[MergedDraft]:
    """Merges drafts that differ in nothing but their inputs' values, in order of their first call.

    A question that the client asked twice is asked once; in a flow again, where something was changed in between.
    """
    changes = 0
    questions: dict[tuple[str, str, int], int] = {}
    by_shape: dict[str, MergedDraft] = {}
    for draft in drafts:
        parts = (draft.args, draft.kwargs, draft.context)
        shape = repr((draft.model, draft.method, *map(_shape, parts)))
        merged = by_shape.setdefault(shape, MergedDraft(draft))
        if not draft.changes:  # what one of its runs lacks is said, too
            notes = merged.draft.notes
            more = tuple(n for n in draft.notes if n not in notes and DATE_NOTE not in n)
            merged.draft = replace(merged.draft, notes=(*notes, *more))
        form = shared_form(merged.draft.form, draft.form)
        merged.draft = replace(merged.draft, form=form)
        values = {param.name: param.example for param in draft.inputs}
        merged.calls.append(draft.source_call)
        changes += draft.changes
        question = (shape, repr(values), changes if in_flow else 0)
        position = questions.setdefault(question, len(merged.runs))
        if position < len(merged.runs) and not draft.changes:
            # The client gave up a search and asked again: the answer that arrived counts.
            merged.produces[position] = merged.produces[position] or draft.produces
            continue
        merged.runs.append(Run(draft.source_call.n, values))
        merged.produces.append(draft.produces)
    return list(by_shape.values())


def shared_form(one: FormSpec | None, other: FormSpec | None) -> FormSpec | None:
    """The form of two merged runs; a value that it had set is kept if it was the same in both."""
    if one is None or other is None:
        return one or other
    return replace(one, recorded=tuple(value for value in one.recorded if value in other.recorded))


def merge_pages(merged: Sequence[MergedDraft]) -> None:
    """Merges runs that differ only in their offset, each by one limit, without a change in between."""
    changes = [run.n for each in merged if each.draft.changes for run in each.runs]
    for each in merged:
        names = {param.name for param in each.draft.inputs}
        if not {"limit", "offset"} <= names or len(each.runs) < 2:
            continue
        first_pages: list[int] = []
        for position, run in enumerate(each.runs):
            if not any(_add_page(each.runs, first, run, changes) for first in first_pages):
                first_pages.append(position)
        each.produces = [each.produces[position] for position in first_pages]
        each.runs = [each.runs[position] for position in first_pages]


def _add_page(runs: list[Run], first: int, run: Run, changes: Sequence[int]) -> bool:
    """Whether a run is the next page of the one that began there; if so, that one has a page more."""
    begun = runs[first]
    if _without_offset(begun.values) != _without_offset(run.values):
        return False
    if any(begun.n < n < run.n for n in changes):
        return False
    offset, limit = begun.values["offset"], begun.values["limit"]
    if run.values["offset"] != offset + begun.pages * limit:
        return False
    runs[first] = replace(begun, pages=begun.pages + 1)
    return True


def _without_offset(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name != "offset"}


def _shape(value: Value) -> Value:
    """A value with its inputs reduced to their names, so that what is literal must be equal."""
    return map_value(value, _leaf_shape)


def _leaf_shape(part: Value) -> Value:
    if isinstance(part, Input):
        return ("input", part.name, part.multiple)
    if isinstance(part, Lines):
        return ("lines", part.source.name, part.fields, part.always, part.following)
    return part if isinstance(part, (dict, list)) else (type(part).__name__, part)
