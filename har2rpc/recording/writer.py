"""Writes the HAR of a recording: calls and sessions, without headers, cookies and secrets. Needs no browser."""

from __future__ import annotations

import json

from har2rpc.model import Exchange, Json, Where
from har2rpc.odoo import urls
from har2rpc.recording.cleaning import clean_answer, clean_body, clean_page, clean_url
from har2rpc.version import __version__


class HarWriter:
    """Collects entries of a HAR; each is cleaned before it is kept."""

    def __init__(self) -> None:
        self._entries: list[dict[str, Json]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def add(
        self,
        *,
        url: str,
        http_method: str,
        body: str | None,
        status: int,
        answer: str | None,
        started: str,
        ms: float,
    ) -> Exchange | None:
        """Keeps one request and its answer; returns it cleaned, or None if it has nothing to do with Odoo.

        `started` is ISO 8601 with an offset, `ms` the duration in milliseconds.
        """
        if not urls.interest_in(url, http_method):
            return None
        path = urls.url_parts(url).path
        page = clean_page(answer) if http_method == "GET" else None
        if http_method == "GET" and page is None:
            return None
        if http_method == "POST":
            answer, body = clean_answer(path, body, answer), clean_body(path, body)
        else:
            body = None
        exchange = Exchange(
            where=Where("recording", len(self._entries) + 1),
            url=clean_url(url),
            http_method=http_method,
            body=body,
            status=status,
            answer=answer if page is None else page,
            started=started,
            ms=ms,
        )
        self._entries.append(_entry(exchange, "text/html" if page else "application/json"))
        return exchange

    def har(self) -> str:
        """The HAR 1.2 text of what was kept, indented as browsers write it."""
        creator = {"name": "har2rpc record", "version": __version__}
        log = {"version": "1.2", "creator": creator, "pages": [], "entries": self._entries}
        return json.dumps({"log": log}, indent=2, ensure_ascii=False) + "\n"


def _entry(exchange: Exchange, mime_type: str) -> dict[str, Json]:
    request: dict[str, Json] = {
        "method": exchange.http_method,
        "url": exchange.url,
        "httpVersion": "HTTP/1.1",
        "headers": [],
        "queryString": [],
        "cookies": [],
        "headersSize": -1,
        "bodySize": len((exchange.body or "").encode()),
    }
    if exchange.body is not None:
        request["postData"] = {"mimeType": "application/json", "text": exchange.body}
    content: dict[str, Json] = {
        "size": len((exchange.answer or "").encode()),
        "mimeType": mime_type,
    }
    if exchange.answer is not None:
        content["text"] = exchange.answer
    return {
        "startedDateTime": exchange.started,
        "time": exchange.ms,
        "request": request,
        "response": {
            "status": exchange.status,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "headers": [],
            "cookies": [],
            "content": content,
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": exchange.ms or 0, "receive": 0},
    }
