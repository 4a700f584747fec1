"""Which domains a version of Odoo refuses, and the common mistakes by name.

What is refused and what is not was tried on servers of 14 and 19, and is tried again in tests/live/test_domains.py.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from har2rpc.odoo.domains.checking import check
from har2rpc.odoo.domains.operators import has_operator, matches, table
from har2rpc.odoo.versions import KNOWN, Version
from odoo.domain_cases import BY_VERSION, FINE, REFUSED, TAKEN, V14, V19, A, B


def names(domain: Any, version: Version, refused: bool | None = None) -> list[str]:
    return [m.name for m in check(domain, version) if refused in (None, m.refused)]


def ids(value: Any) -> str:
    return json.dumps(value)[:60]


@pytest.mark.parametrize("domain, name, instead", REFUSED, ids=ids)
def test_what_every_odoo_refuses_is_named(domain: Any, name: str, instead: Any) -> None:
    for version in KNOWN:
        found = check(domain, version)
        assert name in {mistake.name for mistake in found if mistake.refused}
        assert instead == next((m.instead for m in found if m.instead is not None), None)
    if instead is not None:
        assert [] == names(instead, V19, refused=True)


@pytest.mark.parametrize("domain, name", TAKEN, ids=ids)
def test_what_odoo_takes_and_nobody_meant_is_named(domain: Any, name: str) -> None:
    for version in KNOWN:
        assert [name] == names(domain, version, refused=False)
        assert [] == names(domain, version, refused=True)


@pytest.mark.parametrize("domain", FINE, ids=ids)
def test_there_is_nothing_to_say_of_a_good_domain(domain: Any) -> None:
    assert [] == [name for version in KNOWN for name in names(domain, version)]


@pytest.mark.parametrize("domain, refusing, taking", BY_VERSION, ids=ids)
def test_versions_differ(domain: Any, refusing: Any, taking: Any) -> None:
    assert all(names(domain, version, refused=True) for version in refusing)
    assert [] == [name for version in taking for name in names(domain, version, refused=True)]


def test_what_is_out_of_use_or_gone_is_said() -> None:
    assert ["deprecated operator"] == names([["a", "<>", "x"]], V19)
    assert [] == names([["a", "<>", "x"]], V14)
    assert ["deprecated operator"] == names([["a", "ILIKE", "x"]], V19)
    (mistake,) = check([["parent_left", ">", 1]], V14)
    assert not mistake.refused and "Odoo 12" in mistake.message and "child_of" in mistake.message


def test_dates_that_only_19_works_out() -> None:
    for value in ("today -7d", "=monday", "-1m =1d", "now +2H"):
        assert ["newer than this Odoo"] == names([["create_date", ">=", value]], V14)
        assert [] == names([["create_date", ">=", value]], V19)
    zoned = [["create_date", ">", "2024-01-01T00:00:00Z"]]
    assert [[], ["time zone"]] == [names(zoned, V14), names(zoned, V19)]


def test_a_mistake_of_an_inner_domain_has_its_place_and_the_whole_domain_instead() -> None:
    (mistake,) = check([A, ["child_ids", "any", ["|", B]]], V19)
    assert (1, 2, 0) == mistake.at
    assert [A, ["child_ids", "any", [B]]] == mistake.instead


def test_the_table_of_operators() -> None:
    assert 17 == sum(has_operator(operator, (16, 0)) for operator in table()["operators"]) - 1
    assert not has_operator("any", (16, 0)) and has_operator("any", (17, 0))
    assert has_operator("=", (20, 0)) and not has_operator("any!", (19, 0))


@pytest.mark.parametrize(
    "operator, value, found",
    [
        ("=", "dog", "dog"),
        ("like", "dog", "dog bulldog"),
        ("ilike", "dog", "dog bulldog DOGS Dog"),
        ("=like", "dog", "dog"),
        ("=like", "%dog", "dog bulldog"),
        ("=ilike", "dog", "dog Dog"),
        ("=ilike", "d_g%", "dog DOGS Dog"),
        ("not ilike", "dog", ""),
        ("!=", "dog", "bulldog DOGS Dog"),
        ("ilike", "d.g", ""),
        ("=like", "d\\og", "dog"),
        ("=like", "d\\%g", ""),
    ],
)
def test_what_the_operators_for_texts_find(operator: str, value: str, found: str) -> None:
    dogs = ("dog", "bulldog", "DOGS", "Dog")
    assert found.split() == [dog for dog in dogs if matches(operator, value, dog)]


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
anything = st.recursive(
    st.one_of(
        scalars, st.sampled_from(["&", "|", "!", "=", "in", "any", "or", "name", "x_id", "today"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.tuples(inner, st.sampled_from(["=", "any", "in", "like", "=like", "nope"]), inner).map(
            list
        ),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(anything)
@example([["a"]] * 20)
@example([[["a", "=", 1], "|", 3]])
def test_anything_can_be_checked(value: Any) -> None:
    for version in (V14, V19):
        for mistake in check(value, version):
            assert mistake.message and "\n" not in mistake.message and len(mistake.message) < 250


@pytest.mark.parametrize(
    "domain, words",
    [
        ([["a", "&lt;=", "2025-01-01"]], "it is XML for '<='"),
        ([["a", "&gt;", 1]], "it is XML for '>'"),
        (["&amp;", ["a", "=", 1], ["b", "=", 2]], "'&amp;' is XML for '&'"),
        ([["stage_id", "=", [1, "New"]]], "use the id alone, 1"),
        ([["date_order", ">=", "31/12/2025"]], "write 2025-12-31"),
        ([["date_order", ">=", "12/31/2025"]], "write 2025-12-31"),
        (
            [["create_date", ">", "04/05/2026"]],
            "write 2026-05-04, or 2026-04-05 if the month comes first",
        ),
        ([["date", "=", "1.2.26"]], "write 2026-02-01"),
        ([["date", "<", "01/02/2025 10:00"]], "write 2025-02-01"),
    ],
)
def test_what_was_pasted_from_elsewhere_is_told(domain: Any, words: str) -> None:
    (mistake,) = check(domain, V19)[:1]
    assert words in mistake.message


def test_what_looks_like_it_and_is_not_is_left_alone() -> None:
    for domain in (
        [["name", "=", "1.2.3"]],
        [["ref", "ilike", "01/02/2025"]],
        [["a", "in", [1, "x"]]],
    ):
        assert [] == names(domain, V14)


def test_a_prefix_in_xml_has_its_domain_instead() -> None:
    (mistake,) = check(["&amp;", ["a", "=", 1], ["b", "=", 2]], V19)
    assert ["&", ["a", "=", 1], ["b", "=", 2]] == mistake.instead
