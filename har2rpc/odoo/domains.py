"""Search domains: their tree, their leaves, and what they say in words.

Grammar (Odoo 12-19, `odoo/osv/expression.py`, `odoo/orm/domains.py`): terms `[field, operator, value]` and the
prefix operators `'&'`, `'|'` (two operands) and `'!'` (one); terms side by side are joined by "and".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from har2rpc.model import Input, Json, Value

_WORDS = {
    "=": "is",
    "!=": "is not",
    "<>": "is not",
    "==": "is",
    "=?": "is (if given)",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "like": "contains (case matters)",
    "not like": "does not contain (case matters)",
    "ilike": "contains",
    "not ilike": "does not contain",
    "=like": "matches the pattern",
    "=ilike": "matches the pattern (any case)",
    "not =like": "does not match the pattern",
    "not =ilike": "does not match the pattern (any case)",
    "in": "is one of",
    "not in": "is none of",
    "child_of": "is or is below",
    "parent_of": "is or is above",
    "any": "has one where",
    "not any": "has none where",
}


@dataclass(frozen=True, slots=True)
class Leaf:
    field: str
    operator: str
    value: Value


@dataclass(frozen=True, slots=True)
class Node:
    operator: str
    """`and`, `or` (any number of operands) or `not` (one)."""
    operands: tuple[Tree, ...]


Tree: TypeAlias = "Leaf | Node"


def is_leaf(term: Value) -> bool:
    """Whether a member of a domain is a term (and not a prefix operator)."""
    return (
        isinstance(term, (list, tuple))
        and len(term) == 3
        and isinstance(term[0], (str, int))
        and isinstance(term[1], str)
    )


def parse(domain: Value) -> Tree | None:
    """The tree of a well-formed domain; None for an empty one.

    Raises ValueError for anything that is no domain.
    """
    if not isinstance(domain, (list, tuple)):
        raise ValueError("a domain is a list")
    terms = list(domain)
    operands = []
    try:
        while terms:
            operands.append(_take(terms))
    except RecursionError:
        raise ValueError("nested too deep") from None
    return _joined("and", operands) if operands else None


def _take(terms: list[Value]) -> Tree:
    if not terms:
        raise ValueError("a prefix operator has too few operands")
    term = terms.pop(0)
    if term in ("&", "|"):
        return _joined("and" if term == "&" else "or", [_take(terms), _take(terms)])
    if term == "!":
        return Node("not", (_take(terms),))
    if is_leaf(term):
        return Leaf(str(term[0]), term[1], term[2])
    raise ValueError(f"{term!r} is neither a term nor an operator")


def _joined(operator: str, operands: list[Tree]) -> Tree:
    """One node for a chain of the same operator: `|`, `|`, a, b, c is an "or" of three."""
    flat: list[Tree] = []
    for operand in operands:
        same = isinstance(operand, Node) and operand.operator == operator
        flat.extend(operand.operands if same else [operand])
    return flat[0] if len(flat) == 1 else Node(operator, tuple(flat))


def leaves(domain: Value) -> Iterator[tuple[tuple[int, ...], Leaf]]:
    """Every term with the path of its value in the domain: `(0, 2)` for the first term's."""
    todo: list[tuple[tuple[int, ...], Iterator[tuple[int, Value]]]] = []
    if isinstance(domain, (list, tuple)):
        todo.append(((), enumerate(domain)))
    while todo:  # no recursion: captures are hostile
        path, terms = todo[-1]
        position, term = next(terms, (-1, None))
        if position < 0:
            todo.pop()
        elif is_leaf(term):
            leaf = Leaf(str(term[0]), term[1], term[2])
            if leaf.operator in ("any", "not any") and isinstance(leaf.value, (list, tuple)):
                todo.append(((*path, position, 2), enumerate(leaf.value)))
            else:
                yield (*path, position, 2), leaf


def in_words(domain: Value, label: Callable[[str], str], show: Callable[[Value], str]) -> str:
    """What a domain searches: `phone contains "555" and (city is "Rome" or country is 20)`.

    `label` names a field, `show` writes a value. A domain that is none is said to be one.
    """
    try:
        tree = parse(domain)
        return _say(tree, label, show) if tree else ""
    except (ValueError, RecursionError):
        return "a domain of its own"


def _say(tree: Tree, label: Callable[[str], str], show: Callable[[Value], str]) -> str:
    if isinstance(tree, Leaf):
        return _say_leaf(tree, label, show)
    if tree.operator == "not":
        return f"not ({_say(tree.operands[0], label, show)})"
    if tree.operator == "or" and (merged := _same_question(tree)):
        fields, leaf = merged
        names = " or ".join(dict.fromkeys(label(field) for field in fields))
        return _say_leaf(leaf, lambda _: names, show)
    said = []
    for operand in tree.operands:
        text = _say(operand, label, show)
        nested = isinstance(operand, Node) and operand.operator != "not"
        is_one_question = nested and operand.operator == "or" and _same_question(operand)
        said.append(f"({text})" if nested and not is_one_question else text)
    return f" {tree.operator} ".join(said)


def _same_question(node: Node) -> tuple[list[str], Leaf] | None:
    """The fields of an "or" that asks one thing of several: phone or mobile contains 555."""
    first = node.operands[0]
    if not isinstance(first, Leaf):
        return None
    for operand in node.operands:
        if not isinstance(operand, Leaf) or operand.value != first.value:
            return None
        if type(operand.value) is not type(first.value):
            return None
    operators = {operand.operator for operand in node.operands if isinstance(operand, Leaf)}
    if not operators <= {"ilike", "=", "like", "=ilike"} or isinstance(first.value, bool):
        return None
    wide = next((o for o in node.operands if isinstance(o, Leaf) and o.operator == "ilike"), first)
    return [o.field for o in node.operands if isinstance(o, Leaf)], wide


def _say_leaf(leaf: Leaf, label: Callable[[str], str], show: Callable[[Value], str]) -> str:
    if leaf.field in ("0", "1") and leaf.operator == "=":
        return "always" if leaf.field == str(leaf.value) else "never"
    name = label(leaf.field)
    if leaf.value is False or leaf.value is None:
        empty = {"=": "is not set", "!=": "is set"}.get(leaf.operator)
        if empty:
            return f"{name} {empty}"
    if leaf.value is True and leaf.operator in ("=", "!="):
        return f"{name} is {'set' if leaf.operator == '=' else 'not set'}"
    if leaf.operator in ("any", "not any") and isinstance(leaf.value, (list, tuple)):
        return f"{name} {_WORDS[leaf.operator]} ({in_words(leaf.value, label, show)})"
    return f"{name} {_WORDS.get(leaf.operator, leaf.operator)} {show(leaf.value)}"


def shown(value: Json) -> str:
    """A value for people: text in quotes, long things cut."""
    if isinstance(value, Input):
        return f"`{value.name}`"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}…"'
    if isinstance(value, (list, tuple)):
        inner = ", ".join(shown(item) for item in value[:5])
        return f"{inner}, …" if len(value) > 5 else inner
    return str(value)
