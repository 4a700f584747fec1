"""Search domains: their tree, their words, and nothing raised but ValueError whatever a capture holds."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from har2rpc.model import Input
from har2rpc.odoo import domains
from har2rpc.odoo.domains import Leaf, Node

A, B, C = ["a", "=", 1], ["b", "=", 2], ["c", "=", 3]
LEAF = {letter: Leaf(letter, "=", n) for n, letter in enumerate("abc", start=1)}

TREES = [
    ([], None),
    ([A], LEAF["a"]),
    ([A, B], Node("and", (LEAF["a"], LEAF["b"]))),
    (["|", A, B], Node("or", (LEAF["a"], LEAF["b"]))),
    (["|", "|", A, B, C], Node("or", (LEAF["a"], LEAF["b"], LEAF["c"]))),
    (["|", A, "|", B, C], Node("or", (LEAF["a"], LEAF["b"], LEAF["c"]))),
    (["&", A, "|", B, C], Node("and", (LEAF["a"], Node("or", (LEAF["b"], LEAF["c"]))))),
    (["!", "|", A, B], Node("not", (Node("or", (LEAF["a"], LEAF["b"])),))),
    (["|", A, B, C], Node("and", (Node("or", (LEAF["a"], LEAF["b"])), LEAF["c"]))),
]


@pytest.mark.parametrize("domain, tree", TREES, ids=lambda value: json.dumps(value, default=str))
def test_a_domain_is_the_tree_that_odoo_reads(domain: list[Any], tree: Any) -> None:
    assert tree == domains.parse(domain)


@pytest.mark.parametrize(
    "domain",
    ["x", None, 7, {"a": 1}, ["|", A], ["&"], ["!"], [["a", "="]], [[1, 2, 3]], ["x"], [[]]],
)
def test_what_is_no_domain_is_refused(domain: Any) -> None:
    with pytest.raises(ValueError):
        domains.parse(domain)
    assert "a domain of its own" == words(domain)


WORDS = [
    ([], ""),
    ([["phone", "ilike", "555"]], 'phone contains "555"'),
    (["|", ["phone", "ilike", "5"], ["mobile", "ilike", "5"]], 'phone or mobile contains "5"'),
    (["|", ["a", "=", 1], ["b", "=", True]], "a is 1 or b is set"),
    ([A, "|", B, ["c", "<", 3]], "a is 1 and (b is 2 or c is below 3)"),
    (["!", A], "not (a is 1)"),
    ([["a", "=", False]], "a is not set"),
    ([["a", "!=", False]], "a is set"),
    ([["a", "=", 0]], "a is 0"),
    ([["a", "in", [1, 2]]], "a is one of 1, 2"),
    ([["a", "any", [["b", ">=", 2]]]], "a has one where (b is at least 2)"),
    ([["a", "no such", 2]], "a no such 2"),
    ([[1, "=", 1]], "always"),
    ([[0, "=", 1]], "never"),
    ([["a", "ilike", "x" * 70]], f'a contains "{"x" * 57}…"'),
    ([["a", "=", Input("phone")]], "a is `phone`"),
]


@pytest.mark.parametrize("domain, said", WORDS)
def test_a_domain_in_words(domain: list[Any], said: str) -> None:
    assert said == words(domain)


def test_leaves_come_with_the_path_of_their_value() -> None:
    domain = ["|", A, ["line_ids", "any", [["product_id", "=", 7]]]]
    found = list(domains.leaves(domain))
    assert [((1, 2), "a"), ((2, 2, 0, 2), "product_id")] == [(p, leaf.field) for p, leaf in found]
    for path, leaf in found:
        value: Any = domain
        for step in path:
            value = value[step]
        assert leaf.value == value


def words(domain: Any) -> str:
    return domains.in_words(domain, str, domains.value_text)


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
anything = st.recursive(
    st.one_of(scalars, st.sampled_from(["&", "|", "!", "=", "ilike", "in", "any", "child_of", 1])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.tuples(st.sampled_from(["a", "b.c", 1]), st.sampled_from(["=", "any", "in"]), inner).map(
            list
        ),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=15,
)


def nested_any(levels: int) -> list[Any]:
    domain: list[Any] = [A]
    for _ in range(levels):
        domain = [["a", "any", domain]]
    return domain


@settings(max_examples=100, deadline=None)
@given(anything)
@example([["a", "=", {}], "|", ["a", "in", [{}]], ["a", "in", [[]]]])
def test_nothing_is_raised_but_value_error(value: Any) -> None:
    with suppress(ValueError):
        domains.parse(value)
    assert isinstance(words(value), str)
    assert all(isinstance(leaf, Leaf) for _, leaf in domains.leaves(value))


@pytest.mark.parametrize(
    "domain",
    [["!"] * 3000 + [A], ["|"] * 3000 + [A] * 3001, nested_any(900)],
    ids=["a long way down", "many operands", "nested"],
)
def test_deep_domains_are_told_as_far_as_it_goes(domain: list[Any]) -> None:
    with suppress(ValueError):
        domains.parse(domain)
    assert words(domain)
    assert [1] == list({leaf.value for _, leaf in domains.leaves(domain)})
