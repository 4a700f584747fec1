"""What is kept of a recording: calls and sessions, no headers, no cookies, no secrets. No browser is needed here."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlunsplit

from har2rpc.model import Exchange, Json, Where
from har2rpc.odoo import secret_fields, urls
from har2rpc.version import __version__

_INFO = re.compile(r"odoo\.(?:__session_info__|session_info)\s*=\s*")
_KEPT_FORM_FIELDS = ("login", "db")


class Tape:
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
        """Keeps one request and its answer; gives it cleaned, or None where it tells nothing of Odoo.

        `started` is ISO 8601 with an offset, `ms` the duration in milliseconds.
        """
        if not urls.worth_reading(url, http_method):
            return None
        path = urls.url_parts(url).path
        body = _clean_body(path, body) if http_method == "POST" else None
        page = _clean_page(answer) if http_method == "GET" else None
        if http_method == "GET" and page is None:
            return None
        if http_method == "POST":
            answer = _clean_answer(path, body, answer)
        kept = page if page is not None else answer
        exchange = Exchange(
            where=Where("recording", len(self._entries) + 1),
            url=_clean_url(url),
            http_method=http_method,
            body=body,
            status=status,
            answer=kept,
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


def _clean_url(url: str) -> str:
    """Without a user and password, and without the values of secret parameters."""
    parts = urls.url_parts(url)
    query = urlencode(
        [
            (key, secret_fields.MASK if secret_fields.is_secret_key(key) else value)
            for key, value in parse_qsl(parts.query)
        ],
        safe="*",
    )
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def _clean_body(path: str, body: str | None) -> str | None:
    parsed = _parsed(body)
    if parsed is None:  # a form: of the login page its login and database, of others nothing
        fields = [pair for pair in parse_qsl(body or "") if pair[0] in _KEPT_FORM_FIELDS]
        return urlencode(fields) if path.endswith("/web/login") and fields else None
    return json.dumps(_clean_params(path, parsed), ensure_ascii=False, separators=(",", ":"))


def _clean_params(path: str, body: Any) -> Any:
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict):
        return secret_fields.masked("", "", body)
    if path.endswith("/jsonrpc") and isinstance(params.get("args"), list):
        args = list(params["args"])
        if len(args) > 2:  # [db, uid or login, credential, …] of both services
            args[2] = secret_fields.MASK
        cleaned: Any = {**params, "args": args}
    elif "change_password" in path:
        cleaned = secret_fields.masked("res.users", "change_password", params)
    else:
        model, method = str(params.get("model", "")), str(params.get("method", ""))
        cleaned = {
            key: (
                secret_fields.masked(model, method, value)
                if key in ("args", "kwargs")
                else secret_fields.masked("", "", {key: value})[key]
            )
            for key, value in params.items()
        }
    return {**body, "params": cleaned}


def _clean_answer(path: str, body: str | None, answer: str | None) -> str | None:
    parsed = _parsed(answer)
    if parsed is None:
        return None
    sent = _parsed(body)
    params = sent.get("params") if isinstance(sent, dict) else None
    model = str(params.get("model", "")) if isinstance(params, dict) else ""
    return json.dumps(
        secret_fields.masked(model, "", parsed), ensure_ascii=False, separators=(",", ":")
    )


def _clean_page(html: str | None) -> str | None:
    """Of a page only its session info, without what is secret in it; None for a page without one."""
    found = _INFO.search(html or "")
    if not html or not found:
        return None
    try:
        info, _ = json.JSONDecoder().raw_decode(html, found.end())
    except (ValueError, RecursionError):
        return None
    text = json.dumps(secret_fields.masked("", "", info), ensure_ascii=False).replace("</", "<\\/")
    return f"<script>odoo.__session_info__ = {text};</script>"


def _parsed(text: str | None) -> Any:
    try:
        return json.loads(text or "")
    except (ValueError, RecursionError):
        return None
