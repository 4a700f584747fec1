"""Calls in, actions out: draft each call, join, link, name. In this order, written here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from har2rpc.converting.build import drafts
from har2rpc.converting.correlate.link import linked, links_of, with_wizards_told
from har2rpc.converting.correlate.merge import Joined, joined, with_pages
from har2rpc.converting.draft import A_DOMAIN, OWN_NAMES, UniqueNames
from har2rpc.converting.naming import name_of, purpose_of
from har2rpc.converting.paths import asked_for
from har2rpc.model import Action, Call, Capture, Input, Link
from har2rpc.odoo import english


def shape(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    in_flow: bool = False,
    **how: Any,
) -> list[Action]:
    """The actions that do what these calls did, in order of their first call.

    In a flow ids are linked even where all else stays as recorded, and what it takes to link them is added.
    `how` is what `drafts` takes beside.
    """
    return _named(_groups(capture, calls, verbatim=verbatim, in_flow=in_flow, **how), verbatim)


def links(capture: Capture, calls: Sequence[Call]) -> list[Link]:
    """Where the values come from that a flow of these calls takes from earlier ones."""
    return links_of(_groups(capture, calls, in_flow=True))


def _groups(
    capture: Capture, calls: Sequence[Call], *, in_flow: bool = False, **how: Any
) -> list[Joined]:
    groups = joined(drafts(capture, calls, in_flow=in_flow, **how), in_flow=in_flow)
    if in_flow:
        with_pages(groups)
    linked(groups)
    with_wizards_told(groups, capture)
    return groups


def input_places(capture: Capture, calls: Sequence[Call]) -> dict[int, list[tuple[str, Input]]]:
    """For each call, by its number: where its inputs stand (`5:domain[0][2]`)."""
    found: dict[int, dict[str, Input]] = {call.n: {} for call in calls}
    for draft in drafts(capture, calls):
        for place, made in asked_for(
            draft
        ):  # a call that became several has a place in all of them
            found[draft.call.n].setdefault(f"{draft.call.n}:{place}", made)
    return {n: list(by_path.items()) for n, by_path in found.items()}


def _named(groups: Sequence[Joined], untouched: bool) -> list[Action]:
    made: list[Action] = []
    # Variables and what a generated file defines itself: a function must not take their names.
    names = UniqueNames(OWN_NAMES | {run.result for group in groups for run in group.runs})
    searched: set[str] = set()
    for group in groups:
        draft = group.draft
        name = names.of(name_of(draft, verbatim=untouched))
        custom = None
        if draft.method == "search_read" and not untouched and draft.model not in searched:
            searched.add(draft.model)
            custom = _custom_search(group)
        made.append(_action(group, name, purpose_of(draft, verbatim=untouched), custom))
    return made


def _action(group: Joined, name: str, description: str, custom: Action | None) -> Action:
    draft = group.draft
    returns: Any = draft.returns
    return Action(
        name=name,
        label=english.title(name),
        description=description,
        calls=tuple(group.calls),
        model=draft.model,
        method=draft.method,
        args=draft.args,
        kwargs=draft.kwargs,
        context=draft.context,
        inputs=draft.inputs,
        runs=tuple(group.runs),
        changes=draft.changes,
        returns=returns,
        notes=draft.notes,
        custom=custom,
    )


def _custom_search(group: Joined) -> Action:
    """The same search with its whole domain as the one input beside the paging."""
    draft = group.draft
    many = english.plural(english.model_noun(draft.model))
    recorded = group.calls[0].kwargs.get("domain") or (group.calls[0].args or [[]])[0]
    domain = Input(
        name="domain",
        label="Domain",
        type="domain",
        example=recorded,
        default=recorded,
        help=A_DOMAIN,
    )
    beside = {made.name for _, made in asked_for(replace(draft, args=[]))}
    others = tuple(made for made in draft.inputs if made.name in beside)
    custom = replace(draft, args=[domain], inputs=(domain, *others), notes=())
    words = many.replace("_", " ")
    description = f"{words[:1].upper()}{words[1:]} that match a domain of your own."
    return _action(Joined(custom, group.calls[:1]), f"search_{many}_by_custom", description, None)
