"""A flow in n8n is one chain: what a step made goes into the next, whatever Odoo answers this time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import call, search, views
from node import needs_packages

from targets.conftest import Stage
from targets.odoo_stub import StubOdoo
from targets.test_n8n import VERSIONS, done, key, workflow

pytestmark = needs_packages
FLOW = ("--flow",)
LINES = {"order_line": {"type": "one2many", "relation": "sale.order.line"}}
NEW = [[0, "virtual_1", {"product_id": 1}], [0, "virtual_2", {"product_id": 2}]]
ORDERS = (
    views("sale.order", LINES),
    call("res.partner", "create", ({"name": "Ada"},), result=7),
    search("res.users", [["login", "=", "ann"]]),
    call("sale.order", "web_save", ([], {"partner_id": 7, "user_id": 7}), result=[{"id": 8}]),
    call("sale.order", "action_confirm", ([8],), route="/web/dataset/call_button"),
    call("sale.order", "action_cancel", ([8],), route="/web/dataset/call_button"),
    call("sale.order", "write", ([8], {"note": "x"})),
)


def answers(door: str, users: int = 1) -> Any:
    """An Odoo that gives other ids than were recorded; JSON-2 answers a list where one record is made."""

    def one(identity: int) -> Any:
        return [identity] if door == "json2" else identity

    def answer(asked: Any) -> Any:
        if asked.method == "search_read":
            return [{"id": 70 + n} for n in range(users)]
        return (
            {"res.partner": one(91), "sale.order": one(92)}[asked.model]
            if asked.method == "create"
            else True
        )

    return answer


@pytest.mark.parametrize("door", VERSIONS)
def test_what_a_step_made_goes_into_the_next(door: str, tmp_path: Path, stage: Stage) -> None:
    made = workflow(tmp_path, door, *ORDERS, options=FLOW)
    stage.app = odoo = StubOdoo(answers(door), key(door))
    assert [{"result": True}] == done(made, stage, door)
    methods = [asked.method for asked in odoo.asked]
    assert [
        "create",
        "search_read",
        "create",
        "action_confirm",
        "action_cancel",
        "write",
    ] == methods
    order, *buttons = odoo.asked[2:]
    values = order.kwargs["vals_list"][0] if door == "json2" else order.args[0]
    assert {"partner_id": 91, "user_id": 70} == {
        key: values[key] for key in ("partner_id", "user_id")
    }
    for button in buttons:
        assert [92] == (button.kwargs["ids"] if door == "json2" else button.args[0])


@pytest.mark.parametrize("door", VERSIONS)
def test_a_refused_step_and_an_ambiguous_search_end_the_run(
    door: str, tmp_path: Path, stage: Stage
) -> None:
    made = workflow(tmp_path, door, *ORDERS, options=FLOW)
    stage.app = odoo = StubOdoo(answers(door, users=2), key(door))
    assert "the search found 2, but one is needed" in done(made, stage, door)["error"]
    assert ["create", "search_read"] == [asked.method for asked in odoo.asked]


@pytest.mark.parametrize("door", VERSIONS)
def test_a_write_that_is_switched_off_ends_the_run(door: str, tmp_path: Path, stage: Stage) -> None:
    made = workflow(tmp_path, door, *ORDERS, options=FLOW)
    stage.app = odoo = StubOdoo(answers(door), key(door))
    given = done(made, stage, door, {"switched": True})
    assert "activate 'Create Partner' first" in given["error"] and [] == odoo.asked


def test_names_are_unique_and_the_chain_is_whole(tmp_path: Path) -> None:
    entries = [call("res.partner", "write", ([n], {"phone": str(n)})) for n in (7, 8)]
    made = workflow(tmp_path, "json2", *ORDERS, *entries, options=FLOW)
    names = [node["name"] for node in made["nodes"]]
    assert len(names) == len(set(names))
    assert len(names) - 2 == len(made["connections"])  # all but the note and the last
