"""The server as a process, asked by the official SDK, against the mock: the protocol, the environment, the exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from generated.recorded import SAMPLES
from generated.running import SECRET, AnsweringOdoo, Stage
from generated.running import environment as variables_of
from har_builder import product, run

from har2rpc import pipeline
from serving.boxes import examples
from serving.clients import session, spoken, started, texts

SEARCH = SAMPLES / "odoo19-chrome-search_partner_by_phone.har"
FLOW = SAMPLES / "odoo14-chrome-quotation_for_new_contact.har"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "0"},
    },
}


@pytest.fixture
def searched() -> Iterator[dict[str, str]]:
    with pipeline.mock(pipeline.open_capture([SEARCH])) as (_, variables):
        yield dict(variables)


def test_a_search_is_listed_called_and_bounded(searched: dict[str, str]) -> None:
    async def do(client: Any) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert all(tool.annotations.read_only_hint for tool in tools.values())
        done = await client.call_tool("search_partners_by_phone", {"phone": "555"})
        rows, note = texts(done)
        assert not done.is_error and len(rows) + len(note) <= 20_000
        assert "of 80 are here" in note and json.loads(rows)[0]["complete_name"]
        done = await client.call_tool("search_partners_by_phone", {"phone": "never recorded"})
        assert done.is_error and "odoo.exceptions" in texts(done)[0]
        for arguments in (
            {"phone": 5},
            {},
            {"phone": "5", "x": 1},
            {"phone": "5", "fields": ["x"]},
        ):
            done = await client.call_tool("search_partners_by_phone", arguments)
            assert done.is_error and texts(done)[0].startswith("arguments")
        done = await client.call_tool("unlink_everything", {})
        assert done.is_error and "no tool is called" in texts(done)[0]

    session(do, SEARCH, variables=searched)


def test_a_flow_is_one_tool() -> None:
    async def do(client: Any) -> Any:
        [tool] = (await client.list_tools()).tools
        assert not tool.annotations.read_only_hint
        return texts(await client.call_tool(tool.name, examples(tool.input_schema)))

    with pipeline.mock(pipeline.open_capture([FLOW])) as (_, variables):
        [made] = session(do, FLOW, "--flow", "--write", variables=variables)
    assert {"partner_id", "order_id"} == set(json.loads(made))


@pytest.mark.parametrize("target", ["mcp", "json"])
def test_a_document_of_convert_is_served_as_well(target: str, tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(product("convert", "--flow", "-t", target, FLOW), encoding="utf-8")
    boxes: list[Any] = []

    def serve(box: Any, **_: Any) -> None:
        boxes.append(box)

    with (
        pipeline.mock(pipeline.open_capture([FLOW])) as (_, variables),
        patch.dict(os.environ, variables),
        patch("har2rpc.serving.stdio.serve_stdio", serve),
    ):
        assert 0 == run("mcp", path, "--flow", "--write").exit_code
        [tool] = boxes[0].tools
        assert {"partner_id", "order_id"} == set(boxes[0].call(tool.name, examples(tool.schema)))


def test_without_write_what_changes_is_not_there() -> None:
    async def do(client: Any) -> None:
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert names and not any(name.startswith(("create", "confirm")) for name in names)
        done = await client.call_tool("create_partner", {"name": "x"})
        assert done.is_error and "no tool is called 'create_partner'" in texts(done)[0]

    path = SAMPLES / "odoo19-chrome-create_and_confirm_sale_order.har"
    session(do, path, variables=variables_of("http://127.0.0.1:9", 2))
    done = started(path, variables=variables_of("http://127.0.0.1:9", 2))
    assert "left out 2 tools that change data: use --write to offer them" in done.stderr


def test_a_key_that_an_error_repeats_is_masked(stage: Stage) -> None:
    def refuse(environ: Any, start_response: Any) -> list[bytes]:
        body = json.dumps({"error": {"message": f"bad {SECRET}\x1b[2J"}}).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    stage.app = refuse

    async def do(client: Any) -> list[str]:
        return texts(await client.call_tool("search_partners_by_phone", {"phone": "5"}))

    assert ["Odoo: bad ***\\x1b[2J"] == session(do, SEARCH, variables=variables_of(stage.url, 2))


def test_no_redirect_is_followed(stage: Stage) -> None:
    seen: list[str] = []

    def send_on(environ: Any, start_response: Any) -> list[bytes]:
        seen.append(environ["PATH_INFO"])
        start_response("307 Temporary Redirect", [("Location", f"{stage.url}/elsewhere")])
        return [b""]

    stage.app = send_on

    async def do(client: Any) -> list[str]:
        return texts(await client.call_tool("search_partners_by_phone", {"phone": "5"}))

    [words] = session(do, SEARCH, variables=variables_of(stage.url, 2))
    assert "redirects to" in words and ["/jsonrpc"] == seen


def test_a_login_tells_the_user(searched: dict[str, str], stage: Stage) -> None:
    def answer(arrived: dict[str, Any]) -> Any:
        return []

    class LoggingIn(AnsweringOdoo):
        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            text = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            request = json.loads(text)
            result: Any = 44
            if request["params"]["service"] == "object":
                self.received.append(request["params"]["args"])
                result = []
            body = json.dumps({"result": result}).encode()
            start_response("200 OK", [("Content-Length", str(len(body)))])
            return [body]

    stage.app = odoo = LoggingIn(answer)
    variables = {**variables_of(stage.url, None), "ODOO_LOGIN": "ann"}

    async def do(client: Any) -> list[str]:
        return texts(await client.call_tool("search_partners_by_phone", {"phone": "5"}))

    assert ["[]"] == session(do, SEARCH, variables=variables)
    assert 44 == odoo.received[0][1]


def test_standard_output_is_the_protocol_alone(searched: dict[str, str]) -> None:
    messages = [
        INITIALIZE,
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 1, "method": "tools/list"},
    ]
    text = "".join(f"{json.dumps(message)}\n" for message in messages)
    stdout, stderr, status = spoken(
        SEARCH, variables=searched, stdin=text + "no JSON at all\n", until={0, 1}
    )
    lines = [json.loads(line) for line in stdout.splitlines()]
    assert 0 == status and all("2.0" == line["jsonrpc"] for line in lines)
    assert "serving 3 tools of http://127.0.0.1" in stderr
    assert searched["ODOO_API_KEY"] not in stdout + stderr


REFUSED: dict[str, tuple[tuple[str, ...], dict[str, str], int, str]] = {
    "no key": ((), {"ODOO_API_KEY": ""}, 1, "set ODOO_API_KEY first"),
    "plain http elsewhere": ((), {"ODOO_URL": "http://odoo.example.com"}, 1, "unencrypted"),
    "not a server address": ((), {"ODOO_URL": "ftp://x"}, 1, "not a server address"),
    "no number": ((), {"ODOO_UID": "admin"}, 1, "not a number"),
    "a flow that writes": (("--flow",), {}, 1, "start it with --write"),
    "standard input": (("-",), {}, 2, "standard input carries the protocol"),
    "a call that is not there": (("-n", "999"), {}, 1, "no call 999"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_served_is_said_at_once(name: str) -> None:
    words, wrong, code, reason = REFUSED[name]
    variables = {**variables_of("http://127.0.0.1:9", 2), **wrong}
    with patch.dict(os.environ, variables):
        done = run("mcp", FLOW, *words)
    assert (code, "") == (done.exit_code, done.stdout)
    assert reason in done.stderr and SECRET not in done.stderr


def test_plain_http_elsewhere_is_for_those_who_say_so() -> None:
    variables = variables_of("http://odoo.example.com", 2) | {"ODOO_ALLOW_HTTP": "1"}
    assert "http://odoo.example.com" == pipeline.tool_connection({}, variables).url


def test_documents_take_no_selection_and_no_captures_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "tools.json"
    path.write_text(product("convert", "-t", "mcp", SEARCH), encoding="utf-8")
    for words in (("-n", "1", path), (path, SEARCH), ("--fields", "name", path)):
        assert 2 == run("mcp", *words).exit_code
    result = run("mcp", "--flow", "--config", path)
    assert 1 == result.exit_code and f"{path}: has no flow" in result.stderr


def test_the_block_to_paste_starts_this_server(searched: dict[str, str], tmp_path: Path) -> None:
    """From any folder, by the command, arguments and variables that it has, with the key filled in."""
    import subprocess

    from serving.clients import environment

    text = product("mcp", SEARCH, "--model", "res.partner", "--config")
    [(name, server)] = json.loads(text)["mcpServers"].items()
    assert "odoo" == name and "" == server["env"]["ODOO_API_KEY"]
    assert Path(server["command"]).is_absolute() and str(SEARCH.resolve()) in server["args"]
    assert ["--model", "res.partner"] == server["args"][3:5] and "--config" not in server["args"]
    assert {"ODOO_URL", "ODOO_DB", "ODOO_UID"} < server["env"].keys()
    filled_in = {**server["env"], **searched}
    done = subprocess.run(
        [server["command"], *server["args"]],
        cwd=tmp_path,
        env=environment(filled_in),
        input=f"{json.dumps(INITIALIZE)}\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "har2rpc" == json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"]


@pytest.mark.parametrize("package", ["jsonschema", "mcp.server"])
def test_without_the_extra_it_says_what_to_install(package: str) -> None:
    with (
        patch.dict(sys.modules, {package: None}),
        patch.dict(os.environ, variables_of("http://127.0.0.1:9", 2)),
    ):
        sys.modules.pop("har2rpc.serving.stdio", None)
        result = run("mcp", SEARCH)
    assert 1 == result.exit_code and 'pip install "har2rpc[mcp]"' in result.stderr


def test_a_connector_for_many_customers_takes_its_connection_from_the_environment(
    tmp_path: Path,
) -> None:
    path = tmp_path / "tools.json"
    text = product("convert", "-t", "mcp", "--connection", "inputs", SEARCH)
    path.write_text(text, encoding="utf-8")
    assert "odoo_url" in json.loads(text)["tools"][0]["inputSchema"]["required"]
    document = pipeline.read_tool_document(str(path), text, as_flow=False)
    for tool in pipeline.tools_of([document]):
        listed = tool.as_listed()["inputSchema"]
        assert not {"odoo_url", "odoo_db", "odoo_uid"} & {
            *listed["properties"],
            *listed["required"],
        }
    with patch.dict(os.environ, {"ODOO_API_KEY": "x", "ODOO_URL": "", "ODOO_DB": ""}):
        result = run("mcp", path)
    assert (
        1 == result.exit_code and "set ODOO_URL and ODOO_DB and ODOO_LOGIN first" in result.stderr
    )


def test_other_commands_load_nothing_of_it() -> None:
    from test_arrows import loaded

    for command in (
        ("list", "--json", SEARCH),
        ("convert", SEARCH),
        ("convert", "-t", "mcp", SEARCH),
    ):
        assert set() == {"mcp", "anyio", "jsonschema", "pydantic"} & loaded(*map(str, command))
