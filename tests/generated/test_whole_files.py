"""A whole capture as one file, run as a user runs it: `python file.py --write`, output read as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generated.mocking import mock, sent_as
from generated.recorded import CAPTURES, Recorded, as_json, captures, recorded, samples
from generated.running import (
    AnsweringOdoo,
    Stage,
    converted,
    environment,
    run,
    run_alone,
)

ALONE = [
    "odoo14/chrome-devtools/sale_order_confirm.har",
    "odoo14/chrome-devtools/search_phone.har",
    "odoo17/chrome-devtools/profile.har",
    "odoo18/chrome-devtools/create_partner.har",
    "odoo18/playwright/sale_order.har",
    "odoo19/chrome-devtools/edit_partner.har",
    "odoo19/chrome-devtools/create_partner.sensitive.har",
    "odoo19/firefox/search_phone.har",
    "odoo19/mitmproxy/session_search_phone.har",
    "odoo19/playwright/create_partner.zip",
]
# What may be asked once where the client asked twice: it changes nothing.
_ASKS = re.compile(
    r"^(web_)?(search|read|name_search|name_get|get_|has_|load_views|fields_get|onchange)"
    r"|^(activity_format|message_fetch|action_get|autocomplete|render_public_asset|formatted_|systray)"
)


def files() -> list[Any]:
    """The captures named above where they are, and the first samples."""
    found = [path for name in ALONE if (path := CAPTURES / name).is_file()]
    return [pytest.param(path, id=path.name) for path in [*found, *samples()[:2]]]


def answered(path: Path) -> list[Recorded]:
    """The calls that Odoo answered: one that it refused would stop the script."""
    return [call for call in recorded(path) if call.outcome in ("ok", "none")]


def written(path: Path, folder: Path, *options: str) -> Path:
    """The generated file of a capture."""
    script = folder / "generated.py"
    script.write_text(converted(path, *options), encoding="utf-8")
    return script


@pytest.mark.parametrize("path", files())
def test_every_call_of_a_capture_in_one_run(path: Path, stage: Stage, tmp_path: Path) -> None:
    calls = answered(path)
    numbers = ",".join(str(call.n) for call in calls)
    script = written(path, tmp_path, "--verbatim", "-n", numbers)
    stage.app = mock(calls, uid=2)
    ran = run_alone(script, environment(stage.url, 2), "--write")
    assert (0, "") == (ran.returncode, ran.stderr)
    json.loads(ran.stdout)
    arrived = [as_json(sent_as(received)) for received in stage.app.received]
    assert arrived == without_repeated_questions(calls)


def without_repeated_questions(calls: list[Recorded]) -> list[str]:
    """The calls in recorded order; what was only asked, and had been asked before, once."""
    kept: list[str] = []
    for call in calls:
        sent = as_json(call.sent)
        if sent not in kept or not _ASKS.match(call.method):
            kept.append(sent)
    return kept


@pytest.mark.parametrize("path", captures())
def test_nothing_is_sent_without_write_where_something_changes(path: Path, stage: Stage) -> None:
    """In this process, because there are many; the next test does it in one of its own."""
    writes = [call for call in answered(path) if re.match(r"create|write|web_save", call.method)]
    if not writes:
        return
    text = converted(path, "-n", f"1-{len(recorded(path))}")
    stage.app = AnsweringOdoo(lambda call: None)
    code = compile(text, path.name, "exec")
    with pytest.raises(SystemExit, match="--write"):
        run(code, environment(stage.url, 2))
    assert [] == stage.app.received


def test_without_write_the_script_ends_with_a_sentence(stage: Stage, tmp_path: Path) -> None:
    script = written(synthetic(tmp_path), tmp_path)
    stage.app = AnsweringOdoo(lambda call: None)
    ran = run_alone(script, environment(stage.url, 2))
    assert (1, "", []) == (ran.returncode, ran.stdout, stage.app.received)
    assert "--write" in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize("missing", ["ODOO_DB", "ODOO_API_KEY"])
def test_what_is_not_set_is_asked_for(missing: str, stage: Stage, tmp_path: Path) -> None:
    script = written(synthetic(tmp_path), tmp_path)
    stage.app = AnsweringOdoo(lambda call: None)
    variables = {k: v for k, v in environment(stage.url, 2).items() if k != missing}
    ran = run_alone(script, variables, "--write")
    assert (1, "", []) == (ran.returncode, ran.stdout, stage.app.received)
    assert missing in ran.stderr and "Traceback" not in ran.stderr


@pytest.mark.parametrize("options", [[], ["--verbatim"]], ids=["translated", "verbatim"])
def test_a_masked_secret_is_read_from_the_environment(
    options: list[str], stage: Stage, tmp_path: Path
) -> None:
    path = synthetic(tmp_path)
    script = written(path, tmp_path, "--all", *options)
    text = script.read_text(encoding="utf-8")
    assert "hunter" not in text
    names = set(re.findall(r'os\.environ\["(SECRET_\w+)"\]', text))
    assert {"SECRET_NEW_PASSWORD", "SECRET_PASSWORD", "SECRET_PASSWORD_2"} <= names
    stage.app = AnsweringOdoo(lambda call: 7 if call["method"] == "create" else True)
    given = {name: f"given as {name}" for name in names}
    ran = run_alone(script, {**environment(stage.url, 2), **given}, "--write")
    assert (0, "") == (ran.returncode, ran.stderr)
    sent = [(call["method"], call["args"]) for call in stage.app.received]
    saves = "web_save" if options else "write"
    assert sent == [
        ("change_password", ["given as SECRET_PASSWORD", "given as SECRET_PASSWORD_2"]),
        ("create", [{"login": "zoe", "password": "given as SECRET_PASSWORD"}]),
        (saves, [[7], {"new_password": "given as SECRET_NEW_PASSWORD"}]),
    ]


def synthetic(folder: Path) -> Path:
    """Passwords in arguments: no capture of a demo database holds one. Synthetic."""
    calls = [
        ("change_password", ["hunter-old", "hunter-new"], {}, True),
        ("create", [{"login": "zoe", "password": "hunter-2"}], {}, 7),
        ("web_save", [[7], {"new_password": "hunter-3"}], {"specification": {}}, [{"id": 7}]),
    ]
    entries = []
    for method, args, kwargs, result in calls:
        kwargs = {**kwargs, "context": {"uid": 2, "lang": "en_US"}}
        params = {"model": "res.users", "method": method, "args": args, "kwargs": kwargs}
        body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": len(entries)}
        answer = {"jsonrpc": "2.0", "id": len(entries), "result": result}
        request = {
            "method": "POST",
            "url": f"http://odoo.example/web/dataset/call_kw/res.users/{method}",
            "postData": {"mimeType": "application/json", "text": json.dumps(body)},
        }
        entry = {"startedDateTime": f"2026-01-01T00:00:0{len(entries)}.000Z", "time": 1}
        response = {"status": 200, "content": {"text": json.dumps(answer)}}
        entries.append({**entry, "request": request, "response": response})
    path = folder / "passwords.har"
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    return path
