"""Puts a domain into words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from har2rpc.model import Input, Json, Value
from har2rpc.odoo.domains.tree import Leaf, Node, Tree, parse

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
_OF_DATES = {"<": "is before", "<=": "is not after", ">": "is after", ">=": "is not before"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?\Z", re.ASCII)
_UNSET = {"=": "is not set", "!=": "is set", "<>": "is set", "==": "is not set"}


def in_words(
    domain: Value,
    label: Callable[[str], str],
    show: Callable[[Value], str],
    without: Sequence[Leaf] = (),
) -> str:
    """What a domain searches: `phone contains "555" and (city is "Rome" or country is 20)`.

    `label` names a field, `show` writes a value; `without` are conditions to leave out, where they hold for all records.
    A domain that is none is said to be one.
    """
    try:
        tree = parse(domain)
        tree = _without(tree, without) if tree and without else tree
        return _say(tree, label, show) if tree else ""
    except (ValueError, RecursionError):
        return "a domain of its own"


def common_leaves(domain: Value) -> list[Leaf]:
    """The conditions that all records of a domain fulfill; [] if it is not a domain."""
    try:
        tree = parse(domain)
    except (ValueError, RecursionError):
        return []
    operands = tree.operands if isinstance(tree, Node) and tree.operator == "and" else (tree,)
    return [operand for operand in operands if isinstance(operand, Leaf)]


def _without(tree: Tree, leaves: Sequence[Leaf]) -> Tree | None:
    if isinstance(tree, Leaf):
        return None if tree in leaves else tree
    if tree.operator != "and":
        return tree
    left = tuple(operand for operand in tree.operands if operand not in leaves)
    return Node("and", left) if len(left) > 1 else left[0] if left else None


def _say(tree: Tree, label: Callable[[str], str], show: Callable[[Value], str]) -> str:
    if isinstance(tree, Leaf):
        return _say_leaf(tree, label, show)
    if tree.operator == "not":
        return f"not ({_say(tree.operands[0], label, show)})"
    if tree.operator == "or":
        tree = _by_operator(tree)
        if merged := _same_question(tree):
            fields, leaf = merged
            names = " or ".join(dict.fromkeys(label(field) for field in fields))
            return _say_leaf(leaf, lambda _: names, show)
    phrases = []
    for operand in tree.operands:
        text = _say(operand, label, show)
        if isinstance(operand, Node) and operand.operator != "not":
            is_one_question = operand.operator == "or" and _same_question(operand)
            text = text if is_one_question else f"({text})"
        phrases.append(text)
    return f" {tree.operator} ".join(phrases)


def _by_operator(node: Node) -> Node:
    """An "or" of which those conditions stand together that differ in nothing but their fields: "is" is not "contains"."""
    groups: dict[str, list[Tree]] = {}
    for operand in node.operands:
        key = (
            repr((operand.operator, operand.value)) if isinstance(operand, Leaf) else repr(operand)
        )
        groups.setdefault(key, []).append(operand)
    if len(groups) == 1:
        return node
    return Node(
        "or",
        tuple(
            Node("or", tuple(group)) if len(group) > 1 else group[0] for group in groups.values()
        ),
    )


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
    if len(operators) > 1 or not operators <= {"ilike", "=", "like", "=ilike"}:
        return None
    if isinstance(first.value, bool):
        return None
    return [o.field for o in node.operands if isinstance(o, Leaf)], first


def _say_leaf(leaf: Leaf, label: Callable[[str], str], show: Callable[[Value], str]) -> str:
    if leaf.field in ("0", "1") and leaf.operator == "=":
        return "always" if leaf.field == str(leaf.value) else "never"
    name = label(leaf.field)
    if isinstance(leaf.value, bool) and leaf.operator == "=" and leaf.field == "active":
        return "not archived" if leaf.value else "archived"
    if (leaf.value is False or leaf.value is None) and leaf.operator in _UNSET:
        return f"{name} {_UNSET[leaf.operator]}"
    if leaf.value is True and leaf.operator in ("=", "!="):
        return f"{name} is {'set' if leaf.operator == '=' else 'not set'}"
    if leaf.operator in ("any", "not any") and isinstance(leaf.value, (list, tuple)):
        inner = in_words(leaf.value, label, show)
        has = _WORDS[leaf.operator]
        return f"{name} {has} ({inner})" if inner else f"{name} {has.removesuffix(' where')}"
    if leaf.operator in ("in", "not in") and leaf.value in ([], ()):
        return "never" if leaf.operator == "in" else "always"
    if leaf.operator in _OF_DATES and _is_date(leaf.value):
        value = leaf.value if isinstance(leaf.value, str) else show(leaf.value)
        return f"{name} {_OF_DATES[leaf.operator]} {value}"
    words = "is" if leaf.operator == "in" and _is_one(leaf.value) else _WORDS.get(leaf.operator)
    return f"{name} {words or leaf.operator} {show(leaf.value)}"


def _is_one(value: Value) -> bool:
    """Whether "in" asks for one value, as Odoo takes it for a field of several: `["user_ids", "in", 2]`."""
    return not value.multiple if isinstance(value, Input) else isinstance(value, (int, str))


def _is_date(value: Value) -> bool:
    if isinstance(value, Input):
        return value.type in ("date", "datetime")
    return isinstance(value, str) and bool(_DATE.match(value))


def value_text(value: Json) -> str:
    """A value for people: text in quotes, long things cut."""
    if isinstance(value, Input):
        return f"`{value.name}`"
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 60 else f'"{value[:57]}…"'
    if isinstance(value, (list, tuple)):
        inner = ", ".join(value_text(item) for item in value[:5])
        return f"{inner}, …" if len(value) > 5 else inner
    return str(value)
