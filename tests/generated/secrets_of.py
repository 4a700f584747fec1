"""Every secret that stands in a capture, collected with plain json: none of them may come out again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from plain_walk import body_of, entries_of

SHORTEST = 4
_KEY = re.compile(
    r"passw|passwd|pwd|secret|token|api_?key|session_id|authorization|private_key|^sid$",
    re.IGNORECASE,
)
_IN_HTML = re.compile(
    r"""["']?(?:csrf_token|browser_cache_secret|session_id|access_token)["']?\s*[:=]\s*["']([^"']+)"""
)
# Set by hand in the demo databases; shorter words than real ones, and also logins and names.
_ALSO_LOGINS = {"admin", "demo"}


@cache
def secrets_of(path: Path) -> set[str]:
    """Passwords, session ids, tokens and keys of a capture."""
    entries, read_member = entries_of(path)
    found: set[str] = set()
    for entry in entries:
        request, response = entry["request"], entry.get("response") or {}
        posted, content = request.get("postData"), response.get("content")
        for part in (request, response):
            found.update(_in_headers(part))
        if "form" in (posted or {}).get("mimeType", ""):
            found.update(value for key, value in parse_qsl(_text(posted)) if _KEY.search(key))
        for part in (posted, content):
            found.update(_in_json(body_of(part, read_member)))
            found.update(_IN_HTML.findall(_text(part)))
        found.update(_in_calls(body_of(posted, read_member)))
    return {value for value in found if len(value) >= SHORTEST and value not in ("false", "None")}


def leaked(secrets: set[str], text: str) -> list[str]:
    """Those that stand in a text; one that is also a login counts only as a literal of its own."""
    found = []
    for secret in sorted(secrets):
        spelled = {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
        if secret in _ALSO_LOGINS:
            spelled = {f'"{secret}"', f"'{secret}'", f'\\"{secret}\\"'}
        found += [secret for one in spelled if one in text][:1]
    return found


def _text(part: Any) -> str:
    return (part or {}).get("text") or ""


def _in_headers(part: dict[str, Any]) -> Iterator[str]:
    for cookie in part.get("cookies") or ():
        if _KEY.search(cookie["name"]):
            yield cookie["value"]
    for header in part.get("headers") or ():
        name, value = header["name"].lower(), header["value"]
        if name in ("cookie", "set-cookie"):
            yield from re.findall(r"(?:session_id|token)=([^;\s]+)", value)
        elif _KEY.search(name) or name == "x-api-key":
            yield value.rpartition(" ")[2]


def _in_json(value: Any) -> Iterator[str]:
    """Texts under a key that names a secret, anywhere."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str) and _KEY.search(key):
                yield item
            else:
                yield from _in_json(item)
    elif isinstance(value, list):
        for item in value:
            yield from _in_json(item)


def _in_calls(body: Any) -> Iterator[str]:
    """The third argument of `/jsonrpc` is a password, and so is everything of change_password."""
    params = body.get("params") if isinstance(body, dict) else None
    args = params.get("args") if isinstance(params, dict) else None
    if not isinstance(args, list):
        return
    if params.get("service") in ("object", "common"):
        yield from [value for value in args[2:3] if isinstance(value, str)]
    if params.get("method") == "change_password":
        yield from [value for value in args if isinstance(value, str)]
