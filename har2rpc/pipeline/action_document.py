"""Reads an action model back that `convert -t json` wrote (docs/action-model.md).

Runs and recorded calls are not read: nothing needs them to do the actions again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from har2rpc.model import (
    Action,
    Fact,
    Flow,
    Following,
    Har2rpcError,
    Input,
    Json,
    Lines,
    Result,
    Session,
    Step,
    Value,
)

VERSION = 1
_MARK = "har2rpc_actions"
_FACTS = ("url", "db", "uid", "server_version", "lang", "tz", "company_ids")
_PLAIN = (
    "name label type required default example relation multiple help guessed why stale file".split()
)


def is_action_document(document: Json) -> bool:
    """Whether it is what `convert -t json` writes, of any version."""
    return isinstance(document, dict) and _MARK in document


def actions_of_document(
    document: Mapping[str, Any], *, as_flow: bool
) -> tuple[list[Action] | Flow, Session]:
    """The actions of a document, or its flow, and the session. Raises Har2rpcError for a document that is not one."""
    if document[_MARK] != VERSION:
        raise Har2rpcError(f"{_MARK} is {document[_MARK]!r}; this har2rpc knows {VERSION}")
    try:
        actions = {each["name"]: _action(each) for each in document["actions"]}
        facts = {
            key: Fact(value, "the document")
            for key in _FACTS
            if (value := document["session"][key]) is not None
        }
        steps = [each for each in document["actions"] if each["runs"]]
        if not as_flow or (document["flow"] is None and len(steps) == 1):  # it is that step
            return list(actions.values()), Session(facts=facts)
        if document["flow"] is None:
            raise Har2rpcError("has no flow: write it with har2rpc convert -t json --flow")
        return _flow(document["flow"], actions), Session(facts=facts)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise Har2rpcError(
            f"is not an action model as har2rpc convert -t json writes it ({reason})"
        ) from None


def _action(data: Mapping[str, Any]) -> Action:
    inputs = {each["name"]: _input(each) for each in data["inputs"]}
    args, kwargs, context = (
        _value(data[key], inputs.__getitem__) for key in ("args", "kwargs", "context")
    )
    return Action(
        name=str(data["name"]),
        label=str(data["label"]),
        description=str(data["description"]),
        calls=(),
        model=str(data["model"]),
        method=str(data["method"]),
        args=args,
        kwargs=kwargs,
        context=context,
        inputs=tuple(inputs.values()),
        runs=(),
        changes=bool(data["changes"]),
        returns=data["returns"],
        notes=tuple(map(str, data["notes"])),
    )


def _input(data: Mapping[str, Any]) -> Input:
    options = tuple((value, str(label)) for value, label in data["options"])
    keys = tuple(map(_input, data["keys"]))
    return Input(**{key: data[key] for key in _PLAIN}, options=options, keys=keys)


def _flow(data: Mapping[str, Any], actions: Mapping[str, Action]) -> Flow:
    inputs = {each["name"]: _input(each) for each in data["inputs"]}
    steps = []
    for each in data["steps"]:
        values = {name: _value(value, inputs.__getitem__) for name, value in each["values"].items()}
        pages = inputs[each["pages"]["$input"]] if each["pages"] else None
        steps.append(Step(actions[each["action"]], each["n"], values, each["result"], pages))
    return Flow(
        name=str(data["name"]),
        label=str(data["label"]),
        description=str(data["description"]),
        inputs=tuple(inputs.values()),
        steps=tuple(steps),
        returns=tuple(map(str, data["returns"])),
        notes=tuple(map(str, data["notes"])),
    )


def _value(value: Json, input_of: Callable[[str], Input]) -> Value:
    """A value with the nouns (`Input`, `Result`, …) in place of their marks."""
    if isinstance(value, list):
        return [_value(item, input_of) for item in value]
    if not isinstance(value, dict):
        return value
    if "$input" in value:
        return input_of(value["$input"])
    if "$result" in value:
        place = {key: value[key] for key in ("what", "record", "field", "item")}
        return Result(str(value["$result"]), **place)
    if "$while" in value:
        source = input_of(value["$while"])
        kept = _value(value["value"], input_of)
        return Following(f"{source.name}_follower", kept, source, value["is"])
    if "$lines" in value:
        following = tuple(
            (each["key"], each["is"], _value(each["values"], input_of))
            for each in value["following"]
        )
        always = _value(value["always"], input_of)
        return Lines(input_of(value["$lines"]), value["fields"], always, following)
    return {
        key[1:] if key.startswith("$$") else key: _value(item, input_of)
        for key, item in value.items()
    }
