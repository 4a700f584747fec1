"""Ids that came from an earlier call are links wherever they come back; equal numbers are not."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, search, views

from har2rpc.model import Action, Flow, Input, Result

from .actions_of import actions
from .test_flow import asked, flow

ORDER_FIELDS = {
    "partner_id": {"type": "many2one", "relation": "res.partner"},
    "order_line": {"type": "one2many", "relation": "sale.order.line"},
    "tag_ids": {"type": "many2many", "relation": "crm.tag"},
    "sequence": {"type": "integer"},
}
LINE_FIELDS = {
    "product_id": {"type": "many2one", "relation": "product.product"},
    "product_uom_qty": {"type": "float"},
    "sequence": {"type": "integer"},
}
DESCRIBED = (views("sale.order", ORDER_FIELDS), views("sale.order.line", LINE_FIELDS))
PARTNER = call("res.partner", "create", ({"name": "Ada"},), result=41)
TAG = call("crm.tag", "name_create", ("Hot",), result=[41, "Hot"])
PRODUCT = call("product.product", "create", ({"name": "Lamp"},), result=41)


def sent(action: Action) -> dict[str, Any]:
    """What an action sends in its first run: Results and recorded values in the place of inputs."""

    def filled(value: Any) -> Any:
        if isinstance(value, Input):
            return action.runs[0].values[value.name]
        if isinstance(value, dict):
            return {key: filled(item) for key, item in value.items()}
        return [filled(item) for item in value] if isinstance(value, list) else value

    return {name: filled(getattr(action, name)) for name in ("args", "kwargs", "context")}


def last(*entries: dict[str, Any], **options: Any) -> dict[str, Any]:
    """What the last call sends, after the others."""
    return sent(actions(*DESCRIBED, *entries, **options)[-1])


def order(**values: Any) -> dict[str, Any]:
    return call("sale.order", "create", (values,), result=7)


def found(*ids: int, **more: Any) -> dict[str, Any]:
    """A search that found these partners."""
    result = {"length": len(ids), "records": [{"id": one, "name": "x"} for one in ids], **more}
    kwargs = {"domain": [["name", "ilike", "x"]], "specification": {"name": {}}, "limit": 80}
    return call("res.partner", "web_search_read", (), {**kwargs, "offset": 0}, result=result)


def saved(**order_line: Any) -> dict[str, Any]:
    """A sale order with two lines, as 17 and later save it and read it back."""
    lines = [[0, "virtual_1", {"product_id": 1}], [0, "virtual_2", {"product_id": 2}]]
    back = [{"id": 7, "order_line": [{"id": 51}, {"id": 52}], **order_line}]
    return call("sale.order", "web_save", ([], {"partner_id": 3, "order_line": lines}), result=back)


@pytest.mark.parametrize(
    "given, value, linked",
    [
        (TAG, [[6, 0, [41, 5]]], [[6, 0, [Result("tag", "ids"), 5]]]),
        (TAG, [[4, 41]], [[4, Result("tag", "ids")]]),
        (TAG, [[3, 41, 0]], [[3, Result("tag", "ids"), 0]]),
    ],
    ids=["set", "link", "unlink"],
)
def test_x2many_commands(given: dict[str, Any], value: Any, linked: Any) -> None:
    write = call("sale.order", "write", ([7], {"tag_ids": value}))
    assert linked == last(given, write)["args"][1]["tag_ids"]


def test_a_field_of_a_line() -> None:
    line = {"product_id": 41, "product_uom_qty": 41, "sequence": 41}
    values = last(PRODUCT, order(order_line=[[0, "virtual_1", line]]), keep_all=True)["args"][0]
    told = values["order_line"][0][2]
    assert Result("product_id") == told["product_id"]
    assert (41, 41) == (told["product_uom_qty"], told["sequence"])


@pytest.mark.parametrize(
    "domain, path",
    [
        ([["id", "=", 41]], (0,)),
        ([["id", "in", [41]]], (0,)),
        ([["parent_id", "child_of", 41]], (0,)),
        (["|", ["user_id", "=", 41], ["parent_id", "=", 41]], (2,)),
        (["|", ["active", "=", False], ["child_ids.parent_id", "in", [41]]], (2,)),
    ],
)
def test_domains(domain: Any, path: tuple[int, ...]) -> None:
    told = last(PARTNER, search("res.partner", domain))["args"][0]
    leaf = told[path[0]][2]
    assert Result("partner_id") == (leaf[0] if isinstance(leaf, list) else leaf)
    assert 1 == str(told).count("Result(")


def test_a_record_of_any_model_beside_the_name_of_that_model() -> None:
    ours = [["res_model", "=", "res.partner"], ["res_id", "=", 41]]
    theirs = [["res_model", "=", "sale.order"], ["res_id", "=", 41]]
    assert Result("partner_id") == last(PARTNER, search("ir.attachment", ours))["args"][0][1][2]
    assert 41 == last(PARTNER, search("ir.attachment", theirs))["args"][0][1][2]


@pytest.mark.parametrize(
    "context, linked",
    [
        ({"default_partner_id": 41}, {"default_partner_id": Result("partner_id")}),
        ({"default_tag_ids": [[6, 0, [41]]]}, {"default_tag_ids": [[6, 0, [41]]]}),
        ({"default_sequence": 41}, {"default_sequence": 41}),
        (
            {"active_model": "res.partner", "active_id": 41, "active_ids": [41, 8]},
            {
                "active_model": "res.partner",
                "active_id": Result("partner_id"),
                "active_ids": [Result("partner_id"), 8],
            },
        ),
        (
            {"active_model": "sale.order", "active_id": 41, "active_ids": [41]},
            {"active_model": "sale.order", "active_id": 41, "active_ids": [41]},
        ),
    ],
)
def test_contexts(context: dict[str, Any], linked: dict[str, Any]) -> None:
    made = call("sale.order", "create", ({"sequence": 3},), {"context": context}, result=7)
    assert linked == last(PARTNER, made)["context"]


def test_arguments_by_name_and_by_a_known_signature() -> None:
    named = call("sale.order", "message_subscribe", ([7],), {"partner_ids": [41]})
    assert [Result("partner_id")] == last(PARTNER, named)["kwargs"]["partner_ids"]
    placed = call("sale.order", "message_subscribe", ([7], [41]))
    assert [Result("partner_id")] == last(PARTNER, placed)["args"][1]
    unknown = call("sale.order", "no_such_method", ([7], [41]))
    assert [41] == last(PARTNER, unknown)["args"][1]


FOOLING = {
    "an opcode": order(tag_ids=[[4, 9]]),
    "a code with a value": order(tag_ids=[[6, 0, [9]]]),
    "a sequence": call("sale.order", "write", ([9], {"sequence": 4})),
    "a quantity": order(order_line=[[0, 0, {"product_uom_qty": 4}]]),
    "another model's field": order(partner_id=4),
    "a user": search("res.partner", [["user_id", "=", 4]]),
    "a number in a domain": search("res.partner", [["color", "=", 4]]),
    "paging": search("res.partner", [["name", "ilike", "x"]], limit=4, offset=4),
    "a text": search("res.partner", [["ref", "=", "4"]]),
    "true": call("sale.order", "write", ([9], {"sequence": True})),
    "a list of levels": call("sale.order", "go", ([9], {"level": [4]})),
    "a context's flag": call("sale.order", "go", ([9],), {"context": {"depth": 4, "lang": "x"}}),
    "selected records of another model": call(
        "sale.order", "go", ([9],), {"context": {"active_model": "crm.lead", "active_ids": [4]}}
    ),
    "a position": call("/web", "resequence", ([9],), {"offset": 4, "field": "sequence"}),
}


@pytest.mark.parametrize("entry", FOOLING.values(), ids=FOOLING)
def test_equal_numbers_are_no_links(entry: dict[str, Any]) -> None:
    """A tag 4 was created: nothing here is a tag."""
    tag = call("crm.tag", "create", ({"name": "Hot"},), result=4)
    assert "Result(" not in str(last(tag, entry))
    assert "Result(" not in str(last(tag, entry, keep_all=True))


def test_a_wizard_is_linked_to_its_record_and_its_own_id() -> None:
    opened = {"active_model": "sale.order", "active_id": 7, "active_ids": [7]}
    made = flow(
        order(partner_id=3),
        call("sale.make", "create", ({"kind": "all"},), {"context": opened}, result=5),
        call("sale.make", "go", ([5],), {"context": opened}),
    )
    _, wizard = made.steps
    assert Result("order_id") == wizard.values["order_id"]
    assert [[Result("wizard_id")]] == wizard.action.args


def test_records_selected_for_a_wizard_are_inputs() -> None:
    one = {"active_model": "sale.order", "active_id": 7, "active_ids": [7]}
    (done,) = actions(call("sale.make", "go", ([5],), {"context": one}))
    assert [("make_id", 5), ("order_id", 7)] == [(i.name, i.example) for i in done.inputs]
    several = {**one, "active_ids": [7, 8]}
    (done,) = actions(call("sale.make", "go", ([5],), {"context": several}))
    assert [7, 8] == {i.name: i.example for i in done.inputs}["order_ids"]
    assert done.context["active_ids"].multiple


def test_the_record_that_a_buttons_action_opens() -> None:
    action = {"type": "ir.actions.act_window", "res_model": "account.move", "res_id": 57}
    button = call("sale.make", "go", ([5],), result=action)
    post = call("account.move", "action_post", ([57],))
    assert [[Result("action", "action")]] == last(button, post)["args"]
    assert [[57]] == last(button, call("account.payment", "action_post", ([57],)))["args"]
    assert [[57]] == last(post)["args"]


def links(made: Flow) -> int:
    return sum(
        isinstance(one, Result)
        for step in made.steps
        for value in step.values.values()
        for one in (value if isinstance(value, list) else [value])
    )


@pytest.mark.parametrize("options", [{"verbatim": True}, {"inputs": False}], ids=str)
def test_a_flow_is_linked_even_where_all_else_stays_as_recorded(options: dict[str, Any]) -> None:
    entries = (PARTNER, order(partner_id=41), call("sale.order", "action_confirm", ([7],)))
    assert 2 == links(flow(*entries, **options)) and {} == asked(flow(*entries, **options))
    assert "Result(" not in str([action.runs for action in actions(*entries, **options)])


def test_verbatim_the_id_of_a_saved_record() -> None:
    made = flow(saved(), call("sale.order", "action_confirm", ([7],)), verbatim=True)
    assert Result(made.steps[0].result, "field", field="id") in made.steps[1].values.values()


def test_the_records_that_an_actions_wizard_is_about() -> None:
    """Registering a payment: 17 and later open the wizard for the lines of the invoice."""
    about = {"active_model": "account.move.line", "active_ids": [101, 102]}
    action = {"res_model": "account.payment.register", "res_id": False, "context": about}
    button = call("account.move", "action_register_payment", ([57],), result=action)
    opened = {"context": {**about, "active_id": 57}}
    wizard = call("account.payment.register", "create", ({},), opened, result=4)
    told = last(button, wizard)["context"]
    assert Result("action", "action", field="active_ids") == told["active_ids"]
    assert 57 == told["active_id"], "the button's record, and none of the lines"
    alone = actions(wizard)[-1]
    assert ["line_ids"] == [made.name for made in alone.inputs]
    assert [101, 102] == alone.runs[0].values[alone.context["active_ids"].name]


def test_words_before_the_name_of_a_field() -> None:
    picking = call("stock.picking", "create", ({"name": "x"},), result=41)
    context = {"button_validate_picking_ids": [41], "default_pick_ids": [[4, 41]], "at_ids": [41]}
    pick = {"pick_ids": {"type": "many2many", "relation": "stock.picking"}}
    wizard = call("stock.immediate", "create", ({},), {"context": context}, result=4)
    told = last(picking, views("stock.immediate", pick), wizard)["context"]
    linked = Result("picking_id")
    assert ([linked], [[4, linked]]) == (
        told["button_validate_picking_ids"],
        told["default_pick_ids"],
    )
    assert [41] == told["at_ids"]


def test_the_model_of_a_wizards_record_stands_in_its_context() -> None:
    composed = {"default_model": "res.partner", "default_res_id": 41, "default_res_ids": [41]}
    wizard = call("mail.compose", "create", ({"res_id": 41},), {"context": composed}, result=4)
    told = last(PARTNER, wizard)
    linked = Result("partner_id")
    assert (linked, [linked]) == (
        told["context"]["default_res_id"],
        told["context"]["default_res_ids"],
    )
    assert {"res_id": linked} == told["args"][0]


def test_a_search_that_was_given_up_and_asked_again() -> None:
    given_up = found(3)
    del given_up["response"]
    told = last(given_up, found(3), order(partner_id=3))["args"][0]["partner_id"]
    assert Result("partners", "only", field="id") == told


def test_the_buttons_record_that_its_wizard_keeps_as_active_id() -> None:
    about = {"active_model": "account.move.line", "active_ids": [101, 102]}
    action = {"res_model": "account.payment.register", "res_id": False, "context": about}
    wizard = call(
        "account.payment.register",
        "create",
        ({},),
        {"context": {**about, "active_id": 57}},
        result=4,
    )
    made = flow(
        call("account.move", "create", ({"ref": "x"},), result=57),
        call("account.move", "action_register_payment", ([57],), result=action),
        wizard,
    )
    assert {"ref": "x"} == asked(made)
    assert {Result("move_id"), Result("action", "action", field="active_ids")} == set(
        made.steps[-1].values.values()
    )


def test_two_lines_of_one_record_that_come_back_in_one_list() -> None:
    """Both are read behind the save and linked: each line of the list is used, not the first alone."""
    made = flow(*DESCRIBED, saved(), call("sale.order.line", "unlink", ([51, 52],)))
    assert ["create", "read", "unlink"] == [step.action.method for step in made.steps]
    (ids,) = made.steps[-1].values.values()
    assert [("order_line", 0), ("order_line", 1)] == [(one.field, one.item) for one in ids]
