"""HARs made of small dicts, and the plain walk over them that the reader is compared with."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from har2rpc.model import Exchange
from har2rpc.reading import read
from har2rpc.reading.files import document, unwrap
from har2rpc.reading.har import entry as entry_of_har

CAPTURES = Path(__file__).parents[3] / "shared" / "captures"
SAMPLES = Path(__file__).parents[2] / "samples"

CALL = "http://odoo.test/web/dataset/call_kw/res.partner/web_search_read"


def entry(n: int = 1, **changes) -> dict:
    """A call as Chrome writes it; `changes` replaces members, None of them removes one."""
    params = {"args": [[n]], "note": 'a "quoted" {brace} \\ é 王'}
    body = json.dumps({"id": n, "params": params}, ensure_ascii=False)
    answer = json.dumps({"id": n, "result": {"har": '{\n      },\n      {\n  "url": "x"'}})
    made = {
        "_initiator": {
            "type": "script",
            "url": "http://odoo.test/app.js",
            "stack": {"callFrames": []},
        },
        "request": {
            "method": "POST",
            "url": f"{CALL}?{n}",
            "headers": [{"name": "Cookie", "value": "session_id=secret"}],
            "bodySize": len(body),
            "postData": {"mimeType": "application/json", "text": body},
        },
        "response": {
            "status": 200,
            "headers": [],
            "content": {"size": len(answer), "mimeType": "application/json", "text": answer},
        },
        "startedDateTime": f"2026-11-23T18:51:{n % 60:02}.449Z",
        "time": 12.5 + n,
    }
    made.update(changes)
    return {key: value for key, value in made.items() if value is not None}


def asset(n: int = 1) -> dict:
    """A script: nothing that anyone asks for."""
    made = entry(n)
    made["request"] = {"method": "GET", "url": f"http://odoo.test/web/assets/{n}.js", "headers": []}
    made["response"]["content"] = {"size": 9, "text": 'call("/web/dataset/call_kw/x");\n' * n}
    return made


def har(*entries, indent: int | str | None = 2, **log) -> bytes:
    """The bytes of a HAR with these entries."""
    pages = [{"startedDateTime": "2026-11-23T18:51:00.000Z", "id": "page_1", "title": "t"}]
    whole = {"log": {"version": "1.2", "pages": pages, **log, "entries": list(entries)}}
    separators = None if indent is not None else (",", ":")
    return json.dumps(whole, indent=indent, ensure_ascii=False, separators=separators).encode(
        "utf-8", "surrogatepass"
    )


def hold(size: int, patch: pytest.MonkeyPatch) -> None:
    """Only documents up to this size stay in memory and are read with `json`; others are mapped, and read by msgspec."""
    for room in (document, entry_of_har, unwrap):
        patch.setattr(room, "IN_MEMORY", size)


def everything(url: str, method: str) -> bool:
    """For `worth_reading`: all of it."""
    return True


def calls(url: str, method: str) -> bool:
    """For `worth_reading`: what goes to a dataset."""
    return "/web/dataset/" in url


def reading(
    data: bytes, worth=everything, name: str = "c.har", again: bool = True
) -> tuple[list[Exchange], list[str]]:
    """What is read of these bytes, and what is said to be lost. Read `again`, it is the same."""
    lost: list[str] = []
    exchanges = list(read(io.BytesIO(data), worth, name=name, lost=lost.append))
    assert not again or exchanges == [exchange.again() for exchange in exchanges]
    return exchanges, lost


def urls(exchanges: list[Exchange]) -> list[str]:
    return [exchange.url for exchange in exchanges]


def plain(made: dict) -> tuple:
    """What must be read of an undamaged entry: a second, naive way to the same facts."""
    request, response = made["request"], made.get("response") or {}
    post, content = request.get("postData") or {}, response.get("content") or {}
    body = post.get("text") or None
    if not body and "_file" not in post and post.get("params"):
        body = urlencode([(p["name"], p["value"]) for p in post["params"]])
    answer = content.get("text")
    if answer and content.get("encoding") == "base64":
        answer = base64.b64decode(answer).decode("utf-8", "replace")
    time = made.get("time")
    ms = float(time) if isinstance(time, (int, float)) and time >= 0 else None
    started = made.get("startedDateTime") or ""
    return (
        request["url"],
        request["method"],
        body,
        response.get("status") or 0,
        answer or None,
        started,
        ms,
    )


def told(exchange: Exchange) -> tuple:
    """The same facts of an Exchange."""
    return (
        exchange.url,
        exchange.http_method,
        exchange.body,
        exchange.status,
        exchange.answer,
        exchange.started,
        exchange.ms,
    )
