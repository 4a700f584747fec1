"""The fields of an entry, decoded by msgspec: what it skips costs a nanosecond a byte, and no memory.

It refuses all of an entry for a lone surrogate or a control character in what we use: then `json` reads it. The text of
an answer, most of what is ours in a capture, stays as it is written until somebody needs it.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from har2rpc.model import Json
from har2rpc.reading.har.entry_fields import REFUSED, Fields, Piece, decode_leniently


class _Request(msgspec.Struct):
    method: Any = None
    url: Any = None
    postData: Any = None
    bodySize: Any = None


_NAMES_IN_FILE = {"file": "_file", "textBase64": "_textBase64"}


_NULL = msgspec.Raw(b"null")


class _Content(msgspec.Struct, rename=_NAMES_IN_FILE):
    text: msgspec.Raw = _NULL
    size: Any = None
    encoding: Any = None
    encodig: Any = None
    file: Any = None
    textBase64: Any = None
    comment: Any = None


class _Response(msgspec.Struct):
    status: Any = None
    headers: msgspec.Raw = _NULL
    content: _Content | None = None


class _Entry(msgspec.Struct):
    request: _Request
    response: _Response | None = None
    startedDateTime: Any = None
    time: Any = None


_decode_entry = msgspec.json.Decoder(_Entry).decode
_decode_value = msgspec.json.Decoder().decode
_REFUSED_BY_MSGSPEC = (msgspec.MsgspecError, UnicodeError, RecursionError)

_OF_A_FILE = re.compile(rb"content-disposition", re.IGNORECASE)
_LONG = 16_384  # bytes of an answer, from which on decoding less than all of it pays
_HEAD = 4_096


def read_typed_fields(piece: Piece) -> Fields | None:
    """The fields of the entry in `piece`, or None where msgspec refuses it."""
    try:
        entry = _decode_entry(piece)
    except _REFUSED_BY_MSGSPEC:
        return None
    request, response = entry.request, entry.response or _Response()
    content = response.content
    return Fields(
        url=request.url,
        method=request.method,
        post=request.postData,
        body_size=request.bodySize,
        started=entry.startedDateTime,
        time=entry.time,
        status=response.status,
        content=lambda: _as_dict(content) if content else None,
        answer_head=lambda: _answer_head(content) if content else None,
        headers=lambda: _headers(response.headers),
    )


def _headers(literal: msgspec.Raw) -> Json:
    """The headers where one of them says that the answer is a file; None for all others, which is told at once."""
    if not _OF_A_FILE.search(memoryview(literal)):
        return None
    try:
        return decode_leniently(memoryview(literal))
    except REFUSED:
        return None


def _as_dict(content: _Content) -> dict[str, Json]:
    try:
        text = _decode_value(content.text)
    except _REFUSED_BY_MSGSPEC:
        try:
            text = decode_leniently(bytes(content.text))
        except REFUSED:
            text = None
    members = {**msgspec.structs.asdict(content), "text": text}
    return {_NAMES_IN_FILE.get(name, name): value for name, value in members.items()}


def _answer_head(content: _Content) -> str | None:
    """How a long JSON object begins that is plain text and whole (a cut one does not end in a bracket)."""
    literal = memoryview(content.text)
    if len(literal) < _LONG or content.encoding or content.encodig:
        return None
    if bytes(literal[:2]) != b'"{' or bytes(literal[-2:]) != b'}"':
        return None
    head = bytes(literal[:_HEAD])
    comma = head.rfind(b",")  # which stands in no escape, and in no letter of UTF-8
    if comma <= 0:
        return None
    try:
        text: str = _decode_value(head[:comma] + b'"')
    except _REFUSED_BY_MSGSPEC:
        return None
    return text
