"""`har2rpc mcp` asked by the clients of both generations of the official SDK, over stdio: they are told the same."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from generated.goldens import Golden, goldens
from generated.judging import JudgingOdoo
from generated.recorded import SAMPLES, recorded
from generated.running import Stage
from generated.running import environment as variables_of
from har_builder import ROOT
from serving.boxes import examples
from serving.clients import environment, session, texts

from har2rpc.proving.mock.server import serve
from platforms import ran

OLD_PYTHON = os.environ.get("MCP_1_PYTHON", "")
pytestmark = [
    pytest.mark.platforms,
    pytest.mark.skipif(not OLD_PYTHON, reason="MCP_1_PYTHON names no Python with mcp 1.x"),
]
CLIENT = Path(__file__).with_name("ask_with_mcp_1.py")
SINGLE: list[Golden] = [param.values[0] for param in goldens("mcp.json")][::6]
FLOWS: list[Golden] = [param.values[0] for param in goldens("mcp-flow.json")][::2]


def ask_old(folder: Path, url: str, *words: str | Path) -> dict[str, Any]:
    """What the client of SDK 1 was told."""
    arguments = ["-m", "har2rpc", "mcp", *map(str, words)]
    variables = environment({**variables_of(url, 2), "PYTHONPATH": str(ROOT)})
    server = {"command": sys.executable, "args": arguments, "env": variables}
    said = ran(OLD_PYTHON, CLIENT, json.dumps(server), folder=folder)
    told: dict[str, Any] = json.loads(said.splitlines()[-1])
    return told


def ask_new(url: str, *words: str | Path) -> dict[str, Any]:
    """The same of the client of SDK 2."""

    async def do(client: Any) -> dict[str, Any]:
        tools = (await client.list_tools()).tools
        listed = {
            tool.name: tool.model_dump(mode="json", by_alias=True, exclude_none=True)
            for tool in tools
        }
        answers = []
        for tool in tools:
            done = await client.call_tool(tool.name, examples(tool.input_schema))
            answers.append([tool.name, done.is_error, texts(done)])
        return {"tools": listed, "answers": answers}

    told: dict[str, Any] = session(do, *words, variables=variables_of(url, 2))
    return told


def both(golden: Golden, folder: Path, *options: str) -> tuple[Any, Any, int]:
    """What both were told, of tools that are called with their examples, and how many calls arrived."""
    odoo = JudgingOdoo(recorded(golden.sample))
    with serve(odoo) as url:
        old = ask_old(folder, url, *options, golden.sample)
        calls = len(odoo.received)
        new = ask_new(url, *options, golden.sample)
        assert calls * 2 == len(odoo.received)
    return old, new, calls


@pytest.mark.parametrize("golden", SINGLE, ids=lambda golden: golden.sample.stem)
def test_both_are_told_the_same_of_single_calls(golden: Golden, tmp_path: Path) -> None:
    old, new, calls = both(golden, tmp_path, "--write")
    assert ("har2rpc", new["tools"], new["answers"]) == (
        old["server"],
        old["tools"],
        old["answers"],
    )
    assert calls == len(old["tools"]) and [] == [one for one in old["answers"] if one[1]]


@pytest.mark.parametrize("golden", FLOWS, ids=lambda golden: golden.sample.stem)
def test_both_are_told_the_same_of_a_flow(golden: Golden, tmp_path: Path) -> None:
    old, new, calls = both(golden, tmp_path, "--write", "--flow")
    assert (new["tools"], new["answers"]) == (old["tools"], old["answers"])
    [[_, is_error, answer]] = old["answers"]
    assert not is_error and answer and calls >= 2


def test_an_old_client_is_told_what_is_wrong(tmp_path: Path) -> None:
    sample = SAMPLES / "odoo19-chrome-search_partner_by_phone.har"
    stage = Stage()
    stage.app = JudgingOdoo(recorded(sample))
    with serve(stage) as url:
        arguments = ["-m", "har2rpc", "mcp", str(sample)]
        variables = environment({**variables_of(url, 2), "PYTHONPATH": str(ROOT)})
        server = {"command": sys.executable, "args": arguments, "env": variables}
        calls = ["search_partners_by_phone", '{"phone": 5}', "unlink_everything", "{}"]
        said = ran(OLD_PYTHON, CLIENT, json.dumps(server), *calls, folder=tmp_path)
    answers = json.loads(said.splitlines()[-1])["answers"]
    assert [True, True] == [one[1] for one in answers]
    assert "arguments" in answers[0][2][0] and "no tool is called" in answers[1][2][0]
