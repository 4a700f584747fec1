"""How to read an input that people can only type as text: as text, or as some kind of JSON."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from har2rpc.model import Action, Flow, Input
from har2rpc.rendering.results import has_result

Kind: TypeAlias = Literal["text", "number", "boolean", "numbers", "json"]
_NUMBER_TYPES = ("integer", "float", "monetary", "many2one", "many2many", "one2many")
_LIST_TYPES = ("many2many", "one2many", "domain", "json", "properties", "lines", "commands")


def kind_of(param: Input, action: Action | Flow) -> Kind:
    """What an option takes: after the input's type, and JSON where a recorded value is not of that kind.

    A flow's option takes what the step takes that gets it.
    """
    if isinstance(action, Flow):
        for step in action.steps:
            for step_param in step.action.inputs:
                if step.values[step_param.name] is param:
                    return kind_of(step_param, step.action)
        return "number"  # one id of a list, or how many pages
    kind = _kind_by_type(param)
    return kind if all(_fits(value, kind) for value in _recorded_values(param, action)) else "json"


def _kind_by_type(param: Input) -> Kind:
    is_numeric = param.type in _NUMBER_TYPES
    if param.multiple or param.type in _LIST_TYPES:
        return "numbers" if is_numeric else "json"
    if is_numeric:
        return "number"
    return "boolean" if param.type == "boolean" else "text"


def _recorded_values(param: Input, action: Action) -> list[Any]:
    """The values that are written as options: without the default, and without what earlier calls answered."""
    if param.type == "secret" or param.file:
        return []
    values = [run.values.get(param.name) for run in action.runs]
    return [
        value
        for value in values
        if not has_result(value) and (param.required or not is_same(value, param.default))
    ]


def _fits(value: Any, kind: Kind) -> bool:
    if kind == "text":
        return isinstance(value, str) and _is_bash_text(value)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "number":
        return value is False or _is_number(value)
    return kind == "json" or (isinstance(value, list) and all(map(_is_number, value)))


def _is_bash_text(value: str) -> bool:
    """Whether bash can hold it: no NUL, no half of an emoji, which UTF-8 cannot encode."""
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_same(value: Any, other: Any) -> bool:
    """Whether two values are the same: false is not 0, 1 is not 1.0."""
    return type(value) is type(other) and bool(value == other)
