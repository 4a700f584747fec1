"""Writes values as JavaScript source that is safe in a module and inside a page.

The layout is that of Prettier with 100 columns: what does not fit has one item per line and trailing commas.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Har2rpcError, Input, Lines, Result
from har2rpc.model.values import WHOLE, walk
from har2rpc.rendering.formatting import (
    Changes,
    Code,
    FromEnvironment,
    FromFile,
    Given,
    GivenCommands,
    OnlyFor,
    Spread,
    checked_name,
    is_deep,
    is_optional,
    is_wider,
    item_lines,
    line_arguments,
    line_comment,
    members_of,
    one_line,
    quoted_text,
)
from har2rpc.rendering.javascript.identifiers import identifier
from har2rpc.rendering.results import check_of, keys_of

WIDTH = 100
STEP = 2
MAX_SAFE_INTEGER = 2**53 - 1  # Number.MAX_SAFE_INTEGER
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Member:
    """`name: value` inside braces; the name alone where the value is the variable of that name."""

    name: str
    value: Any

    def text(self, written: str) -> str:
        """With the value as it was written."""
        is_variable = isinstance(self.value, (Input, Result)) and written == self.name
        return written if is_variable else f"{self.name}: {written}"


@dataclass(frozen=True, slots=True)
class Braced:
    """Members between braces, and what stands behind these."""

    members: Sequence[Any]
    tail: str = ""


def literal(value: Any, indent: int = 0, used: int = 0, after: int = 0) -> Code:
    """A value as an expression.

    `indent` is the column its line begins at, `used` how many more columns stand before it on that line,
    `after` how many must follow it there.
    """
    if type(value) in WHOLE:  # it stays on its line, however long
        return flat(value)
    room = WIDTH - indent - used - after
    if is_wider(value, room) and not is_deep(value):
        return Code(over_lines(value, indent)) or flat(value)
    line = flat(value)
    if len(line) <= room or is_deep(value):
        return line
    return Code(over_lines(value, indent) or line)


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    return line_comment(wrapped_lines(value, WIDTH - indent - 3), "//", indent)


def wrapped_lines(value: Any, width: int) -> list[str]:
    """Lines of a comment: they end neither it nor the script element of a page."""
    text = one_line(value).replace("*/", "* /").replace("</", "< /").replace("<!--", "< !--")
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def text_literal(text: str) -> str:
    """A string with the quotes that Prettier prefers; nothing in it ends the script element of a page."""
    written = quoted_text(text, _utf16_escapes)
    return written.replace("</", "\\x3c/").replace("<!--", "\\x3c!--")


def _utf16_escapes(char: str) -> str:
    halves = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))


def over_lines(value: Any, indent: int) -> str:
    """A container with an item a line; "" for what cannot be broken: a long text stays on its line."""
    if isinstance(value, Lines) and isinstance(value.source, Code):
        return ""
    if isinstance(value, Lines):
        return f"newLines{written_lines(line_arguments(value), indent, '()')}"
    if is_given(value) and isinstance(value, GivenCommands):
        return f"x2many{written_lines(value, indent, '()')}"
    if is_given(value):
        return f"{_given_head(value)}({over_lines(_whole(value), indent)})"
    if isinstance(value, OnlyFor):
        return _only_for(value, over_lines(value.values, indent))
    if isinstance(value, Spread) and value.extra:
        value = Braced([_spread(value), *_members(value.extra)])
    elif isinstance(value, dict) and value:
        value = Braced(_members(value))
    if isinstance(value, Braced):
        return written_lines(value.members, indent, "{}") + value.tail
    is_list = isinstance(value, (list, tuple)) and value
    return written_lines(value, indent, "[]") + _only_given(value) if is_list else ""


def written_lines(items: Sequence[Any], indent: int, brackets: str) -> str:
    """An item a line between brackets, each with its comma."""
    written = [_item(item, indent + STEP) for item in items]
    return item_lines(written, indent, STEP, brackets)


def _item(item: Any, indent: int) -> Code:
    if isinstance(item, Member):
        item = Code(item.text(literal(item.value, indent, len(item.name) + 2, 1)))
    return literal(item, indent, 0, 1)


def flat(value: Any) -> Code:
    """The value on one line."""
    return Code(_flat(value))


def is_given(value: Any) -> bool:
    """Whether only what was given of it is sent."""
    if isinstance(value, GivenCommands):
        return is_optional(value)
    members = value.extra if isinstance(value, Spread) else value
    return isinstance(members, Given) and any(map(is_optional, members.values()))


def _only_given(value: Any) -> str:
    """What takes commands out whose record is not given, in a place that has no functions of ours."""
    is_code = isinstance(value, GivenCommands) and any(
        isinstance(part, Code) for part in walk(list(value))
    )
    return ".filter((command) => !command.includes(undefined))" if is_code else ""


def _given_head(value: Any) -> str:
    return "atLeastOne" if isinstance(value, Changes) else "given"


def _whole(value: Any) -> Any:
    """The same value with all that it may hold."""
    return Spread(value.name, dict(value.extra)) if isinstance(value, Spread) else dict(value)


def _flat(value: Any) -> str:
    kind = type(value)  # nearly all that there is
    if kind is str:
        return text_literal(value)
    if kind is dict:
        return _flat_members(_members(value))
    if kind is list:
        return f"[{', '.join(map(_flat, value))}]"
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, OnlyFor):
        return _only_for(value, _flat(value.values))
    if isinstance(value, Lines):
        if isinstance(value.source, Code):  # in a place that has no functions of ours
            return _mapped_lines(value)
        return f"newLines({', '.join(map(_flat, line_arguments(value)))})"
    if is_given(value) and isinstance(value, GivenCommands):
        return f"x2many({', '.join(map(_flat, value))})"
    if is_given(value):
        return f"{_given_head(value)}({_flat(_whole(value))})"
    if isinstance(value, Input):
        return identifier(value.name)
    if isinstance(value, Result):
        return _result_value(value)
    if isinstance(value, FromEnvironment):
        name = checked_name(value.name)
        return f'process.env.{name} || missing("{name}")'
    if isinstance(value, FromFile):
        encoding = "utf8" if value.is_text else "base64"
        return f"fromFile({_flat(value.option)}, {_flat(encoding)})"
    if isinstance(value, Member):
        return value.text(_flat(value.value))
    if isinstance(value, Braced):
        return _flat_members(value.members) + value.tail
    if isinstance(value, Spread):
        members = [_spread(value), *_members(value.extra)]
        return _flat(Braced(members)) if value.extra else checked_name(value.name)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, dict):
        return _flat_members(_members(value))
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flat, value))}]{_only_given(value)}"
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as JavaScript")


def _flat_members(members: Sequence[Any]) -> str:
    inner = ", ".join(map(_flat, members))
    return f"{{ {inner} }}" if inner else "{}"


def _only_for(value: OnlyFor, written: str) -> str:
    source, recorded = _flat(value.source), _flat(value.recorded)
    if isinstance(value.source, Code):  # in a place that has no functions of ours
        return f"...({source} === {recorded} ? {written} : {{}})"
    return f"...onlyFor({source}, {recorded}, {written})"


def _mapped_lines(lines: Lines) -> str:
    """A command for each line, put together where it stands; what is undefined is not sent."""
    keys = {field: key for key, field in lines.fields.items()}
    fields = [*keys, *lines.always, *(field for *_, values in lines.following for field in values)]
    members = []
    for field in dict.fromkeys(fields):
        other = _flat(lines.always[field]) if field in lines.always else "undefined"
        for source, recorded, values in reversed(lines.following):
            if field in values:
                is_recorded = f"line.{checked_name(source)} === {_flat(recorded)}"
                other = f"{is_recorded} ? {_flat(values[field])} : {other}"
        if field in keys:
            other = f"({other})" if " ? " in other else other
            other = f"line.{checked_name(keys[field])} ?? {other}"
        members.append(Member(_key(field), Code(other)))
    is_section = "/^line_/.test(line.display_type)"  # no global name: expressions of n8n have few
    values_of_line = f"{is_section} ? line : {_flat(Braced(members))}"
    return f"{lines.source}.map((line) => [0, 0, {values_of_line}])"


def _members(value: dict[Any, Any]) -> list[Any]:
    return [
        item if isinstance(item, OnlyFor) else Member(_key(str(key)), item)
        for key, item in members_of(value)
    ]


def _key(name: str) -> str:
    if name == "__proto__":  # as a plain key it would set the prototype
        return '["__proto__"]'
    return name if _NAME.fullmatch(name) else text_literal(name)


def _spread(value: Spread) -> Code:
    return Code(f"...{checked_name(value.name)}")


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(int(value)) if abs(value) <= MAX_SAFE_INTEGER else f"{int(value)}n"
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _result_value(result: Result) -> str:
    """What a Result takes from its variable: `order_id`, `at(order_ids, 0)`, `at(only(partners), "id")`."""
    name, check, keys = str(identifier(result.name)), check_of(result), keys_of(result)
    if check:
        name = f"{check}({name})"
    return f"at({name}, {', '.join(map(_flat, keys))})" if keys else name
