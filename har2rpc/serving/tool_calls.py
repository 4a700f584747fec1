"""Calls a tool: checks its arguments, fills them in, and sends the result; a flow does its steps one after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from har2rpc.model import Har2rpcError, Json
from har2rpc.serving.evaluation import filled, step_value
from har2rpc.serving.tool_documents import Tool, ToolCall, ToolStep
from har2rpc.serving.tool_schemas import check_arguments, without_nulls
from har2rpc.serving.tool_texts import one_line

_MOST_PAGES = 100


class Odoo(Protocol):
    """The server and user that calls go to."""

    def execute(self, model: str, method: str, args: list[Json], kwargs: dict[str, Json]) -> Json:
        """The result of a method. Raises Har2rpcError in Odoo's words."""

    def uid(self) -> int:
        """The id of the user who calls."""


@dataclass
class ToolBox:
    """The tools that are offered, and the Odoo that they go to."""

    tools: Sequence[Tool]
    odoo: Odoo
    secret: Callable[[str], str | None]
    """The password for an input, by its name: None where there is none."""
    _by_name: dict[str, Tool] = field(init=False)

    def __post_init__(self) -> None:
        self._by_name = {tool.name: tool for tool in self.tools}

    def call(self, name: str, arguments: Mapping[str, Json]) -> Json:
        """What a tool answers. Raises Har2rpcError for an unknown tool, wrong arguments, and what Odoo refuses."""
        tool = self._by_name.get(name)
        if tool is None:
            raise Har2rpcError(f"no tool is called {one_line(name, 64)!r}")
        values = without_nulls(arguments, tool.schema)
        secrets = {name: self._secret_of(name) for name in tool.secrets}
        if clash := sorted(secrets.keys() & values.keys()):
            raise Har2rpcError(
                f"{clash[0]} is read from the environment of har2rpc mcp; leave it out"
            )
        values = {**values, **secrets}
        check_arguments(values, tool.schema)
        try:
            values = self._with_defaults(values, tool.defaults, tool.callers)
            if not tool.steps:
                return self._send(tool.calls[tool.name], values)
            return self._do_flow(tool, values)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise Har2rpcError(
                f"{name} is not as har2rpc writes it ({reason}); write it again with har2rpc convert -t mcp"
            ) from None

    def _secret_of(self, name: str) -> str:
        value = self.secret(name)
        if not value:
            variable = f"SECRET_{name.upper()}"
            raise Har2rpcError(f"set {variable} in the environment of har2rpc mcp first")
        return value

    def _with_defaults(
        self, values: Mapping[str, Json], defaults: Mapping[str, Json], callers: frozenset[str]
    ) -> dict[str, Json]:
        complete = {**defaults, **values}
        for name in callers:
            complete[name] = complete.get(name) or self.odoo.uid()
        return complete

    def _send(self, call: ToolCall, values: Mapping[str, Json]) -> Json:
        if call.any_of and all(values.get(name) is None for name in call.any_of):
            raise Har2rpcError(f"nothing to change: give at least one of {', '.join(call.any_of)}")
        args, kwargs = filled(call.args, values), filled({**call.kwargs}, values)
        answer = self.odoo.execute(call.model, call.method, args, kwargs)
        if call.method == "load" and isinstance(answer, dict) and "ids" in answer:
            if answer["ids"] is False:
                raise Har2rpcError("; ".join(map(_in_row, answer.get("messages") or ())))
            return answer["ids"]
        return answer

    def _do_flow(self, tool: Tool, values: Mapping[str, Json]) -> Json:
        answers: dict[str, Json] = {}
        done: list[str] = []
        for number, step in enumerate(tool.steps, 1):
            if step.if_any_of and all(values.get(name) is None for name in step.if_any_of):
                answers[step.result] = None
                continue
            try:
                answers[step.result] = self._do_step(tool.calls[step.action], step, values, answers)
            except Har2rpcError as error:
                before = f" Done before it: {'; '.join(done)}." if done else ""
                place = f"step {number} of {len(tool.steps)} ({step.action})"
                raise Har2rpcError(f"{place}: {error}{before}") from None
            text = one_line(json.dumps(answers[step.result], ensure_ascii=False), 60)
            done.append(f"{step.action} -> {text}")
        kept = {name: answers.get(name) for name in tool.returns}
        return next(iter(kept.values())) if len(kept) == 1 else kept

    def _do_step(
        self,
        call: ToolCall,
        step: ToolStep,
        inputs: Mapping[str, Json],
        answers: Mapping[str, Json],
    ) -> Json:
        values = {name: step_value(value, inputs, answers) for name, value in step.values.items()}
        values = self._with_defaults(values, call.defaults, call.callers)
        if not step.pages:
            return self._send(call, values)
        rows: list[Json] = []
        limit, first = values.get("limit"), values.get("offset") or 0
        for page in range(min(int(inputs.get(step.pages) or 1), _MOST_PAGES)):
            records = self._send(call, {**values, "offset": first + page * (limit or 0)})
            if not isinstance(records, list):
                return records
            rows += records
            if not limit or len(records) < limit:
                break
        return rows


def _in_row(message: Json) -> str:
    """Odoo's message about a row of an import, with the row's number."""
    if not isinstance(message, dict):
        return str(message)
    rows = message.get("rows") or {}
    place = f"row {rows['from'] + 1}: " if "from" in rows else ""
    return f"{place}{message.get('message')}"
