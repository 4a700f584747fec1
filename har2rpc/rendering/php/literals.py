"""Writes values as PHP source from which json_encode makes the captured JSON.

PHP's arrays are both lists and maps, and json_encode tells them apart by their keys: a map without members, or with the
keys 0, 1, 2, is written as an object. What PHP has no number for (beyond 64 bits, infinite) is a `Number` of the
generated code.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Har2rpcError, Input, Lines, Result
from har2rpc.model.values import WHOLE
from har2rpc.rendering.formatting import (
    ESCAPES,
    Changes,
    Code,
    FromEnvironment,
    FromFile,
    Given,
    GivenCommands,
    Keyword,
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
)
from har2rpc.rendering.results import check_of, keys_of

WIDTH = 100
STEP = 4
PHP_INT_MAX = 2**63 - 1
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_INTEGER_KEY = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)  # as a key PHP makes an integer of it
# What no parameter may be called, and what the code itself needs.
_VARIABLES = frozenset(
    "this GLOBALS _SERVER _GET _POST _FILES _COOKIE _SESSION _REQUEST _ENV page".split()
)
# What no function may be called, in any case: the language's words, and what the code itself calls.
RESERVED = frozenset(
    "__halt_compiler abstract and array as break callable case catch class clone const continue declare default die"
    " do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum eval exit extends false"
    " final finally fn for foreach function global goto if implements include include_once instanceof insteadof"
    " interface isset list match mixed namespace new null or parent print private protected public readonly require"
    " require_once return self static switch throw trait true try unset use var while xor yield never object"
    " array_combine array_diff array_diff_key array_filter array_flip array_intersect array_intersect_key"
    " array_is_list array_key_exists array_key_first array_keys array_map array_pop array_replace array_search"
    " array_slice array_values base64_encode count curl_error curl_exec curl_getinfo curl_init curl_setopt_array"
    " explode file_get_contents fwrite get_included_files get_object_vars getenv implode in_array is_array is_file"
    " is_object is_string json_decode json_encode json_last_error_msg ord preg_match preg_split rtrim"
    " sprintf str_starts_with substr"
    " anygiven answered at atleastone call executekw fromfile given inrow loadrows main newlines only onlyfor opened"
    " paged server setting tojson userid x2many".split()
)


@dataclass(frozen=True, slots=True)
class Member:
    """`'key' => value` of an array, or `name: value` of a call."""

    head: str
    value: Any


@dataclass(frozen=True, slots=True)
class Bracketed:
    """Items between the brackets of an array, and what stands before these."""

    items: Sequence[Any]
    opening: str = "["
    closing: str = "]"


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


def identifier(value: Any) -> Code:
    """A name without its dollar, if it is one; one that no variable may have, or that the code needs, with a `_`."""
    text = checked_name(str(value))
    return Code(f"{text}_" if text in _VARIABLES else text)


def variable(value: Any) -> Code:
    """The variable of this name: `$partner_id`."""
    return Code(f"${identifier(value)}")


def function_name(value: Any) -> Code:
    """The name of a function as PHP has it: createSaleOrder."""
    text = checked_name(str(value))
    if text.islower():
        text = re.sub(r"(?<=[a-z0-9])_([a-z])", lambda match: match[1].upper(), text)
    return Code(f"{text}_" if text.lower() in RESERVED else text)


def studly(value: Any) -> Code:
    """The same for a part of a namespace: CreateSaleOrder."""
    words = checked_name(str(value)).split("_")
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return Code(name if _NAME.fullmatch(name) else f"_{name}")


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    return line_comment(wrapped_lines(value, WIDTH - indent - 3), "//", indent)


def wrapped_lines(value: Any, width: int) -> list[str]:
    """Lines of a comment: they end neither it nor the code."""
    text = one_line(value).replace("*/", "* /").replace("?>", "? >")
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def text_literal(text: str) -> str:
    """A string: in single quotes as long as all of it can be seen."""
    is_simple = text.isprintable() and not ("'" in text and not re.search(r'["$\\]', text))
    if is_simple:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"$':
        return f"\\{char}"
    if char in ESCAPES or char.isprintable():
        return ESCAPES.get(char, char)
    return f"\\x{ord(char):02x}" if ord(char) < 0x80 else f"\\u{{{ord(char):x}}}"


def over_lines(value: Any, indent: int) -> str:
    """A container with an item a line; "" for what cannot be broken: a long text stays on its line."""
    if isinstance(value, Member):
        return f"{value.head}{over_lines(value.value, indent)}"
    if isinstance(value, OnlyFor):
        return _only_for(value, over_lines(value.values, indent))
    brackets = _bracketed(value)
    if brackets is None or not brackets.items:
        return ""
    return brackets.opening[:-1] + written_lines(
        brackets.items, indent, brackets.opening[-1] + brackets.closing
    )


def written_lines(items: Sequence[Any], indent: int, brackets: str) -> str:
    """An item a line between brackets, each with its comma."""
    written = [_item(item, indent + STEP) for item in items]
    return item_lines(written, indent, STEP, brackets)


def _item(item: Any, indent: int) -> Code:
    if isinstance(item, Member):
        return Code(item.head + literal(item.value, indent, len(item.head), 1))
    return literal(item, indent, 0, 1)


def flat(value: Any) -> Code:
    """The value on one line."""
    return Code(_flat(value))


def _flat(value: Any) -> str:
    kind = type(value)  # nearly all that there is
    if kind is str:
        return text_literal(value)
    if kind is int:
        return _number(value)
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Member):
        return f"{value.head}{_flat(value.value)}"
    if isinstance(value, OnlyFor):
        return _only_for(value, _flat(value.values))
    if isinstance(value, Input):
        return variable(value.name)
    if isinstance(value, Result):
        return _result_value(value)
    if isinstance(value, FromEnvironment):
        return f"getenv({text_literal(checked_name(value.name))})"
    if isinstance(value, FromFile):
        text = ", isText: true" if value.is_text else ""
        return f"fromFile({_flat(value.option)}{text})"
    if isinstance(value, Spread) and not value.extra:
        return checked_name(value.name)
    brackets = _bracketed(value)
    if brackets is not None:
        return f"{brackets.opening}{', '.join(map(_flat, brackets.items))}{brackets.closing}"
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return text_literal(value)
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as PHP")


def _bracketed(value: Any) -> Bracketed | None:
    """What a container is written as; None for other values."""
    if isinstance(value, Bracketed):
        return value
    if isinstance(value, Lines):
        return Bracketed(line_arguments(value), "newLines(", ")")
    if isinstance(value, GivenCommands) and is_optional(value):
        return Bracketed(value, "x2many(", ")")
    if isinstance(value, Spread):
        members = [Code(f"...{checked_name(value.name)}"), *_members(value.extra)]
        return _given_members(members) if _is_given(value.extra) else Bracketed(members)
    if isinstance(value, dict):
        return _map(value)
    return Bracketed(value) if isinstance(value, (list, tuple)) else None


def _map(value: dict[Any, Any]) -> Bracketed:
    members = _members(value)
    if _is_given(value):
        return _given_members(members, "atLeastOne" if isinstance(value, Changes) else "given")
    if not value:
        return Bracketed((), "new \\stdClass(", ")")
    if all(isinstance(member, OnlyFor) for member in members):
        return Bracketed(members, "(object) [")
    if str(next(iter(value))) == "0" and [*map(str, value)] == [*map(str, range(len(value)))]:
        return Bracketed(members, "new \\ArrayObject([", "])")
    return Bracketed(members)


def _given_members(members: Sequence[Any], head: str = "given") -> Bracketed:
    return Bracketed(members, f"{head}([", "])")


def _is_given(members: Any) -> bool:
    """Whether only what was given of it is sent."""
    return isinstance(members, Given) and any(map(is_optional, members.values()))


def _members(value: dict[Any, Any]) -> list[Any]:
    return [
        item if isinstance(item, OnlyFor) else Member(f"{text_literal(str(key))} => ", item)
        for key, item in members_of(value)
    ]


def _only_for(value: OnlyFor, written: str) -> str:
    for key in value.values:
        if _INTEGER_KEY.fullmatch(key):
            raise Har2rpcError(
                f"{key!r} is not a valid field name"
            )  # spread out it would be a place
    return f"...onlyFor({_flat(value.source)}, {_flat(value.recorded)}, {written})"


def named_argument(value: Keyword) -> Member:
    """A named argument: `limit: 80`."""
    return Member(f"{identifier(value.name)}: ", value.value)


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(int(value)) if abs(value) <= PHP_INT_MAX else f"new Number('{int(value)}')"
    if math.isfinite(value):
        return repr(value)
    word = "NaN" if math.isnan(value) else "1e999" if value > 0 else "-1e999"
    return f"new Number('{word}')"


def _result_value(result: Result) -> str:
    """What a Result takes from its variable: `$order_id`, `at($order_ids, 0)`, `at(only($partners), 'id')`."""
    name, check, keys = str(variable(result.name)), check_of(result), keys_of(result)
    if check:
        name = f"{check}({name})"
    return f"at({name}, {', '.join(map(_flat, keys))})" if keys else name
