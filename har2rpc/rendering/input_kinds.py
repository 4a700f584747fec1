"""What an input takes where people can only type text: text as it is, or JSON of some kind."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from har2rpc.model import Action, Flow, Input, Result

Kind: TypeAlias = Literal["text", "number", "boolean", "numbers", "json"]
_NUMBER_TYPES = ("integer", "float", "monetary", "many2one", "many2many", "one2many")
_LISTS = ("many2many", "one2many", "domain", "json", "properties")


def kind_of(made: Input, action: Action | Flow) -> Kind:
    """What an option takes: after the input's type, and JSON where a recorded value is none of it.

    A flow's option takes what the step takes that gets it.
    """
    if isinstance(action, Flow):
        for step in action.steps:
            for taker in step.action.inputs:
                if step.values[taker.name] is made:
                    return kind_of(taker, step.action)
        return "number"  # one id of a list, or how many pages
    numeric = made.type in _NUMBER_TYPES
    if made.multiple or made.type in _LISTS:
        kind: Kind = "numbers" if numeric else "json"
    else:
        kind = "number" if numeric else "boolean" if made.type == "boolean" else "text"
    values = [run.values.get(made.name) for run in action.runs]
    told = [v for v in values if not has_result(v)] if made.type != "secret" else []
    if not made.required:
        told = [value for value in told if not equal(value, made.default)]
    return kind if all(_fits(value, kind) for value in told) else "json"


def _fits(value: Any, kind: Kind) -> bool:
    if kind == "text":
        return isinstance(value, str) and _is_text(value)
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "number":
        return value is False or _is_number(value)
    return kind == "json" or (isinstance(value, list) and all(map(_is_number, value)))


def _is_text(value: str) -> bool:
    """Whether bash can hold it: no NUL, nothing that UTF-8 cannot say."""
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def has_result(value: Any) -> bool:
    """Whether it is, or holds, what an earlier call answered."""
    return any(isinstance(one, Result) for one in (value if isinstance(value, list) else [value]))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def equal(one: Any, other: Any) -> bool:
    """Whether two values are the same: false is not 0."""
    return type(one) is type(other) and bool(one == other)
