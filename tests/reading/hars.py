"""HARs made of small dicts, and the plain walk over them that the reader is compared with."""

from __future__ import annotations

import base64
import io
import json
import warnings
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import pytest

from har2rpc.model import Exchange
from har2rpc.reading import read
from har2rpc.reading.files import document, spool, unwrap
from har2rpc.reading.har import entry as har_entry

CAPTURES = Path(__file__).parents[3] / "shared" / "captures"
SAMPLES = Path(__file__).parents[2] / "samples"

CALL = "http://odoo.test/web/dataset/call_kw/res.partner/web_search_read"


def entry(n: int = 1, **changes) -> dict:
    """A call as Chrome writes it; `changes` replaces members, None of them removes one."""
    params = {"args": [[n]], "note": 'a "quoted" {brace} \\ é 王'}
    body = json.dumps({"id": n, "params": params}, ensure_ascii=False)
    answer = json.dumps({"id": n, "result": {"har": '{\n      },\n      {\n  "url": "x"'}})
    raw_entry = {
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
    raw_entry.update(changes)
    return {key: value for key, value in raw_entry.items() if value is not None}


def asset(n: int = 1) -> dict:
    """A script: nothing that anyone asks for."""
    raw_entry = entry(n)
    raw_entry["request"] = {
        "method": "GET",
        "url": f"http://odoo.test/web/assets/{n}.js",
        "headers": [],
    }
    raw_entry["response"]["content"] = {"size": 9, "text": 'call("/web/dataset/call_kw/x");\n' * n}
    return raw_entry


def har(*entries, indent: int | str | None = 2, **log) -> bytes:
    """The bytes of a HAR with these entries."""
    pages = [{"startedDateTime": "2026-11-23T18:51:00.000Z", "id": "page_1", "title": "t"}]
    whole = {"log": {"version": "1.2", "pages": pages, **log, "entries": list(entries)}}
    separators = None if indent is not None else (",", ":")
    return json.dumps(whole, indent=indent, ensure_ascii=False, separators=separators).encode(
        "utf-8", "surrogatepass"
    )


def packed_in_zip(*members: tuple[str, bytes]) -> bytes:
    """The bytes of a zip with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def limit_memory(size: int, patch: pytest.MonkeyPatch) -> None:
    """Only documents up to this size stay in memory and are read with `json`; others are mapped, and read by msgspec."""
    for module in (document, har_entry, spool, unwrap):
        patch.setattr(module, "IN_MEMORY", size)


def map_nothing(patch: pytest.MonkeyPatch) -> None:
    """As in a browser's tab: no file can be mapped."""

    def refuse(*args: object, **more: object) -> None:
        raise OSError(19, "No such device")

    patch.setattr(document, "mmap", refuse)
    patch.setattr(document, "_PIECE", 1000)


def everything(url: str, method: str) -> bool:
    """For `interest_in`: all of it."""
    return True


def calls(url: str, method: str) -> bool:
    """For `interest_in`: what goes to a dataset."""
    return "/web/dataset/" in url


def reading(
    data: bytes, interest_in=everything, name: str = "c.har", again: bool = True
) -> tuple[list[Exchange], list[str]]:
    """What is read of these bytes, and the sentences on what is lost. Read `again`, it is the same."""
    sentences: list[str] = []
    exchanges = list(read(io.BytesIO(data), interest_in, name=name, report_damage=sentences.append))
    assert not again or exchanges == [exchange.again() for exchange in exchanges]
    return exchanges, sentences


def urls(exchanges: list[Exchange]) -> list[str]:
    return [exchange.url for exchange in exchanges]


def plain(raw_entry: dict) -> tuple:
    """What must be read of an undamaged entry: a second, naive way to the same facts."""
    request, response = raw_entry["request"], raw_entry.get("response") or {}
    post, content = request.get("postData") or {}, response.get("content") or {}
    body = post.get("text") or None
    if not body and "_file" not in post and post.get("params"):
        body = urlencode([(p["name"], p["value"]) for p in post["params"]])
    answer = content.get("text")
    if answer and content.get("encoding") == "base64":
        answer = base64.b64decode(answer).decode("utf-8", "replace")
    time = raw_entry.get("time")
    ms = float(time) if isinstance(time, (int, float)) and time >= 0 else None
    started = raw_entry.get("startedDateTime") or ""
    return (
        request["url"],
        request["method"],
        body,
        response.get("status") or 0,
        answer or None,
        started,
        ms,
    )


def facts(exchange: Exchange) -> tuple:
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
