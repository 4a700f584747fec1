"""What is no secret stays: in lists, in code, and in a redacted file, which is then the same byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, har, page, run, search, targets

from har2rpc import pipeline
from security.harmless_values import FIELDS, VALUES

ARGUMENTS: dict[str, Any] = {
    "values": [[7], {name: f"{n} of it" for n, name in enumerate(FIELDS)}],
    "numbers": [[7], dict.fromkeys(("x_api_key", "user_password", "token_count", "x_pin"), 4711)],
    "switches": [[7], {"password": False, "pin": True, "api_key": "", "token": 0, "otp": 1}],
    "texts": [[7], list(VALUES)],
    "relations": [[7], {"session_id": [7, "POS/7"], "token_ids": [[6, 0, [1, 2]]], "api_key_ids": [1]}],
    "names": [[7], FIELDS, ["session_id", "name", "state"], ["access_token", "id", "name"]],
    "specification": [[7], {"access_token": {}, "password": {}, "session_id": {"fields": {"name": {}}}}],
    "domain": [[["session_id", "ilike", "POS/7"], ["token_count", ">", 4711], ["code", "=", "A7"]]],
    "description": [[7], {"password": {"type": "char", "string": "Password", "readonly": False}}],
    "parameter": [[7], {"key": "web.base.url", "value": "https://odoo.example"}],
}  # fmt: skip


def test_there_are_enough() -> None:
    assert len(FIELDS) + len(VALUES) >= 200 and len(set(FIELDS)) == len(FIELDS)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("harmless") / "harmless.har"
    entries = [call("x.y", "act", tuple(args), result=args[1:]) for args in ARGUMENTS.values()]
    path.write_text(json.dumps(har(page(), search(), *entries), indent=2), "utf-8")
    return path


def test_nothing_of_it_is_masked(path: Path) -> None:
    calls = json.loads(run("list", "--json", "--all", path).stdout)[1:]
    assert [*ARGUMENTS.values()] == [one["args"] for one in calls]
    opened = pipeline.open_capture([path])
    assert [args[1:] for args in ARGUMENTS.values()] == [one.fetch() for one in opened.calls[1:]]


@pytest.mark.parametrize("target", targets())
def test_nothing_of_it_is_asked_for(target: str, path: Path) -> None:
    opened = pipeline.open_capture([path])
    steps = pipeline.actions(opened, opened.calls)
    assert [] == [param for step in steps for param in step.inputs if param.type == "secret"]
    assert "***" not in pipeline.render(opened, steps, target=target)


def test_redact_changes_nothing(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "safe.har"
    result = run("redact", path, "-o", target)
    assert 0 == result.exit_code, result.stderr
    assert path.read_bytes() == target.read_bytes()
    assert 0 == run("redact", "--check", path).exit_code
