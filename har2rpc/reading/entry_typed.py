"""The fields of an entry, decoded by msgspec: what it skips costs a nanosecond a byte, and no memory.

It refuses all of an entry for a lone surrogate or a control character anywhere in it: then None is given, and `json` asked.
"""

from __future__ import annotations

from typing import Any

import msgspec

from har2rpc.reading.entry_json import Fields, response_of


class _Request(msgspec.Struct):
    method: Any = None
    url: Any = None
    postData: Any = None
    bodySize: Any = None


class _Entry(msgspec.Struct):
    request: _Request
    response: msgspec.Raw = msgspec.Raw(b"null")  # decoded only for the entries that are wanted
    startedDateTime: Any = None
    time: Any = None


class _Response(msgspec.Struct):
    status: Any = None
    content: Any = None


_entry = msgspec.json.Decoder(_Entry).decode
_response = msgspec.json.Decoder(_Response).decode
_REFUSED = (msgspec.MsgspecError, UnicodeError, RecursionError)


def typed_fields(piece: Any) -> Fields | None:
    """The fields of the entry in `piece` (bytes or a view of bytes), or None where msgspec does not take it."""
    try:
        entry = _entry(piece)
    except _REFUSED:
        return None
    raw, request = entry.response, entry.request

    def response() -> dict | None:
        try:
            found = _response(raw)
        except _REFUSED:
            return response_of(bytes(raw))
        return {"status": found.status, "content": found.content}

    return Fields(
        url=request.url,
        method=request.method,
        post=request.postData,
        body_size=request.bodySize,
        started=entry.startedDateTime,
        time=entry.time,
        response=response,
    )
