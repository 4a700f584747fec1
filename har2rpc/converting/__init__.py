"""Turns calls into actions: drafts each call, gathers its lines, merges, links, names. Only this file knows the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from har2rpc.converting.build import build_drafts
from har2rpc.converting.correlate.link import link_runs, links_of, note_missing_wizards
from har2rpc.converting.correlate.merge import MergedDraft, merge_drafts, merge_pages
from har2rpc.converting.correlate.unused_reads import drop_unused_reads
from har2rpc.converting.draft import A_DOMAIN, Draft, UniqueNames
from har2rpc.converting.naming import describe_action, name_action
from har2rpc.converting.other_names import is_filtered, other_names
from har2rpc.converting.override_details import override_details, override_names
from har2rpc.converting.overrides import override_table
from har2rpc.converting.parameterize.new_lines import gather_lines
from har2rpc.converting.paths import input_paths
from har2rpc.converting.returned_fields import returned_types
from har2rpc.converting.wizard_functions import join_wizards
from har2rpc.model import (
    Action,
    Call,
    Capture,
    ConvertOptions,
    Decision,
    Har2rpcError,
    Input,
    Link,
)
from har2rpc.odoo import english
from har2rpc.odoo.reserved_names import RESERVED

__all__ = ["convert", "find_decisions", "find_inputs", "find_links", "find_settable"]


def convert(
    capture: Capture,
    calls: Sequence[Call],
    options: ConvertOptions | None = None,
    *,
    in_flow: bool = False,
) -> list[Action]:
    """The actions that do what these calls did, in order of their first call.

    In a flow, ids are linked even if everything else stays as recorded, and reads that linking needs are added.
    Raises Har2rpcError for an override that names no value of these calls.
    """
    options = options or ConvertOptions()
    merged = _merge(capture, calls, options, in_flow=in_flow)
    actions = _name_actions(merged, capture, options)
    return join_wizards(actions, capture.calls)


def find_links(capture: Capture, calls: Sequence[Call]) -> list[Link]:
    """The values that a flow of these calls (all reads included) takes from earlier calls, and where they come from."""
    return links_of(_merge(capture, calls, ConvertOptions(reads=True), in_flow=True))


def find_inputs(capture: Capture, calls: Sequence[Call]) -> dict[int, list[tuple[str, Input]]]:
    """For each call, by its number: its inputs with their paths (`5:domain[0][2]`)."""
    inputs: dict[int, dict[str, Input]] = {call.n: {} for call in calls}
    for draft in build_drafts(capture, calls):
        n = draft.source_call.n
        for path, param in input_paths(draft):  # a call that became several has a path in all
            inputs[n].setdefault(f"{n}:{path}", param)
    return {n: list(by_path.items()) for n, by_path in inputs.items()}


def find_decisions(capture: Capture, calls: Sequence[Call]) -> dict[int, list[Decision]]:
    """For each call, by its number: what became of each value of the form that it saved, lines included."""
    decisions: dict[int, list[Decision]] = {call.n: [] for call in calls}
    for draft in build_drafts(capture, calls):
        decisions[draft.source_call.n] += draft.decisions
    return decisions


def find_settable(
    capture: Capture, calls: Sequence[Call], options: ConvertOptions
) -> list[tuple[Call, Action, list[tuple[str, Input]]]]:
    """What can be set for each action: its first call, and its inputs with their paths in that call (`domain[0][2]`).

    The actions of a wizard are separate here. New lines in one parameter have no path.
    """
    merged = _merge(capture, calls, options, in_flow=False)
    actions = _name_actions(merged, capture, options)
    return [
        (each.draft.source_call, action, input_paths(each.draft))
        for each, action in zip(merged, actions, strict=True)
    ]


def _merge(
    capture: Capture, calls: Sequence[Call], options: ConvertOptions, *, in_flow: bool
) -> list[MergedDraft]:
    drafts = build_drafts(capture, calls, options, in_flow=in_flow)
    overrides = override_table(options, calls)
    drafts = gather_lines(drafts, capture, overrides.paths)
    merged = merge_drafts(drafts, in_flow=in_flow)
    override_details(merged, overrides)
    if in_flow:
        merge_pages(merged)
        if not options.reads:
            merged = drop_unused_reads(merged, capture.calls)
    link_runs(merged, in_flow=in_flow)
    note_missing_wizards(merged, capture)
    return merged


def _name_actions(
    merged: Sequence[MergedDraft], capture: Capture, options: ConvertOptions
) -> list[Action]:
    actions: list[Action] = []
    searched_models: set[str] = set()
    verbatim = options.verbatim
    chosen = override_names(merged, options.overrides.calls)
    names = _names(merged, [name for name, _ in chosen], verbatim=verbatim)
    for each, name, (_, label) in zip(merged, names, chosen, strict=True):
        draft = each.draft
        custom = None
        is_search = draft.method in ("search_read", "web_search_read") and not verbatim
        if is_search and draft.model not in searched_models:
            searched_models.add(draft.model)
            custom = _custom_search(each)
        description = describe_action(draft, verbatim=verbatim)
        types = returned_types(draft, capture.fields().get(draft.model, {}))
        custom = replace(custom, field_types=types) if custom else None
        action = replace(_action(each, name, description, custom), field_types=types)
        actions.append(action if label is None else replace(action, label=label))
    return actions


def _names(
    merged: Sequence[MergedDraft], chosen: Sequence[str | None], *, verbatim: bool
) -> list[str]:
    """Names each action: an override first; a list of all records gets the plain name before a list of one's own does."""
    # Variables and what a generated file defines itself: a function must not take their names.
    own_names = RESERVED | {run.result for each in merged for run in each.runs}
    if in_use := next((name for name in chosen if name in own_names), None):
        raise Har2rpcError(
            f"{in_use!r} is not a valid action name: the generated code uses it; choose another"
        )
    names = UniqueNames(own_names)
    first: dict[str, Draft] = {}
    by_number = {n: names.of(name) for n, name in enumerate(chosen) if name is not None}
    for number in sorted(range(len(merged)), key=lambda number: is_filtered(merged[number].draft)):
        if number in by_number:
            continue
        draft = merged[number].draft
        name = name_action(draft, verbatim=verbatim)
        named = first.setdefault(name, draft)
        others = () if verbatim or named is draft else other_names(name, draft, named)
        by_number[number] = names.of(name, others)
    return [by_number[number] for number in range(len(merged))]


def _action(merged: MergedDraft, name: str, description: str, custom: Action | None) -> Action:
    draft = merged.draft
    return Action(
        name=name,
        label=english.title(name),
        description=description,
        calls=tuple({call.n: call for call in merged.calls}.values()),
        model=draft.model,
        method=draft.method,
        args=draft.args,
        kwargs=draft.kwargs,
        context=draft.context,
        inputs=draft.inputs,
        runs=tuple(merged.runs),
        changes=draft.changes,
        returns=draft.returns,
        notes=draft.notes,
        custom=custom,
        form=draft.form,
    )


def _custom_search(merged: MergedDraft) -> Action:
    """The same search with its whole domain as the only input besides paging."""
    draft = merged.draft
    many = english.plural(english.model_noun(draft.model))
    call = merged.calls[0]
    domain = call.kwargs.get("domain") or (call.args or [[]])[0]
    whole = Input(
        name="domain",
        label="Domain",
        type="domain",
        example=domain,
        default=domain,
        help=A_DOMAIN,
    )
    rest = {name: value for name, value in draft.kwargs.items() if name != "domain"}
    beside = {param.name for _, param in input_paths(replace(draft, args=[], kwargs=rest))}
    others = tuple(param for param in draft.inputs if param.name in beside)
    custom = replace(draft, inputs=(whole, *others), notes=())
    if "domain" in draft.kwargs:  # the client's own search
        custom = replace(custom, kwargs={**draft.kwargs, "domain": whole})
    else:
        custom = replace(custom, args=[whole])
    words = many.replace("_", " ")
    description = f"{words[:1].upper()}{words[1:]} that match a domain that you pass."
    return _action(
        MergedDraft(custom, merged.calls[:1]), f"search_{many}_by_custom", description, None
    )
