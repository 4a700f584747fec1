"""Forms of other models and versions, in the shapes that their clients send: what is an input, and how it is asked."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, exchange, search, views

from har2rpc.model import Input

from .actions_of import actions, by_name, names

ON_CHANGE = {
    "name": "",
    "user_ids": "1",
    "project_id": "1",
}  # up to 16: "1" where the field has one


def task_of_16(saved: dict[str, Any]) -> list[dict[str, Any]]:
    """A task as Odoo 15 and 16 make it: one bare field name, many2one as a pair, create with the values themselves."""
    defaults = {"name": False, "user_ids": [[6, False, [2]]], "project_id": False, "active": True}
    held = {**defaults, "project_id": 4}
    answer = {"value": {"stage_id": [7, "New"], "partner_id": [9, "Azure"]}}
    described = {
        "fields": {}, "fields_views": {"form": {"model": "project.task", "fields": {
            "name": {"type": "char", "string": "Titre", "required": True},
            "user_ids": {"type": "many2many", "string": "Assigné à", "relation": "res.users"},
            "tag_ids": {"type": "many2many", "string": "Étiquettes", "relation": "project.tags"},
            "project_id": {"type": "many2one", "string": "Projet", "relation": "project.project"},
            "planned_hours": {"type": "float", "string": "Heures"},
            "description": {"type": "html", "string": "Description"},
        }}},
    }  # fmt: skip
    return [
        call("project.task", "load_views", (), {"views": []}, result=described),
        call("project.task", "onchange", ([], {}, [], ON_CHANGE), result={"value": defaults}),
        call("project.project", "name_search", (), {"name": "of"}, result=[[4, "Office"]]),
        call("project.task", "onchange", ([], held, "project_id", ON_CHANGE), result=answer),
        call("project.task", "create", ({**held, "stage_id": 7, "partner_id": 9, **saved},), result=31),
    ]  # fmt: skip


def test_a_form_of_odoo_16_in_french() -> None:
    create = actions(
        *task_of_16({"name": "Écrire", "planned_hours": 2.5, "description": "<p>x</p>"})
    )[-1]
    made = by_name(create)
    assert ["name", "project_id", "planned_hours", "description"] == sorted(
        made, key=list(create.args[0]).index
    )
    assert {"name": "Titre", "project_id": "Projet", "planned_hours": "Heures"}.items() <= {
        name: one.label for name, one in made.items()
    }.items()
    assert ["name"] == [one.name for one in create.inputs if one.required]
    assert "Id of a project.project (4 was Office)" == made["project_id"].help
    assert ("html", "float") == (made["description"].type, made["planned_hours"].type)


@pytest.mark.parametrize(
    "tags, ids", [([[6, False, [3, 5]]], [3, 5]), ([[4, 3], [4, 5]], [3, 5]), ([[4, 3]], [3])]
)
def test_tags_of_a_new_record_are_one_list(tags: list[Any], ids: list[int]) -> None:
    create = actions(*task_of_16({"name": "x", "tag_ids": tags}))[-1]
    made = by_name(create)["tag_ids"]
    assert (ids, True, "project.tags", "Étiquettes") == (
        made.example, made.multiple, made.relation, made.label
    )  # fmt: skip
    assert [[6, 0, made]] == create.args[0]["tag_ids"]


def test_tags_of_an_existing_record_are_put_in_and_taken_out_one_by_one() -> None:
    commands = [
        [4, 3],
        [3, 5],
        [1, 8, {"name": "new"}],
        [2, 9],
        [5],
        [0, "virtual_2", {"name": "z"}],
    ]
    (write,) = actions(call("crm.lead", "write", ([7], {"tag_ids": commands})))
    sent = [
        [part.example if isinstance(part, Input) else part for part in command[:2]]
        for command in write.args[1]["tag_ids"]
    ]
    assert [[4, 3], [3, 5], [1, 8], [2, 9], [5], [0, 0]] == sent
    assert all(by_name(write)[name].relation == "crm.tag" for name in ("tag_id", "tag_id_2"))


def test_lines_inside_lines_stay_as_they_are() -> None:
    inner = [[0, "virtual_2", {"name": "Step", "hours": 1.5}]]
    values = {"name": "Plan", "line_ids": [[0, "virtual_1", {"note": "N", "child_ids": inner}]]}
    (create,) = actions(call("x.plan", "web_save", ([], values), result=[{"id": 3}]))
    assert ["name", "lines"] == names(create)
    inner = [[0, 0, {"name": "Step", "hours": 1.5}]]
    assert [{"note": "N", "child_ids": inner}] == by_name(create)["lines"].example


@pytest.mark.parametrize("field, value, type_", [
    ("user_id", False, "many2one"), ("is_done", False, "boolean"), ("sale_ok", True, "boolean"),
    ("phone", False, "char"), ("note", "a\nb", "text"), ("body", "<p>a</p>", "html"),
    ("date", "2026-01-31", "date"), ("start", "2026-01-31 10:00:00", "datetime"), ("x", 1.5, "float"),
])  # fmt: skip
def test_types_are_told_by_name_and_value(field: str, value: Any, type_: str) -> None:
    (write,) = actions(call("x.model", "write", ([7], {field: value})))
    assert (type_, True) == (write.inputs[1].type, write.inputs[1].required)


def test_a_property_is_an_input_of_its_own_name() -> None:
    before = [{"name": "a1", "type": "char", "string": "Room", "value": False}]
    before += [{"name": "b2", "type": "selection", "string": "Size", "value": "s", "selection": [["s", "Small"], ["l", "Large"]]}]  # fmt: skip
    saved = [{**before[0], "value": "12"}, {**before[1], "value": "l"}]
    steps = [
        call("project.task", "onchange", ([], {}, [], {}), result={"value": {"name": False, "task_properties": before}}),
        call("project.task", "web_save", ([], {"name": "x", "task_properties": saved}), result=[{"id": 3}]),
    ]  # fmt: skip
    create = actions(*steps)[-1]
    assert ["name", "room", "size"] == names(create)
    assert (("s", "Small"), ("l", "Large")) == by_name(create)["size"].options
    assert by_name(create)["room"] == create.args[0]["task_properties"][0]["value"]
    untouched = [
        steps[0],
        call("project.task", "web_save", ([], {"name": "x", "task_properties": before})),
    ]
    assert ["name"] == names(actions(*untouched)[-1])


def test_what_the_model_requires_is_required_and_the_rest_may_be_left_out() -> None:
    fields = {
        "partner_id": {"type": "many2one", "string": "Vendor", "relation": "res.partner", "required": True},
        "date_planned": {"type": "datetime", "string": "Expected"},
        "currency_id": {"type": "many2one", "relation": "res.currency", "required": True, "string": "Currency"},
    }  # fmt: skip
    defaults = {
        "partner_id": False,
        "currency_id": {"id": 1, "display_name": "EUR"},
        "date_planned": False,
    }
    held = {"partner_id": 3, "currency_id": 2, "date_planned": "2026-02-01 12:00:00"}
    create = actions(
        views("purchase.order", fields),
        call("purchase.order", "onchange", ([], {}, [], {}), result={"value": defaults}),
        call("purchase.order", "onchange", ([], held, ["date_planned"], {}), result={"value": {}}),
        call("purchase.order", "web_save", ([], held), result=[{"id": 9}]),
    )[-1]
    assert {"partner_id": True, "currency_id": False, "date_planned": False} == {
        one.name: one.required for one in create.inputs
    }
    assert 1 == by_name(create)["currency_id"].default


def test_what_a_method_was_given_is_asked_for_and_how_it_works_is_not() -> None:
    given = {
        "body": "Hello", "subject": "News", "partner_ids": [3, 4], "message_type": "comment",
        "subtype_xmlid": "mail.mt_comment", "attachment_ids": [], "force": True,
    }  # fmt: skip
    (post,) = actions(call("sale.order", "message_post", ([5],), given))
    assert ["order_id", "body", "subject", "partner_ids"] == names(post)
    assert ("res.partner", True) == (
        by_name(post)["partner_ids"].relation,
        by_name(post)["partner_ids"].multiple,
    )
    (lost,) = actions(call("crm.lead", "action_set_lost", ([5],), {"lost_reason_id": 2}))
    assert ["lead_id", "lost_reason_id"] == names(lost)
    (read,) = actions(call("res.partner", "export_data", ([5], ["name"]), {"note": "a b"}))
    assert ["partner_id"] == names(read)


STARTED = "2026-11-23T10:00:00.000Z"


@pytest.mark.parametrize("low, high, is_stale", [
    ("2026-11-01", "2026-11-30", True), ("2026-10-01", "2027-01-01", True), ("2026-11-23", "2026-11-24", True),
    ("2026-10-31 23:00:00", "2026-11-30 22:59:59", True), ("2026-05-17", "2026-06-03", False),
    ("2026-11-01 10:17:00", "2026-11-30 08:05:00", False), ("today", "x", False),
])  # fmt: skip
def test_dates_that_the_client_worked_out_are_pointed_out(
    low: str, high: str, is_stale: bool
) -> None:
    domain = ["&", ["date_order", ">=", low], ["date_order", "<=", high]]
    (found,) = actions({**search("sale.order", domain), "startedDateTime": STARTED})
    assert ["date_order_from", "date_order_to", "limit", "offset"] == names(found)
    assert [is_stale, is_stale] == [one.stale for one in found.inputs[:2]]
    assert is_stale == any("2026-11-23" in note for note in found.notes)


def test_the_order_of_a_search_may_be_left_out() -> None:
    (found,) = actions(search(order="name ASC, id DESC"))
    order = by_name(found)["order"]
    assert (False, "name ASC, id DESC", order) == (
        order.required,
        order.default,
        found.kwargs["order"],
    )


def test_a_dotted_field_is_described_by_its_own_model() -> None:
    described = [
        views("sale.order", {"partner_id": {"type": "many2one", "string": "Customer", "relation": "res.partner"}}),
        views("res.partner", {"country_id": {"type": "many2one", "string": "Land", "relation": "res.country"}}),
    ]  # fmt: skip
    found = actions(*described, search("sale.order", [["partner_id.country_id", "=", 20]]))[-1]
    made = found.inputs[0]
    assert ("Land", "res.country", "many2one") == (made.label, made.relation, made.type)


def test_an_exchange_that_is_no_call_changes_nothing() -> None:
    assert ["phone", "limit", "offset"] == names(
        actions(exchange("/web/action/load"), search())[-1]
    )


ORDER_LINE = {"product_id": 23, "name": "Desk\nfor work", "product_uom_qty": 2, "price_unit": 9}
ORDER = {
    "partner_id": 15,
    "user_id": 2,
    "date_order": "2026-11-23 19:06:56",
    "payment_term_id": 6,
    "client_order_ref": "PO-7",
    "order_line": [[0, "virtual_1", ORDER_LINE]],
}


def test_a_form_that_had_opened_before_the_recording() -> None:
    [create] = actions(call("sale.order", "web_save", ([], ORDER), result=[{"id": 7}]))
    assert ["partner_id", "client_order_ref", "lines"] == names(create)
    assert [{"product_id": 23, "quantity": 2}] == by_name(create)["lines"].example
    said = " ".join(create.notes)
    assert "does not contain the opening of this form" in said
    assert all(name in said for name in ("user_id", "date_order", "payment_term_id", "price_unit"))


def test_what_the_person_had_at_hand_is_sent_although_such_forms_fill_it_in() -> None:
    found = call("res.users", "name_search", (), {"name": "an"}, result=[[2, "Ann"]])
    create = actions(found, call("sale.order", "web_save", ([], ORDER), result=[{"id": 7}]))[-1]
    assert "user_id" in names(create) and "payment_term_id" not in names(create)


def test_keep_all_sends_what_such_forms_fill_in() -> None:
    entry = call("sale.order", "web_save", ([], ORDER), result=[{"id": 7}])
    [create] = actions(entry, keep_all=True)
    assert ORDER.keys() == create.args[0].keys()
    assert "does not hold the opening" not in " ".join(create.notes)
