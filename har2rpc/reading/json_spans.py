"""Finds where JSON values begin and end in raw bytes, without decoding them.

It counts brackets outside of strings and does not recurse, so depth costs nothing; what a strict parser rejects (NaN, lone
surrogates, control characters, invalid UTF-8) does not matter. `data` is anything that `re` searches and that
slices to bytes: `bytes`, an `mmap`, or a `bytearray` (in a browser's tab). Positions are byte offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from mmap import mmap
from typing import TypeAlias

Data: TypeAlias = bytes | bytearray | mmap

# Possessive, and an unfinished string runs to the end: without that, every quote in the tail of a cut file would
# start a search to the end of its own.
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+'
_TOKEN = re.compile(_STRING + rb'(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_WHOLE_STRING = re.compile(_STRING + rb'"', re.DOTALL)
_SCALAR = re.compile(rb"-?[A-Za-z0-9][A-Za-z0-9.+\-]*")
_KEY = re.compile(rb"[\s,]*+(" + _STRING + rb'")\s*+:\s*+', re.DOTALL)
_SPACE = re.compile(rb"\s*+")

_OPENING, _CLOSING = frozenset(b"{["), frozenset(b"}]")
_QUOTE = ord('"')


def after_space(data: Data, at: int, end: int) -> int:
    """The first position from `at` on that holds no white space (or `end`)."""
    space = _SPACE.match(data, at, end)
    return space.end() if space else end


def value_end(data: Data, at: int, end: int) -> int | None:
    """Where the value that begins at `at` ends; None if nothing begins there or it is not finished before `end`."""
    first = data[at] if at < end else None
    if first in _OPENING:
        return _bracketed_end(data, at, end)
    value = (_WHOLE_STRING if first == _QUOTE else _SCALAR).match(data, at, end)
    return value.end() if value else None


def _bracketed_end(data: Data, at: int, end: int) -> int | None:
    depth = 0
    for token in _TOKEN.finditer(data, at, end):
        kind = data[token.start()]
        if kind in _OPENING:
            depth += 1
        elif kind in _CLOSING:
            depth -= 1
            if not depth:
                return token.end()
    return None


def members(data: Data, at: int, end: int) -> Iterator[tuple[str, int]]:
    """The keys of the object that begins at `at`, each with the position of its value, lazily.

    A value is skipped only when the next key is needed. Stops at the object's end, or where it is damaged.
    """
    at += 1
    while key := _KEY.match(data, at, end):
        name = key[1][1:-1].decode("utf-8", "replace")
        yield name, key.end()
        stop = value_end(data, key.end(), end)
        if stop is None:
            return
        at = stop


def member(data: Data, at: int, end: int, name: str) -> int | None:
    """The position of the value of the first key `name` of the object at `at`; None if it has none."""
    for key, value in members(data, at, end):
        if key == name:
            return value
    return None
