"""`list --json --all` and a walk that shares no code with it must find the same calls."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from plain_walk import walk

from har2rpc.cli import cli

ROOT = Path(__file__).resolve().parent.parent
CAPTURES = ROOT.parent / "shared" / "captures"
SAMPLES = ROOT / "samples"
COMPARED = ("n", "where", "route", "model", "method", "args", "kwargs", "context", "uid", "outcome")
COMPARED_TOO = ("started", "ms")
SECRET = re.compile(r"passw|pwd|secret|token|api_?key|session_id|private_key|otp", re.IGNORECASE)
TOGETHER = [
    # The same recording exported twice: every instant occurs twice, so the file decides.
    (
        "odoo19/chrome-devtools/create_partner.har",
        "odoo19/chrome-devtools/create_partner.sensitive.har",
    ),
    # Given the wrong way round: recorded order is not the order of the command line.
    ("odoo19/chrome-devtools/search_phone.har", "odoo19/chrome-devtools/login.har"),
    # Firefox writes local time with its offset, Chrome writes UTC.
    ("odoo19/firefox/create_partner.har", "odoo19/chrome-devtools/sale_order_create.har"),
    ("odoo19/playwright/create_partner.zip", "odoo14/chrome-devtools/sale_order_create.har"),
]


def captures() -> list[Any]:
    """Every capture of the collection and every sample, with ids that name the file."""
    params = []
    for folder in (CAPTURES, SAMPLES):
        found = sorted(p for p in folder.rglob("*") if p.suffix in (".har", ".zip"))
        params += [pytest.param(p, id=p.relative_to(folder.parent).as_posix()) for p in found]
        if not found:
            reason = f"no captures in {folder.name}/: nothing was compared"
            params.append(pytest.param(None, id=folder.name, marks=pytest.mark.skip(reason=reason)))
    return params


@pytest.mark.parametrize("path", captures())
def test_the_same_calls(path: Path) -> None:
    assert_same([path])


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: "+".join(Path(n).name for n in names))
def test_several_files_are_one_capture(names: tuple[str, ...]) -> None:
    paths = [CAPTURES / name for name in names]
    if not all(path.is_file() for path in paths):
        pytest.skip("the collection of captures is not here: nothing was compared")
    assert_same(paths)


def test_routes_that_no_capture_holds(tmp_path: Path) -> None:
    """`/jsonrpc`, `call`, `load` and Odoo 12's buttons are not what a browser of today sends."""
    me, ids, found = {"uid": 2}, [7, 8], {"domain": [], "limit": 80, "order": "name"}
    execute_kw = [
        "db",
        2,
        "hunter2",
        "res.partner",
        "read",
        [ids],
        {"fields": ["name"], "context": me},
    ]
    sent = [
        ("/web/dataset/call", {"model": "m", "method": "go", "args": [ids]}),
        ("/web/dataset/load", {"model": "m", "id": 7, "fields": ["name"]}),
        ("/web/dataset/call_button", {"model": "m", "method": "go", "args": [ids, me]}),
        ("/erp/web/dataset/call_kw/", {"model": "m", "method": "go", "args": [7], "kwargs": {}}),
        ("/web/dataset/resequence", {"model": "m", "ids": ids, "offset": 3, "context": me}),
        ("/web/dataset/search_read", {"model": "m", "domain": [], "limit": 80, "sort": "name"}),
        ("/jsonrpc", {"service": "object", "method": "execute_kw", "args": execute_kw}),
        ("/jsonrpc", {"service": "object", "method": "execute", "args": [*execute_kw[:5], ids]}),
        ("/jsonrpc", {"service": "common", "method": "login", "args": ["db", "me", "hunter2"]}),
        ("/web/dataset/call_kwargs", {"model": "m", "method": "go", "args": [], "kwargs": {}}),
    ]
    path = tmp_path / "old.har"
    path.write_text(
        json.dumps({"log": {"version": "1.2", "entries": [entry(*one) for one in sent]}})
    )
    expected = [
        ("/web/dataset/call", "m", "go", [ids], {}, None),
        ("/web/dataset/load", "m", "read", [[7]], {}, None),
        ("/web/dataset/call_button", "m", "go", [ids], {}, 2),
        ("/web/dataset/call_kw", "m", "go", [7], {}, None),
        ("/web/dataset/resequence", "m", "resequence", [ids], {"offset": 3}, 2),
        ("/web/dataset/search_read", "m", "search_read", [], found, None),
        ("/jsonrpc", "res.partner", "read", [ids], {"fields": ["name"]}, 2),
        ("/jsonrpc", "res.partner", "read", [ids], {}, 2),
    ]
    keys = ("route", "model", "method", "args", "kwargs", "uid")
    assert expected == [tuple(call[key] for key in keys) for call in walk(path)]
    assert "hunter2" not in assert_same([path])


def entry(path: str, params: dict[str, Any]) -> dict[str, Any]:
    body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
    return {
        "startedDateTime": "2026-01-01T00:00:00.000Z",
        "time": 1,
        "request": {
            "method": "POST",
            "url": f"http://odoo.example{path}",
            "postData": {"mimeType": "application/json", "text": json.dumps(body)},
        },
        "response": {"status": 200, "content": {"text": '{"jsonrpc": "2.0", "id": 1}'}},
    }


def assert_same(paths: list[Path]) -> str:
    """Numbers, places and contents of all calls, as JSON: true is not 1. Gives what was printed."""
    expected = walk(*paths)
    run = CliRunner().invoke(cli, ["list", "--json", "--all", *map(str, paths)])
    assert (0 if expected else 1, None) == (run.exit_code, unexpected(run.exception)), run.stderr
    actual = json.loads(run.stdout or "[]")
    assert [place(call) for call in expected] == [place(call) for call in actual]
    for wanted, got in zip(expected, actual, strict=True):
        got = {**got, **{key: revealed(got, wanted, key) for key in ("args", "kwargs")}}
        for key in COMPARED + COMPARED_TOO:
            assert as_json(wanted[key]) == as_json(got[key]), f"{key} of {wanted['where']}"
    return run.output


def place(call: dict[str, Any]) -> str:
    return f"{call['n']} {call['where']} {call['model']}.{call['method']}"


def as_json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def unexpected(exception: BaseException | None) -> BaseException | None:
    return None if isinstance(exception, SystemExit) else exception


def revealed(got: dict[str, Any], wanted: dict[str, Any], key: str) -> Any:
    """What the tool said, with `***` undone only where a secret may stand."""
    secret = wanted["method"] == "change_password" or wanted["model"].startswith(
        "res.users.apikeys"
    )
    return unmask(got[key], wanted[key], secret)


def unmask(got: Any, wanted: Any, secret: bool) -> Any:
    if got == "***" and secret and isinstance(wanted, str):
        return wanted
    if isinstance(got, dict) and isinstance(wanted, dict):
        return {
            key: unmask(value, wanted.get(key), secret or bool(SECRET.search(key)))
            for key, value in got.items()
        }
    if isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted):
        return [unmask(value, other, secret) for value, other in zip(got, wanted, strict=True)]
    return got


def test_a_mask_is_undone_only_where_a_secret_may_stand() -> None:
    wanted = {"new_password": "hunter2", "name": "hunter2", "lines": [{"api_key": "k"}]}
    got = {"new_password": "***", "name": "***", "lines": [{"api_key": "***"}]}
    expected = {"new_password": "hunter2", "name": "***", "lines": [{"api_key": "k"}]}
    assert expected == unmask(got, wanted, False)
