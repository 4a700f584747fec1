"""The fields of an entry that we use, decoded from its JSON: fast, then patiently, then piece by piece.

msgspec is several times faster and refuses what browsers do write (lone surrogates, control characters); `json` takes
those and refuses depth; the last one decodes only the members we use, and those before a damage.
"""

from __future__ import annotations

from typing import Any

from har2rpc.model import Json
from har2rpc.reading.har.entry_fields import Fields, _patient
from har2rpc.reading.json_spans import members, value_end

DAMAGED = "the entry is damaged behind its request"


def fields_of(piece: Any, fast: bool, damaged_too: bool) -> Fields | None:
    """The fields of the entry in `piece` (bytes or a view of bytes); None if it is damaged.

    `fast` is for large files: it imports msgspec, which pays from some megabytes on.
    """
    if fast:
        from har2rpc.reading.har.entry_msgspec import (
            typed_fields,  # here, because msgspec takes 20 ms to import
        )

        if typed := typed_fields(piece):
            return typed
    try:
        entry = _patient.decode(str(piece, "utf-8", "replace"))
    except (ValueError, RecursionError, MemoryError):
        return _by_piece(bytes(piece)) if damaged_too else None
    return _from_dict(entry)


def _from_dict(entry: Json) -> Fields:
    request = response = None
    if isinstance(entry, dict):
        request, response = entry.get("request"), entry.get("response")
    else:
        entry = {}
    request = request if isinstance(request, dict) else {}
    response = response if isinstance(response, dict) else {}
    return Fields(
        url=request.get("url"),
        method=request.get("method"),
        post=request.get("postData"),
        body_size=request.get("bodySize"),
        started=entry.get("startedDateTime"),
        time=entry.get("time"),
        status=response.get("status"),
        content=lambda: response.get("content"),
    )


def _by_piece(piece: bytes) -> Fields:
    """The members we use of an entry that cannot be decoded as a whole, up to where its structure is damaged."""
    wanted = {
        "request": {"method": (), "url": (), "bodySize": (), "postData": ()},
        "response": {"status": (), "content": ()},
        "startedDateTime": (),
        "time": (),
    }
    entry, broken_at = _pick(piece, 0, wanted)
    fields = _from_dict(entry)
    if broken_at is not None:
        fields.note = DAMAGED
    return fields


def _pick(piece: bytes, at: int, wanted: Any) -> tuple[dict, int | None]:
    """The wanted members of the object at `at`, and where it is broken (None: nowhere)."""
    found: dict[str, Json] = {}
    end = len(piece)
    if piece[at : at + 1] != b"{":
        return found, at
    last = at
    for name, start in members(piece, at, end):
        stop = last = value_end(piece, start, end)
        if stop is None:
            return found, start
        if name not in wanted:
            continue
        if isinstance(wanted, dict) and wanted[name] and piece[start : start + 1] == b"{":
            found[name], broken = _pick(piece, start, wanted[name])
            if broken is not None:
                return found, broken
            continue
        try:
            found[name] = _patient.decode(str(piece[start:stop], "utf-8", "replace"))
        except (ValueError, RecursionError, MemoryError):
            found.pop(name, None)
    tail = piece[last + (last == at) : end].lstrip(b" \t\r\n,")
    return found, None if tail[:1] == b"}" else last
