"""A client of the first generation of the SDK (mcp 1.x), in an environment of its own: asks `har2rpc mcp`, prints JSON.

    python ask_with_mcp_1.py '{"command": …, "args": […], "env": {…}}' [TOOL ARGUMENTS]…

Without tools each is called with its examples.
"""

import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def ask(server, calls):
    async with (
        stdio_client(StdioServerParameters(**server)) as (incoming, outgoing),
        ClientSession(incoming, outgoing) as session,
    ):
        begun = await session.initialize()
        tools = (await session.list_tools()).tools
        listed = {tool.name: tool.model_dump(mode="json", exclude_none=True) for tool in tools}
        if not calls:
            calls = [(name, examples(tool["inputSchema"])) for name, tool in listed.items()]
        answers = []
        for name, arguments in calls:
            done = await session.call_tool(name, arguments)
            answers.append([name, done.isError, [part.text for part in done.content]])
        protocol = begun.protocolVersion
        return {
            "protocol": protocol,
            "server": begun.serverInfo.name,
            "tools": listed,
            "answers": answers,
        }


def examples(schema):
    properties = schema["properties"].items()
    return {name: one["examples"][0] for name, one in properties if "examples" in one}


words = sys.argv[2:]
pairs = [(name, json.loads(text)) for name, text in zip(words[::2], words[1::2], strict=True)]
print(json.dumps(asyncio.run(ask(json.loads(sys.argv[1]), pairs))))
