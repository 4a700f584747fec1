"""Finds where the entries of a HAR begin, and the layout of the file: an entry is a block of lines, or all are on one line."""

from __future__ import annotations

import re
from typing import NamedTuple

from har2rpc.reading.json_spans import Data, after_space, member, value_end

# An unescaped quote cannot stand inside of a JSON string, so these are keys wherever they match.
_ENTRIES = re.compile(rb'(?<!\\)"entries"\s*+:\s*+\[')
_LOG = re.compile(rb'(?<!\\)"log"\s*+:\s*+\{')
_FIRST_KEYS = re.compile(
    rb"startedDateTime|pageref|request|time|_initiator|_connectionId|_priority|_resourceType|_id"
    rb"|cache|connection|serverIPAddress|_fromCache|_securityState|_monotonicTime|_frameref"
)
_OPENING = re.compile(rb'\{\s*+"(?:' + _FIRST_KEYS.pattern + rb')"\s*+:')
_START = re.compile(rb"(?:\xef\xbb\xbf)?[\s\0]*+(?:[\w.$]++\s*+\(\s*+)?\{")  # a BOM, a JSONP call

_FIRST_KEY = re.compile(rb'\{(\s*+)"([^"\\]++)"\s*+:')
_LINES = re.compile(rb"\n([ \t]++)\{\r?\n([ \t]++)\Z")


def first_element(data: Data, at: int, end: int) -> int | None:
    """The position behind the `[` of `log.entries`, searched from `at` on; None if there is no such place.

    Followed from the root where the file lets us. Where it is damaged before the entries, the key alone tells, and
    without the key the first object that begins as entries do.
    """
    root = _START.match(data, at, end)
    if root:
        log = member(data, root.end() - 1, end, "log")
        if log is not None and data[log : log + 1] == b"{":
            entries = member(data, log, end, "entries")
            if entries is not None:
                return entries + 1 if data[entries : entries + 1] == b"[" else None
    if key := _ENTRIES.search(data, at, end):
        return key.end()
    return next_entry(data, at, end)


def next_entry(data: Data, at: int, end: int) -> int | None:
    """The next object that begins as entries do and has a request: where to go on behind a damage.

    Its first key has unescaped quotes, so it never stands inside a string that is whole.
    """
    reach = end
    for opening in _OPENING.finditer(data, at, end):
        start = opening.start()
        stop = min(search_bound(data, start, end), start + reach)
        if member(data, start, stop, "request") is not None:
            return start
        # Thousands of brackets that nothing closes must not cost a long search each.
        reach = max(512, min(reach, stop - start) // 2)
    return None


def bounded_end(data: Data, at: int, end: int, reach: int) -> int | None:
    """`value_end`, looking no further than an entry can be expected to go, and `reach`."""
    # Most values are short, and looking for the bound costs more than looking for their end.
    near = value_end(data, at, min(end, at + min(reach, 65_536)))
    if near or reach <= 65_536:
        return near
    return value_end(data, at, min(search_bound(data, at, end), at + reach))


def search_bound(data: Data, at: int, end: int) -> int:
    """How far to look for the end of an entry at `at`: with a quote lost, it would be the end of the file each time."""
    after_opening = at + 1
    for _ in range(8):
        opening = _OPENING.search(data, after_opening, end)
        if not opening:
            return end
        after_opening = opening.end()
    return min(end, max(after_opening, at + (16 << 20)))


def next_log(data: Data, at: int, end: int) -> int | None:
    """The position behind the `[` of the entries of another HAR behind the first one."""
    log = _LOG.search(data, at, end)
    entries = member(data, log.end() - 1, end, "entries") if log else None
    return entries + 1 if entries is not None and data[entries : entries + 1] == b"[" else None


class Layout(NamedTuple):
    """How the first entry is written; the others are expected to be written like it, and checked."""

    marker: bytes | None = None
    """What an entry begins with, if that can begin nothing else: `{"startedDateTime":`."""
    indent: bytes | None = None
    """The white space before an entry's `{`, where entries are blocks of lines."""
    step: bytes = b""
    """What a deeper level has in addition."""

    @classmethod
    def of(cls, data: Data, at: int, end: int) -> Layout:
        """The layout of the entry at or shortly behind `at`."""
        first = _FIRST_KEY.match(data, after_space(data, at, end), end)
        is_entry = first is not None and _FIRST_KEYS.fullmatch(first[2]) is not None
        if not is_entry and (opening := _OPENING.search(data, at, min(end, at + (1 << 20)))):
            first, is_entry = _FIRST_KEY.match(data, opening.start(), end), True
        if not first:
            return cls()
        marker = _marker(first) if is_entry else None
        before = data[max(0, first.start() - 256) : first.start(2) - 1]
        lines = _LINES.search(before)
        if lines and lines[2].startswith(lines[1]) and len(lines[2]) > len(lines[1]):
            return cls(marker, lines[1], lines[2][len(lines[1]) :])
        return cls(marker)

    def for_entry(self, data: Data, at: int, end: int) -> Layout:
        """The same with the beginning of the entry at `at`: behind another browser's entries follow ones like it."""
        if self.marker is None or data[at : at + len(self.marker)] == self.marker:
            return self
        first = _FIRST_KEY.match(data, at, end)
        is_entry = first is not None and _FIRST_KEYS.fullmatch(first[2])
        return self._replace(marker=_marker(first)) if first and is_entry else self


def _marker(first: re.Match[bytes]) -> bytes | None:
    """What entries begin with, by the first key of one: headers and initiators may hold a request of their own."""
    return first[0] if first[2] != b"request" else None
