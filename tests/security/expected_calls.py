"""What must arrive for an action: its recorded values where its inputs stand, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from har2rpc.model import Action, Flow, Following, Input, Lines, Result, Run
from har2rpc.model.values import line_commands, walk
from har2rpc.rendering.json2_calls import named_arguments
from security.noting_odoo import answer_to


class Expected(NamedTuple):
    """One call: over JSON-RPC and XML-RPC, and by name."""

    action: str
    model: str
    method: str
    args: Any
    kwargs: Any
    named: Any
    values: Mapping[str, Any]
    """By input."""
    is_first: bool
    """Whether it is what documents have as the example: the first run of its action."""
    of_flow: Mapping[str, Any] = MappingProxyType({})
    """By input of the flow that it is a step of."""


def expected(actions: Sequence[Action] | Flow, major: int) -> list[Expected]:
    """The calls of all runs, in the order in which they were done."""
    if isinstance(actions, Flow):
        of_flow = {param.name: param.example for param in actions.inputs}
        steps = [(step.action, Run(step.n, _filled_in(step.values))) for step in actions.steps]
        calls = [_call(action, run, major, is_first=True) for action, run in steps]
        return [call._replace(of_flow=of_flow) for call in calls]
    runs = [(run.n, action, run) for action in actions for run in action.runs]
    return [
        _call(action, run, major, is_first=run is action.runs[0])
        for _, action, run in sorted(runs, key=lambda each: each[0])
    ]


def _filled_in(value: Any) -> Any:
    """The values of a flow's step: its inputs as they were recorded."""
    if isinstance(value, Input):
        return value.example
    if isinstance(value, Mapping):
        return {key: _filled_in(item) for key, item in value.items()}
    return [_filled_in(item) for item in value] if isinstance(value, list) else value


def _call(action: Action, run: Run, major: int, is_first: bool) -> Expected:
    context = sent(action.context, run)
    named = sent(named_arguments(action, major, {})["by_name"], run)
    args, kwargs = sent(action.args, run), sent(action.kwargs, run)
    if context:
        kwargs, named = {**kwargs, "context": context}, {**named, "context": context}
    values = {name: sent(value, run) for name, value in run.values.items()}
    followers = {
        part.name: part.value
        for part in walk([action.args, action.kwargs])
        if isinstance(part, Following)
    }
    names = (action.name, action.model, action.method)
    return Expected(*names, args, kwargs, named, {**values, **followers}, is_first)


def sent(value: Any, run: Run) -> Any:
    """A value of an action as this run sends it."""
    if isinstance(value, Input):
        return sent(run.values.get(value.name, value.default), run)
    if isinstance(value, Result):
        return answer_to("create")
    if isinstance(value, Following):
        return sent(value.value, run)
    if isinstance(value, Lines):
        return line_commands(value, sent(value.source, run))
    if isinstance(value, dict):
        return {key: sent(item, run) for key, item in value.items() if not _is_left_out(item, run)}
    return [sent(item, run) for item in value] if isinstance(value, (list, tuple)) else value


def _is_left_out(item: Any, run: Run) -> bool:
    """Whether it is an optional input without a value, which takes its key with it."""
    return isinstance(item, Input) and not item.required and sent(item, run) is None


def as_json(value: Any) -> str:
    """The value, to compare: false is not 0, and 1.0 is not 1."""
    return json.dumps(value, sort_keys=True)


def texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value, keys too."""
    if isinstance(value, str):
        yield value
    for key, item in value.items() if isinstance(value, dict) else ():
        yield from (key, *texts_in(item))
    for item in value if isinstance(value, list) else ():
        yield from texts_in(item)
