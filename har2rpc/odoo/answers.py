"""What an answer tells: the outcome of a call, its result, the ids it made.

HTTP 200 may carry an error, and a method that returns None answers without a `result` (Odoo 12-19, `odoo/http.py`).
"""

from __future__ import annotations

import json
import re

from har2rpc.model import Call, Exchange, Json, Outcome

# The usual beginning of an answer: enough to tell the outcome of a large one without parsing it.
_HEAD = re.compile(
    r'\s*\{\s*"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*(?:-?\d+|null)\s*,\s*"(result|error)"\s*:'
)
_LONGEST_LINE = 200  # characters
_LARGE = 4_096  # characters; parsing a smaller answer costs less than 0.05 ms
_EXCEPTION = re.compile(r"[a-z_][a-z_0-9]{0,39}(?:\.[A-Za-z_]{1,40}){1,4}")
_FIRST_ID = re.compile(r'\s*\[?\s*\{?\s*(?:"id"\s*:)?\s*(\d+)\s*[,\]}]')


def outcome_of(exchange: Exchange) -> Outcome:
    """Told from the answer: HTTP 200 may carry an error, and no `result` at all means None."""
    text = exchange.answer
    if not text:
        return "missing"
    is_whole = exchange.abridged or (len(text) > _LARGE and text.rstrip().endswith("}"))
    if is_whole and (head := _HEAD.match(text)):
        return "ok" if head[1] == "result" else "error"
    try:
        answer = json.loads(_whole(exchange) or "null")
    except (ValueError, RecursionError):
        return "missing"
    if not isinstance(answer, dict):
        return "missing"
    if "result" in answer:
        return "ok"
    return "error" if answer.get("error") else "none" if "jsonrpc" in answer else "missing"


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
    """The recorded `result`; None where there is none."""
    try:
        answer = json.loads(_whole(exchange) or "null")
    except (ValueError, RecursionError):
        return None
    return answer.get("result") if isinstance(answer, dict) else None


def refusal_of(exchange: Exchange) -> tuple[str, str]:
    """The exception that Odoo refused a call with (`odoo.exceptions.UserError`), and the first line of what it said.

    Both are "" where it did not. What an exception of Odoo's own says is for the user, who was shown it; all others have
    no words here. They may repeat any value of the call, secrets as well: who keeps them asks first whether it had any.
    """
    try:
        answer = json.loads(_whole(exchange) or "null")
    except (ValueError, RecursionError):
        return "", ""
    error = answer.get("error") if isinstance(answer, dict) else None
    data = error.get("data") if isinstance(error, dict) else None
    name = data.get("name") if isinstance(data, dict) else None
    if not (isinstance(data, dict) and isinstance(name, str) and _EXCEPTION.fullmatch(name)):
        return "", ""
    words = data.get("message")
    if not (name.startswith("odoo.exceptions.") and isinstance(words, str)):
        words = ""
    return name, _first_line(words)


def _first_line(text: str) -> str:
    """The first line that is not empty, its spaces single, cut where it is long."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def method_result(call: Call) -> Json:
    """What the method itself returned: two routes of Odoo 12-16 wrap it in an object of their own."""
    result = call.fetch()
    if call.route == "/web/dataset/search_read" and isinstance(result, dict):
        return result.get("records")
    if call.route == "/web/dataset/load" and isinstance(result, dict):
        return [result["value"]] if result.get("value") else []
    return result


def _whole(exchange: Exchange) -> str | None:
    return exchange.again().answer if exchange.abridged and exchange.again else exchange.answer
