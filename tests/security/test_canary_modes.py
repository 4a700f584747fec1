"""The canary corpus, for what has a way of its own: sheets, files of overrides, connectors for many, the page, the mock.

Commands and messages are found: a new one without a row here fails.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from har_builder import har, run

from har2rpc import pipeline
from har2rpc.cli import _COMMANDS
from har2rpc.page.messages import Page
from security.canary_search import leaks
from security.planted_canaries import planted
from security.test_canary_corpus import leaking, said

CONVERSIONS: list[tuple[str, ...]] = [
    ("-t", "locoia", "--sheet"),
    ("-t", "locoia", "--sheet", "--all", "--connection", "inputs"),
    ("-t", "python", "--all", "--lookups"),
    ("-t", "python", "--all", "--deep", "--fields", "id,name,password,access_token"),
    ("-t", "curl", "--all", "--connection", "inputs", "--custom-domain"),
    ("-t", "n8n", "--flow", "--all"),
    ("-t", "json", "--flow", "--reads", "--all"),
    ("-t", "mcp", "--all"),
    ("-t", "openapi", "--all"),
]
LISTS: list[tuple[str, ...]] = [
    ("list", "-v"),
    ("list", "--all", "-vv", "--flow"),
    ("list", "--model", "res.users*", "--json"),
    ("list", "--method", "*", "--json"),
]
ELSEWHERE = {
    "list": "test_canary_corpus.py",
    "whoami": "test_canary_corpus.py",
    "convert": "test_canary_corpus.py",
    "redact": "test_canary_corpus.py",
    "record": "test_canary_corpus.py",
    "verify": "test_canary_corpus.py",
    "mock": "below",
    "ui": "below: its messages",
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
    for message in every:
        asked(page, **message)
    there = {name.removeprefix("answer_") for name in dir(Page) if name.startswith("answer_")}
    assert there == {"open", *(message["do"] for message in every)}
    assert all([] == leaks(path.read_text("utf-8")) for path in tmp_path.iterdir())


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
