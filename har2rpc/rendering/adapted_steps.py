"""Adapts actions for a target that cannot express them.

A wizard becomes its single actions, the caller the recorded id, a form the values that it had set, and new lines become
commands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from har2rpc.model import Action, Connection, Flow, Input, Step
from har2rpc.model.values import map_value
from har2rpc.rendering.connections import steps_without_customer
from har2rpc.rendering.forms_asked import flow_with_recorded, send_recorded
from har2rpc.rendering.line_commands import with_line_commands
from har2rpc.rendering.targets import Target


def adapted(
    steps: Sequence[Action] | Flow, target: Target, connection: Connection = "constants"
) -> Sequence[Action] | Flow:
    """The steps in the nouns that the target's template supports; with the connection as inputs, without customer data."""
    is_asked = connection == "inputs"
    if is_asked:
        steps = steps_without_customer(steps)
    if not target.mentions("steps_within"):
        steps = _without_wizards(steps)
    if not target.mentions("own_uid") or (is_asked and target.language == "json"):
        steps = _Callers(is_asked=is_asked).steps(steps)
    if not target.mentions("form_names"):
        steps = flow_with_recorded(steps) if isinstance(steps, Flow) else send_recorded(steps)
    return steps if target.knows_lines else with_line_commands(steps)


def _without_wizards(steps: Sequence[Action] | Flow) -> Sequence[Action] | Flow:
    if isinstance(steps, Flow):
        return replace(steps, steps=tuple(part for step in steps.steps for part in _parts(step)))
    return [part for action in steps for part in action.parts or (action,)]


def _parts(step: Step) -> Iterator[Step]:
    """The steps of a wizard: the values of its single function, with one part's result in the next."""
    action = step.action
    if not action.parts:
        yield step
        return
    position = [run.n for run in action.runs].index(step.n)
    for part in action.parts:
        run = part.runs[position]
        values = {name: step.values.get(name, value) for name, value in run.values.items()}
        yield Step(part, run.n, values, run.result)


class _Callers:
    """Inputs that default to the caller: they default to the recorded user, or become required. One input stays one."""

    def __init__(self, *, is_asked: bool) -> None:
        self._is_asked = is_asked
        self._known: dict[int, tuple[Input, Input]] = {}

    def steps(self, steps: Sequence[Action] | Flow) -> Sequence[Action] | Flow:
        """The same steps."""
        if not isinstance(steps, Flow):
            return list(map(self._action, steps))
        actions = {id(step.action): self._action(step.action) for step in steps.steps}
        return replace(
            steps,
            inputs=tuple(map(self._input, steps.inputs)),
            steps=tuple(
                replace(
                    step, action=actions[id(step.action)], values=self._value(dict(step.values))
                )
                for step in steps.steps
            ),
        )

    def _action(self, action: Action) -> Action:
        if not any(param.own_uid for param in action.inputs):
            return action
        return replace(
            action,
            inputs=tuple(map(self._input, action.inputs)),
            args=self._value(action.args),
            kwargs=self._value(action.kwargs),
            context=self._value(action.context),
            custom=action.custom and self._action(action.custom),
        )

    def _value(self, value: Any) -> Any:
        return map_value(value, lambda part: self._input(part) if isinstance(part, Input) else part)

    def _input(self, param: Input) -> Input:
        if not param.own_uid:
            return param
        new = (
            replace(
                param, required=True, help=f"Id of a {param.relation or 'res.users'}", own_uid=0
            )
            if self._is_asked
            else replace(param, default=param.own_uid, own_uid=0)
        )
        known = self._known.setdefault(id(param), (param, new))
        return known[1]  # the first keeps its id from being given to another one
