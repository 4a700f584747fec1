"""What all languages share: finished text (`Code`), the nouns of calls, and quoting and wrapping of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Following, Har2rpcError, Input, Lines
from har2rpc.model.values import WHOLE, inputs_in
from har2rpc.odoo.schema.commands import parse_commands

ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
_DEEPEST = 50  # CPython's parser gives up at 200 brackets, a reader long before
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class Code(str):
    """Finished text in the target's language. Everything else in a `{{ }}` is rejected."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Keyword:
    """A named argument in a call: `limit=80`."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Spread:
    """A dict that begins with the content of another one: `{**CONTEXT, "default_type": "lead"}`."""

    name: str
    extra: dict[str, Any]


class Given(dict[str, Any]):
    """A dict whose members are left out if they are None when the code runs."""

    __slots__ = ()


class Changes(Given):
    """A `Given` that must not be empty: an update without values would do nothing."""

    __slots__ = ()


class GivenCommands(list[Any]):
    """Commands of an x2many field; those whose record was not given are left out."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """A credential: read from this environment variable when the code runs."""

    name: str


@dataclass(frozen=True, slots=True)
class FromFile:
    """The content of a file, as base64 or as text; an option names the file when the code runs."""

    option: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class OnlyFor:
    """Members of a dict that are sent only while an input has its recorded value."""

    source: Any
    recorded: Any
    values: dict[str, Any]


def members_of(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The members of a dict, in it one `OnlyFor` (without a key) for all that follow the same input."""
    members: list[tuple[str, Any]] = []
    groups: dict[str, OnlyFor] = {}
    for key, item in value.items():
        if isinstance(item, Following):
            source = item.source.name if isinstance(item.source, Input) else str(item.source)
            if source not in groups:
                groups[source] = OnlyFor(item.source, item.recorded, {})
                members.append(("", groups[source]))
            groups[source].values[key] = item.value
        else:
            members.append((key, item))
    return members


def line_arguments(lines: Lines) -> list[Any]:
    """The arguments of the function that turns lines into commands: the lines, their keys, and further values for each."""
    following = [list(each) for each in lines.following]
    others = [lines.always, following] if following else [lines.always] if lines.always else []
    return [lines.source, lines.fields, *others]


def optional_inputs(value: Any) -> list[Input]:
    """The inputs without which a member of a dict is left out: the optional one that it is, or those of its commands.

    None where it is always sent.
    """
    if type(value) is str or type(value) is int:  # nearly all that there is
        return []
    if isinstance(value, list) and value:
        commands = [inputs_in(value) for value in value] if parse_commands(value) else []
        inputs = [item for inputs in commands for item in inputs]
        return inputs if all(commands) and all(map(is_optional, inputs)) else []
    is_empty = isinstance(value, Input) and not value.required and not value.own_uid
    return [value] if is_empty else []


def is_optional(value: Any) -> bool:
    """Whether its place in a dict stays empty where nothing is given for it."""
    return bool(optional_inputs(value))


def checked_name(name: object, noun: str = "identifier") -> str:
    """The name as text. Raises Har2rpcError if it is not a valid name, so no value becomes code."""
    if not _NAME.fullmatch(str(name)):
        raise Har2rpcError(f"{name!r} is not a valid {noun}")
    return str(name)


def one_line(value: Any) -> str:
    """Text without line breaks, control characters and invisible direction marks."""
    visible = (c if c.isprintable() else " " for c in str(value))
    return " ".join("".join(visible).split())


def quoted_text(text: str, escape_invisible: Callable[[str], str]) -> str:
    """Text in the quotes that need fewer escapes, in a tie double ones, as black and Prettier prefer."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if text.isprintable():  # a megabyte of base64 is
        return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote
    escaped = (
        "\\" + char if char == quote else escaped_char(char, escape_invisible) for char in text
    )
    return quote + "".join(escaped) + quote


def escaped_char(char: str, escape_invisible: Callable[[str], str]) -> str:
    """One character between quotes; `escape_invisible` writes those that a reader could not see."""
    if char in ESCAPES or char.isprintable():
        return ESCAPES.get(char, char)
    return escape_invisible(char)


def line_comment(lines: Iterable[str], mark: str, indent: int) -> Code:
    """A comment of as many lines as it takes, each behind the mark (`#`)."""
    return Code(f"\n{' ' * indent}".join(f"{mark} {line}" for line in lines) or mark)


def two_columns(
    rows: Sequence[tuple[str, Any]], width: int, wrap: Callable[[Any, int], list[str]]
) -> list[str]:
    """A table of names and their texts, wrapped to this width; a text has at least 40 columns."""
    indent = max((len(name) for name, _ in rows), default=0) + 2
    lines = []
    for name, text in rows:
        first, *more = wrap(text, max(40, width - indent)) or [""]
        lines += [name.ljust(indent) + first, *(" " * indent + line for line in more)]
    return lines


def item_lines(items: Sequence[str], indent: int, step: int, brackets: str) -> str:
    """Written items, each on its own line with a comma, between brackets: the first character, and the rest.

    `indent` is that of the closing ones.
    """
    pad = " " * (indent + step)
    lines = "".join(f"{pad}{item},\n" for item in items)
    return f"{brackets[0]}\n{lines}{' ' * indent}{brackets[1:]}"


def is_deep(value: Any) -> bool:
    """Whether containers are nested too deep to be laid out; without recursion, because captures are hostile."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [each for item in level if type(item) not in WHOLE for each in _inside(item)]
        if not level:
            return False
    return any(isinstance(item, (list, tuple, dict)) for item in level)


def _inside(item: Any) -> Iterable[Any]:
    if isinstance(item, dict):
        return item.values()
    if isinstance(item, Lines):
        return line_arguments(item)
    if isinstance(item, Following):
        return (item.value,)
    return item if isinstance(item, (list, tuple)) else ()


def is_wider(value: Any, room: int) -> bool:
    """Whether a value is certainly wider than this, found without writing it."""
    todo = [value]
    while todo and room >= 0:
        item = todo.pop()
        if isinstance(item, str):
            room -= len(item)
        elif isinstance(item, (dict, list, tuple)):
            room -= 2 * len(item)  # brackets and commas
            todo.extend(item.values() if isinstance(item, dict) else item)
    return room < 0


def is_plain_json(value: Any) -> bool:
    """Whether a value is plain JSON; without recursion, because captures may be hostile."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple, dict)):
            todo.extend(item.values() if isinstance(item, dict) else item)
        elif isinstance(item, Code) or not isinstance(item, (str, int, float, type(None))):
            return False
    return True
