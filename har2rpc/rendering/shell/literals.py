"""Writes values as words of bash without any special meaning: text in single quotes, inputs inserted as JSON.

In a generated function every input is a variable that already holds JSON, so a body is
`'[[["phone", "ilike", '"$phone"']]]'`: no value is ever quoted twice.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from har2rpc.model import Following, Har2rpcError, Input, Result
from har2rpc.model.values import inputs_in
from har2rpc.model.visible import visible_json
from har2rpc.rendering.formatting import (
    Code,
    Given,
    GivenCommands,
    checked_name,
    escaped_char,
    is_deep,
    is_optional,
    line_comment,
    one_line,
)
from har2rpc.rendering.results import check_of, keys_of

WIDTH = 100
STEP = 2
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+,-]+")
# Function names that would take away what the script itself needs.
RESERVED = frozenset(
    "call case coproc curl die die_of do done elif else esac execute_kw exit fi for from_file function if in"
    " json_at json_boolean json_number json_numbers json_string json_text json_value load_rows local object only only_for opened paged"
    " printf return select server set shift then time until user_id while x2many".split()
)
_Part: TypeAlias = "str | Input | Result | _Object | _Commands"
_Layout: TypeAlias = Callable[[Any, int], Iterator[_Part]]


@dataclass(frozen=True, slots=True)
class _Object:
    """An object of which only what was given is sent: bash puts it together when it runs."""

    values: Given
    indent: int

    def word(self) -> str:
        """`"$(object name "$name" phone "$phone")"`."""
        members = [
            f"{literal(json_text(str(key))[1:-1])} {self._value(item)}"
            for key, item in self.values.items()
        ]
        line = " ".join(["object", *members])
        if "\n" in line or len(line) + self.indent > WIDTH - 12:
            line = (" \\\n" + " " * (self.indent + STEP)).join(["object", *members])
        return f'"$({line})"'

    def _value(self, item: Any) -> str:
        """A member's value as a word of JSON; nothing for one that follows an input with another value."""
        if not isinstance(item, Following):
            return _word(item, self.indent + STEP)
        parts = [_word(part, 0) for part in (item.source, item.recorded, item.value)]
        return f'"$(only_for {" ".join(parts)})"'


@dataclass(frozen=True, slots=True)
class _Commands:
    """Commands of an x2many field, of which only those are sent whose record was given."""

    commands: GivenCommands

    def word(self) -> str:
        """`"$(x2many "${tag_ids:+[6, 0, $tag_ids]}")"`: nothing where nothing is given."""
        return f'"$(x2many {" ".join(map(self._command, self.commands))})"'

    def _command(self, command: Any) -> str:
        names = [identifier(param.name) for param in inputs_in(command)]
        parts = [
            f"${identifier(part.name)}" if isinstance(part, Input) else json_text(part)
            for part in command
        ]
        return f'"${{{names[0]}:+[{", ".join(parts)}]}}"'


def literal(value: Any) -> Code:
    """A value as one word: text as it is, everything else as JSON.

    Raises Har2rpcError for a text with a NUL, where bash would end it without a word.
    """
    text = value if isinstance(value, str) else json_text(value)
    if "\0" in text:
        raise Har2rpcError(f"bash cannot hold the NUL in {text!r}")
    if _PLAIN.fullmatch(text):
        return Code(text)
    if text.isprintable():
        return Code(_single_quoted(text))
    # $'…' keeps line breaks, escape sequences and invisible marks visible in the file.
    return Code("$'" + "".join(map(_ansi_escaped, text)) + "'")


def json_literal(value: Any, indent: int = 0) -> Code:
    """A value as one word of JSON, its lines begun at `indent`; inputs are variables of JSON."""
    text, words = "", []
    for part in _parts(value, indent, _flat if is_deep(value) else _laid_out):
        if isinstance(part, str):
            text += part
        else:
            words += [_single_quoted(text)] if text else []
            words.append(
                part.word() if isinstance(part, (_Object, _Commands)) else _variable_word(part)
            )
            text = ""
    return Code("".join(words + ([_single_quoted(text)] if text else [])))


def identifier(value: Any) -> Code:
    """The name of a variable, if it is one. Bash's own (UID, PATH, IFS) are written in capitals."""
    text = checked_name(str(value), "name for a variable")
    return Code(text if text.islower() and text != "_" else f"_{text}_")


def function_name(value: Any) -> Code:
    """The name of a function, if it is one; never that of a command the script needs."""
    text = checked_name(str(value), "name for a function")
    return Code(f"odoo_{text}" if text in RESERVED else text)


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    lines = textwrap.wrap(one_line(value), WIDTH - indent - 2, break_on_hyphens=False)
    return line_comment(lines, "#", indent)


def json_text(value: Any) -> str:
    """JSON in which whatever is invisible is an escape."""
    return visible_json(json.dumps(value, ensure_ascii=False))


def _variable_word(value: Input | Result) -> str:
    """A variable inside a word; of an answer that holds more than the id, the id."""
    name = f'"${identifier(value.name)}"'
    check, keys = (check_of(value), keys_of(value)) if isinstance(value, Result) else ("", ())
    if check == "opened":
        return f'"$(opened {name})"'  # it prints the id itself
    if check or keys:
        return f'"$({" ".join([check or "json_at", name, *map(literal, keys)])})"'
    return name


def _parts(value: Any, indent: int, layout: _Layout) -> Iterator[_Part]:
    """JSON text, broken where an input stands in it."""
    if isinstance(value, (Input, Result)):
        yield value
    elif isinstance(value, Given):
        yield _Object(value, indent)
    elif isinstance(value, GivenCommands) and is_optional(value):
        yield _Commands(value)
    elif isinstance(value, (dict, list, tuple)) and value:
        yield from layout(value, indent)
    else:
        yield json_text(value)


def _laid_out(value: Any, indent: int) -> Iterator[_Part]:
    """On one line where it fits, else an item a line; whitespace is nothing in JSON."""
    line = list(_flat(value, 0))
    width = sum(map(_width, line))
    if width + indent < WIDTH - 2:
        yield from line
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for position, (key, item) in enumerate(_items(value)):
        yield ("," if position else "") + "\n" + " " * (indent + STEP) + key
        yield from _parts(item, indent + STEP, _laid_out)
    yield "\n" + " " * indent + closing


def _width(part: _Part) -> int:
    if isinstance(part, str):
        return len(part)
    return len(part.word()) if isinstance(part, (_Object, _Commands)) else len(part.name) + 5


def _flat(value: Any, indent: int) -> Iterator[_Part]:
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield opening
    for position, (key, item) in enumerate(_items(value)):
        yield (", " if position else "") + key
        yield from _parts(item, indent, _flat)
    yield closing


def _items(value: Any) -> Sequence[tuple[str, Any]]:
    if isinstance(value, dict):
        return [(f"{json_text(str(key))}: ", item) for key, item in value.items()]
    return [("", item) for item in value]


def _word(value: Any, indent: int) -> str:
    """A value as one word of JSON, without the quotes that bash does not need."""
    is_bare = value is None or isinstance(value, (bool, int, float))
    return literal(json_text(value)) if is_bare else json_literal(value, indent)


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _ansi_escaped(char: str) -> str:
    return "\\'" if char == "'" else escaped_char(char, _byte_escapes)


def _byte_escapes(char: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))
