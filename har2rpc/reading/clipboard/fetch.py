"""Reads the requests of "Copy as fetch" (Chrome, Firefox, Safari) and "Copy as fetch (Node.js)": calls with JSON arguments."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from har2rpc.reading.clipboard.copied_text import (
    LineNumbers,
    Patience,
    Request,
    RequestOrNote,
)

_START = re.compile(r"(?:^|(?<=[;\s=]))(?:window\.|globalThis\.)?fetch\s*\(\s*")
_NEXT_CALL = re.compile(r"^(?:await )?fetch\(", re.MULTILINE)
_OPTIONS = re.compile(r"\s*,\s*")
_CLOSING = re.compile(r"[\s,]*\)[ \t]*;?")
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_COMMENT = r"//[^\n]*+"
# "Edit and resend" of Chrome 2026 comments the headers out that a page must not set: what is left is JSON with comments
# and a comma too many.
_NOT_JSON = re.compile(rf"({_STRING})|{_COMMENT}|,(?=(?:\s|{_COMMENT})*+[}}\]])", re.DOTALL)
_URL = re.compile(_STRING, re.DOTALL)
_BRACKET = re.compile(rf"{_STRING}|{_COMMENT}|[{{}}\[\]]", re.DOTALL)


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of the calls in a text, and a sentence for each piece that is not one."""
    at = 0
    lines = LineNumbers(text)
    patience, ends = Patience(text), _Ends(text)
    while start := _START.search(text, at):
        at = start.end()
        limit = ends.next_call(at)
        try:
            url, at = _decode_url(text, at, limit)
            options: Any = {}
            if comma := _OPTIONS.match(text, at):
                options, at = _decode_options(text, comma.end(), limit)
        except (ValueError, RecursionError):
            at = start.end()
            if not patience.lasts(limit - at):
                yield f"{lines.at(at)}: too many calls that cannot be read; the rest was left out"
                return
            quote = text[at : at + 1] in "'`"
            reason = f"quoted by {text[at : at + 1]}, browsers write JSON" if quote else "no JSON"
            yield Request(
                "", note=f"{lines.at(at)}: the arguments of fetch are {reason}; copy it again"
            )
            continue
        if closing := _CLOSING.match(text, at):
            at = closing.end()
        if isinstance(url, str) and isinstance(options, dict):
            yield _request(url, options)
        else:
            yield Request("", note=f"{lines.at(start.start())}: fetch without a URL")
    rest = text[at:].strip()
    if rest and not rest.startswith((".", "/", "}")):  # .then(…), a comment
        yield f"{lines.at(at)}: {len(rest)} characters skipped that are not a fetch"


class _Ends:
    """Where the arguments of a call end at the latest: no JSON string crosses a line's end, and what begins the next line as
    a call is one. Asked from front to back, so that a long text is searched once."""

    def __init__(self, text: str) -> None:
        self._text, self._next = text, -1

    def next_call(self, at: int) -> int:
        """The first call at the beginning of a line, from here on; else the text's end."""
        if self._next < at:
            following = _NEXT_CALL.search(self._text, at)
            self._next = following.start() if following else len(self._text)
        return self._next


def _decode_url(text: str, at: int, limit: int) -> tuple[Any, int]:
    """The URL that begins here, and where it ends. Raises ValueError if it is not a JSON string."""
    written = _URL.match(text, at, limit)
    if written is None:
        raise ValueError("no string")
    return json.loads(written[0]), written.end()


def _decode_options(text: str, at: int, limit: int) -> tuple[Any, int]:
    """The options that begin here, JSON or JSON with comments, and where they end; None if it is not an object.

    Raises ValueError for others. What is decoded is cut out first: an error of `json` counts the lines of the whole text.
    """
    if text[at : at + 1] not in ("{", "["):
        return None, at
    end = _object_end(text, at, limit)
    written = text[at:end]
    try:
        return json.loads(written), end
    except ValueError:
        return json.loads(_NOT_JSON.sub(lambda match: match[1] or "", written)), end


def _object_end(text: str, at: int, limit: int) -> int:
    """Where the object that begins here ends. Raises ValueError if it does not before the limit."""
    depth = 0
    for token in _BRACKET.finditer(text, at, limit):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        if depth <= 0:
            return token.end()
    raise ValueError("not closed")


def request_of(arguments: list[Any]) -> Request | None:
    """The request of these arguments of a call; None without a URL."""
    if not arguments or not isinstance(arguments[0], str):
        return None
    options = arguments[1] if len(arguments) > 1 and isinstance(arguments[1], dict) else {}
    body = options.get("body")
    if isinstance(body, (dict, list)):  # JSON.stringify({…})
        options = {**options, "body": json.dumps(body)}
    elif type(body) is not str and isinstance(body, str):
        return Request(arguments[0], "POST", note="the request's body is in a variable")
    if options.get("body") is not None and not options.get("method"):
        options = {**options, "method": "POST"}  # which stands in a variable
    return _request(arguments[0], options)


def _request(url: str, options: dict[str, Any]) -> Request:
    method, body = options.get("method"), options.get("body")
    method = method.upper() if isinstance(method, str) and method else "GET"
    if body is None or isinstance(body, str):
        return Request(url, method, body)
    return Request(url, method, note="the request's body is not written as text")
