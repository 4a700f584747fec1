"""The arguments of one run of an action: values by position and by name, and secrets from the environment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from har2rpc.model import Action, Flow, Input, Run, Step
from har2rpc.rendering.formatting import Code, FromEnvironment, FromFile, Keyword


def positional_and_named(inputs: Sequence[Input]) -> tuple[list[Input], list[Input]]:
    """The inputs that a function takes by position (the required one, if there is one), and those by name."""
    required = [param for param in inputs if param.required]
    positional = required if len(required) == 1 else []
    return positional, [param for param in inputs if param not in positional]


def arguments(action: Action | Flow, run: Run | Step) -> list[Any]:
    """What a run passes: one required input by position, several by name, optional ones if not default."""
    positional, named = positional_and_named(action.inputs)
    passed: list[Any] = [_run_value(param, run) for param in positional]
    for param in named:
        value = _run_value(param, run)
        if param.own_uid and value == param.own_uid:
            continue
        if param.required or not _is_default(value, param.default):
            passed.append(Keyword(param.name, value))
    return passed


def paged_arguments(step: Step, owner: str = "") -> list[Any]:
    """What a function that turns the pages takes: the search, how many pages, and the search's own values by name.

    `owner` stands before the search where it is a method (`self.`).
    """
    values = [
        Keyword(name, value) for name, value in step.values.items() if value or name != "offset"
    ]
    return [Code(f"{owner}{step.action.name}"), step.pages, *values]


def secret_variables(actions: Iterable[Action | Flow]) -> list[str]:
    """The environment variables for what no capture holds: passwords that were typed."""
    names = [param.name for action in actions for param in action.inputs if param.type == "secret"]
    return [secret_variable(name) for name in dict.fromkeys(names)]


def file_options(actions: Iterable[Action | Flow]) -> list[str]:
    """The options that name a file each, for what was too large to copy (`--image`)."""
    params = [param for action in actions for param in action.inputs if param.file]
    return list(dict.fromkeys(file_option(param) for param in params))


def file_option(param: Input) -> str:
    """The option for an input that is a file."""
    return f"--{param.name}"


def secret_variable(name: str) -> str:
    """The environment variable for an input that is a secret."""
    return f"SECRET_{name.upper()}"


def _run_value(param: Input, run: Run | Step) -> Any:
    value = run.values[param.name]
    if param.type == "secret" and not isinstance(value, Input):
        return FromEnvironment(secret_variable(param.name))
    if param.file and not isinstance(value, Input):
        return FromFile(file_option(param), param.file == "text")
    return value


def _is_default(value: Any, default: Any) -> bool:
    """Whether leaving the value out means the same: false is not 0, but 0 is an empty field's false."""
    return bool(value == default) and (isinstance(default, bool) or not isinstance(value, bool))
