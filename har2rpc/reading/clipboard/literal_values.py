"""The single values of a literal: strings in all kinds of quotes, numbers, constants, and what the text does not hold."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

Json = Any
_CONSTANTS = {
    **{"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False},
    **dict.fromkeys(("null", "None", "NULL", "nil", "undefined"), None),
}
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r?\n)|(.))", re.DOTALL
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "v": "\v"}


class Unknown(str):
    """A value that the text does not hold: a variable, an expression, a place to fill in. Its text is what it is called."""

    __slots__ = ()


class NotALiteral(ValueError):
    """What begins here is no value; `at` is how far it was read."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at


def scalar(kind: str, piece: str, variables: Mapping[str, Json], at: int) -> Json:
    """The value of a token of this kind. Raises NotALiteral for a string that is not closed, which was read up to `at`."""
    if kind == "string":
        return _string(piece, at)
    if kind == "number":
        return _number(piece)
    if kind == "words":
        return piece[3:-1].split()
    if kind == "template":
        return Unknown(piece)
    if piece in _CONSTANTS:
        return _CONSTANTS[piece]
    name = piece.removeprefix("$").rpartition(".")[2]
    if piece[0] == "$" and name.lower() in ("true", "false", "null"):
        return _CONSTANTS[name.lower()]
    return variables[name] if name in variables else Unknown(piece)


def _number(piece: str) -> Json:
    digits = piece.replace("_", "")
    try:
        if "x" in digits or "X" in digits:
            return int(digits, 16)
        return float(digits) if set(digits) & set(".eE") else int(digits)
    except ValueError:  # more digits than anybody means
        return 0


def _string(piece: str, at: int) -> str:
    """The text of a string. Raises NotALiteral for one that is not closed."""
    prefix = piece[: next(n for n, letter in enumerate(piece) if letter in "\"'`")]
    quoted = piece[len(prefix) :]
    if len(quoted) < 2 or quoted[-1] != quoted[0]:
        raise NotALiteral(f"the quote {quoted[:1]} is not closed", at)
    inner = quoted[1:-1]
    if quoted[0] == '"' and not prefix:
        try:
            return str(json.loads(quoted, strict=False))
        except ValueError:
            pass
    is_filled_in = ("f" in prefix.lower() and "{" in inner) or (quoted[0] == "`" and "${" in inner)
    text = inner if "r" in prefix.lower() else _ESCAPE.sub(_unescape, inner)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return Unknown(text) if is_filled_in else text


def _unescape(escape: re.Match[str]) -> str:
    braced, unit, byte, newline, letter = escape.groups()
    if newline:
        return ""
    if letter:
        return _LETTERS.get(letter, letter)
    number = int(braced or unit or byte, 16)
    return chr(number) if number < 0x110000 else "\N{REPLACEMENT CHARACTER}"
