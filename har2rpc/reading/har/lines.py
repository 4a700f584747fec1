"""Finds entries that are blocks of lines, as Chrome, Firefox, Safari, mitmproxy and older Playwrights write them.

A JSON string cannot contain a raw newline. So a newline followed by at most the entries' indentation is structure, whatever
braces, escapes or quoted HARs the bodies contain, and so is a key at the start of a line. One search for such lines skips
an entry without looking at anything between them. The line with a body is most of a file; it is skipped ten times faster,
by searching only for its end.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from har2rpc.reading.json_spans import Data

_PIECE = 1 << 16
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_STRING_HERE = re.compile(_STRING)


class Block(NamedTuple):
    """An entry found by its lines. Url, method and started are None where the lines do not tell."""

    end: int
    url: str | None
    method: str | None
    started: str | None


class BlockFinder:
    """Finds the entries of one layout (see `Layout` for `indent` and `step`)."""

    def __init__(self, indent: bytes, step: bytes) -> None:
        entry, level = re.escape(indent), re.escape(step)
        inner, rest = re.escape(step[:1]), re.escape(step[1:])
        key, deep = entry + level, entry + level + level
        # Every line no deeper than an entry's braces, the lines of two keys, and those that hold a body. Two negations,
        # because one search for them all takes a quarter less time than an alternative of both.
        self._stop_line = re.compile(
            rb'\n(?!%s%s(?!%s(?:"(?:request|startedDateTime)"|%s"text")))'
            % (entry, inner, rest, level + level)
        )
        self._body_line = re.compile(rb'\n%s"text"' % (deep + level))
        self._entry_key = re.compile(rb'\n%s"(request|startedDateTime)"[ \t]*:[ \t]*' % key)
        self._entry_end = re.compile(rb"\n%s\}(?=[\s,\]]|\Z)" % entry)
        self._request_end = re.compile(rb"\n(?!%s%s)" % (key, inner))
        self._request_member = re.compile(
            rb'\n%s"(url|method)"[ \t]*:[ \t]*(%s)[ \t]*,?\r?(?=\n)' % (deep, _STRING)
        )
        # Most writers begin a request with these two; then its headers need not be looked at.
        self._request_start = re.compile(
            rb'\{\r?\n%s"method"[ \t]*:[ \t]*"([A-Z]++)",\r?\n%s"url"[ \t]*:[ \t]*"([^"\\]++)",\r?\n'
            % (deep, deep)
        )
        self._entry_start = re.compile(rb"\{\r?\n%s\"" % key)
        self._before_entry = b"\n" + indent

    def block(self, data: Data, at: int, end: int) -> Block | None:
        """The entry whose `{` stands at `at`; None if it is not laid out like the first one, or damaged."""
        if not self._entry_start.match(data, at, end):
            return None
        if data[max(0, at - len(self._before_entry)) : at] != self._before_entry:
            return None
        request = started = None
        here = at
        while line := self._stop_line.search(data, here, end):
            key = self._entry_key.match(data, line.start(), end)
            if not key:
                if not self._body_line.match(data, line.start(), end):
                    break
                here = _line_end(data, line.end(), end)
                continue
            here = key.end()
            if key[1] == b"startedDateTime":
                started = here
            elif request is None:
                request = here
            else:
                return None  # lost bytes have fused two entries, or a key stands twice
        else:
            return None
        close = self._entry_end.match(data, line.start(), end)
        if not close:
            return None
        url, method = self._url_and_method(data, request, end) if request else (None, None)
        return Block(close.end(), url, method, _string_at(data, started, end) if started else None)

    def _url_and_method(self, data: Data, at: int, end: int) -> tuple[str | None, str | None]:
        """Those of the request whose `{` stands at `at`."""
        if start := self._request_start.match(data, at, end):
            return start[2].decode("utf-8", "replace"), start[1].decode()
        stop = self._request_end.search(data, at, end)
        literals: dict[bytes, bytes] = {}
        for member in self._request_member.finditer(data, at, stop.start() + 1 if stop else end):
            literals[member[1]] = member[2]
        method = _string_value(literals.get(b"method"))
        return _string_value(literals.get(b"url")), method and method.strip().upper()


def _line_end(data: Data, at: int, end: int) -> int:
    """Where the line ends; in pieces, because a map has no fast search of its own before Python 3.12."""
    while at < end:
        newline = data[at : min(end, at + _PIECE)].find(b"\n")
        if newline >= 0:
            return at + newline
        at += _PIECE
    return end


def _string_at(data: Data, at: int, end: int) -> str | None:
    literal = _STRING_HERE.match(data, at, end)
    return _string_value(literal[0]) if literal else None


def _string_value(literal: bytes | None) -> str | None:
    """The text of a JSON string; None where it is not a valid one."""
    if literal is None:
        return None
    text = literal.decode("utf-8", "replace")
    if "\\" not in text:
        return text[1:-1]
    try:
        value: str = json.loads(text, strict=False)
    except ValueError:
        return None
    return value
