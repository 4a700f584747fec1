"""What a search found, several records made at once, lines read back: ids that are told from an answer's places."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call

from har2rpc.model import Result

from .actions_of import actions
from .test_flow import asked, flow
from .test_links import DESCRIBED, found, last, order, saved


def test_the_one_record_that_a_search_found() -> None:
    one = Result("partners", "only", field="id")
    assert one == last(found(3), order(partner_id=3))["args"][0]["partner_id"]
    archive = call("res.partner", "action_archive", ([3],))
    assert [[one]] == last(found(3), archive)["args"]


@pytest.mark.parametrize(
    "search_",
    [found(3, 4), found(), found(3, length=81), found(4)],
    ids=["two", "none", "one of many", "another"],
)
def test_of_several_nobody_knows_which_was_meant(search_: dict[str, Any]) -> None:
    made = actions(*DESCRIBED, search_, order(partner_id=3))[-1]
    assert {"partner_id": 3} == made.runs[0].values


def test_what_is_not_linked_says_what_it_was() -> None:
    made = actions(*DESCRIBED, found(3, 4), order(partner_id=3))[-1]
    assert "3 was x" in made.inputs[0].help


def test_a_found_id_is_no_other_models() -> None:
    sent = last(found(3), order(tag_ids=[[4, 3]]))["args"][0]
    assert [[6, 0, [3]]] == sent["tag_ids"]


@pytest.mark.parametrize(
    "method, args, answer, result",
    [
        ("search", ([["name", "=", "x"]],), [3], Result("result", "only")),
        ("name_search", ("x",), [[3, "X"]], Result("partners", "only", item=0)),
        (
            "search_read",
            ([["name", "=", "x"]], ["name"]),
            [{"id": 3}],
            Result("partners", "only", field="id"),
        ),
    ],
)
def test_whatever_it_was_searched_with(method: str, args: Any, answer: Any, result: Any) -> None:
    asked_ = call("res.partner", method, args, result=answer)
    told = last(asked_, order(partner_id=3), numbers=[3, 4])["args"][0]["partner_id"]
    assert (result.what, result.field, result.item) == (told.what, told.field, told.item)


def test_each_of_several_created_at_once() -> None:
    both = call("res.partner", "create", ([{"name": "a"}, {"name": "b"}],), result=[41, 42])
    assert [[Result("partner_ids", "ids", record=1)]] == last(
        both, call("res.partner", "action_archive", ([42],))
    )["args"]


def edited(line: int, quantity: int = 5) -> dict[str, Any]:
    command = [1, line, {"product_uom_qty": quantity}]
    return call("sale.order", "web_save", ([7], {"order_line": [command]}), result=[{"id": 7}])


def test_a_line_that_was_made_with_its_record_is_read_back_in_a_flow() -> None:
    made = flow(*DESCRIBED, saved(), edited(52))
    assert ["create", "read", "write"] == [step.action.method for step in made.steps]
    create, read, write = made.steps
    assert {"order_id": Result(create.result)} == read.values
    assert {"fields": ["order_line"]} == read.action.kwargs
    line = Result(read.result, "field", field="order_line", item=1)
    assert line in write.values.values() and Result(create.result) in write.values.values()
    assert set(asked(made)) == {"partner_id", "lines", "quantity"}


def test_up_to_16_the_client_reads_the_record_itself() -> None:
    lines = [[0, "virtual_1", {"product_id": 1}]]
    made = flow(
        *DESCRIBED,
        call("sale.order", "create", ({"partner_id": 3, "order_line": lines},), result=7),
        call("sale.order", "read", ([7], ["order_line"]), result=[{"id": 7, "order_line": [51]}]),
        call("sale.order", "write", ([7], {"order_line": [[1, 51, {"product_uom_qty": 5}]]})),
    )
    line = Result(made.steps[-2].result, "field", field="order_line", item=0)
    assert line in made.steps[-1].values.values()


def test_a_line_that_was_there_before_is_an_input() -> None:
    made = flow(*DESCRIBED, edited(52))
    assert 52 in asked(made).values()
    assert ["write"] == [step.action.method for step in made.steps]
