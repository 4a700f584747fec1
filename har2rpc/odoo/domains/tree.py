"""A domain as a tree, and its terms one by one. Nothing here recurses: captures are hostile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from har2rpc.model import Value

PREFIXES = {"&": "and", "|": "or", "!": "not"}


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


def _leaf(term: Value) -> Leaf:
    field, operator, value = term
    return Leaf(field if isinstance(field, str) else str(int(field)), operator, value)


def parse(domain: Value) -> Tree | None:
    """The tree of a well-formed domain; None for an empty one.

    Raises ValueError for anything that is not a domain.
    """
    if not isinstance(domain, (list, tuple)):
        raise ValueError("a domain is a list")
    stack: list[Leaf | _Chain] = []
    for term in reversed(domain):
        if isinstance(term, str) and term in PREFIXES:
            if len(stack) < (1 if term == "!" else 2):
                raise ValueError("a prefix operator has too few operands")
            if term == "!":
                stack.append(_Chain("not", deque([_done(stack.pop())])))
            else:
                stack.append(_chained(PREFIXES[term], stack.pop(), stack.pop()))
        elif is_leaf(term):
            stack.append(_leaf(term))
        else:
            raise ValueError(f"{term!r} is neither a term nor an operator")
    while len(stack) > 1:
        stack.append(_chained("and", stack.pop(), stack.pop()))
    return _done(stack[0]) if stack else None


@dataclass(slots=True)
class _Chain:
    """A node that may still grow: `|`, `|`, a, b, c is an "or" of three."""

    operator: str
    operands: deque[Tree]


def _chained(operator: str, left: Leaf | _Chain, right: Leaf | _Chain) -> _Chain:
    # The shorter side moves: a long chain costs its length, whichever way it was written.
    if isinstance(left, _Chain) and left.operator == operator:
        if isinstance(right, _Chain) and right.operator == operator:
            if len(left.operands) < len(right.operands):
                right.operands.extendleft(reversed(left.operands))
                return right
            left.operands.extend(right.operands)
        else:
            left.operands.append(_done(right))
        return left
    if isinstance(right, _Chain) and right.operator == operator:
        right.operands.appendleft(_done(left))
        return right
    return _Chain(operator, deque([_done(left), _done(right)]))


def _done(built: Leaf | _Chain) -> Tree:
    return built if isinstance(built, Leaf) else Node(built.operator, tuple(built.operands))


def leaves(domain: Value) -> Iterator[tuple[tuple[int, ...], Leaf]]:
    """Every term with the path of its value in the domain: `(0, 2)` for the first term's."""
    todo: list[tuple[tuple[int, ...], Iterator[tuple[int, Value]]]] = []
    if isinstance(domain, (list, tuple)):
        todo.append(((), enumerate(domain)))
    while todo:
        path, terms = todo[-1]
        position, term = next(terms, (-1, None))
        if position < 0:
            todo.pop()
        elif is_leaf(term):
            leaf = _leaf(term)
            if leaf.operator in ("any", "not any") and isinstance(leaf.value, (list, tuple)):
                todo.append(((*path, position, 2), enumerate(leaf.value)))
            else:
                yield (*path, position, 2), leaf
