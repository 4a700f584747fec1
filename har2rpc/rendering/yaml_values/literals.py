"""Writes values as YAML 1.2 that readers of YAML 1.1 understand in the same way.

Mappings and lists have one item per line. A text of several lines is a block (`|-`) if every reader returns the same text;
any other text is quoted as in JSON, except plain words, so that none is read as a number, a date or a boolean.
"""

from __future__ import annotations

import json
import math
import re
import textwrap
from typing import Any

from har2rpc.model.visible import visible_json
from har2rpc.rendering.formatting import Code, line_comment, one_line
from har2rpc.rendering.json_values.literals import json_text

_STEP = 2
_LONGEST_KEY = 1000  # YAML 1.2, 7.4.2: "limited to a single line and must not span more than 1024 Unicode characters"
_WIDTH = 100
_WORDS = re.compile(r"[A-Za-z][\w./-]*(?: [A-Za-z][\w./-]*)*", re.ASCII)
_OTHER_VALUES = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null")
# An escape of JSON; the two halves of what Unicode has beyond its first plane are one character, as YAML escapes it.
_ESCAPE = re.compile(r"\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|.)", re.DOTALL)


def literal(value: Any, indent: int = 0) -> Code:
    """A value as YAML; `indent` is the column that its lines begin at. Raises Har2rpcError for what JSON has no word for."""
    if not isinstance(value, (dict, list, tuple)) or not value:
        return Code(_scalar(value, indent))
    return Code("\n".join(_lines(value, indent)))


def flow_literal(value: Any) -> Code:
    """The same on one line, which may stand anywhere: `{"a": [1, 2]}`."""
    if isinstance(value, dict):
        members = (f"{_key(key)}: {flow_literal(item)}" for key, item in value.items())
        return Code(f"{{{', '.join(members)}}}")
    if isinstance(value, (list, tuple)):
        return Code(f"[{', '.join(map(flow_literal, value))}]")
    return Code(_text(value) if isinstance(value, str) else _scalar(value, 0))


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    lines = textwrap.wrap(one_line(value), _WIDTH - indent - 2, break_on_hyphens=False)
    return line_comment(lines, "#", indent)


def _lines(value: Any, indent: int) -> list[str]:
    """The items of a mapping or a list that is not empty."""
    pad = " " * indent
    if isinstance(value, dict):
        end = f"\n{pad}"
        return [f"{pad}{_key(key, end)}:{_member(item, indent)}" for key, item in value.items()]
    # The first line of an item that has several stands beside its dash.
    return [f"{pad}- {literal(item, indent + _STEP).lstrip(' ')}" for item in value]


def _key(key: Any, end: str = " ") -> str:
    """A key; a long one is marked, and `end` stands before its colon: readers look no further than 1024 characters."""
    text = _text(str(key))
    return text if len(text) < _LONGEST_KEY else f"? {text}{end}"


def _member(value: Any, indent: int) -> str:
    if isinstance(value, (dict, list, tuple)) and value:
        return f"\n{literal(value, indent + _STEP)}"
    return f" {_scalar(value, indent + _STEP)}"


def _scalar(value: Any, indent: int) -> str:
    if isinstance(value, str):
        return _block(value, indent) if _is_block(value) else _text(value)
    if isinstance(value, float):
        return _number(value)
    return json_text(value)


def _is_block(text: str) -> bool:
    """Whether `|-` gives it back: its lines are visible, the first is not indented, none is empty at the end."""
    lines = text.split("\n")
    has_edges = bool(lines[0]) and lines[0][0] != " " and bool(lines[-1].strip())
    return len(lines) > 1 and has_edges and all(line.isprintable() for line in lines)


def _block(text: str, indent: int) -> str:
    pad = " " * indent
    return "|-\n" + "\n".join(f"{pad}{line}" if line else "" for line in text.split("\n"))


def _text(text: str) -> str:
    if _WORDS.fullmatch(text) and not _OTHER_VALUES.fullmatch(text):
        return text
    quoted = visible_json(json.dumps(text, ensure_ascii=False))
    return _ESCAPE.sub(_as_one_character, quoted)


def _as_one_character(escape: re.Match[str]) -> str:
    if not escape[1]:
        return escape[0]
    high, low = int(escape[1], 16), int(escape[2], 16)
    return f"\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}"


def _number(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    digits, exponent, power = repr(value).partition("e")
    # YAML 1.1 takes for a number only what has a point, and a sign at its exponent.
    digits = digits if "." in digits or not exponent else f"{digits}.0"
    return f"{digits}{exponent}{power if power[:1] in ('', '-', '+') else f'+{power}'}"
