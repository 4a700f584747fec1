"""The canary corpus, for what has a way of its own: sheets, files of overrides, connectors for many, the page, the mock.

Commands and messages are found: a new one without a row here fails.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.request import Request, urlopen

import click
import pytest
from har_builder import har, run, search

from har2rpc import pipeline
from har2rpc.cli import _COMMANDS, cli
from har2rpc.page.messages import Page
from security.canary_search import leaks
from security.planted_canaries import planted
from security.test_canary_corpus import COMMANDS, MODES, REDACTIONS, is_read, leaking, said

CONVERSIONS: list[tuple[str, ...]] = [
    ("-t", "locoia", "--sheet"),
    ("-t", "locoia", "--sheet", "--all", "--connection", "inputs"),
    ("-t", "python", "--all", "--lookups"),
    ("-t", "python", "--rows", "--flow", "--all"),
    ("-t", "python-json2", "--rows", "--flow", "--reads", "--all"),
    ("-t", "locust", "--rows", "--flow", "--all"),
    ("-t", "python", "--all", "--deep", "--fields", "id,name,password,access_token"),
    ("-t", "curl", "--all", "--connection", "inputs", "--custom-domain"),
    ("-t", "n8n", "--flow", "--all"),
    ("-t", "json", "--flow", "--reads", "--all"),
    ("-t", "mcp", "--all"),
    ("-t", "mcp", "--all", "--flow"),
    ("-t", "openapi", "--all"),
]
LISTS: list[tuple[str, ...]] = [
    ("list", "-v"),
    ("list", "--all", "-vv", "--flow"),
    ("list", "--model", "res.users*", "--json"),
    ("list", "--method", "*", "--json"),
]
CHOICES: list[tuple[str, ...]] = [
    ("convert", "--all", "--server", "odoo.example", "--user", "2"),
    ("convert", "--all", "--model", "res.*", "--method", "*write"),
    ("convert", "-n", "1,9", "--input", "1:limit=most", "--keep", "1:offset", "--name", "1=find"),
    ("list", "--requests"),
    ("list", "--requests", "--json"),
    ("list", "--all", "--server", "odoo.example", "--user", "2"),
    ("whoami", "--server", "odoo.example", "--user", "2"),
]
VERIFICATIONS: list[tuple[str, ...]] = [
    ("--all", "--overrides", "FILE"),
    ("--all", "--overrides", "FILE", "--json", "--verbatim"),
    ("--all", "-t", "curl", "--model", "res.*", "--method", "*", "--server", "odoo.example", "--user", "2"),
    ("-n", "1,9", "--input", "1:limit=most", "--keep", "1:offset"),
    ("--all", "--writes"),
]  # fmt: skip
SERVED: list[tuple[str, ...]] = [
    (),
    ("--flow",),
    ("--lookups",),
    ("--model", "res.*", "--method", "*", "--server", "odoo.example", "--user", "2"),
    ("-n", "1,9", "--input", "1:limit=most", "--keep", "1:offset"),
    ("--fields", "id,name,password,access_token", "--overrides", "FILE"),
]  # of `mcp --write --all`, and of its --config
# Options that are tried in a test of their own, or say where the product goes and not what it says.
OTHER_OPTIONS = {
    "list": {"-v"},  # with LISTS
    "whoami": {"--url", "--db", "--login"},  # asks a server, and reads no capture
    "convert": {"--overrides", "--save-overrides", "-o", "--force", "--doc", "--copy"},
    "verify": {"--url", "--db"},  # test_canary_corpus.py
    "mock": {"--server", "--user", "--port", "--key", "--host"},  # it answers calls one by one
    "redact": {"-o", "--force"},
    "record": {"-o", "--force"},
    "ui": {"--port", "--no-browser"},
}
ELSEWHERE = {
    "list": "test_canary_corpus.py",
    "whoami": "test_canary_corpus.py",
    "convert": "test_canary_corpus.py",
    "redact": "test_canary_corpus.py",
    "record": "test_canary_corpus.py",
    "verify": "test_canary_corpus.py",
    "mock": "below",
    "ui": "below: its messages",
    "mcp": "below: what it lists, and the block to paste",
    "domain": "takes no capture",
    "targets": "takes no capture",
}


@pytest.fixture(scope="module", params=(14, 19), ids=lambda version: f"odoo{version}")
def capture(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canaries") / f"canaries{request.param}.har"
    path.write_text(json.dumps(har(*planted(request.param)), indent=2), "utf-8")
    return path


def test_every_command_is_tried() -> None:
    assert set(ELSEWHERE) == set(_COMMANDS)


def options_of(name: str) -> set[frozenset[str]]:
    """The spellings of each option of a command."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return {frozenset(each.opts) for each in command.params if isinstance(each, click.Option)}


def test_every_option_is_tried() -> None:
    """With a row of its own, or with the reason why it prints nothing that the command does not print without it."""
    rows: list[tuple[str, ...]] = [*COMMANDS, *LISTS, *CHOICES]
    rows += [("convert", *options) for options in (*MODES, *CONVERSIONS)]
    rows += [("redact", *options) for options in REDACTIONS]
    rows += [("verify", *options) for options in (*VERIFICATIONS, ("--json",))]
    rows += [("mcp", "--write", "--all", "--config", *options) for options in SERVED]
    missing = set()
    for name in ELSEWHERE:
        words = {word for row in rows if row[0] == name for word in row} | OTHER_OPTIONS.get(
            name, set()
        )
        spellings = () if ELSEWHERE[name] == "takes no capture" else options_of(name)
        missing |= {f"{name} {max(each)}" for each in spellings if not each & words}
    assert set() == missing


@pytest.mark.parametrize("command", CHOICES, ids=" ".join)
def test_no_choice_prints_a_secret(command: tuple[str, ...], capture: Path) -> None:
    assert 0 == run(*command, capture).exit_code
    assert {} == leaking([command], capture)


@pytest.mark.parametrize("options", VERIFICATIONS, ids=" ".join)
def test_no_verification_shows_a_secret(
    options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The overrides hold what a person writes into such a file: it is theirs, and what is recorded is not in it."""
    calls, file = tmp_path / "calls.har", tmp_path / "overrides.json"
    entries = [
        entry for entry in planted(19) if is_read(entry) or '"res.users", "write"' in str(entry)
    ]
    calls.write_text(json.dumps(har(search(), *entries)), "utf-8")
    assert [] == leaks(said("convert", "--all", calls, "--save-overrides", file))
    content = json.loads(file.read_text("utf-8"))
    for entry in content["calls"].values():
        entry["inputs"] = {path: {"keep": True} for path in entry["inputs"]}
    file.write_text(json.dumps(content), "utf-8")
    monkeypatch.setenv("ODOO_API_KEY", "x" * 20)
    monkeypatch.setenv("ODOO_ALLOW_HTTP", "1")
    words = [str(file) if word == "FILE" else word for word in options]
    text = said("verify", calls, *words)
    assert text and [] == leaks(text)


@pytest.mark.parametrize("options", CONVERSIONS, ids=" ".join)
def test_no_conversion_writes_a_secret(options: tuple[str, ...], capture: Path) -> None:
    assert {} == leaking([("convert", *options)], capture)


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_no_list_prints_a_secret(command: tuple[str, ...], capture: Path) -> None:
    assert {} == leaking([command], capture)


def test_a_file_of_overrides_holds_no_secret(capture: Path, tmp_path: Path) -> None:
    file = tmp_path / "overrides.json"
    chosen = ("convert", "--all", "--method", "*write", capture)
    assert [] == leaks(said(*chosen, "--save-overrides", file))
    assert file.stat().st_size > 1000 and [] == leaks(file.read_text("utf-8"))
    text = said(*chosen, "--overrides", file)
    assert len(text) > 1000 and [] == leaks(text)


def test_what_a_command_refuses_is_not_repeated(capture: Path, tmp_path: Path) -> None:
    for options in (("-n", "999"), ("--input", "5:vals.password=x"), ("--server", "nowhere")):
        result = run("convert", capture, *options)
        assert [] == leaks(result.stdout + result.stderr)


def asked(page: Page, **message: Any) -> Any:
    text = page.answer(json.dumps(message))
    assert [] == leaks(text), message
    reply = json.loads(text)
    assert "error" not in reply or message["do"] == "domain", reply
    return reply


def messages(capture: Path, folder: Path, calls: list[int]) -> Iterator[dict[str, Any]]:
    """One of each kind that the page sends, and the more of those that show values."""
    yield {"do": "targets"}
    yield {"do": "part"}
    yield {"do": "prepare", "target": "python"}
    yield {"do": "prepare", "calls": calls}
    for n in calls:
        yield {"do": "answered", "n": n}
        yield {"do": "values", "n": n}
    for target in ("python", "locoia", "json"):
        yield {"do": "convert", "calls": calls, "target": target}
        yield {"do": "convert", "calls": calls, "target": target, "flow": True}
    yield {"do": "changes", "calls": calls}
    yield {"do": "overrides", "text": '{"calls": {}}'}
    yield {"do": "verify", "calls": calls[:20], "target": "python"}
    yield {"do": "highlight", "text": "x = 1", "language": "python"}
    yield {"do": "domain", "text": "[('name', '=', 'x')]"}
    yield {"do": "redact", "output": str(folder)}


def test_no_message_of_the_page_holds_a_secret(capture: Path, tmp_path: Path) -> None:
    page = Page(runs=True)
    calls = [row["n"] for row in asked(page, do="open", sources=[str(capture)])["calls"]]
    every = list(messages(capture, tmp_path, calls))
    boxes: list[dict[str, Any]] = []
    for message in every:
        for part in (asked(page, **message).get("sheet") or {"parts": []})["parts"]:
            boxes += [box for box in part["boxes"] if box["sample"]]
    assert boxes
    for box in boxes:
        asked(page, do="rendered", text=box["text"], sample=box["sample"])
    there = {name.removeprefix("answer_") for name in dir(Page) if name.startswith("answer_")}
    assert there == {"open", "rendered", *(message["do"] for message in every)}
    assert all([] == leaks(path.read_text("utf-8")) for path in tmp_path.iterdir())


@pytest.mark.parametrize("options", SERVED, ids=" ".join)
def test_the_server_of_tools_lists_no_secret(
    options: tuple[str, ...], capture: Path, tmp_path: Path
) -> None:
    boxes: list[Any] = []
    file = tmp_path / "overrides.json"
    if "FILE" in options:
        said("convert", "--all", "--method", "*write", capture, "--save-overrides", file)
    options = tuple(str(file) if word == "FILE" else word for word in options)
    with (
        patch.dict(os.environ, {"ODOO_API_KEY": "x"}),
        patch("har2rpc.serving.stdio.serve_stdio", lambda box, **_: boxes.append(box)),
    ):
        result = run("mcp", "--write", "--all", *options, capture)
        assert 0 == result.exit_code, result.stderr
        block = run("mcp", "--write", "--all", *options, "--config", capture)
    listed = json.dumps([tool.as_listed() for tool in boxes[0].tools], ensure_ascii=False)
    assert len(listed) > (100 if "-n" in options else 1000)
    assert [] == leaks(listed + result.stderr + block.stdout + block.stderr)


def test_the_mock_answers_no_secret(capture: Path) -> None:
    """Whoever has its key gets what was recorded: what is masked for everybody else is masked for them."""
    opened = pipeline.open_capture([capture])
    with pipeline.mock(opened) as (_, variables):
        texts = []
        for call in opened.calls:
            named = [*call.args], {**call.kwargs}
            args = [variables["ODOO_DB"], 2, variables["ODOO_API_KEY"], call.model, call.method]
            params = {"service": "object", "method": "execute_kw", "args": [*args, *named]}
            body = json.dumps({"jsonrpc": "2.0", "id": 1, "params": params}).encode()
            request = Request(f"{variables['ODOO_URL']}/jsonrpc", body)
            request.add_header("Content-Type", "application/json")
            with urlopen(request, timeout=60) as reply:
                texts.append(reply.read().decode())
    assert len(texts) > 50 and any('"result": [' in text for text in texts)
    assert [] == [mark for text in texts for mark in leaks(text)]
