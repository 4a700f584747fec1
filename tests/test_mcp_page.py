"""docs/mcp.md: the block and the table that it shows are what comes out, and every option and variable stands in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from har_builder import ROOT, product

from har2rpc.cli import cli

PAGE = (ROOT / "docs" / "mcp.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


def test_the_block_is_what_is_printed() -> None:
    [(words, text)] = re.findall(r"<!-- mcp: (.*) -->\n```json\n(.*?)```", PAGE, re.DOTALL)
    *options, sample = words.split()
    if not (ROOT / sample).is_file():
        pytest.skip("the samples are not here: nothing was printed")
    printed = json.loads(product("mcp", "--config", *options, ROOT / sample))
    server = printed["mcpServers"]["odoo"]
    server["command"] = "/path/to/python"
    server["args"][-1] = f"/path/to/{Path(server['args'][-1]).relative_to(ROOT)}"
    server["env"].pop("PYTHONPATH", None)
    assert json.loads(text) == printed


def test_the_tools_are_those_of_the_sample() -> None:
    [(sample, table)] = re.findall(r"<!-- mcp tools: (.*) -->\n(.*?)\n\n", PAGE, re.DOTALL)
    if not (ROOT / sample).is_file():
        pytest.skip("the samples are not here: nothing was converted")
    tools = json.loads(product("convert", "-t", "mcp", ROOT / sample))["tools"]
    rows = []
    for tool in tools:
        names = ", ".join(f"`{name}`" for name in tool["inputSchema"]["properties"])
        rows.append(f"| `{tool['name']}` | {names} | {tool['description']} |")
    assert rows == table.splitlines()[2:]
    for key in {*tools[0]["_meta"], "har2rpc/flow", "har2rpc/session"}:
        assert f"`{key}`" in PAGE


def test_every_option_and_variable_stands_in_it() -> None:
    command = cli.get_command(click.Context(cli), "mcp")
    assert command is not None
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or f"`{parameter.opts[0]}`" in PAGE
    for name in ("ODOO_URL", "ODOO_DB", "ODOO_UID", "ODOO_LOGIN", "ODOO_API_KEY"):
        assert name in PAGE
    assert "docs/mcp.md" in README
