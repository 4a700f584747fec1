"""Reads a domain from JSON or Python text, and writes it as either.

It reads only Python literals and evaluates nothing.
"""

from __future__ import annotations

import ast
import json
import math
from typing import Any

from har2rpc.model import Har2rpcError, Value
from har2rpc.model.visible import visible_json
from har2rpc.odoo.domains.finding import Mistake
from har2rpc.odoo.domains.tree import is_leaf

LONGEST_PYTHON = 2_000_000  # characters: Python's own parser takes a hundred times that
DEEPEST = 100
_JSON_WORDS = {"true": True, "false": False, "null": None}


def read(text: str) -> tuple[Value, list[Mistake]]:
    """What a text holds, and what is mistaken in how it was written.

    Raises Har2rpcError if it is neither JSON nor a Python literal.
    """
    text = text.strip().removeprefix("\ufeff")
    if not text:
        raise Har2rpcError('there is no domain; pass one, such as [["name", "=", "x"]]')
    mistakes: list[Mistake] = []
    try:
        value = json.loads(text, parse_constant=_no_json)
    except RecursionError:
        raise Har2rpcError(_too_deep()) from None
    except ValueError:
        value = _python(text, mistakes)
    _check_inside(value)
    return value, mistakes


def as_json(value: Value) -> str:
    """JSON on one line, fit for a terminal: what cannot be printed is an escape."""
    return visible_json(json.dumps(value, ensure_ascii=False))


def as_python(domain: Value) -> str:
    """A Python literal on one line, its terms as tuples, as Odoo's own sources write them."""
    if not isinstance(domain, (list, tuple)):
        return repr(domain)
    written = []
    for term in domain:
        if is_leaf(term):
            field, operator, value = term
            is_domain = operator in ("any", "not any")
            inner = as_python(value) if is_domain else repr(value)
            written.append(f"({field!r}, {operator!r}, {inner})")
        else:
            written.append(repr(term))
    return f"[{', '.join(written)}]"


def _no_json(word: str) -> Any:
    raise ValueError(f"{word} is not valid JSON")


def _python(text: str, mistakes: list[Mistake]) -> Value:
    import warnings

    if len(text) > LONGEST_PYTHON:
        raise Har2rpcError(
            "a domain of that length is read only as JSON, and this is not valid JSON"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\%" in a text: Python's to complain of, not ours
            expression = ast.parse(text, mode="eval").body
        words: set[str] = set()
        value = _value(expression, words)
    except (RecursionError, MemoryError):
        raise Har2rpcError(_too_deep()) from None
    except (SyntaxError, ValueError) as error:
        raise Har2rpcError(f"this is neither JSON nor Python: {_why(error)}") from None
    if json_words := words - {"()"}:
        mistakes.append(_mixed(json_words, "()" in words))
    return value


def _value(node: ast.expr, words: set[str]) -> Value:
    """The value of a literal; JSON's own words and tuples are noted. Whatever is code is said to be."""
    if isinstance(node, ast.Constant) and isinstance(
        node.value, (str, int, float, bool, type(None))
    ):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        words |= {"()"} if isinstance(node, ast.Tuple) else set()
        return [_value(item, words) for item in node.elts]
    if isinstance(node, ast.Dict) and all(node.keys):
        keys = [str(_value(key, words)) for key in node.keys if key]
        return dict(zip(keys, [_value(item, words) for item in node.values], strict=True))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        number = _value(node.operand, words)
        if isinstance(number, (int, float)) and not isinstance(number, bool):
            return -number if isinstance(node.op, ast.USub) else number
    if isinstance(node, ast.Name) and node.id in _JSON_WORDS:
        words.add(node.id)
        return _JSON_WORDS[node.id]
    code = ast.unparse(node)
    code = code if len(code) <= 40 else code[:39] + "…"
    raise ValueError(f"{code} is code, which Odoo evaluates only in its views: write its value")


def _mixed(words: set[str], has_tuples: bool) -> Mistake:
    json_words = ", ".join(sorted(words))
    if has_tuples:
        message = f"tuples and {json_words}: JSON has no tuples, write lists; or write Python's True, False and None"
        return Mistake("tuples in JSON", message, refused=False)
    message = (
        f"{json_words} in what is not JSON: write double quotes, or Python's True, False and None"
    )
    return Mistake("JSON in Python", message, refused=False)


def _why(error: Exception) -> str:
    if "digits" in str(error):
        return "a number in it has thousands of digits"
    if isinstance(error, SyntaxError):
        where = f" at character {error.offset}" if error.offset else ""
        return f"{error.msg}{where}"
    return str(error)


def _check_inside(value: Value) -> None:
    level = [value]
    for _ in range(DEEPEST):
        if any(isinstance(item, float) and not math.isfinite(item) for item in level):
            raise Har2rpcError("a number in this domain is too large for JSON: write it out")
        level = [
            inner
            for item in level
            if isinstance(item, (list, dict))
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise Har2rpcError(_too_deep())


def _too_deep() -> str:
    return f"a domain nested deeper than {DEEPEST} levels: nothing was checked"
