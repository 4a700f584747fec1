"""Which fields of an entry are read, and how a value of a hostile file is decoded."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from har2rpc.model import Json

_patient = json.JSONDecoder(strict=False)  # control characters in strings pass


def _nothing() -> None:
    return None


@dataclass(slots=True)
class Fields:
    """As written in the file; nothing is known of the types. `content` is decoded when it is asked for."""

    url: Json = None
    method: Json = None
    post: Json = None
    body_size: Json = None
    started: Json = None
    time: Json = None
    status: Json = None
    content: Callable[[], Json] = _nothing
    beginning: Callable[[], str | None] = _nothing
    """How a long answer begins, where that much can be had without decoding all; None where it cannot."""
    note: str = ""


def value_of(piece: bytes) -> Json:
    """A value that msgspec refused; None where it is none."""
    try:
        return _patient.decode(str(piece, "utf-8", "replace"))
    except (ValueError, RecursionError, MemoryError):
        return None
