"""Headers and stacks without secrets stay as they are written; those with one, and what only looks like them, do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call

from redacting.redacting import entries_of, redacted, redacted_text

SECRET = "Sx7hunter2Planted0"
PLAIN = {"name": "Accept", "value": 'text/html; q="1"'}
COOKIE = {"name": "Cookie", "value": f"session_id={SECRET}"}
STACK = {
    "type": "script",
    "stack": {"callFrames": [{"url": "http://o.test/a.js", "lineNumber": 1}]},
}
TOKEN_STACK = json.loads(json.dumps(STACK).replace("a.js", f"a.js?access_token={SECRET}"))
LISTS = {
    "first": [COOKIE, PLAIN, PLAIN],
    "between": [PLAIN, COOKIE, PLAIN],
    "last": [PLAIN, PLAIN, COOKIE],
    "two": [COOKIE, PLAIN, COOKIE],
    "alone": [COOKIE],
    "brace": [{"name": "X}", "value": "}"}, COOKIE, {"name": "x", "value": "} , {"}],
    "comment": [{**PLAIN, "comment": f"password: {SECRET}"}, COOKIE],
    "turned": [{"value": COOKIE["value"], "name": "Cookie"}, PLAIN],
    "no header": ["Cookie", 1, None, COOKIE],
}


def _with(request: dict[str, Any], **members: Any) -> dict[str, Any]:
    entry = call("res.partner", "read", [[1]])
    entry["request"].update(request)
    return {**entry, **members}


@pytest.mark.parametrize("indent", [None, 2], ids=["one line", "indented"])
@pytest.mark.parametrize("headers", LISTS.values(), ids=LISTS)
def test_secrets_go_and_plain_headers_stay(
    headers: list[Any], indent: int | None, tmp_path: Path
) -> None:
    entries = [_with({"headers": headers}), _with({"headers": [PLAIN]})]
    har = {"log": {"version": "1.2", "creator": {}, "entries": entries}}
    text = redacted_text(tmp_path, json.dumps(har, indent=indent))
    left = entries_of(text)[0]["request"]["headers"]
    assert SECRET not in text
    assert len(left) == len(headers)
    assert left.count(PLAIN) == headers.count(PLAIN)


TOKEN = {"name": "Session", "value": SECRET[::-1]}
STRANGE: dict[str, Any] = {
    "storage": {"_localStorage": {"headers": [{"name": "a", "value": SECRET[::-1]}]}},
    "elsewhere": {"headers": [TOKEN]},
    "of another request": {"request": {"headers": [PLAIN, TOKEN], "cookies": [TOKEN]}},
    "no list": {"headers": TOKEN},
}


def _redacted_entry(folder: Path, entry: str) -> str:
    return redacted_text(
        folder, '{"log": {"version": "1.2", "creator": {}, "entries": [' + entry + "]}}"
    )


@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_what_only_looks_like_headers_of_the_entry_is_gone_through(
    value: Any, tmp_path: Path
) -> None:
    text = _redacted_entry(tmp_path, json.dumps(_with({"headers": [PLAIN]}, _x=value)))
    assert SECRET[::-1] not in text


@pytest.mark.parametrize("lists", [[[COOKIE], [PLAIN]], [[PLAIN], [COOKIE]]])
def test_a_secret_in_either_of_two_lists_of_a_request_goes(
    lists: list[Any], tmp_path: Path
) -> None:
    first, second = map(json.dumps, lists)
    entry = json.dumps(_with({"headers": json.loads(second)}))
    entry = entry.replace('"headers": ', f'"headers": {first}, "headers": ', 1)
    assert SECRET not in _redacted_entry(tmp_path, entry)


def test_a_stack_with_a_token_is_gone_through(tmp_path: Path) -> None:
    entries = [_with({}, _initiator=stack) for stack in (STACK, TOKEN_STACK, STACK)]
    entries.append(_with({}, _sessionStorage={"_initiator": {"a": SECRET[::-1]}}))
    text = redacted(tmp_path, *entries)
    assert SECRET not in text
    assert SECRET[::-1] not in text
    assert [STACK, STACK] == [entries_of(text)[n]["_initiator"] for n in (0, 2)]
