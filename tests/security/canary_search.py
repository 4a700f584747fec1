"""Canaries: secrets that cannot stand anywhere by accident, and what finds them in a text, however they are encoded."""

from __future__ import annotations

import base64
import itertools

HEAD, TAIL = "CNRYhd7Q", "ZqTLcn4x"
HEX_KEY = "c0ffee" * 6 + "beef"
"""An API key of Odoo, which is known by its form alone."""
MARKS = (HEAD, TAIL, HEX_KEY[:24])
_SPECIAL = "/&+\"'<%é"


class Canaries:
    """Gives a new secret each time; every third holds characters that each encoding changes."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def new(self) -> str:
        """A secret of letters and digits, or with others between its two marks."""
        n = next(self._numbers)
        return f"{HEAD}{n:03}{_SPECIAL if n % 3 == 0 else ''}{TAIL}"

    def plain(self) -> str:
        """One of letters and digits alone."""
        return f"{HEAD}{next(self._numbers):03}{TAIL}"


def leaks(text: str) -> list[str]:
    """The marks of canaries that stand in a text, with a piece of what is around each."""
    lower = text.lower()
    found = [around(lower, lower.find(mark.lower())) for mark in MARKS if mark.lower() in lower]
    return found + [around(text, text.find(one)) for one in _ENCODED if one in text]


def around(text: str, at: int) -> str:
    """A mark with some of the text before and behind it, for the report."""
    return text[max(0, at - 80) : at + 60]


def _encodings(mark: str) -> list[str]:
    raw = mark.encode()
    every = [
        "".join(f"\\u{ord(char):04x}" for char in mark),
        "".join(f"\\x{ord(char):02x}" for char in mark),
        "".join(f"&#{ord(char)};" for char in mark),
        "".join(f"&#x{ord(char):x};" for char in mark),
        "".join(f"%{ord(char):02X}" for char in mark),
        "".join(f"%{ord(char):02x}" for char in mark),
        raw.hex(),
        raw.hex().upper(),
        mark[::-1],
    ]
    for data in (raw, mark.encode("utf-16-le"), mark.encode("utf-16-be")):
        for offset in range(3):
            packed = base64.b64encode(b"\0" * offset + data).decode()
            inner = packed[(0, 2, 3)[offset] : (len(data) + offset) * 8 // 6]
            every += [inner, inner.replace("+", "-").replace("/", "_")]
    return every


_ENCODED = sorted({one for mark in MARKS for one in _encodings(mark)})
