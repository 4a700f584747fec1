"""The order of actions and runs in a file, and which of their results it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from har2rpc.model import Action, Flow, Run, Step
from har2rpc.rendering.results import used_results


def all_actions(steps: Sequence[Action] | Flow) -> list[Action]:
    """The actions themselves, each once, in the order in which they are first done; lookups stand in front."""
    if isinstance(steps, Flow):
        steps = list({step.action.name: step.action for step in steps.steps}.values())
    return [item for action in steps for item in (*action.lookups, action)]


def with_custom_searches(actions: Sequence[Action]) -> list[Action]:
    """The actions, and behind the first search of each model the one that takes a whole domain."""
    return [item for action in actions for item in (action, action.custom) if item is not None]


def runs_in_order(actions: Sequence[Action]) -> list[tuple[Action, Run]]:
    """Every run of every action, as they were done."""
    runs = [(action, run) for action in actions for run in action.runs]
    return sorted(runs, key=lambda pair: pair[1].n)


def printed_results(actions: Sequence[Action]) -> list[str]:
    """The variables whose values are printed: what was read or created; what a mere write answers only if alone."""
    runs = runs_in_order(actions)
    results = [
        run.result for action, run in runs if not action.changes or action.returns != "value"
    ]
    return results or [run.result for _, run in runs]


def stretches(runs: Iterable[tuple[Action, Run | Step]]) -> list[tuple[bool, list[Any]]]:
    """The runs in order, grouped into those that need `--write` and those that do not.

    A run that uses the result of a change can only be done after it.
    """
    changed_results: set[str] = set()
    parts: list[tuple[bool, list[Any]]] = []
    for action, run in runs:
        needs_right = action.changes or any(
            result.name in changed_results for result in used_results([run])
        )
        changed_results |= {run.result} if needs_right else set()
        if not parts or parts[-1][0] != needs_right:
            parts.append((needs_right, []))
        parts[-1][1].append((action, run))
    return parts
