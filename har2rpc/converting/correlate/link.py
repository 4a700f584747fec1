"""Turns ids that one call returned and a later one uses into variables; notes wizards whose creation is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from har2rpc.converting.correlate.merge import MergedDraft
from har2rpc.converting.draft import Draft, UniqueNames
from har2rpc.converting.paths import input_paths
from har2rpc.model import Capture, Input, Json, Link, Result, Value
from har2rpc.model.values import are_ids, is_id
from har2rpc.odoo import english, methods
from har2rpc.odoo.reserved_names import RESERVED
from har2rpc.odoo.schema.wizards import is_wizard


def link_runs(merged: Sequence[MergedDraft], *, in_flow: bool = False) -> None:
    """Replaces ids that an earlier run produced with Results, and names the variables.

    An id is linked only if the input's model is that of the record: equal numbers are not enough. In a flow, which has
    inputs and variables in one scope, the inputs get the plain names.
    """
    results: dict[tuple[str, int | tuple[int, ...]], Result] = {}
    asked_for = _asked_for(merged) if in_flow else set()
    names = UniqueNames(RESERVED | asked_for)
    ordered = sorted(
        ((run.n, each, position) for each in merged for position, run in enumerate(each.runs)),
        key=lambda item: item[0],
    )
    for _, each, position in ordered:
        run = each.runs[position]
        values = {
            param.name: _linked_value(param, run.values[param.name], results)
            for param in each.draft.inputs
        }
        variable = english.identifier(_variable(each.draft))
        is_asked_for = variable in asked_for and bool(each.draft.source_call.result_ids)
        name = names.of(variable, [f"new_{variable}"] if is_asked_for else ())
        each.runs[position] = replace(run, values=values, result=name)
        for produced in each.produces[position]:
            key = (produced.model, produced.id)
            results.setdefault(key, replace(produced.result, name=name))


def _asked_for(merged: Sequence[MergedDraft]) -> set[str]:
    """The names of inputs for records that come from no answer."""
    answers = {
        (produced.model, produced.id)
        for each in merged
        for answer in each.produces
        for produced in answer
    }
    return {
        param.name
        for each in merged
        for param in each.draft.inputs
        for run in each.runs
        if is_id(value := run.values.get(param.name)) and (param.relation, value) not in answers
        if param.relation
    }


def _linked_value(param: Input, value: Json, results: Mapping[tuple[str, Any], Result]) -> Value:
    """The Result that an id (or a whole list of ids) came from; without one, what was recorded."""
    if not param.relation:
        return value
    if isinstance(value, list):
        whole = results.get((param.relation, tuple(value))) if are_ids(value) else None
        return whole or [_linked_value(param, item, results) for item in value]
    return results.get((param.relation, value), value) if is_id(value) else value


def _variable(draft: Draft) -> str:
    """`order_id` for a new sale order, `partners` for what a search found, `result` for the rest."""
    noun = english.model_noun(draft.model)
    if any(produced.result.what == "action" for produced in draft.produces):
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


def note_missing_wizards(merged: Sequence[MergedDraft], capture: Capture) -> None:
    """Adds a note to actions on a wizard whose creation is not among the actions."""
    is_of_dialogs = cache(lambda model: is_wizard(model, capture.calls))
    for each in merged:
        model = each.draft.model
        names = [param.name for param in each.draft.inputs if param.relation == model]
        unlinked = any(isinstance(run.values.get(name), int) for run in each.runs for name in names)
        if not unlinked or not each.draft.changes or not is_of_dialogs(model):
            continue
        creations = [call for call in capture.calls if call.model == model and call.result_ids]
        how = (
            f"convert its creation with it (-n {creations[-1].n},…)"
            if creations
            else "create one first"
        )
        note = (
            f"{model} is a wizard: its recorded id no longer exists, because such a record lives only while its "
            f"dialog is open; {how}."
        )
        each.draft = replace(each.draft, notes=(*each.draft.notes, note))


def links_of(merged: Sequence[MergedDraft]) -> list[Link]:
    """Every link of these runs, in recorded order, except in steps that were added to make other links possible."""
    makers = {run.result: run.n for each in merged for run in each.runs}
    links = [
        Link(run.n, f"{run.n}:{result_path}", param.relation, makers[result.name], result)
        for each in merged
        if not each.draft.was_added
        for path, param in input_paths(each.draft)
        for run in each.runs
        for result_path, result in _results(path, run.values.get(param.name))
    ]
    return sorted(links, key=lambda link: link.n)


def _results(path: str, value: Value) -> Iterator[tuple[str, Result]]:
    if isinstance(value, Result):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _results(f"{path}[{number}]", item)
