"""The fields of an entry, decoded by msgspec: what it skips costs a nanosecond a byte, and no memory.

It refuses all of an entry for a lone surrogate or a control character in what we use: then None is given, and `json` asked.
The text of an answer, most of what is ours in a capture, stays as it is written until somebody asks for it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from har2rpc.model import Json
from har2rpc.reading.har.entry_fields import Fields, value_of


class _Request(msgspec.Struct):
    method: Any = None
    url: Any = None
    postData: Any = None
    bodySize: Any = None


_WRITTEN = {"file": "_file", "textBase64": "_textBase64"}  # names as they stand in the file


class _Content(msgspec.Struct, rename=_WRITTEN):
    text: msgspec.Raw = msgspec.Raw(b"null")
    size: Any = None
    encoding: Any = None
    encodig: Any = None
    file: Any = None
    textBase64: Any = None
    comment: Any = None


class _Response(msgspec.Struct):
    status: Any = None
    content: _Content | None = None


class _Entry(msgspec.Struct):
    request: _Request
    response: _Response | None = None
    startedDateTime: Any = None
    time: Any = None


_entry = msgspec.json.Decoder(_Entry).decode
_value = msgspec.json.Decoder().decode
_REFUSED = (msgspec.MsgspecError, UnicodeError, RecursionError)

_LONG = 16_384  # bytes of an answer, from which on decoding less than all of it pays
_BEGINNING = 4_096


def typed_fields(piece: Any) -> Fields | None:
    """The fields of the entry in `piece` (bytes or a view of bytes), or None where msgspec does not take it."""
    try:
        entry = _entry(piece)
    except _REFUSED:
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
        content=lambda: content and _as_dict(content),
        beginning=lambda: content and _beginning(content),
    )


def _as_dict(content: _Content) -> dict[str, Json]:
    try:
        text = _value(content.text)
    except _REFUSED:
        text = value_of(bytes(content.text))
    members = {**msgspec.structs.asdict(content), "text": text}
    return {_WRITTEN.get(name, name): value for name, value in members.items()}


def _beginning(content: _Content) -> str | None:
    """How a long JSON object begins that is plain text and whole (a cut one does not end in a bracket)."""
    literal = memoryview(content.text)
    if len(literal) < _LONG or content.encoding or content.encodig:
        return None
    if literal[:2] != b'"{' or literal[-2:] != b'}"':
        return None
    head = bytes(literal[:_BEGINNING])
    cut = head.rfind(b",")  # which stands in no escape, and in no letter of UTF-8
    try:
        return _value(head[:cut] + b'"') if cut > 0 else None
    except _REFUSED:
        return None
