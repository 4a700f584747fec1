"""Values as Python source that black leaves as it is (88 columns, its quotes, its trailing commas).

A container stands on one line if it fits, else one item a line with the trailing comma that black keeps.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import (
    Code,
    FromEnvironment,
    Keyword,
    Spread,
    depth,
    keys_of,
    opens_one,
)

WIDTH = 88
_DEEP = 50  # CPython's parser gives up at 200 brackets, a reader long before
_HEAD = re.compile(r"^(?:return |[A-Za-z_]\w* = )?[A-Za-z_][\w.]*$")
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def literal(value: Any, indent: int = 0, used: int = 0, after: int = 0) -> Code:
    """A value as an expression.

    `indent` is the column its line begins at, `used` how many more columns stand before it on that line,
    `after` how many must follow it there.
    """
    return Code(_written(_shallow(value), indent, used, after))


def call(value: Sequence[Any], head: str, indent: int = 0) -> Code:
    """`head(arguments)` as black lays it out; `value` holds the arguments, `Keyword`s last."""
    if not _HEAD.fullmatch(head):
        raise Har2rpcError(f"{head!r} is no name to call")
    items = [_shallow(item) for item in value]
    pad = " " * (indent + 4)
    # Black puts the arguments on one line of their own before it gives each a line.
    inner = _side_by_side((("", item) for item in items), len(items), WIDTH - indent - 4)
    if inner is not None and _fits(flat := f"{head}({inner})", indent):
        return Code(flat)
    if not items:
        name, assigns, function = head.partition(" = ")
        flat = f"{head}()"
        return Code(f"{name} = (\n{pad}{function}()\n{' ' * indent})" if assigns else flat)
    if inner is not None:
        return Code(f"{head}(\n{pad}{inner}\n{' ' * indent})")
    lines = "".join(f"{pad}{_written(item, indent + 4, 0, 1)},\n" for item in items)
    return Code(f"{head}(\n{lines}{' ' * indent})")


def signature(inputs: Sequence[Input], head: str, indent: int = 0, first: str = "") -> Code:
    """`def head(required, *, optional=default):` as black lays it out; `first` stands before them (`self`)."""
    required = [identifier(made.name) for made in inputs if made.required]
    optional = [Keyword(made.name, _shallow(made.default)) for made in inputs if not made.required]
    parameters: list[Any] = [identifier(first)] if first else []
    parameters += [*required, *([Code("*"), *optional] if optional else [])]
    flat = f"def {identifier(head)}({', '.join(map(_flat, parameters))}):"
    if not parameters or _fits(flat, indent):
        return Code(flat)
    pad = " " * (indent + 4)
    lines = "".join(f"{pad}{_written(one, indent + 4, 0, 1)},\n" for one in parameters)
    return Code(f"def {head}(\n{lines}{' ' * indent}):")


def identifier(value: Any) -> Code:
    """A name, if it is one. Raises Har2rpcError otherwise: no value becomes code."""
    text = str(value)
    if not (text.isascii() and text.isidentifier()):
        raise Har2rpcError(f"{text!r} is no identifier")
    return Code(text)


def assigned(value: Any, name: str, indent: int = 0) -> Code:
    """`NAME = value`."""
    target = identifier(name)
    text = literal(value, indent, len(target) + 3)
    if "\n" not in text and not _fits(f"{target} = {text}", indent) and _fits(text, indent + 4):
        text = Code(f"(\n{' ' * (indent + 4)}{text}\n{' ' * indent})")
    return Code(f"{target} = {text}")


def returned(value: Any, indent: int = 0) -> Code:
    """`return value`."""
    return Code(f"return {literal(value, indent, len('return '))}")


def text_literal(text: str) -> str:
    """A str literal with the quotes black prefers: those with fewer escapes, double on a tie."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if text.isprintable():  # a megabyte of base64 is
        return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote
    return quote + "".join(_escaped(char, quote) for char in text) + quote


def _escaped(char: str, quote: str) -> str:
    if char == quote:
        return "\\" + char
    if char in _NAMED:
        return _NAMED[char]
    return char if char.isprintable() else repr(char)[1:-1]


def _written(value: Any, indent: int, used: int, after: int) -> str:
    flat = _short(value, WIDTH - indent - used - after)
    if flat is not None:
        return flat
    pad = " " * (indent + 4)
    if isinstance(value, _JsonText):
        return f"json.loads(\n{pad}{value.text}\n{' ' * indent})"
    if isinstance(value, Keyword):
        name = identifier(value.name)
        return f"{name}={_written(value.value, indent, used + len(name) + 1, after)}"
    if isinstance(value, dict) and value:
        items = [_item(key, item, indent + 4) for key, item in value.items()]
        return "{\n" + "".join(f"{pad}{item},\n" for item in items) + " " * indent + "}"
    if isinstance(value, Spread) and value.extra:
        items = [f"**{identifier(value.name)}"]
        items += [_item(key, item, indent + 4) for key, item in value.extra.items()]
        return "{\n" + "".join(f"{pad}{item},\n" for item in items) + " " * indent + "}"
    if isinstance(value, (list, tuple)) and value:
        items = [_written(item, indent + 4, 0, 1) for item in value]
        return "[\n" + "".join(f"{pad}{item},\n" for item in items) + " " * indent + "]"
    return _flat(value)  # a long text stays on its line: black does not split it either


def _item(key: Any, value: Any, indent: int) -> str:
    name = _flat(key if isinstance(key, str) else str(key))
    return f"{name}: {_written(value, indent, _width(name) + 2, 1)}"


def _short(value: Any, room: int) -> str | None:
    """The value on one line, if it has room there; what has not is not written to its end."""
    if isinstance(value, (list, tuple)):
        inner = _side_by_side((("", item) for item in value), len(value), room - 2)
        return None if inner is None else f"[{inner}]"
    if isinstance(value, dict):
        pairs = ((f"{_flat(str(key))}: ", item) for key, item in value.items())
        inner = _side_by_side(pairs, len(value), room - 2)
        return None if inner is None else f"{{{inner}}}"
    flat = _flat(value)
    return flat if "\n" not in flat and _width(flat) <= room else None


def _side_by_side(items: Iterable[tuple[str, Any]], count: int, room: int) -> str | None:
    """So many items, each behind its key, with commas between them; None if they do not fit."""
    room -= 2 * (count - 1) if count else 0
    parts = []
    for key, item in items:
        room -= _width(key)
        part = _short(item, room) if room > 0 else None
        if part is None:
            return None
        room -= _width(part)
        parts.append(key + part)
    return ", ".join(parts) if room >= 0 else None


def _flat(value: Any) -> str:
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
        return _picked(value)
    if isinstance(value, FromEnvironment):
        return f"os.environ[{text_literal(value.name)}]"
    if isinstance(value, Keyword):
        return f"{identifier(value.name)}={_flat(value.value)}"
    if isinstance(value, Spread):
        inner = "".join(f", {_flat(k)}: {_flat(v)}" for k, v in value.extra.items())
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
        return "{" + ", ".join(f"{_flat(str(k))}: {_flat(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flat(item) for item in value) + "]"
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as Python")


def _picked(result: Result) -> str:
    """What a Result means of its variable: `order_id`, `order_ids[0]`, `only(partners)["id"]`, `opened(action)["res_id"]`."""
    name, keys = identifier(result.name), keys_of(result)
    if result.what == "only":
        name, keys = Code(f"only({name})"), keys[1:]
    elif opens_one(result):
        name = Code(f"opened({name})")
    return name + "".join(f"[{_flat(key)}]" for key in keys)


@dataclass(frozen=True, slots=True)
class _JsonText:
    """A value that is nested too deep for brackets: `json.loads("…")` in the code."""

    text: str


def _shallow(value: Any) -> Any:
    """The same value, with what is nested too deep and holds no input as JSON text."""
    if isinstance(value, Keyword):
        return Keyword(value.name, _shallow(value.value))
    if isinstance(value, Spread):
        return Spread(value.name, {key: _shallow(item) for key, item in value.extra.items()})
    if depth(value) <= _DEEP:
        return value
    if _is_plain(value):
        return _JsonText(text_literal(json.dumps(value)))
    if isinstance(value, dict):
        return {key: _shallow(item) for key, item in value.items()}
    return [_shallow(item) for item in value]


def _is_plain(value: Any) -> bool:
    """Whether a value is JSON alone; found without recursion, as depth is."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple, dict)):
            todo.extend(item.values() if isinstance(item, dict) else item)
        elif isinstance(item, Code) or not isinstance(item, (str, int, float, type(None))):
            return False
    return True


def _fits(line: str, indent: int) -> bool:
    return "\n" not in line and indent + _width(line) <= WIDTH


def _width(text: str) -> int:
    """Columns, as black 26 counts them: wide characters take two, combining ones and skin tones one."""
    if text.isascii():
        return len(text)
    wide = (c for c in text if c > "\x7f" and c not in _SKIN_TONES)
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in wide)
