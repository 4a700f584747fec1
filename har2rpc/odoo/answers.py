"""Reads answers: the outcome of a call, its result, the ids that it created.

HTTP 200 may carry an error, and a method that returns None answers without a `result` (Odoo 12-19, `odoo/http.py`). JSON-2
answers with the result alone, or refuses by the HTTP status (19 `odoo/http.py`, Json2Dispatcher).
"""

from __future__ import annotations

import json
import re

from har2rpc.model import Call, Exchange, Json, Outcome, Part, whole
from har2rpc.odoo.routes import is_json2, xml_rpc_service

# The usual beginning of an answer: enough to tell the outcome of a large one without parsing it.
_HEAD = re.compile(
    r'\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(?:-?\d+|null)\s*,\s*"(result|error)"\s*:'
)
_LONGEST_LINE = 200  # characters
_FIRST_REFUSAL = 400  # JSON-2 refuses by the HTTP status
_LARGE = 4_096  # characters; parsing a smaller answer costs less than 0.05 ms
_EXCEPTION = re.compile(r"[a-z_][a-z_0-9]{0,39}(?:\.[A-Za-z_]{1,40}){1,4}")
_FIRST_ID = re.compile(r'\s*\[?\s*\{?\s*(?:"id"\s*:)?\s*(\d+)\s*[,\]}]')


def outcome_of(exchange: Exchange) -> Outcome:
    """The outcome: HTTP 200 may carry an error, and an answer without `result` means None."""
    text = exchange.answer
    if not text:
        return "missing"
    is_whole = exchange.abridged or (len(text) > _LARGE and text.rstrip().endswith("}"))
    if is_whole and (head := _HEAD.match(text)):
        return "ok" if head[1] == "result" else "error"
    answer = answer_body(exchange)
    if answer is None:
        return "missing"
    if "result" in answer:
        return "ok"
    return "error" if answer.get("error") else "none" if "jsonrpc" in answer else "missing"


def http_outcome(exchange: Exchange) -> str:
    """What came instead of an answer: a proxy's rejection, a redirect to the login, a page; "" if the file has nothing."""
    status, text = exchange.status, (exchange.answer or "")[:_LARGE]
    if 300 <= status < _FIRST_REFUSAL:
        return f"HTTP {status} (login?)"
    if status >= _FIRST_REFUSAL:
        return f"HTTP {status}"
    if status and text.lstrip()[:1] == "<":
        return f"HTTP {status}, a page" + (" (login?)" if "/web/login" in text else "")
    return ""


def answer_body(exchange: Exchange) -> dict[str, Json] | None:
    """The answer as a JSON-RPC object, whatever its protocol; None if it is not an Odoo answer."""
    if xml_rpc_service(exchange.url):
        from har2rpc.odoo import xml_messages

        return xml_messages.answer_body(_whole(exchange) or "")
    try:
        answer = json.loads(_whole(exchange) or "{}")
    except (ValueError, RecursionError):
        return None
    if is_json2(exchange.url) and exchange.answer:
        if exchange.status < _FIRST_REFUSAL:
            return {"jsonrpc": "2.0"} if answer is None else {"result": answer}
        return {"error": {"data": answer}} if isinstance(answer, dict) else None
    return answer if isinstance(answer, dict) else None


def result_ids(exchange: Exchange) -> tuple[int, ...]:
    """The ids in a creating call's answer: an int, a list of ints, `[id, name]`, or read-back records.

    Of a large answer only the first record's id is looked at: it is the one that was saved.
    """
    text = exchange.answer or ""
    if (exchange.abridged or len(text) > _LARGE) and (head := _HEAD.match(text)):
        first = _FIRST_ID.match(text, head.end())
        return (int(first[1]),) if first else ()
    result = result_of(exchange)
    if isinstance(result, bool):
        return ()
    if isinstance(result, int):
        return (result,)
    if isinstance(result, list):
        ids = [item.get("id") if isinstance(item, dict) else item for item in result]
        return tuple(i for i in ids if isinstance(i, int) and not isinstance(i, bool))
    return ()


def result_of(exchange: Exchange) -> Json:
    """The recorded `result`; None if there is none."""
    answer = answer_body(exchange)
    return answer.get("result") if answer else None


def refusal_of(exchange: Exchange) -> tuple[str, str]:
    """The exception that Odoo refused a call with (`odoo.exceptions.UserError`), and the first line of what it said.

    Both are "" where it did not. What it said may repeat any value of the call, secrets as well: who keeps it asks first
    whether the call had any.
    """
    answer = answer_body(exchange)
    error = answer.get("error") if answer else None
    data = error.get("data") if isinstance(error, dict) else None
    name = data.get("name") if isinstance(data, dict) else None
    if not (isinstance(data, dict) and isinstance(name, str) and _EXCEPTION.fullmatch(name)):
        return "", ""
    words = data.get("message")
    return name, _first_line(words) if isinstance(words, str) else ""


def _first_line(text: str) -> str:
    """The first line that is not empty, with single spaces, cut if it is long."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def method_result(call: Call, part: Part = whole) -> Json:
    """What the method itself returned, or a part of it: two routes of Odoo 12-16 wrap it in an object of their own."""
    if part is whole:
        return _unwrapped(call.route, call.fetch())
    return call.fetch(lambda result: part(_unwrapped(call.route, result)))


def _unwrapped(route: str, result: Json) -> Json:
    if route == "/web/dataset/search_read" and isinstance(result, dict):
        return result.get("records")
    if route == "/web/dataset/load" and isinstance(result, dict):
        return [result["value"]] if result.get("value") else []
    return result


def _whole(exchange: Exchange) -> str | None:
    return exchange.again().answer if exchange.abridged and exchange.again else exchange.answer
