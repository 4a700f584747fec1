"""Classifies calls: the kind of each (noise included), from the call itself and from its neighbors.

`noise_rules` has the rules as tables; a call keeps the sentence of the rule that made it noise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from har2rpc.model import Call, Kind, Where
from har2rpc.odoo import methods
from har2rpc.odoo.noise_rules import RULES_BY_ITSELF, RULES_BY_NEIGHBORS, Around
from har2rpc.odoo.routes import PROGRAM_ROUTES, Recorded


def in_order(calls: Sequence[Call], groups: Sequence[int] = ()) -> tuple[Call, ...]:
    """The calls, given in recorded order, with their numbers and with kinds that take neighbors into account.

    `groups` are the numbers of their servers, if there are several: calls to another server are not neighbors.
    """
    return tuple(
        (
            call
            if (call.n, call.kind, call.noise_rule) == (n, kind, rule)
            else replace(call, n=n, kind=kind, noise_rule=rule)
        )
        for n, (call, (kind, rule)) in enumerate(
            zip(calls, _kinds_by_group(calls, groups), strict=True), 1
        )
    )


def alone(recorded: Recorded) -> Call:
    """A call whose neighbors are not known yet, with the kind of its method."""
    return Call(
        n=0,
        where=Where("", 0),
        url=recorded.url,
        route=recorded.route,
        model=recorded.model,
        method=recorded.method,
        args=recorded.args,
        kwargs=recorded.kwargs,
        context=recorded.context,
        uid=recorded.uid,
        kind=by_itself(recorded),
        outcome="missing",
        started="",
        ms=None,
    )


def by_itself(call: Call | Recorded) -> Kind:
    """The kind according to a call's route, model and method."""
    return "noise" if _rule_by_itself(call) else _plain_kind(call)


def _rule_by_itself(call: Call | Recorded) -> str:
    """The rule that makes a call noise whatever its neighbors are; "" if none does."""
    if call.route in PROGRAM_ROUTES:  # somebody's own program: it has no noise
        return ""
    if isinstance(call, Call) and call.is_copied:
        return ""
    return next((rule for rule, applies in RULES_BY_ITSELF.items() if applies(call)), "")


def _kinds_by_group(calls: Sequence[Call], groups: Sequence[int]) -> Iterator[tuple[Kind, str]]:
    """The kind of each call, with the rule for noise."""
    if len(calls) == 1:  # somebody copied this one request, or kept it
        yield _plain_kind(calls[0]), ""
    elif not groups:
        yield from _kinds(calls)
    else:
        calls_of: dict[int, list[Call]] = {}
        for call, group in zip(calls, groups, strict=True):
            calls_of.setdefault(group, []).append(call)
        kinds = {group: _kinds(members) for group, members in calls_of.items()}
        yield from (next(kinds[group]) for group in groups)


def _kinds(calls: Sequence[Call]) -> Iterator[tuple[Kind, str]]:
    around = Around(calls)
    for call in calls:
        rule = _rule_by_itself(call)
        kind: Kind = "noise" if rule else _plain_kind(call)
        is_of_program = call.route in PROGRAM_ROUTES and kind == "read"
        is_chosen = is_of_program or call.is_copied
        rules = {} if is_chosen else RULES_BY_NEIGHBORS.get(kind, {})
        for text, applies in rules.items():
            if applies(call, around):
                kind, rule = "noise", text
                break
        around.take(call, kind)
        yield kind, rule


def _plain_kind(call: Call | Recorded) -> Kind:
    if not methods.changes(call.method, call.model):
        return "read"
    return "write" if call.method in methods.WRITES else "action"
