"""Values as Python source that black leaves as it is (88 columns, its quotes, its trailing commas).

A container stands on one line if it fits, else one item a line with the trailing comma that black keeps.
"""

from __future__ import annotations

import json
import math
import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import (
    Code,
    FromEnvironment,
    Keyword,
    Spread,
    checked_name,
    is_deep,
    item_lines,
    line_comment,
    one_line,
    quoted_text,
)
from har2rpc.rendering.results import check_of, keys_of

WIDTH = 88
STEP = 4
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


def literal(value: Any, indent: int = 0, used: int = 0, after: int = 0) -> Code:
    """A value as an expression.

    `indent` is the column its line begins at, `used` how many more columns stand before it on that line,
    `after` how many must follow it there.
    """
    return Code(laid_out(shallow(value), indent, used, after))


def identifier(value: Any) -> Code:
    """A name, if it is one. Raises Har2rpcError otherwise."""
    return Code(checked_name(str(value)))


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    return line_comment(wrapped_lines(one_line(value), WIDTH - indent - 2), "#", indent)


def wrapped_lines(text: str, width: int) -> list[str]:
    """The text in lines. No word is broken: a break could stand between a backslash and what it escapes."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def text_literal(text: str) -> str:
    """A str literal with the quotes that black prefers."""
    return quoted_text(text, lambda char: repr(char)[1:-1])


def laid_out(value: Any, indent: int, used: int, after: int) -> str:
    """A value on one line if it fits, else an item a line; the value is `shallow`."""
    line = _line_within(value, WIDTH - indent - used - after)
    if line is not None:
        return line
    inner = indent + STEP
    if isinstance(value, _JsonText):
        return f"json.loads(\n{' ' * inner}{value.text}\n{' ' * indent})"
    if isinstance(value, Keyword):
        name = identifier(value.name)
        return f"{name}={laid_out(value.value, indent, used + len(name) + 1, after)}"
    if isinstance(value, dict) and value:
        members = [_member(key, item, inner) for key, item in value.items()]
        return item_lines(members, indent, STEP, "{}")
    if isinstance(value, Spread) and value.extra:
        members = [_member(key, item, inner) for key, item in value.extra.items()]
        return item_lines([f"**{identifier(value.name)}", *members], indent, STEP, "{}")
    if isinstance(value, (list, tuple)) and value:
        items = [laid_out(item, inner, 0, 1) for item in value]
        return item_lines(items, indent, STEP, "[]")
    return flat(value)  # a long text stays on its line: black does not split it either


def _member(key: Any, value: Any, indent: int) -> str:
    name = flat(str(key))
    return f"{name}: {laid_out(value, indent, _columns(name) + 2, 1)}"


def _line_within(value: Any, room: int) -> str | None:
    """The value on one line, if it has room there; what has not is not written to its end."""
    if isinstance(value, (list, tuple)):
        inner = side_by_side((("", item) for item in value), len(value), room - 2)
        return None if inner is None else f"[{inner}]"
    if isinstance(value, dict):
        pairs = ((f"{flat(str(key))}: ", item) for key, item in value.items())
        inner = side_by_side(pairs, len(value), room - 2)
        return None if inner is None else f"{{{inner}}}"
    line = flat(value)
    return line if "\n" not in line and _columns(line) <= room else None


def side_by_side(items: Iterable[tuple[str, Any]], count: int, room: int) -> str | None:
    """So many items, each behind its key, with commas between them; None if they do not fit."""
    room -= 2 * (count - 1) if count else 0
    parts = []
    for key, item in items:
        room -= _columns(key)
        part = _line_within(item, room) if room > 0 else None
        if part is None:
            return None
        room -= _columns(part)
        parts.append(key + part)
    return ", ".join(parts) if room >= 0 else None


def flat(value: Any) -> str:
    """The value on one line."""
    if type(value) is str:  # these two first: they are nearly all that there is
        return text_literal(value)
    if type(value) is int:
        return str(value)
    if isinstance(value, _JsonText):
        return f"json.loads({value.text})"
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Input):
        return identifier(value.name)
    if isinstance(value, Result):
        return _result_value(value)
    if isinstance(value, FromEnvironment):
        return f"os.environ[{text_literal(value.name)}]"
    if isinstance(value, Keyword):
        return f"{identifier(value.name)}={flat(value.value)}"
    if isinstance(value, Spread):
        inner = "".join(f", {flat(k)}: {flat(v)}" for k, v in value.extra.items())
        name = identifier(value.name)
        return f"{{**{name}{inner}}}" if inner else name
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace("e+", "e") if math.isfinite(value) else f'float("{value}")'
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flat(str(k))}: {flat(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(flat(item) for item in value) + "]"
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as Python")


def _result_value(result: Result) -> str:
    """What a Result takes from its variable: `order_id`, `order_ids[0]`, `only(partners)["id"]`, `opened(action)["res_id"]`."""
    name, check = identifier(result.name), check_of(result)
    keys = "".join(f"[{flat(key)}]" for key in keys_of(result))
    return f"{check}({name}){keys}" if check else f"{name}{keys}"


@dataclass(frozen=True, slots=True)
class _JsonText:
    """A value that is nested too deep for brackets: `json.loads("…")` in the code."""

    text: str


def shallow(value: Any) -> Any:
    """The same value, with what is nested too deep and holds no input as JSON text."""
    if isinstance(value, Keyword):
        return Keyword(value.name, shallow(value.value))
    if isinstance(value, Spread):
        return Spread(value.name, {key: shallow(item) for key, item in value.extra.items()})
    if not is_deep(value):
        return value
    if _is_plain_json(value):
        return _JsonText(text_literal(json.dumps(value)))
    if isinstance(value, dict):
        return {key: shallow(item) for key, item in value.items()}
    return [shallow(item) for item in value]


def _is_plain_json(value: Any) -> bool:
    """Whether a value is JSON alone; without recursion, because captures are hostile."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple, dict)):
            todo.extend(item.values() if isinstance(item, dict) else item)
        elif isinstance(item, Code) or not isinstance(item, (str, int, float, type(None))):
            return False
    return True


def fits(line: str, indent: int) -> bool:
    """Whether black leaves it on one line."""
    return "\n" not in line and indent + _columns(line) <= WIDTH


def _columns(text: str) -> int:
    """Columns, as black 26 counts them: wide characters take two, combining ones and skin tones one."""
    if text.isascii():
        return len(text)
    wide = (c for c in text if c > "\x7f" and c not in _SKIN_TONES)
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in wide)
