"""Decodes the fields of an entry that har2rpc uses: fast, then leniently, then member by member.

msgspec is several times faster, but rejects what some browsers write (lone surrogates, control characters). `json` accepts
these, but rejects deep nesting. The last way decodes only the members that are used, up to the first damage.
"""

from __future__ import annotations

from typing import TypeAlias

from har2rpc.model import Json
from har2rpc.reading.har.entry_fields import REFUSED, Fields, Piece, decode_leniently
from har2rpc.reading.json_spans import members, value_end

DAMAGED = "the entry is damaged behind its request"

_Tree: TypeAlias = dict[str, "_Tree"]
# The members to decode, with those inside of them; {} stands for the whole value.
_ENTRY_MEMBERS: _Tree = {
    "request": {"method": {}, "url": {}, "bodySize": {}, "postData": {}},
    "response": {"status": {}, "headers": {}, "content": {}},
    "startedDateTime": {},
    "time": {},
}


def read_fields(piece: Piece, fast: bool, damaged_too: bool) -> Fields | None:
    """The fields of the entry in `piece`; None if it is damaged.

    `fast` is for large files: it imports msgspec, which pays from some megabytes on. With `damaged_too`, a damaged
    entry gives the fields before its damage, and says so in `note`.
    """
    if fast:
        # Here, because msgspec takes 20 ms to import.
        from har2rpc.reading.har.entry_msgspec import read_typed_fields

        if fields := read_typed_fields(piece):
            return fields
    try:
        entry = decode_leniently(piece)
    except REFUSED:
        return _read_member_by_member(bytes(piece)) if damaged_too else None
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
        headers=lambda: response.get("headers"),
    )


def _read_member_by_member(piece: bytes) -> Fields:
    """The members we use of an entry that cannot be decoded as a whole, up to where its structure is damaged."""
    entry, broken_at = _pick_members(piece, 0, _ENTRY_MEMBERS)
    fields = _from_dict(entry)
    if broken_at is not None:
        fields.note = DAMAGED
    return fields


def _pick_members(piece: bytes, at: int, tree: _Tree) -> tuple[dict[str, Json], int | None]:
    """The members of `tree` that the object at `at` has, and where it is broken (None: nowhere)."""
    values: dict[str, Json] = {}
    end = len(piece)
    if piece[at : at + 1] != b"{":
        return values, at
    last = at
    for name, start in members(piece, at, end):
        stop = value_end(piece, start, end)
        if stop is None:
            return values, start
        last = stop
        if name not in tree:
            continue
        if tree[name] and piece[start : start + 1] == b"{":
            values[name], broken_at = _pick_members(piece, start, tree[name])
            if broken_at is not None:
                return values, broken_at
            continue
        try:
            values[name] = decode_leniently(piece[start:stop])
        except REFUSED:
            values.pop(name, None)
    tail = piece[last + (last == at) : end].lstrip(b" \t\r\n,")
    return values, None if tail[:1] == b"}" else last
