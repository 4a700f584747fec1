"""Reads objects, lists and calls in JSON, JavaScript, Python, PHP and Ruby with a single tolerant grammar.

It accepts keys without quotes, all kinds of quotes, comments, extra commas, tuples, `array(…)`, `=>`, `JSON.stringify(…)`.
Anything that is not a literal (a variable, an expression) becomes an `Unknown` with its text. Nothing is evaluated, nothing
recurses, and every token is read once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from har2rpc.reading.clipboard.literal_values import Json, NotALiteral, Unknown, scalar

__all__ = ["Json", "NotALiteral", "Unknown", "read_literal", "unknown_names"]
LONGEST_SHOWN = 40  # characters of an expression, in a sentence
_LONGEST_EXPRESSION = 1000
_DEEPEST = 200  # brackets

_TOKEN = re.compile(
    r"""(?P<space>[\s\ufeff\0]++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)|\#[^\n]*+
        |:(?=\w++\s*+=>))
    | (?P<string>[rRuUbBfF]{0,2}(?:"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z)|'[^'\\]*+(?:\\.[^'\\]*+)*+(?:'|\Z)
        |`[^`\\]*+(?:\\.[^`\\]*+)*+(?:`|\Z)))
    | (?P<words>%[wi][\[({][^\])}\n]*+[\])}])
    | (?P<template>\{\{[^{}"'\n]{1,80}\}\}|\$\{[^{}"'\n]{1,80}\})
    | (?P<number>[-+]?(?:0[xX][0-9A-Fa-f]++|[0-9][0-9_]*+(?:\.[0-9]*+)?(?:[eE][-+]?[0-9]++)?|\.[0-9]++)(?![\w]))
    | (?P<open>(?:(?:JSON\.stringify|json\.dumps|json_encode|array|Array|tuple|list|dict|(?:Arrays\.)?asList|List\.of)\s*+|@)?\(
        |\[\](?:any|string|int|interface\{\})\{|map\[string\](?:any|interface\{\})\{|@?[{\[])
    | (?P<close>[)}\]])
    | (?P<comma>[,;])
    | (?P<pair>=>|:(?!:)|=(?!=))
    | (?P<word>:?[^\W\d]\w*+(?:(?:\.|->|::|\?\.)\w++)*+|\$\w++(?:->\w++)*+)
    | (?P<other>[-+*/%<>!?&|^~@.=$:\\]++|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMED = re.compile(r"[ \t]*=(?![=>])")  # behind the name of an argument
_PAIRS = {"{": "}", "[": "]", "(": ")"}


class _Container:
    """An object or a list that is not closed yet."""

    __slots__ = (
        "closing",
        "is_list",
        "is_pairs",
        "is_table",
        "is_text",
        "items",
        "key",
        "value",
        "values",
    )

    def __init__(self, opening: str) -> None:
        self.closing = _PAIRS[opening[-1]]
        self.is_pairs = opening[-1] == "{" and not opening.startswith("[]")  # Go's []any{}
        self.is_text = opening.startswith(("JSON", "json"))
        self.is_table = False  # PowerShell's @{}: a line ends an item
        self.is_list = opening != "(" and not self.is_pairs
        self.items: list[Json] = []
        self.values: dict[str, Json] = {}
        self.key: str | None = None
        self.value: list[Json] = []  # what stands since the last comma: at most one value

    def take(self, value: Json) -> bool:
        """Takes a value; whether that is possible here. Texts that stand side by side are one, as in Python."""
        if not self.value:
            self.value.append(value)
        elif type(value) is str and type(self.value[0]) is str:
            self.value[0] += value
        else:
            return False
        return True

    @property
    def is_expression(self) -> bool:
        """Whether what stands here can go on: `await x`, `new Date()`."""
        in_value = self.key is not None or not self.is_pairs
        return in_value and bool(self.value) and isinstance(self.value[0], Unknown)

    def end_item(self) -> bool:
        """Closes what stands since the last comma; whether that was whole."""
        if self.key is not None:
            if not self.value:
                return False
            self.values[self.key] = self.value[0]
        elif self.value:
            if self.is_pairs:  # {model}: the variable of that name
                name = str(self.value[0])
                self.values[name] = Unknown(name)
            else:
                self.items.append(self.value[0])
        self.key, self.value = None, []
        return True

    def result(self, *, has_comma: bool) -> Json:
        if self.is_text:
            return self.items[0] if self.items else None
        if self.is_pairs or (self.values and not self.items):
            return self.values
        if self.values:
            return [*self.items, self.values]
        is_grouping = not self.is_list and len(self.items) == 1 and not has_comma
        return self.items[0] if is_grouping else self.items


def read_literal(
    text: str,
    at: int,
    variables: Mapping[str, Json] | None = None,
    *,
    as_list: bool = False,
    is_inside: bool = False,
) -> tuple[Json, int]:
    """The value whose bracket stands here, and where it ends. `as_list`: the arguments of a call, as a list;
    `is_inside`: the bracket stood before.

    `variables` are values of names that may stand in it. Raises NotALiteral.
    """
    stack: list[_Container] = [_Container("(")] if is_inside else []
    has_comma = is_joining = False
    while token := _TOKEN.match(text, at):
        kind, piece = token.lastgroup, token[0]
        start, at = at, token.end()
        if kind == "space":
            if stack and "\n" in piece and stack[-1].is_table and stack[-1].value:
                stack[-1].end_item()
            continue
        if kind == "open":
            if stack and stack[-1].value:
                at = _expression_end(text, start)
                stack[-1].value[0] = Unknown(
                    _words_of(text[token.start() : at], stack[-1].value[0])
                )
                continue
            if len(stack) > _DEEPEST:
                raise NotALiteral("nested too deep", at)
            stack.append(_Container(piece))
            has_comma = is_joining = False
            continue
        if not stack:
            break
        top = stack[-1]
        if kind == "close":
            if piece != top.closing or not top.end_item():
                raise NotALiteral(f"{piece} where {top.closing} closes", at)
            stack.pop()
            if not stack:
                return (
                    top.items if as_list and not top.values else top.result(has_comma=has_comma)
                ), at
            value, has_comma = top.result(has_comma=has_comma), False
            if not stack[-1].take(value):
                raise NotALiteral("two values side by side", at)
        elif kind == "comma":
            has_comma = True
            if not top.end_item():
                raise NotALiteral("a key without a value", at)
        elif kind == "pair":
            if top.key is not None or not top.value or not isinstance(top.value[0], (str, int)):
                raise NotALiteral("a value without a key", at)
            top.is_table = piece == "=" and top.is_pairs
            top.key, top.value = str(top.value[0]).removeprefix(":"), []
        elif kind == "other":
            if piece == "..." and not top.value:
                at = _expression_end(text, at)  # JavaScript's spread
            elif piece == "+" and top.value and type(top.value[0]) is str:
                is_joining = True
                continue
            elif top.value and top.key is None and top.is_pairs:
                raise NotALiteral(f"{piece[:4]} instead of a colon", at)
            elif "…" in piece or not (top.value or piece in "-!+&*"):
                raise NotALiteral(f"{piece[:4]} is not a valid value", at)
            else:
                at = _expression_end(text, at)
                top.value = [Unknown(_words_of(text[start:at], top.value[0] if top.value else ""))]
        elif not top.take(
            Unknown(piece)
            if kind == "word" and ((top.is_pairs and top.key is None) or _NAMED.match(text, at))
            else scalar(kind or "", piece, variables or {}, at)
        ):
            if not (is_joining or top.is_expression):
                raise NotALiteral("two values side by side", at)
            at = _expression_end(text, at)
            top.value = [
                Unknown(_words_of(text[start:at], f"{top.value[0]} {'+ ' if is_joining else ''}"))
            ]
        is_joining = False
    raise NotALiteral("not closed", at)


def _words_of(rest: str, before: Json) -> str:
    text = f"{before}{rest}" if isinstance(before, str) else rest
    return " ".join(text[:_LONGEST_EXPRESSION].split())


def _expression_end(text: str, at: int) -> int:
    """Where an expression ends: before the comma or bracket that ends its place. Raises NotALiteral if it does not."""
    depth = 0
    while token := _TOKEN.match(text, at):
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            if not depth:
                return at
            depth -= 1
        elif kind == "comma" and not depth:
            return at
        at = token.end()
    raise NotALiteral("not closed", at)


def unknown_names(value: Json) -> list[str]:
    """The values that a text did not hold, each once."""
    names: dict[str, None] = {}
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, Unknown):
            names[item[:LONGEST_SHOWN]] = None
        elif isinstance(item, (dict, list)):
            todo += reversed(list(item.values()) if isinstance(item, dict) else item)
    return list(names)
