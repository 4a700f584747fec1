"""Which fields of an entry are read, and how a value of a hostile file is decoded."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from har2rpc.model import Json

Piece: TypeAlias = bytes | memoryview
"""The bytes of an entry's JSON, or a view of them."""

REFUSED = (ValueError, RecursionError, MemoryError)
"""What `decode_leniently` raises for what `json` cannot decode: damaged, too deep, too long."""
_lenient = json.JSONDecoder(strict=False)  # control characters in strings pass


def _nothing() -> None:
    return None


@dataclass(slots=True)
class Fields:
    """As written in the file, so the types are unknown. `content` is decoded when it is called."""

    url: Json = None
    method: Json = None
    post: Json = None
    body_size: Json = None
    started: Json = None
    time: Json = None
    status: Json = None
    content: Callable[[], Json] = _nothing
    answer_head: Callable[[], str | None] = _nothing
    """How a long answer begins, where that much can be had without decoding all; None where it cannot."""
    headers: Callable[[], Json] = _nothing
    """Of the answer. They are looked at for `Content-Disposition`, and go no further."""
    note: str = ""


def decode_leniently(piece: Piece) -> Json:
    """The value of this JSON, with invalid UTF-8 replaced. Raises one of `REFUSED`."""
    return _lenient.decode(str(piece, "utf-8", "replace"))
