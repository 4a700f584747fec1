"""A program that reads the action model: it knows docs/action-model.md, and nothing of har2rpc."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import requests

from generated.running import DB, SECRET


def filled(value: Any, values: Mapping[str, Any]) -> Any:
    """A value with its inputs put in, and the second `$` of captured keys taken away."""
    if isinstance(value, dict) and list(value) == ["$input"]:
        return values[value["$input"]]
    if isinstance(value, dict) and "$lines" in value:
        return [[0, 0, line_values(value, line)] for line in values[value["$lines"]]]
    if isinstance(value, dict):
        plain = {key[1:] if key.startswith("$$") else key: item for key, item in value.items()}
        return {
            key: filled(item["value"] if is_follower(item) else item, values)
            for key, item in plain.items()
            if is_sent(item, values)
        }
    return [filled(item, values) for item in value] if isinstance(value, list) else value


def line_values(mark: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent for one new line, as docs/action-model.md has it."""
    own = {key: value for key, value in line.items() if value is not None}
    if str(line.get("display_type")).startswith("line_"):
        return own
    values = dict(mark["always"])
    for each in mark["following"]:
        values |= each["values"] if line.get(each["key"]) == each["is"] else {}
    return values | {mark["fields"][key]: value for key, value in own.items()}


def is_follower(value: Any) -> bool:
    return isinstance(value, dict) and "$while" in value


def is_sent(value: Any, values: Mapping[str, Any]) -> bool:
    """Whether a key is: not where its input is not given, or where what it follows is another one."""
    if is_follower(value):
        return bool(values[value["$while"]] == value["is"])
    if is_input(value):
        return values.get(value["$input"]) is not None
    commands = value if isinstance(value, list) else []
    inputs = [
        part
        for command in commands
        if isinstance(command, list)
        for part in command
        if is_input(part)
    ]
    return not inputs or any(values.get(param["$input"]) is not None for param in inputs)


def is_input(value: Any) -> bool:
    return isinstance(value, dict) and list(value) == ["$input"]


def part(mark: Mapping[str, Any], answer: Any) -> Any:
    """What a `$result` means of an answer."""
    what, field, item = mark["what"], mark["field"], mark["item"]
    if what == "id":
        return answer
    if what == "action":
        if field == "domain":
            return answer["domain"][mark["record"]][2]
        return answer["context"][field] if field else answer["res_id"]
    if what == "only":
        assert len(answer) == 1
    found = answer[mark["record"]]
    found = found[field] if field else found
    return found if item is None else found[item]


def resolved(value: Any, results: Mapping[str, Any], inputs: Mapping[str, Any]) -> Any:
    """A value of a run or a step, with the answers of earlier ones and the inputs of the flow."""
    if isinstance(value, dict) and "$result" in value:
        return part(value, results[value["$result"]])
    if isinstance(value, dict) and "$input" in value:
        return inputs[value["$input"]]
    return [resolved(one, results, inputs) for one in value] if isinstance(value, list) else value


class Program:
    """Does what a document says, against a server."""

    def __init__(self, document: Mapping[str, Any], url: str) -> None:
        assert 1 == document["har2rpc_actions"]
        self.document, self.url = document, url
        self.actions = {action["name"]: action for action in document["actions"]}
        self.refused: list[str] = []

    def runs(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Every run with its action, as they were done."""
        pairs = [(a, run) for a in self.document["actions"] for run in a["runs"]]
        return iter(sorted(pairs, key=lambda pair: pair[1]["n"]))

    def do_actions(self) -> dict[str, Any]:
        """All runs of all actions; the answers by variable."""
        results: dict[str, Any] = {}
        for action, run in self.runs():
            values = resolved_all(run["values"], results)
            results[run["result"]] = self.call(action, values)
        return results

    def do_flow(self, inputs: Mapping[str, Any]) -> dict[str, Any]:
        """The flow with these values."""
        results: dict[str, Any] = {}
        for step in self.document["flow"]["steps"]:
            action = self.actions[step["action"]]
            values = resolved_all(step["values"], results, inputs)
            results[step["result"]] = self.call(action, values)
        return results

    def call(self, action: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
        """One call through /jsonrpc."""
        values = {
            made["name"]: values.get(made["name"], made["default"]) for made in action["inputs"]
        }
        args, kwargs, context = (
            filled(action[key], values) for key in ("args", "kwargs", "context")
        )
        return self.send(action["model"], action["method"], args, {**kwargs, "context": context})

    def send(self, model: str, method: str, args: Any, kwargs: Any) -> Any:
        """The same call, with its values in it."""
        params = {"service": "object", "method": "execute_kw"}
        params["args"] = [
            DB,
            self.document["session"]["uid"] or 2,
            SECRET,
            model,
            method,
            args,
            kwargs,
        ]
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        with requests.post(f"{self.url}/jsonrpc", json=body, timeout=60) as answer:
            told = answer.json()
        if "error" in told:
            raise PermissionError(told["error"]["data"]["message"])
        return told["result"]


def resolved_all(
    values: Mapping[str, Any], results: Mapping[str, Any], inputs: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Every value of a run or a step."""
    return {name: resolved(value, results, inputs or {}) for name, value in values.items()}
