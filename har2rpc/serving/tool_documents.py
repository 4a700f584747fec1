"""Reads tools from a document in the format of `convert -t mcp` (docs/mcp.md), which anybody may have written.

Whether a tool changes data is decided by its methods, not by what the document says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from har2rpc.model import Har2rpcError, Json
from har2rpc.odoo import methods
from har2rpc.odoo.effects import effects
from har2rpc.serving.tool_schemas import check_schema, client_schema, without_properties
from har2rpc.serving.tool_texts import one_line

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_LONGEST_DESCRIPTION = 1_000


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One call of a tool: what is sent, with marks where values go."""

    model: str
    method: str
    args: list[Json]
    kwargs: Mapping[str, Json]
    defaults: Mapping[str, Json]
    callers: frozenset[str]
    """The inputs that default to the user who calls."""
    any_of: tuple[str, ...]
    """The inputs of which one must be given."""

    @property
    def changes(self) -> bool:
        """Whether it may change something."""
        return methods.changes(self.method, self.model)


@dataclass(frozen=True, slots=True)
class ToolStep:
    """One step of a flow."""

    action: str
    values: Mapping[str, Json]
    result: str
    pages: str
    """The input for how many pages of a search are read; "" for a step that is done once."""
    if_any_of: tuple[str, ...]
    """The flow's inputs of which one must be given for the step to be done; none where it always is."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: one call, or the steps of a flow."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    hints: Mapping[str, bool]
    calls: Mapping[str, ToolCall]
    """By the name of their action; a tool that is not a flow has one."""
    steps: tuple[ToolStep, ...]
    returns: tuple[str, ...]
    """Of a flow: the variables that are given back."""
    defaults: Mapping[str, Json]
    callers: frozenset[str]
    secrets: frozenset[str]
    """The inputs that hold a password: they come from the environment and not from a model."""

    @property
    def changes(self) -> bool:
        """Whether it may change something."""
        return any(call.changes for call in self.calls.values())

    def as_listed(self) -> dict[str, Any]:
        """The tool as `tools/list` has it."""
        return {
            "name": self.name,
            "title": one_line(self.title, 100),
            "description": one_line(self.description, _LONGEST_DESCRIPTION),
            "inputSchema": client_schema(without_properties(self.schema, self.secrets)),
            "annotations": {**self.hints, "openWorldHint": False},
        }


def read_tools(document: Json) -> list[Tool]:
    """The tools of a document. Raises Har2rpcError, with the name of the tool and the reason, for one that is wrong."""
    listed = document.get("tools") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise Har2rpcError("has no list of tools, as har2rpc convert -t mcp writes it")
    connection_inputs = frozenset(
        str(mark["$input"])
        for mark in session_of(document).values()
        if isinstance(mark, dict) and "$input" in mark
    )
    tools = []
    for number, each in enumerate(listed, 1):
        name = each.get("name") if isinstance(each, dict) else None
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise Har2rpcError(f"tool {number} has no name that is valid in the protocol")
        try:
            tools.append(_tool(name, each, connection_inputs))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"{type(error).__name__}: {error}"
            raise Har2rpcError(
                f"tool {name} is not as har2rpc writes it ({reason}); write it again with har2rpc convert -t mcp"
            ) from None
        except Har2rpcError as error:
            raise Har2rpcError(f"cannot serve the tool {name}: {error}") from None
    return tools


def session_of(document: Mapping[str, Any]) -> Mapping[str, Json]:
    """The address, the database and the user's id of a document: known, null, or a mark where they are asked for."""
    meta = document.get("_meta")
    session = meta.get("har2rpc/session") if isinstance(meta, dict) else None
    return session if isinstance(session, dict) else {}


def select_tools(tools: Sequence[Tool], *, writes: bool) -> list[Tool]:
    """The tools that may be called: with `writes` all, else those that change nothing. Each name once.

    Raises Har2rpcError if two have the same name, and if there is none to offer.
    """
    names = [tool.name for tool in tools]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Har2rpcError(f"two tools are called {twice[0]}: serve their files apart")
    possible = [tool for tool in tools if writes or not tool.changes]
    if not possible:
        labels = ", ".join(one_line(tool.title, 60) for tool in tools[:3])
        raise Har2rpcError(f"every tool here changes Odoo ({labels}): start it with --write")
    return possible


def _tool(name: str, data: Mapping[str, Any], connection_inputs: frozenset[str]) -> Tool:
    meta, schema = data["_meta"], data["inputSchema"]
    check_schema(schema)
    schema = without_properties({"properties": {}, **schema}, connection_inputs)
    flow = meta.get("har2rpc/flow")
    if flow is None:
        calls = {name: _call(meta["har2rpc/call"], meta, "har2rpc/")}
        steps: tuple[ToolStep, ...] = ()
        returns: tuple[str, ...] = ()
    else:
        calls = {one: _call(each["call"], each, "") for one, each in flow["actions"].items()}
        steps = tuple(_step(each, calls) for each in flow["steps"])
        returns = _texts(flow["returns"])
    secrets = (one for one, each in schema["properties"].items() if each.get("writeOnly"))
    tool = Tool(
        name=name,
        title=str(data.get("title") or name),
        description=str(data.get("description") or ""),
        schema=schema,
        hints={},
        calls=calls,
        steps=steps,
        returns=returns,
        defaults={**meta.get("har2rpc/defaults", {})},
        callers=frozenset(_texts(meta.get("har2rpc/caller", []))),
        secrets=frozenset(secrets),
    )
    return replace(tool, hints=_hints(tool, data.get("annotations") or {}))


def _hints(tool: Tool, annotations: Mapping[str, Any]) -> dict[str, bool]:
    """The hints for a client; those of the document count if they are more careful."""
    known = [effects(call.method, call.args, call.model) for call in tool.calls.values()]
    if all(each.only_reads for each in known):
        return {"readOnlyHint": True, "destructiveHint": False, "idempotentHint": True}
    only_adds = annotations.get("destructiveHint") is False and all(e.only_adds for e in known)
    is_repeatable = annotations.get("idempotentHint") is True and all(e.repeatable for e in known)
    return {
        "readOnlyHint": False,
        "destructiveHint": not only_adds,
        "idempotentHint": is_repeatable,
    }


def _call(call: Mapping[str, Any], around: Mapping[str, Any], prefix: str) -> ToolCall:
    model, method, args, kwargs = (call[key] for key in ("model", "method", "args", "kwargs"))
    if not (isinstance(model, str) and isinstance(method, str)):
        raise Har2rpcError("its call has no model and method")
    if not (isinstance(args, list) and isinstance(kwargs, dict)):
        raise Har2rpcError("its call has no arguments")
    return ToolCall(
        model,
        method,
        args,
        kwargs,
        {**around.get(f"{prefix}defaults", {})},
        frozenset(_texts(around.get(f"{prefix}caller", []))),
        _texts(around.get(f"{prefix}any_of", [])),
    )


def _step(data: Mapping[str, Any], calls: Mapping[str, ToolCall]) -> ToolStep:
    action = data["action"]
    if action not in calls:
        raise Har2rpcError(f"a step of its flow calls {action!r}, which it does not define")
    pages = data.get("pages")
    return ToolStep(
        action,
        {**data["values"]},
        str(data["result"]),
        str(pages["$input"]) if pages else "",
        _texts(data.get("if_any_of", [])),
    )


def _texts(values: Iterable[Json]) -> tuple[str, ...]:
    return tuple(map(str, values))
