"""Every target's flow passes on what its own steps made, and sends what its caller chose; nothing that was recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search, views

from targets.calls import HOSTILE
from targets.conftest import Stage
from targets.odoo_stub import Asked
from targets.running import (
    ALL,
    BASH,
    JSON2,
    NODE,
    PHP,
    Ran,
    able,
    code,
    in_javascript,
    in_php,
    run,
    stub,
    variables,
)

LINES = {
    "order_line": {"type": "one2many", "relation": "sale.order.line"},
    "tag_ids": {"type": "many2many", "relation": "crm.tag"},
}
NEW = [[0, "virtual_1", {"product_id": 1}], [0, "virtual_2", {"product_id": 2}]]
OPENS = {"type": "ir.actions.act_window", "res_model": "account.move", "res_id": 57}
SELECTED = {"active_model": "sale.order", "active_id": 9, "active_ids": [9], "lang": "en_US"}
PAID = {"active_model": "account.move.line", "active_ids": [101, 102], "lang": "en_US"}
FLOW = (
    page(),
    views("sale.order", LINES),
    call("res.partner", "create", ({"name": "Ada"},), result=7),
    search("res.users", [["login", "=", "ann"]]),
    call("crm.tag", "name_create", ("Hot",), result=[43, "Hot"]),
    call(
        "sale.order",
        "web_save",
        ([], {"partner_id": 7, "user_id": 7, "tag_ids": [[4, 43]], "order_line": NEW}),
        result=[{"id": 8, "order_line": [{"id": 51}, {"id": 52}]}],
    ),
    call("sale.order", "web_save", ([8], {"order_line": [[1, 52, {"price_unit": 3.5}]]})),
    call("sale.order", "copy", ([8],), result=[9]),
    call("sale.make", "create", ({"kind": "all"},), {"context": SELECTED}, result=5),
    call(
        "sale.make",
        "go",
        ([5],),
        {"context": SELECTED},
        result=OPENS,
        route="/web/dataset/call_button",
    ),
    call("account.move", "action_post", ([57],), route="/web/dataset/call_button"),
    call(
        "account.move",
        "action_register_payment",
        ([57],),
        result={"res_model": "account.payment.register", "context": PAID},
        route="/web/dataset/call_button",
    ),
    call("account.payment.register", "create", ({"memo": "x"},), {"context": PAID}, result=6),
)
RECEIVABLE = {"active_model": "account.move.line", "active_ids": [2101, 2102]}
# What the server of the test gives: none of the recorded ids.
GIVEN = {
    ("res.partner", "create"): 1007,
    ("res.users", "search_read"): [{"id": 1002, "name": 'a "quoted\\" ] } name', "phone": False}],
    ("crm.tag", "name_create"): [1043, 'Hot, "very" ]'],
    ("sale.order", "create"): 1008,
    ("sale.order", "read"): [{"id": 1008, "order_line": [1051, 1052]}],
    ("sale.order", "copy"): [1009],
    ("sale.make", "create"): 1005,
    ("account.move", "action_register_payment"): {"context": RECEIVABLE},
    ("account.payment.register", "create"): 1006,
    ("sale.make", "go"): {"context": {"res_id": 3, "x": ["{", "]"]}, **OPENS, "res_id": 1057},
}


def answer(target: str) -> Any:
    """A server's answers; JSON-2 gives a list even for one new record."""

    def answered(asked: Asked) -> Any:
        given = GIVEN.get((asked.model, asked.method), True)
        return [given] if asked.method == "create" and target in JSON2 else given

    return answered


def first(asked: Asked) -> Any:
    """The records that a call was made on."""
    return asked.kwargs["ids"] if asked.args is None else asked.args[0]


def values(asked: Asked) -> Any:
    """The values of a create or write."""
    if asked.args is None:
        return asked.kwargs.get("vals") or asked.kwargs["vals_list"][0]
    return asked.args[-1]


@pytest.mark.parametrize("target", able())
def test_what_a_step_made_goes_into_the_next(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, *FLOW, options=("--flow",))
    ran = run(text, target, variables(stage.url, target), "--write")
    assert 0 == ran.status, ran.said
    asked = {(one.model, one.method): one for one in odoo.asked}
    assert len(asked) == len(odoo.asked) == 12
    order = values(asked["sale.order", "create"])
    assert (1007, 1002) == (order["partner_id"], order["user_id"])
    assert [[6, 0, [1043]]] == order["tag_ids"]
    assert [1008] == first(asked["sale.order", "read"]) == first(asked["sale.order", "write"])
    assert [[1, 1052, {"price_unit": 3.5}]] == values(asked["sale.order", "write"])["order_line"]
    for method in ("create", "go"):
        context = asked["sale.make", method].kwargs["context"]
        assert (1009, [1009]) == (context["active_id"], context["active_ids"])
    posted = asked["account.move", "action_post"]
    assert ([1005], [1057]) == (first(asked["sale.make", "go"]), first(posted))
    paid = asked["account.payment.register", "create"].kwargs["context"]
    assert [2101, 2102] == paid["active_ids"]
    made = {one for one in ran.printed.values() if isinstance(one, int)}
    assert {1007, 1008} == made, "a dialog is no record that anybody wants"


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize("found", [[], [{"id": 1}, {"id": 2}]], ids=["none", "two"])
def test_one_is_needed_and_not_guessed(
    target: str, found: Any, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, lambda asked: found)
    write = call("res.partner", "write", ([7], {"name": "Ada"}))
    text = code(tmp_path, target, page(), search(), write, options=("--flow",))
    ran = run(text, target, variables(stage.url, target), "--write")
    assert ran.status != 0 and "one is needed" in ran.said
    assert ["search_read"] == [one.method for one in odoo.asked]


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize("opens", [0, False], ids=str)
def test_an_action_that_lists_several_opens_no_one(
    target: str, opens: Any, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, lambda asked: {**OPENS, "res_id": opens})
    make = call("sale.make", "go", ([5],), result=OPENS, route="/web/dataset/call_button")
    post = call("account.move", "action_post", ([57],))
    text = code(tmp_path, target, page(), make, post, options=("--flow",))
    ran = run(text, target, variables(stage.url, target), "--write")
    assert ran.status != 0 and "does not open a single record" in ran.said
    assert ["go"] == [one.method for one in odoo.asked]


def called(text: str, target: str, given: dict[str, str], name: str, chosen: dict[str, Any]) -> Ran:
    """Runs the flow's function with these values."""
    if target in BASH:
        values = {f"TOLD_{key}": str(value) for key, value in chosen.items()}
        options = " ".join(f'--{key} "$TOLD_{key}"' for key in chosen)
        return run(text, target, {**given, **values}, then=f"{name} {options}")
    if target in NODE:
        then = in_javascript(text, name, chosen)
    else:
        then = in_php(name, chosen) if target in PHP else f"{name}(**{chosen!r})"
    return run(text, target, given, then=then)


TWO = (
    page(),
    call("res.partner", "create", ({"name": "Ada", "phone": "1"},), result=7),
    call("res.partner", "write", ([7], {"comment": "old"})),
)
NAME = "create_partner_and_update_partner_comment"


@pytest.mark.parametrize("target", able())
def test_what_the_caller_chose_is_sent(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, *TWO, options=("--flow",))
    given = variables(stage.url, target)
    ran = called(text, target, given, NAME, {"name": HOSTILE, "comment": f"{HOSTILE}\n'"})
    assert 0 == ran.status, ran.said
    made, changed = odoo.asked
    assert {"name": HOSTILE} == values(made)
    assert ([1007], {"comment": f"{HOSTILE}\n'"}) == (first(changed), values(changed))


@pytest.mark.parametrize("target", able(*BASH))
def test_a_flow_of_bash_checks_its_options(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, *TWO, options=("--flow",))
    given = variables(stage.url, target)
    for options, said in [
        ("--name x", "--comment is missing"),
        ("--name x --comment", "--comment needs a value"),
        ("--name x --comment y --city z", "--city: no such option"),
    ]:
        ran = run(text, target, given, then=f"{NAME} {options}")
        assert (1, True) == (ran.status, said in ran.said)
    assert [] == odoo.asked


PAGES = [search(limit=2, offset=offset) for offset in (0, 2, 4)]


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize(
    "total, pages, fetched", [(5, 3, 5), (5, 9, 5), (50, 3, 6), (2, 3, 2), (0, 3, 0)]
)
def test_pages_are_turned_up_to_a_bound(
    target: str, total: int, pages: int, fetched: int, tmp_path: Path, stage: Stage
) -> None:
    def page_of(asked: Asked) -> Any:
        offset, limit = asked.kwargs["offset"], asked.kwargs["limit"]
        return [{"id": 100 + n, "name": "]"} for n in range(offset, min(total, offset + limit))]

    stage.app = odoo = stub(target, page_of)
    text = code(tmp_path, target, page(), *PAGES, options=("--flow",))
    given = variables(stage.url, target)
    name = "search_partners_by_phone_flow"
    ran = called(text, target, given, name, {"phone": "5", "pages": pages})
    assert 0 == ran.status, ran.said
    assert list(range(100, 100 + fetched)) == [row["id"] for row in ran.printed]
    assert len(odoo.asked) <= min(pages, total // 2 + 1 + (target in BASH))
    assert all(
        [["phone", "ilike", "5"]] == (one.kwargs["domain"] if one.args is None else one.args[0])
        for one in odoo.asked
    )


@pytest.mark.parametrize("target", able())
def test_the_recorded_pages_are_asked_again(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, lambda asked: [{"id": 1}, {"id": 2}])
    text = code(tmp_path, target, page(), *PAGES, options=("--flow",))
    ran = run(text, target, variables(stage.url, target))
    assert 0 == ran.status, ran.said
    assert [0, 2, 4] == [one.kwargs["offset"] for one in odoo.asked]


def test_all_targets_are_tried() -> None:
    assert {"python", "curl", "odoorpc"} <= set(ALL)
