"""Walking values: in the order of writing, at any depth, and without changing what was recorded."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from har2rpc.model import Input
from har2rpc.model.values import are_ids, inputs_in, is_id, map_value, put, walk

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=2), inner, max_size=3),
)


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [{"a": value}]
    return value


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, True), (7, True), (-1, True), (True, False), (7.0, False), ("7", False), (None, False)],
)
def test_an_id_is_an_int_and_no_bool(value: Any, expected: bool) -> None:
    assert is_id(value) is expected


def test_ids_are_a_list_of_nothing_else() -> None:
    assert are_ids([]) and are_ids([1, 2])
    assert not are_ids([1, True]) and not are_ids((1,)) and not are_ids(1)


def test_a_walk_goes_in_the_order_of_writing() -> None:
    assert [{"a": [1, 2], "b": 3}, [1, 2], 1, 2, 3] == list(walk({"a": [1, 2], "b": 3}))


@given(JSON)
def test_a_map_that_changes_nothing_gives_an_equal_copy(value: Any) -> None:
    before = repr(value)
    copy = map_value(value, lambda part: part)
    assert copy == value and before == repr(value)
    assert copy is not value or not isinstance(value, (list, dict))


def test_a_map_works_from_the_outside_in() -> None:
    seen: list[Any] = []

    def change(part: Any) -> Any:
        seen.append(part)
        return ["x", "y"] if part == "xy" else part

    assert [["x", "y"], 1] == map_value(["xy", 1], change)
    assert [["xy", 1], "xy", "x", "y", 1] == seen


def test_neither_recurses() -> None:
    value = deep(50_000)
    assert 1 == list(walk(value))[-1]
    assert 2 == list(walk(map_value(value, lambda part: 2 if part == 1 else part)))[-1]


def test_put_copies_what_is_on_the_way() -> None:
    value = {"a": [{"b": 1}, {"c": 2}]}
    assert {"a": [{"b": 5}, {"c": 2}]} == (new := put(value, ("a", 0, "b"), 5))
    assert {"a": [{"b": 1}, {"c": 2}]} == value and new["a"][1] is value["a"][1]


def test_inputs_are_found_wherever_they_stand() -> None:
    one, two = Input("one"), Input("two")
    assert [one, two] == inputs_in({"a": [one], "b": [[1, {"c": two}]]})
    assert [one] == inputs_in(one) and [] == inputs_in("one")
