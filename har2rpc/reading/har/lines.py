"""Entries that are blocks of lines, as Chrome, Firefox, Safari, mitmproxy and older Playwrights write them.

In JSON a raw newline cannot stand inside a string. So a newline followed by no more than the entries' indentation is
structure, whatever braces, escapes or quoted HARs the bodies hold, and so is a key at the start of a line. One search for
such lines passes over an entry: nothing between them is looked at. The one line that holds a body is most of a file, and
is passed over ten times faster, by looking for its end alone.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from har2rpc.reading.har.layout import Layout
from har2rpc.reading.json_spans import Data


class Block(NamedTuple):
    """An entry found by its lines. Url, method and started are None where the lines do not tell."""

    end: int
    url: str | None
    method: str | None
    started: str | None


class Lines:
    """Finds the blocks of one layout."""

    def __init__(self, layout: Layout) -> None:
        entry, step = re.escape(layout.indent), re.escape(layout.step)
        inner, rest = re.escape(layout.step[:1]), re.escape(layout.step[1:])
        key, deep = entry + step, entry + step + step
        # Every line no deeper than an entry's braces, the lines of two keys, and those that hold a body. Two negations,
        # because one search for them all takes a quarter less time than an alternative of both.
        self._stops = re.compile(
            rb'\n(?!%s%s(?!%s(?:"(?:request|startedDateTime)"|%s"text")))'
            % (entry, inner, rest, step + step)
        )
        self._body = re.compile(rb'\n%s"text"' % (deep + step))
        self._wanted = re.compile(rb'\n%s"(request|startedDateTime)"[ \t]*:[ \t]*' % key)
        self._close = re.compile(rb"\n%s\}(?=[\s,\]]|\Z)" % entry)
        self._key = re.compile(rb"\n(?!%s%s)" % (key, inner))
        self._told = re.compile(
            rb'\n%s"(url|method)"[ \t]*:[ \t]*("[^"\\]*+(?:\\.[^"\\]*+)*+")[ \t]*,?\r?(?=\n)' % deep
        )
        # Most writers begin a request with these two; then its headers need not be looked at.
        self._first = re.compile(
            rb'\{\r?\n%s"method"[ \t]*:[ \t]*"([A-Z]++)",\r?\n%s"url"[ \t]*:[ \t]*"([^"\\]++)",\r?\n'
            % (deep, deep)
        )
        self._opened = re.compile(rb"\{\r?\n%s\"" % key)
        self._before = b"\n" + layout.indent

    def block(self, data: Data, at: int, end: int) -> Block | None:
        """The entry whose `{` stands at `at`; None if it is not laid out like the first one, or damaged."""
        if not self._opened.match(data, at, end):
            return None
        if data[max(0, at - len(self._before)) : at] != self._before:
            return None
        request = started = None
        place = at
        while line := self._stops.search(data, place, end):
            wanted = self._wanted.match(data, line.start(), end)
            if not wanted:
                if not self._body.match(data, line.start(), end):
                    break
                place = _line_end(data, line.end(), end)
                continue
            place = wanted.end()
            if wanted[1] == b"startedDateTime":
                started = place
            elif request is None:
                request = place
            else:
                return None  # lost bytes have fused two entries, or a key stands twice
        else:
            return None
        close = self._close.match(data, line.start(), end)
        if not close:
            return None
        url, method = self._request(data, request, end) if request else (None, None)
        return Block(close.end(), url, method, started and _string(data, started, end))

    def _request(self, data: Data, at: int, end: int) -> tuple[str | None, str | None]:
        if first := self._first.match(data, at, end):
            return first[2].decode("utf-8", "replace"), first[1].decode()
        stop = self._key.search(data, at, end)
        told: dict[bytes, bytes] = {}
        for line in self._told.finditer(data, at, stop.start() + 1 if stop else end):
            told[line[1]] = line[2]
        return _text(told.get(b"url")), _text(told.get(b"method"))


def _line_end(data: Data, at: int, end: int) -> int:
    """Where the line ends; in pieces, because a map has no fast search of its own before Python 3.12."""
    while at < end:
        found = data[at : min(end, at + _PIECE)].find(b"\n")
        if found >= 0:
            return at + found
        at += _PIECE
    return end


_PIECE = 1 << 16
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"')


def _string(data: Data, at: int, end: int) -> str | None:
    found = _STRING.match(data, at, end)
    return _text(found[0]) if found else None


def _text(literal: bytes | None) -> str | None:
    if literal is None:
        return None
    text = literal.decode("utf-8", "replace")
    if "\\" not in text:
        return text[1:-1]
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return None
