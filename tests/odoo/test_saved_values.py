"""Two sets of saved values, key by key: what means the same to Odoo is the same, and everything else is found."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.odoo.schema.saved_values import compare_saves, is_nothing, is_same_value

LINE = {"product_id": 7, "price_unit": 10.5}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        ({"id": 7, "display_name": "X"}, 7),
        ([7, "X"], 7),
        ([[4, 1], [4, 2]], [[6, 0, [1, 2]]]),
        ([[6, False, [1]]], [[6, 0, [1]]]),
        ([[5], [4, 1, False]], [[4, 1]]),
        ('<p data-oe-version="1.2">a</p>', "<p>a</p>"),
        ({"a": [1.0]}, {"a": [1]}),
    ],
    ids=str,
)
def test_the_same_to_odoo(one: Any, other: Any) -> None:
    assert is_same_value(one, other) and is_same_value(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        ("7", 7),
        ([[4, 1]], [[4, 2]]),
        ([[4, 1]], [[3, 1]]),
        ([[6, 0, [1, 2]]], [[6, 0, [2, 1]]]),
        ({"a": 1}, {"a": 1, "b": 1}),
        ("<p>a</p>", "<p>b</p>"),
    ],
    ids=str,
)
def test_not_the_same(one: Any, other: Any) -> None:
    assert not is_same_value(one, other) and not is_same_value(other, one)


def test_setting_records_is_not_adding_them_where_there_may_be_others() -> None:
    assert not is_same_value([[4, 1]], [[6, 0, [1]]], is_new=False)
    changed, _ = compare_saves({"tag_ids": [[4, 1]]}, {"tag_ids": [[6, 0, [1]]]}, creates=False)
    assert [("tag_ids", [[4, 1]], [[6, 0, [1]]])] == list(changed)


@pytest.mark.parametrize(
    ("value", "nothing"),
    [
        *((value, True) for value in (False, "", [[5]], [[6, 0, []]], "<p><br></p>")),
        *((value, False) for value in (0, 0.0, True, "<p>a</p>", [[4, 1]])),
    ],
    ids=str,
)
def test_what_is_nothing(value: Any, nothing: bool) -> None:
    assert nothing == is_nothing(value)


def compared(recorded: Any, sent: Any, *, creates: bool = True) -> tuple[list[str], list[str]]:
    """The paths that are changed, and those that are left out."""
    changed, left_out = compare_saves(recorded, sent, creates=creates)
    return [path for path, _, _ in changed], [one.path for one in left_out]


def test_every_key_is_looked_at() -> None:
    recorded = {"name": "X", "phone": False, "color": 0}
    assert ([], []) == compared(recorded, {"name": "X", "color": 0})
    assert ([], ["is_company"]) == compared({"is_company": False, "city": False}, {})
    assert (["name"], ["color"]) == compared(recorded, {"name": "Y"})
    assert (["city"], []) == compared(recorded, {**recorded, "city": "Y"})


def test_lines_are_looked_into() -> None:
    recorded = {"order_line": [[0, "virtual_3", LINE], [0, "virtual_4", {**LINE, "discount": 5}]]}
    assert ([], []) == compared(
        recorded, {"order_line": [[0, 0, LINE], [0, 0, {**LINE, "discount": 5}]]}
    )
    sent = {"order_line": [[0, 0, {**LINE, "price_unit": 9}], [0, 0, LINE]]}
    assert (["order_line[0].price_unit"], ["order_line[1].discount"]) == compared(recorded, sent)
    assert (["order_line"], []) == compared(recorded, {"order_line": [[0, 0, LINE]]})


def test_a_changed_line_is_the_same_record_and_untouched_ones_may_go() -> None:
    recorded = {"line_ids": [[4, 8, False], [1, 9, {"quantity": 2}]]}
    sent = {"line_ids": [[1, 9, {"quantity": 2}]]}
    assert ([], []) == compared(recorded, sent, creates=False)
    twin = {"line_ids": [[1, 8, {"quantity": 2}]]}
    assert (["line_ids"], []) == compared(recorded, twin, creates=False)
    twin = {"line_ids": [[1, 9, {"quantity": 3}]]}
    assert (["line_ids[1].quantity"], []) == compared(recorded, twin, creates=False)
