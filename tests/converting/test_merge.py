"""Same-shaped calls are one action done several times; a created id is a variable where it comes back."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import CAPTURES, NO_CAPTURES, call, search

from har2rpc.model import Result

from .actions_of import actions, recorded


def create(name: str, number: int, model: str = "sale.order") -> dict[str, Any]:
    return call(model, "create", ({"name": name},), result=number)


def confirm(number: Any, model: str = "sale.order") -> dict[str, Any]:
    return call(model, "action_confirm", ([number],))


def values(action: Any) -> list[dict[str, Any]]:
    return [dict(run.values) for run in action.runs]


def test_calls_that_differ_in_their_values_alone_are_one_action() -> None:
    paging = {"limit": 80, "offset": 0}
    (found,) = actions(search(), search(domain=[["phone", "ilike", "666"]]))
    assert [{"phone": "555", **paging}, {"phone": "666", **paging}] == values(found)
    assert [1, 2] == [run.n for run in found.runs] == [one.n for one in found.calls]
    assert ["partners", "partners_2"] == [run.result for run in found.runs]


@pytest.mark.parametrize(
    "other",
    [
        search("res.users"),
        search(domain=[["phone", "=", "555"]]),
        search(domain=[["mobile", "ilike", "555"]]),
        search(order="name"),
        search(specification={"name": {}}),
        search(context={"lang": "fr_FR", "uid": 2}),
    ],
    ids=["model", "operator", "field", "order", "fields", "context"],
)
def test_calls_that_differ_in_anything_else_are_two(other: dict[str, Any]) -> None:
    found = actions(search(), other)
    assert 2 == len(found) == len({action.name for action in found})


def test_the_same_question_twice_is_asked_once_and_the_same_action_is_done_twice() -> None:
    (asked,) = actions(search(), search())
    assert (1, 2) == (len(asked.runs), len(asked.calls))
    (done,) = actions(confirm(7), confirm(7))
    assert 2 == len(done.runs)


def test_true_is_not_one() -> None:
    def sent(value: Any) -> dict[str, Any]:
        return call("m", "go", ([7], value))

    assert 3 == len(actions(sent(True), sent(1), sent(1.0)))


def test_a_created_id_is_a_variable_where_it_comes_back() -> None:
    made, confirmed = actions(create("a", 41), confirm(41))
    assert ["order_id"] == [run.result for run in made.runs]
    assert [{"order_id": Result("order_id")}] == values(confirmed)


def test_each_created_id_is_its_own_variable() -> None:
    made, confirmed = actions(create("a", 41), create("b", 42), confirm(42), confirm(41))
    assert ["order_id", "order_id_2"] == [run.result for run in made.runs]
    assert [Result("order_id_2"), Result("order_id")] == [v["order_id"] for v in values(confirmed)]


def test_equal_numbers_are_no_links() -> None:
    assert [{"order_id": 43}] == values(actions(create("a", 41), confirm(43))[1])
    other = actions(create("a", 41), confirm(41, "purchase.order"))[1]
    assert [{"order_id": 41}] == values(other)
    same_number = actions(create("a", 41), search("sale.order", [["amount", "=", 41]]))[1]
    assert 41 == values(same_number)[0]["amount"]


def test_an_id_is_no_variable_before_it_was_created() -> None:
    confirmed = actions(confirm(41), create("a", 41), confirm(41))[0]
    assert [41, Result("order_id")] == [v["order_id"] for v in values(confirmed)]


def test_an_id_in_a_list_and_in_a_field_is_linked_too() -> None:
    partner = create("a", 7, "res.partner")
    several = call("res.partner", "action_archive", ([7, 8],))
    order = call("sale.order", "create", ({"partner_id": 7},), result=41)
    _, archived, ordered = actions(partner, several, order)
    assert [Result("partner_id"), 8] == values(archived)[0]["partner_ids"]
    assert Result("partner_id") == values(ordered)[0]["partner_id"]


@pytest.mark.parametrize("answer", [41, [41], [{"id": 41}]])
def test_every_shape_of_answer_to_a_create_is_understood(answer: Any) -> None:
    made = call("sale.order", "web_save", ([], {"name": "a"}), result=answer)
    assert [{"order_id": Result("order_id")}] == values(actions(made, confirm(41))[1])


def test_a_refused_create_made_nothing() -> None:
    refused = call("sale.order", "create", ({"name": "a"},), error={"message": "no"})
    assert [{"order_id": 41}] == values(actions(refused, confirm(41))[0])


@pytest.mark.skipif(not CAPTURES.is_dir(), reason=NO_CAPTURES)
def test_a_recorded_order_is_confirmed_by_its_variable() -> None:
    create_order, confirm_order = recorded("odoo19/chrome-devtools/sale_order_confirm.har")
    assert ("create_sale_order", "confirm_sale_order") == (create_order.name, confirm_order.name)
    assert [{"order_id": Result(create_order.runs[0].result)}] == values(confirm_order)


def test_variables_and_functions_do_not_hide_each_other() -> None:
    """A method may be called like the variable for what another call answers."""
    found = actions(
        search(),
        call("res.partner", "partners", ([7],)),
        call("res.users", "create", ({"name": "x"},), result=9),
        call("res.users", "user_id", ([9],)),
        call("m", "result", ([7],)),
        call("m", "results", ([7],)),
    )
    variables = {run.result for action in found for run in action.runs}
    assert set() == {action.name for action in found} & (variables | {"uid", "results"})
    assert "uid" not in variables
