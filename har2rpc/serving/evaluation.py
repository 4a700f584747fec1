"""Replaces the marks of the action model in JSON (docs/action-model.md) with values.

Documents may come from anywhere: they are data, which this module only copies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from har2rpc.model import Har2rpcError, Json, Lines
from har2rpc.model.values import line_commands

Values: TypeAlias = Mapping[str, Json]
_LEFT_OUT = object()


def filled(value: Json, values: Values) -> Json:
    """The JSON to send, with inputs, new lines and followers filled in; a key is left out if its input is not given."""
    if isinstance(value, list):
        return [filled(item, values) for item in value]
    if not isinstance(value, dict):
        return value
    if _is_input(value):
        return values.get(value["$input"])
    if "$lines" in value:
        return line_commands(_lines(value), values.get(value["$lines"]) or ())
    members = {_unescaped(key): _member(item, values) for key, item in value.items()}
    return {key: item for key, item in members.items() if item is not _LEFT_OUT}


def step_value(value: Json, inputs: Values, answers: Values) -> Json:
    """A value of a flow's step: an input of the flow, what an earlier step answered, or what was recorded."""
    if isinstance(value, list):
        return [step_value(item, inputs, answers) for item in value]
    if not isinstance(value, dict):
        return value
    if _is_input(value):
        return inputs.get(value["$input"])
    if "$result" in value:
        return answer_part(value, answers.get(value["$result"]))
    return {_unescaped(key): step_value(item, inputs, answers) for key, item in value.items()}


def answer_part(mark: Mapping[str, Json], answer: Json) -> Json:
    """The part of an answer that a `$result` names. Raises Har2rpcError if the answer has no such part."""
    what, field, item = mark.get("what"), mark.get("field"), mark.get("item")
    if what == "id":
        return answer
    if what == "only" and (not isinstance(answer, list) or len(answer) != 1):
        number = len(answer) if isinstance(answer, list) else "no list"
        raise Har2rpcError(f"the search found {number}, but one is needed")
    try:
        if what == "action":
            if field == "domain":
                return answer["domain"][mark["record"]][2]
            return answer["context"][field] if field else _opened_record(answer)
        part = answer[0 if what == "only" else mark["record"]]
        part = part[field] if field else part
        return part if item is None else part[item]
    except (KeyError, IndexError, TypeError):
        raise Har2rpcError(
            f"the answer of an earlier step ({mark.get('$result')}) has no {field or 'such record'}; see in Odoo what it did"
        ) from None


def _opened_record(action: Any) -> Json:
    if not action.get("res_id"):
        raise Har2rpcError("the action does not open a single record; see in Odoo what it lists")
    return action["res_id"]


def _member(item: Json, values: Values) -> Any:
    """The value of a key, or that the key is left out."""
    if isinstance(item, dict) and "$while" in item:
        is_same = values.get(item["$while"]) == item["is"]
        return filled(item["value"], values) if is_same else _LEFT_OUT
    if _is_input(item):
        value = values.get(item["$input"])
        return _LEFT_OUT if value is None else value
    if isinstance(item, list) and any(map(_has_inputs, item)):
        commands = [one for one in item if not _lacks_input(one, values)]
        return filled(commands, values) if commands else _LEFT_OUT
    return filled(item, values)


def _has_inputs(command: Json) -> bool:
    """Whether it is an x2many command (`[4, id]`) for a record that is an input."""
    is_command = isinstance(command, list) and command and command[0] in range(7)
    return bool(is_command) and any(map(_is_input, command))


def _lacks_input(command: Json, values: Values) -> bool:
    return _has_inputs(command) and any(
        _is_input(part) and values.get(part["$input"]) is None for part in command
    )


def _lines(mark: Mapping[str, Any]) -> Lines:
    """The noun of a mark for new lines."""
    following = tuple(
        (each["key"], filled(each["is"], {}), filled(each["values"], {}))
        for each in mark["following"]
    )
    return Lines(None, mark["fields"], filled(mark["always"], {}), following)


def _is_input(value: Json) -> bool:
    return isinstance(value, dict) and list(value) == ["$input"]


def _unescaped(key: str) -> str:
    """A captured key that began with `$` was written with a second one."""
    return key[1:] if key.startswith("$$") else key
