"""The requests of "Copy as fetch" (Chrome, Firefox, Safari) and "Copy as fetch (Node.js)": calls with JSON arguments."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from har2rpc.reading.clipboard.copied_text import LineNumbers, Request, RequestOrNote

_Decode: TypeAlias = Callable[[str, int], tuple[Any, int]]  # `json.JSONDecoder.raw_decode`

_START = re.compile(r"(?:^|(?<=[;\s=]))(?:window\.|globalThis\.)?fetch\s*\(\s*")
_NEXT_CALL = re.compile(r"^(?:await )?fetch\(", re.MULTILINE)
_OPTIONS = re.compile(r"\s*,\s*")
_CLOSING = re.compile(r"[\s,]*\)[ \t]*;?")
_MOST_FAILED = 500  # what is wrong is counted in lines from the beginning, each time
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_COMMENT = r"//[^\n]*+"
# "Edit and resend" of Chrome 2026 comments the headers out that a page must not set: what is left is JSON with comments
# and a comma too many.
_NOT_JSON = re.compile(rf"({_STRING})|{_COMMENT}|,(?=(?:\s|{_COMMENT})*+[}}\]])", re.DOTALL)
_BRACKET = re.compile(rf"{_STRING}|{_COMMENT}|[{{}}\[\]]", re.DOTALL)


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of the calls in a text, and a sentence for what is none."""
    at = failed = 0
    lines, decode = LineNumbers(text), json.JSONDecoder().raw_decode
    while start := _START.search(text, at):
        try:
            url, at = decode(text, start.end())
            options: Any = {}
            if comma := _OPTIONS.match(text, at):
                options, at = _decode_options(text, comma.end(), decode)
        except (ValueError, RecursionError):
            at = start.end()
            failed += 1
            if failed > _MOST_FAILED:
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
        yield f"{lines.at(at)}: {len(rest)} characters that are no fetch passed over"


def _decode_options(text: str, at: int, decode: _Decode) -> tuple[Any, int]:
    """The options that begin here, JSON or JSON with comments, and where they end. Raises ValueError for others."""
    try:
        return decode(text, at)
    except ValueError:
        end = _object_end(text, at)
        plain = _NOT_JSON.sub(lambda match: match[1] or "", text[at:end])
        options, _ = decode(plain, 0)
        return options, end


def _object_end(text: str, at: int) -> int:
    """Where the object that begins here ends. Raises ValueError if it does not."""
    depth = 0
    # No JSON string crosses a line's end: what begins the next line as a call is one.
    following = _NEXT_CALL.search(text, at)
    for token in _BRACKET.finditer(text, at, following.start() if following else len(text)):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
        if depth <= 0:
            return token.end()
    raise ValueError("not closed")


def _request(url: str, options: dict[str, Any]) -> Request:
    method, body = options.get("method"), options.get("body")
    method = method.upper() if isinstance(method, str) and method else "GET"
    if body is None or isinstance(body, str):
        return Request(url, method, body)
    return Request(url, method, note="the request's body is not written as text")
