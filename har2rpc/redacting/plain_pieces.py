"""Pieces of an entry that repeat in hundreds of others: headers, and the call stack of a request.

A piece without a secret stays as it is written: it is checked once, and entries are decoded without it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from har2rpc.redacting.findings import Findings
from har2rpc.redacting.har_entries import EntryRedactor, Parts, no_attachment
from har2rpc.redacting.long_texts import LongTexts

# Of printable ASCII.
_STRING = rb'"[ !#-\[\]-~]*+(?:\\["\\/][ !#-\[\]-~]*+)*+"'
# One up to its last brace, and what stands before it in the list.
_HEADER = re.compile(
    rb'[\[,\s]*+(\{\s*+"name"\s*+:\s*+'
    + _STRING
    + rb'\s*+,\s*+"value"\s*+:\s*+'
    + _STRING
    + rb"\s*+)"
)
_COLON = re.compile(rb"\s*+:\s*+")
_LONGEST_HEADER = 1_024  # bytes
_LONGEST_INITIATOR = 16_384


class _Message(msgspec.Struct):
    headers: msgspec.Raw = msgspec.Raw(b"")


class _Entry(msgspec.Struct, rename={"initiator": "_initiator"}):
    request: _Message = msgspec.field(default_factory=_Message)
    response: _Message = msgspec.field(default_factory=_Message)
    initiator: msgspec.Raw = msgspec.Raw(b"")


_decode = msgspec.json.Decoder(_Entry).decode


def plain_pieces(piece: bytes) -> Iterator[tuple[int, int]]:
    """The start and end of parts of an entry's JSON that have nothing to replace and nothing doubtful.

    Only those of the entry itself, its request and its response: what has such a key elsewhere as well is gone through.
    """
    try:
        entry = _decode(piece)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return
    lists = [bytes(side.headers) for side in (entry.request, entry.response) if side.headers]
    places = [*_values_of(b'"headers"', piece)]
    if len(places) == len(lists):
        for at in places:
            for headers in lists:
                if piece.startswith(headers, at):
                    yield from _plain_headers(headers, at)
                    break
    if not 0 < len(entry.initiator) <= _LONGEST_INITIATOR:
        return
    places = [*_values_of(b'"_initiator"', piece)]
    raw = bytes(entry.initiator)
    if len(places) == 1 and piece.startswith(raw, places[0]) and _is_plain_initiator(raw):
        yield places[0], places[0] + len(raw)


def _values_of(key: bytes, piece: bytes) -> Iterator[int]:
    """Where the value begins under each key of this name. Quotes are escaped in strings: with bare ones it is a key."""
    at = piece.find(key)
    while at >= 0:
        at += len(key)
        if colon := _COLON.match(piece, at):
            yield colon.end()
        at = piece.find(key, at)


def _plain_headers(headers: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Runs of them in this list, which begins here in its entry."""
    start = 0
    for header in headers.split(b"}")[:-1]:
        end = at + len(header) + 1
        if begin := len(header) <= _LONGEST_HEADER and _is_plain_header(header):
            start = start or at + begin - 1
        elif start:
            yield start, at
            start = 0
        at = end
    if start:
        yield start, at


@lru_cache(maxsize=8192)
def _is_plain_header(header: bytes) -> int:
    """Behind which byte it begins, if it is plain; 0 if it is not, or not written as exporters do."""
    match = _HEADER.fullmatch(header)
    is_plain = match and _is_plain(b'{"request": {"headers": [%b}]}}' % match[1])
    return match.start(1) + 1 if match and is_plain else 0


@lru_cache(maxsize=1024)
def _is_plain_initiator(raw: bytes) -> bool:
    return _is_plain(b'{"_initiator": %b}' % raw)


def _is_plain(raw: bytes) -> bool:
    probe, repeating = Findings(b""), False

    def as_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal repeating
        value = dict(pairs)
        repeating = repeating or len(value) < len(pairs)
        return value

    try:
        entry = json.loads(raw, object_pairs_hook=as_object)
        EntryRedactor(probe, no_attachment).redact(entry, LongTexts(b"{}", "?"), Parts())
    except (ValueError, RecursionError):
        return False
    return not (repeating or probe.changes or probe.doubts())
