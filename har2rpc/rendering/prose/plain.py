"""Values in plain text: nothing that a terminal obeys or a reader cannot see."""

from __future__ import annotations

from typing import Any

from har2rpc.model.visible import visible
from har2rpc.rendering.formatting import ESCAPES, Code
from har2rpc.rendering.json_values.literals import json_text

_ON_ONE_LINE = str.maketrans({char: ESCAPES[char] for char in "\n\r\t"})


def literal(value: Any) -> Code:
    r"""A text on one line, its line breaks and control characters as `\n` and `\x1b`; any other value as its JSON."""
    if not isinstance(value, str):
        return Code(json_text(value))
    return Code(visible(value.translate(_ON_ONE_LINE)))


def as_json(value: Any) -> Code:
    """A value as its JSON, a text in quotes: it can be read back."""
    return Code(json_text(value))
