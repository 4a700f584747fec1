"""New lines for targets whose bodies are fixed text: without a loop, they take Odoo's commands for them as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Action, Flow, Input, Json, Lines, Run, Value
from har2rpc.model.values import line_commands, map_value, walk
from har2rpc.rendering.descriptions import described_keys


def with_line_commands(steps: Sequence[Action] | Flow) -> Sequence[Action] | Flow:
    """The actions, or the flow, with inputs of type `commands` instead of `lines`."""
    if not isinstance(steps, Flow):
        return [_with_commands(action) for action in steps]
    inputs: dict[str, Input] = {param.name: param for param in steps.inputs}
    actions = {step.action.name: _with_commands(step.action) for step in steps.steps}
    new_steps = []
    for step in steps.steps:
        values = dict(step.values)
        for lines in _lines_in(step.action):
            value = values[lines.source.name]
            if isinstance(value, Input):
                inputs[value.name] = _commands_input(lines, value)
                values[lines.source.name] = inputs[value.name]
            else:
                values[lines.source.name] = line_commands(lines, value)
        new_steps.append(replace(step, action=actions[step.action.name], values=values))
    return replace(steps, inputs=tuple(inputs.values()), steps=tuple(new_steps))


def _lines_in(action: Action) -> list[Lines]:
    return [part for part in walk(action.args) if isinstance(part, Lines)]


def _with_commands(action: Action) -> Action:
    by_name = {lines.source.name: lines for lines in _lines_in(action)}
    if not by_name:
        return action
    inputs = {name: _commands_input(lines, lines.source) for name, lines in by_name.items()}

    def commands(part: Value) -> Value:
        return inputs[part.source.name] if isinstance(part, Lines) else part

    def recorded(run: Run) -> Run:
        new = {name: line_commands(lines, run.values[name]) for name, lines in by_name.items()}
        return replace(run, values={**run.values, **new})

    return replace(
        action,
        args=map_value(action.args, commands),
        inputs=tuple(inputs.get(param.name, param) for param in action.inputs),
        runs=tuple(map(recorded, action.runs)),
    )


def _commands_input(lines: Lines, param: Input) -> Input:
    """The input for the commands themselves; its help tells the fields of a line."""
    keys = [replace(key, name=lines.fields[key.name]) for key in lines.source.keys]
    help_ = f"As JSON, [0, 0, {{…}}] for each line, with {described_keys(keys)}"
    example: Json = line_commands(lines, param.example)
    return replace(param, type="commands", example=example, keys=(), help=help_)
