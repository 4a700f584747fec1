"""Text that is safe to print: what a terminal would obey, or a reader could not see, is written as an escape.

That is everything that Unicode does not count as printable: the control characters C0 and C1, marks that change the
direction of a text (CVE-2021-42574, "Trojan Source"), line separators, zero-width characters, lone surrogates.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

_PERHAPS_UNSEEN = re.compile(r"[^\t\n -~]+")  # what is plain ASCII need not be asked for


def visible(text: str) -> str:
    r"""The text with `\x1b` and `\u202e` in place of what they name; tabs and line breaks stay, any space is one."""
    return _replace(text, lambda char: " " if char.isspace() and char > "\x9f" else _escape(char))


def visible_json(text: str) -> str:
    """The same JSON text, with JSON's own escapes: it has the same value, and can be printed and encoded anywhere.

    Outside of its strings JSON is ASCII, so each replaced character is one inside of a string.
    """
    return _replace(text, lambda char: json.dumps(char)[1:-1])


def _replace(text: str, escape: Callable[[str], str]) -> str:
    if text.isprintable():
        return text
    return _PERHAPS_UNSEEN.sub(
        lambda run: (
            run[0]
            if run[0].isprintable()
            else "".join(char if char.isprintable() else escape(char) for char in run[0])
        ),
        text,
    )


def _escape(char: str) -> str:
    number = ord(char)
    if number <= 0xFF:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
