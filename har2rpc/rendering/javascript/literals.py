"""Values as JavaScript source: the same value for whoever reads the file, as a module or inside a page.

Laid out as Prettier does it with lines of 100: what does not fit has an item a line and trailing commas.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import (
    Code,
    FromEnvironment,
    Spread,
    depth,
    keys_of,
    one_line,
    opens_one,
)

WIDTH = 100
LARGEST = 2**53 - 1  # Number.MAX_SAFE_INTEGER
_DEEP = 50  # a reader gives up long before
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}
# What nothing may be called: the language's own words, and what the code itself needs.
_TAKEN = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval"
    " export extends false finally for function if implements import in instanceof interface let new null"
    " package private protected public return static super switch this throw true try typeof var void while"
    " with yield async of undefined NaN Infinity globalThis AbortSignal Array Error JSON Number Object String"
    " TypeError console fetch process realpathSync fileURLToPath at call executeKw knownUid main missing only opened"
    " page paged toJson userId".split()
)
# What every object seems to have: an option of such a name would never be missing.
INHERITED = frozenset(
    "__proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ constructor hasOwnProperty"
    " isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split()
)


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
    flat_text = flat(value)
    if len(flat_text) + indent + used + after <= WIDTH or depth(value) > _DEEP:
        return flat_text
    return Code(broken(value, indent) or flat_text)


def broken(value: Any, indent: int) -> str:
    """A container with an item a line; "" for what cannot be broken: a long text stays on its line."""
    if isinstance(value, Spread) and value.extra:
        value = Braced([_spread(value), *_members(value.extra)])
    elif isinstance(value, dict) and value:
        value = Braced(_members(value))
    if isinstance(value, Braced):
        return lines(value.members, indent, "{}") + value.tail
    return lines(value, indent, "[]") if isinstance(value, (list, tuple)) and value else ""


def lines(items: Sequence[Any], indent: int, brackets: str) -> str:
    """An item a line between brackets, each with its comma."""
    pad, written = " " * (indent + 2), []
    for item in items:
        if isinstance(item, Member):
            item = Code(item.text(literal(item.value, indent + 2, len(item.name) + 2, 1)))
        written.append(f"{pad}{literal(item, indent + 2, 0, 1)},\n")
    return f"{brackets[0]}\n{''.join(written)}{' ' * indent}{brackets[1]}"


def flat(value: Any) -> Code:
    """The value on one line."""
    return Code(_flat(value))


def variable(value: Any) -> Code:
    """The name of a variable, if it is one; where that is taken with a dollar, which no name of Odoo has."""
    text = checked(value)
    return Code(f"${text}" if text in _TAKEN | INHERITED or text.isupper() else text)


def function(value: Any) -> Code:
    """The name of a function as JavaScript has it: createSaleOrder."""
    text = checked(value)
    if text.islower():
        text = re.sub(r"(?<=[a-z0-9])_([a-z])", lambda found: found[1].upper(), text)
    return Code(f"${text}" if text in _TAKEN else text)


def comment(value: Any, indent: int = 0) -> Code:
    """A comment of as many lines as it takes; what the capture says cannot leave it."""
    pad = " " * indent
    return Code(
        f"\n{pad}".join(f"// {line}" for line in wrapped(value, WIDTH - indent - 3)) or "//"
    )


def wrapped(value: Any, width: int) -> list[str]:
    """Lines of a comment: they end neither it nor the script element of a page."""
    text = one_line(value).replace("*/", "* /").replace("</", "< /").replace("<!--", "< !--")
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def text_literal(text: str) -> str:
    """A string with the quotes Prettier prefers; nothing in it ends the script element of a page."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    if text.isprintable():  # a megabyte of base64 is
        written = text.replace("\\", "\\\\").replace(quote, "\\" + quote)
    else:
        written = "".join(_escaped(char, quote) for char in text)
    return quote + written.replace("</", "\\x3c/").replace("<!--", "\\x3c!--") + quote


def checked(name: Any) -> str:
    """A name, if it is one. Raises Har2rpcError otherwise: no value becomes code."""
    text = str(name)
    if not _NAME.fullmatch(text):
        raise Har2rpcError(f"{text!r} is no identifier")
    return text


def _flat(value: Any) -> str:
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Input):
        return variable(value.name)
    if isinstance(value, Result):
        return _picked(value)
    if isinstance(value, FromEnvironment):
        return f'process.env.{checked(value.name)} || missing("{checked(value.name)}")'
    if isinstance(value, Member):
        return value.text(_flat(value.value))
    if isinstance(value, Braced):
        inner = ", ".join(map(_flat, value.members))
        return (f"{{ {inner} }}" if inner else "{}") + value.tail
    if isinstance(value, Spread):
        members = [_spread(value), *_members(value.extra)]
        return _flat(Braced(members)) if value.extra else checked(value.name)
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, dict):
        return _flat(Braced(_members(value)))
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_flat, value))}]"
    raise Har2rpcError(f"a {type(value).__name__} cannot be written as JavaScript")


def _members(value: dict[Any, Any]) -> list[Member]:
    return [Member(_key(str(key)), item) for key, item in value.items()]


def _key(name: str) -> str:
    if name == "__proto__":  # as a plain key it would set the prototype
        return '["__proto__"]'
    return name if _NAME.fullmatch(name) else text_literal(name)


def _spread(value: Spread) -> Code:
    return Code(f"...{checked(value.name)}")


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(int(value)) if abs(value) <= LARGEST else f"{int(value)}n"
    if math.isfinite(value):
        return repr(value)
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def _escaped(char: str, quote: str) -> str:
    if char == quote:
        return "\\" + char
    if char in _NAMED or char.isprintable():
        return _NAMED.get(char, char)
    halves = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))


def _picked(result: Result) -> str:
    """What a Result means of its variable: `order_id`, `at(order_ids, 0)`, `at(only(partners), "id")`."""
    name, keys = str(variable(result.name)), keys_of(result)
    if result.what == "only":
        name, keys = f"only({name})", keys[1:]
    elif opens_one(result):
        name = f"opened({name})"
    return f"at({name}, {', '.join(map(_flat, keys))})" if keys else name
