"""Text on its way out: the product as JSON, and the notes beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import click


@cache
def _encoder(indent: int | None) -> Callable[[Any], str]:
    import json

    return json.JSONEncoder(ensure_ascii=False, indent=indent).encode


def as_json_text(value: Any, indent: int | None = 2) -> str:
    """JSON text; half an emoji, which UTF-8 cannot encode, is an escape."""
    text = _encoder(indent)(value)
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def print_notes(notes: Iterable[str]) -> None:
    """One line each on stderr."""
    for note in notes:
        click.echo(f"har2rpc: {note}", err=True)
