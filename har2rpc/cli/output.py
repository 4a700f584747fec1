"""The product as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from har2rpc.model.visible import visible_json


@cache
def _encoder(indent: int | None) -> Callable[[Any], str]:
    import json

    return json.JSONEncoder(ensure_ascii=False, indent=indent).encode


def as_json_text(value: Any, indent: int | None = 2) -> str:
    """JSON text that a terminal can be given, and any encoding of Unicode: what cannot be seen is an escape."""
    return visible_json(_encoder(indent)(value))
