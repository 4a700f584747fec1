"""The product on stdout: JSON, and code with colors on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from har2rpc.cli.tables.console import print_product
from har2rpc.model.visible import visible_json


@cache
def _encoder(indent: int | None) -> Callable[[Any], str]:
    import json

    return json.JSONEncoder(ensure_ascii=False, indent=indent).encode


def as_json_text(value: Any, indent: int | None = 2) -> str:
    """JSON text that is safe for a terminal and for any encoding: invisible characters are escapes."""
    return visible_json(_encoder(indent)(value))


def print_code(text: str, language: str) -> None:
    """Prints code, with colors if stdout is a terminal and NO_COLOR is not set."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from har2rpc.page.highlighting import for_terminal

        text = for_terminal(text, language)
    print_product(text)
