"""Values as words of bash in which nothing means anything: text in single quotes, inputs spliced in as JSON.

In a generated function every input is a variable that already holds JSON, so a body is
`'[[["phone", "ilike", '"$phone"']]]'`: no value is ever quoted twice.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code, depth, keys_of, one_line, opens_one

WIDTH = 100
_DEEP = 50  # a reader gives up long before
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,-]+")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "'": "\\'"}
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
# Function names that would take away what the script itself needs.
_TAKEN = frozenset(
    "call case coproc curl die die_of do done elif else esac execute_kw exit fi for function if in"
    " json_at json_boolean json_number json_numbers json_string json_text json_value local only opened paged"
    " printf return select set shift then time until user_id while".split()
)


def word(value: Any) -> Code:
    """A value as one word: text as it is, everything else as JSON."""
    text = value if isinstance(value, str) else as_json(value)
    if _PLAIN.fullmatch(text):
        return Code(text)
    if text.isprintable():
        return Code(_quoted(text))
    # $'…' keeps line breaks, escape sequences and invisible marks visible in the file.
    return Code("$'" + "".join(map(_ansi, text)) + "'")


def json_word(value: Any, indent: int = 0) -> Code:
    """A value as one word of JSON, its lines begun at `indent`; inputs are variables of JSON."""
    text, words = "", []
    for part in _parts(value, indent, _flat if depth(value) > _DEEP else _laid_out):
        if isinstance(part, str):
            text += part
        else:
            words += [_quoted(text)] if text else []
            words.append(_spliced(part))
            text = ""
    return Code("".join(words + ([_quoted(text)] if text else [])))


def variable(value: Any) -> Code:
    """The name of a variable, if it is one. Bash's own (UID, PATH, IFS) are written in capitals."""
    text = str(value)
    if not _NAME.fullmatch(text):
        raise Har2rpcError(f"{text!r} is no name for a variable")
    return Code(text if text.islower() and text != "_" else f"_{text}_")


def function(value: Any) -> Code:
    """The name of a function, if it is one; never that of a command the script needs."""
    text = str(value)
    if not _NAME.fullmatch(text):
        raise Har2rpcError(f"{text!r} is no name for a function")
    return Code(f"odoo_{text}" if text in _TAKEN else text)


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    pad = " " * indent
    lines = textwrap.wrap(one_line(value), WIDTH - indent - 2, break_on_hyphens=False)
    return Code(f"\n{pad}".join(f"# {line}" for line in lines) or "#")


def _spliced(value: Input | Result) -> str:
    """A variable inside a word; of an answer that holds more than the id, the id."""
    name = variable(value.name)
    keys = keys_of(value) if isinstance(value, Result) else ()
    if not keys and not (isinstance(value, Result) and value.what == "only"):
        return f'"${name}"'
    if isinstance(value, Result) and opens_one(value):
        return f'"$(opened "${name}")"'
    is_only = isinstance(value, Result) and value.what == "only"
    words = [f'only "${name}"', *keys[1:]] if is_only else [f'json_at "${name}"', *keys]
    return (
        f'"$({" ".join(str(one if place == 0 else word(one)) for place, one in enumerate(words))})"'
    )


_Part: TypeAlias = "str | Input | Result"
_Layout: TypeAlias = Callable[[Any, int], Iterator[_Part]]


def _parts(value: Any, indent: int, layout: _Layout) -> Iterator[_Part]:
    """JSON text, broken where an input stands in it."""
    if isinstance(value, (Input, Result)):
        yield value
    elif isinstance(value, (dict, list, tuple)) and value:
        yield from layout(value, indent)
    else:
        yield as_json(value)


def _laid_out(value: Any, indent: int) -> Iterator[_Part]:
    """On one line where it fits, else an item a line; whitespace is nothing in JSON."""
    flat = list(_flat(value, 0))
    if sum(len(p) if isinstance(p, str) else len(p.name) + 5 for p in flat) + indent < WIDTH - 2:
        yield from flat
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for position, (key, item) in enumerate(_items(value)):
        yield ("," if position else "") + "\n" + " " * (indent + 2) + key
        yield from _parts(item, indent + 2, _laid_out)
    yield "\n" + " " * indent + closing


def _flat(value: Any, indent: int) -> Iterator[_Part]:
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for position, (key, item) in enumerate(_items(value)):
        yield (", " if position else "") + key
        yield from _parts(item, indent, _flat)
    yield closing


def _items(value: Any) -> Sequence[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f"{as_json(str(key))}: ", item) for key, item in value.items()]
    return [("", item) for item in value]


def as_json(value: Any) -> str:
    """JSON in which whatever is invisible is an escape."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _ansi(char: str) -> str:
    if char in _NAMED or char.isprintable():
        return _NAMED.get(char, char)
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
