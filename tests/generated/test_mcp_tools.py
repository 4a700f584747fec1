"""MCP tools: valid for the protocol's own package, and enough for a server to make the recorded calls."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generated.action_model import Program, filled
from generated.goldens import Golden, goldens
from generated.judging import JudgingOdoo, twins
from generated.recorded import recorded, same
from generated.running import Stage

HOSTILE = 'a "quote" \\ {{ 7*7 }} ${HOME} $input\n\u2028 \'é🙂'

each = pytest.mark.parametrize("golden", goldens("mcp.json"))


def tools(golden: Golden) -> list[dict[str, Any]]:
    """The tools of a golden."""
    return json.loads(golden.text)["tools"]


def examples(tool: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments for a tool, from its schema alone: what was recorded."""
    properties = tool["inputSchema"]["properties"]
    return {name: told["examples"][0] for name, told in properties.items() if "examples" in told}


def hostile(tool: Mapping[str, Any]) -> dict[str, Any]:
    """The same with a hostile text wherever a text is taken."""
    made = examples(tool)
    for name, told in tool["inputSchema"]["properties"].items():
        if told.get("type") == "string":
            made[name] = HOSTILE
    return made


def call(tool: Mapping[str, Any], arguments: Mapping[str, Any], url: str) -> Any:
    """What a server does with a call of a tool: it checks the arguments, fills in the rest, and sends it."""
    Draft202012Validator(tool["inputSchema"]).validate(arguments)
    asked = tool["_meta"]["har2rpc/call"]
    values = {**tool["_meta"]["har2rpc/defaults"], **arguments}
    sent = filled([asked["args"], asked["kwargs"]], values)
    program = Program({"har2rpc_actions": 1, "session": {"uid": 2}, "actions": []}, url)
    return program.send(asked["model"], asked["method"], *sent)


@each
def test_the_protocols_own_package_takes_it(golden: Golden) -> None:
    from mcp.shared.tool_name_validation import validate_tool_name
    from mcp.types import ListToolsResult

    listed = ListToolsResult.model_validate(json.loads(golden.text))
    assert [tool["name"] for tool in tools(golden)] == [tool.name for tool in listed.tools]
    assert len({tool.name for tool in listed.tools}) == len(listed.tools)
    for tool, told in zip(tools(golden), listed.tools, strict=True):
        assert validate_tool_name(told.name).is_valid and len(told.name) <= 64
        assert told.title and told.description and told.annotations
        assert told.annotations.read_only_hint is tool["annotations"]["readOnlyHint"]
        Draft202012Validator.check_schema(tool["inputSchema"])
        Draft202012Validator(tool["inputSchema"]).validate(examples(tool))


BREAKS = {
    "no name": lambda tool: tool.pop("name"),
    "no schema": lambda tool: tool.pop("inputSchema"),
    "a schema that is none": lambda tool: tool.update(inputSchema="object"),
    "a hint that is none": lambda tool: tool["annotations"].update(readOnlyHint="perhaps"),
    "an unknown type": lambda tool: tool["inputSchema"].update(type="thing"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_validators_object(name: str) -> None:
    from jsonschema import SchemaError
    from mcp.types import Tool
    from pydantic import ValidationError

    tool = copy.deepcopy(tools(goldens("mcp.json")[0].values[0])[0])
    Tool.model_validate(tool)
    BREAKS[name](tool)
    with pytest.raises((ValidationError, SchemaError)):
        Draft202012Validator.check_schema(Tool.model_validate(tool).input_schema)


@each
def test_with_its_examples_a_tool_makes_the_recorded_call(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    for tool in tools(golden):
        call(tool, examples(tool), stage.url)
        sent = odoo.received[-1]
        for args in twins(sent["args"]):
            asked = {"args": args, "kwargs": {**sent["kwargs"], "context": sent["context"]}}
            asked |= {"model": sent["model"], "method": sent["method"]}
            meta = {"har2rpc/call": asked, "har2rpc/defaults": {}}
            with pytest.raises(PermissionError, match="never recorded"):
                call({"inputSchema": {}, "_meta": meta}, {}, stage.url)


@each
def test_hostile_texts_arrive_as_they_are(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: True)
    for tool in tools(golden):
        call(tool, examples(tool), stage.url)
        plain = json.dumps([odoo.received[-1][key] for key in ("args", "kwargs", "context")])
        call(tool, hostile(tool), stage.url)
        evil = [odoo.received[-1][key] for key in ("args", "kwargs", "context")]
        texts = [examples(tool)[name] for name, value in hostile(tool).items() if value == HOSTILE]
        for text in texts:
            plain = plain.replace(json.dumps(text), json.dumps(HOSTILE))
        assert same(json.loads(plain), evil), tool["name"]


@pytest.mark.parametrize("golden", goldens("mcp.json")[::5])
def test_a_server_of_the_document_serves_a_client(golden: Golden, stage: Stage) -> None:
    """Over the protocol itself: listed, called, answered; what the server does stands in `call`."""
    from mcp import Client
    from mcp.server.lowlevel.server import Server
    from mcp.types import CallToolResult, ListToolsResult, TextContent

    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    by_name = {tool["name"]: tool for tool in tools(golden)}

    async def list_tools(context: Any, params: Any) -> Any:
        return ListToolsResult.model_validate(json.loads(golden.text))

    async def call_tool(context: Any, params: Any) -> Any:
        try:
            answer = call(by_name[params.name], params.arguments or {}, stage.url)
        except PermissionError as refusal:
            return CallToolResult(
                content=[TextContent(type="text", text=str(refusal))], is_error=True
            )
        return CallToolResult(content=[TextContent(type="text", text=json.dumps(answer))])

    async def session() -> None:
        server = Server("odoo", on_list_tools=list_tools, on_call_tool=call_tool)
        async with Client(server) as client:
            listed = (await client.list_tools()).tools
            assert list(by_name) == [tool.name for tool in listed]
            for tool in listed:
                schema = {"inputSchema": tool.input_schema}
                done = await client.call_tool(tool.name, examples(schema))
                assert not done.is_error, done.content
            assert len(by_name) == len(odoo.received)

    asyncio.run(session())


HINTS = {
    # golden: the tool, and whether it is read-only, destructive, idempotent
    "odoo19-chrome-search_partner_by_phone": ("search_partners_by_phone", (True, False, True)),
    "odoo19-chrome-create_partner": ("create_partner", (False, False, False)),
    "odoo14-chrome-create_partner": ("create_partner", (False, False, False)),
    "odoo19-chrome-edit_partner": ("update_partner", (False, True, True)),
    "odoo19-chrome-create_and_confirm_sale_order": ("confirm_sale_order", (False, True, False)),
    "odoo19-chrome-message_partner": ("log_note_on_partner", (False, False, False)),
    "odoo19-chrome-archive_partner": ("archive_partner", (False, True, True)),
}


@pytest.mark.parametrize("sample", HINTS)
def test_hints(sample: str) -> None:
    name, wanted = HINTS[sample]
    [golden] = [one.values[0] for one in goldens("mcp.json") if one.values[0].sample.stem == sample]
    found = {
        tool["name"]: tuple(
            tool["annotations"][f"{hint}Hint"] for hint in ("readOnly", "destructive", "idempotent")
        )
        for tool in tools(golden)
    }
    assert {name: wanted}.items() <= found.items(), found
