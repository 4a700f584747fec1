"""Cuts long texts out of an entry's JSON, so that unchanged ones are neither decoded nor held twice.

A quote inside a JSON string is escaped, so `"text":` with bare quotes is a key wherever it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

_TEXT_KEY = re.compile(rb'"(?:text|_textBase64)"\s*+:\s*+(?=")')
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_LONG = 8_192  # bytes


class _Holder(msgspec.Struct, rename={"packed": "_textBase64"}):
    text: msgspec.Raw = msgspec.Raw(b"")
    packed: msgspec.Raw = msgspec.Raw(b"")


class _Request(msgspec.Struct):
    postData: _Holder | None = None


class _Response(msgspec.Struct):
    content: _Holder | None = None


class _Entry(msgspec.Struct):
    request: _Request
    response: _Response | None = None


_decode_entry = msgspec.json.Decoder(_Entry).decode
_decode_text = msgspec.json.Decoder(str).decode


class LongTexts:
    """An entry's JSON with placeholders for its long texts, and these as they are written.

    Other pieces, which nobody changes, are cut out as well: values of JSON, or some of a list.
    """

    def __init__(self, piece: bytes, nonce: str, others: Iterable[tuple[int, int]] = ()) -> None:
        self.piece = piece
        self._prefix = f"har2rpc-text-{nonce}-"
        self._spans: list[tuple[int, int]] = []
        self._new_texts: dict[int, str] = {}
        parts, done = [], 0
        for start, end in sorted([*_long_spans(piece), *others]):
            if start < done:
                continue
            parts += [piece[done:start], f'"{self._prefix}{len(self._spans)}"'.encode()]
            self._spans.append((start, end))
            done = end
        self.short_json = b"".join([*parts, piece[done:]]) if parts else piece
        """The entry, small enough to be decoded as a whole."""

    def number(self, value: object) -> int | None:
        """The number of the long text that a placeholder stands for; None for any other value."""
        if not isinstance(value, str) or not value.startswith(self._prefix):
            return None
        number = int(value.removeprefix(self._prefix))
        return number if number < len(self._spans) else None

    def literal(self, number: int) -> memoryview:
        """A long text as it is written, its quotes included."""
        start, end = self._spans[number]
        return memoryview(self.piece)[start:end]

    def text(self, number: int) -> str:
        """The text, decoded."""
        literal = self.literal(number)
        try:
            return _decode_text(literal)
        except (msgspec.MsgspecError, UnicodeError):  # half an emoji, a control character
            text: str = json.loads(str(literal, "utf-8", "replace"), strict=False)
            return text

    def current(self, number: int) -> str:
        """The text as it will be written."""
        return self._new_texts[number] if number in self._new_texts else self.text(number)

    def replace(self, number: int, text: str) -> None:
        """Replaces this text with another one."""
        self._new_texts[number] = text

    def parts(self, encoded_entry: str) -> list[bytes | memoryview]:
        """The bytes of the entry, piece by piece, with the long texts in their places."""
        parts: list[bytes | memoryview] = []
        for n, part in enumerate(re.split(f'"{self._prefix}(\\d+)"', encoded_entry)):
            if n % 2 == 0:
                parts.append(encoded(part))
            elif int(part) in self._new_texts:
                parts.append(encoded(json.dumps(self._new_texts[int(part)], ensure_ascii=False)))
            else:
                parts.append(self.literal(int(part)))
        return parts


def encoded(json_text: str) -> bytes:
    """JSON text as UTF-8; half an emoji, which UTF-8 cannot encode, is an escape."""
    return json_text.encode("utf-8", "backslashreplace")


def _long_spans(piece: bytes) -> Iterator[tuple[int, int]]:
    """Where the long texts of an entry begin and end. msgspec finds their ends ten times faster than an expression."""
    if len(piece) < _LONG:
        return
    try:
        entry: Any = _decode_entry(piece)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        entry = None
    ends = None if entry is None else [*_literals(entry)]
    done = 0
    for key in _TEXT_KEY.finditer(piece):
        start = key.end()
        if start < done:
            continue
        if ends is None:
            literal = _STRING.match(piece, start)
            end = literal.end() if literal else start
        else:
            end = next((start + len(raw) for raw in ends if _stands_at(piece, start, raw)), start)
        if end - start >= _LONG:
            yield start, end
            done = end


def _literals(entry: _Entry) -> Iterator[memoryview]:
    response = entry.response or _Response()
    for holder in (entry.request.postData, response.content):
        for raw in (holder.text, holder.packed) if holder is not None else ():
            literal = memoryview(raw)
            if bytes(literal[:1]) == b'"':
                yield literal


def _stands_at(piece: bytes, start: int, raw: memoryview) -> bool:
    end = start + len(raw)
    return piece[start : start + 64] == raw[:64] and piece[max(start, end - 64) : end] == raw[-64:]
