"""A request's payload alone, as the Payload tab copies it: JSON-RPC bodies, or their `params`, one or several.

Nothing is known of the server they went to, and there are no answers. The keys of a body tell which of Odoo's routes it
belongs to (Odoo 12-19, addons/web/controllers/dataset.py), so that it is read like any other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Exchange, Har2rpcError, Where
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.clipboard.copied_text import LineNumbers, document_text
from har2rpc.reading.files.document import Document
from har2rpc.reading.json_spans import Data

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?[\s\0]*+[\[{](?!\s*+\"log\"\s*+:)")
_KEY = re.compile(rb'"(?:params|model)"\s*+:|"jsonrpc"[^{\[]{0,60}"(?:result|error)"\s*+:')
# Intended as JSON: the tree as it is drawn ({id: 5, jsonrpc: "2.0", …}), and quotes that a word processor bent.
_DRAWN = re.compile(rb"\{\s*+(?:[A-Za-z_]\w*+\s*+:|\xe2\x80[\x9c-\x9e])")
_SPACE = re.compile(r"[\s\0,;\ufeff]*")
_NEXT = re.compile(r"[{\[]")
_MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class _Payload:
    """The body of a request, and Odoo's route that takes such bodies."""

    route: str
    body: str


def recognizes(data: Data) -> bool:
    """Whether this is a payload: JSON with a call's keys in it, and not a HAR."""
    start = _BEGINNING.match(data, 0, min(len(data), 4096))
    if not start:
        return False
    return bool(
        _DRAWN.match(data, start.end() - 1) or _KEY.search(data, 0, min(len(data), 1 << 20))
    )


def exchanges(
    document: Document,
    interest_in: InterestIn,
    report_damage: ReportDamage,
    progress: ReportProgress | None,
) -> Iterator[Exchange]:
    """One Exchange for every payload; its url is the route alone.

    Raises Har2rpcError where there is none.
    """
    number = 0
    notes: list[str] = []
    for payload in _payloads(document_text(document, report_damage)):
        if isinstance(payload, str):
            notes.append(f"{document.name}: {payload}")
            if len(notes) == _MOST_NOTES:
                notes.append(f"{document.name}: the rest was not read")
                break
            continue
        number += 1
        yield Exchange(
            Where(document.name, number), payload.route, "POST", payload.body, is_copied=True
        )
    if not number:
        raise Har2rpcError(notes[0] if notes else f"{document.name}: holds no payload")
    for note in notes:
        report_damage(note)
    report_damage(
        f"{document.name}: a payload alone does not tell the server, nor what it answered; "
        'set ODOO_URL and ODOO_DB, or use "Copy as cURL"'
    )


def _payloads(text: str) -> Iterator[_Payload | str]:
    """Every payload in a text, and a sentence for what is none."""
    decode = json.JSONDecoder(strict=False).raw_decode
    at, lines = _after_space(text, 0), LineNumbers(text)
    while at < len(text):
        try:
            value, end = decode(text, at)
        except RecursionError:
            yield f"{lines.at(at)}: nested too deep to be a payload"
            return
        except ValueError as error:
            yield f"{lines.at(at)}: {_not_json_note(text, at, error)}"
            newline = text.find("\n", at)
            following = _NEXT.search(text, newline) if newline >= 0 else None
            at = following.start() if following else len(text)
            continue
        if isinstance(value, list):
            for element in value:
                yield _payload_or_note(element, json.dumps(element), lines.at(at))
        else:
            yield _payload_or_note(value, text[at:end], lines.at(at))
        at = _after_space(text, end)


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _payload_or_note(value: Any, source: str, line: str) -> _Payload | str:
    """What a decoded value is; `source` is its JSON."""
    if not isinstance(value, dict):
        return f"{line}: no JSON object, and so no payload"
    if "result" in value or "error" in value:
        return f"{line}: an answer, not a request; copy from the Payload tab, not from Response or Preview"
    params = value.get("params")
    if isinstance(params, dict):
        route = _route(params)
        return _Payload(route, source) if route else f"{line}: {_not_a_call_note(params)}"
    if route := _route(value):
        return _Payload(route, f'{{"params":{source}}}')
    return f"{line}: {_not_a_call_note(value)}"


def _route(params: dict[str, Any]) -> str | None:
    args = params.get("args")
    if "service" in params and "args" in params:
        return "/jsonrpc"
    if "model" not in params:
        return None
    if "method" in params:
        if "kwargs" in params:
            return "/web/dataset/call_kw"
        # Odoo 12 sends a button's context as the last argument, and /web/dataset/call has none.
        last = args[-1] if isinstance(args, list) and args else None
        is_button = isinstance(last, dict) and not {"lang", "tz", "uid"}.isdisjoint(last)
        return "/web/dataset/call_button" if is_button else "/web/dataset/call"
    if "ids" in params:
        return "/web/dataset/resequence"
    if "id" in params:
        return "/web/dataset/load"
    return "/web/dataset/search_read" if {"domain", "fields"} & params.keys() else None


def _not_a_call_note(params: dict[str, Any]) -> str:
    keys = ", ".join(list(params)[:6]) or "nothing"
    return f"no call of a model (it has {keys}); copy the whole payload: view source, then Copy"


def _not_json_note(text: str, at: int, error: ValueError) -> str:
    head = text[at : at + 200].encode("utf-8", "surrogatepass")
    if b"\xe2\x80\x9c" in head or b"\xe2\x80\x9d" in head or b"\xe2\x80\x9e" in head:
        return "the quotes are typographic, as word processors write them; copy it again into a plain text file"
    if _DRAWN.match(head):
        return "the tree as it is drawn, shortened and no JSON; choose view source, then Copy"
    line = getattr(error, "lineno", 0)
    return f"no JSON ({getattr(error, 'msg', error)} in line {line}); copy the payload again"
