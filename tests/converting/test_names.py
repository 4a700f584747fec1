"""Names as a colleague would give them."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, search

from har2rpc.odoo import english

from .actions_of import actions, names

NAMED: list[tuple[str, str, tuple[Any, ...], str]] = [
    ("sale.order", "action_confirm", ([5],), "confirm_sale_order"),
    ("account.payment", "action_post", ([5, 6],), "post_payments"),
    ("stock.picking", "button_validate", ([5],), "validate_transfer"),
    ("mrp.production", "button_mark_done", ([5],), "mark_manufacturing_order_as_done"),
    ("crm.lead", "action_set_won_rainbowman", ([5],), "mark_lead_as_won"),
    ("purchase.order", "button_draft", ([5],), "reset_purchase_order_to_draft"),
    ("sale.order", "action_quotation_send", ([5],), "send_quotation_of_sale_order"),
    ("sale.order", "action_view_invoice", ([5],), "view_invoice_of_sale_order"),
    ("project.task", "write", ([5], {"stage_id": 3}), "update_task_stage"),
    (
        "sale.order",
        "write",
        ([5], {"order_line": [[1, 7, {"price_unit": 3}]]}),
        "update_sale_order_lines",
    ),
    ("res.partner", "write", ([5], {"category_id": [[6, 0, [3]]]}), "update_partner_categories"),
    ("account.move", "action_invoice_print", ([5],), "print_invoice"),
    ("product.template", "create", ({"name": "Lamp"},), "create_product"),
    ("res.partner", "action_archive", ([5, 6],), "archive_partners"),
    ("res.partner", "write", ([5], {"active": False}), "archive_partner"),
    ("res.partner", "write", ([5, 6], {"active": True}), "unarchive_partners"),
    ("hr.employee", "unlink", ([5],), "delete_employee"),
    ("res.country", "unlink", ([5, 6],), "delete_countries"),
    ("mail.activity", "action_feedback", ([5],), "complete_activity"),
    ("account.move", "create", ({"move_type": "in_invoice"},), "create_vendor_bill"),
    ("account.move", "action_post", ([5],), "post_account_move"),
    ("x_books.book", "x_do", ([5],), "x_do_x_books_book"),
]


@pytest.mark.parametrize("model, method, args, name", NAMED, ids=[row[-1] for row in NAMED])
def test_a_function_is_named_after_what_it_does(
    model: str, method: str, args: tuple[Any, ...], name: str
) -> None:
    (found,) = actions(call(model, method, args))
    assert name == found.name


@pytest.mark.parametrize(
    "context, name",
    [
        ({"default_move_type": "out_invoice"}, "post_invoice"),
        ({"default_move_type": "out_refund"}, "post_credit_note"),
        ({}, "post_account_move"),
    ],
)
def test_an_invoice_is_told_from_a_bill_by_the_menu(context: dict[str, Any], name: str) -> None:
    (found,) = actions(call("account.move", "action_post", ([5],), {"context": context}))
    assert (name, ["move_id"]) == (found.name, names(found))


def test_invoices_are_told_by_what_is_searched() -> None:
    domain = [["move_type", "in", ["out_invoice", "out_refund"]], ["name", "ilike", "7"]]
    (found,) = actions(search("account.move", domain))
    assert found.name.startswith("search_invoices_by_")


def test_a_wizards_action_is_named_after_what_it_was_opened_for() -> None:
    context = {"active_model": "sale.order", "active_id": 5, "active_ids": [5]}
    entry = call("sale.advance.payment.inv", "create_invoices", ([1],), {"context": context})
    (found,) = actions(entry)
    assert "create_invoices_for_sale_order" == found.name


@pytest.mark.parametrize(
    "one, many",
    [
        ("country", "countries"), ("tax", "taxes"), ("sale_order", "sale_orders"), ("day", "days"),
        ("person", "people"), ("bill_of_materials", "bills_of_materials"), ("address", "addresses"),
        ("equipment", "equipment"), ("branch", "branches"),
    ],
)  # fmt: skip
def test_plurals(one: str, many: str) -> None:
    assert many == english.plural(one)


@pytest.mark.parametrize(
    "words", ["an invoice", "a user", "an hr.leave", "an mrp.bom", "a res.partner", "a uom.uom"]
)
def test_articles_follow_the_sound(words: str) -> None:
    assert words == english.with_article(words.partition(" ")[2])


def test_names_are_unique_in_an_output() -> None:
    entries = [
        call("res.partner", "write", ([5], {"phone": "1", "city": "x"})),
        call("res.partner", "write", ([5], {"phone": "1", "street": "x"})),
        call("res.partner", "write", ([5], {"phone": "1", "zip": "x"})),
    ]
    assert [
        "update_partner",
        "update_partner_phone_and_street",
        "update_partner_phone_and_zip_code",
    ] == [action.name for action in actions(*entries)]


def test_several_records_made_at_once_are_many() -> None:
    (made,) = actions(call("res.partner", "create", ([{"name": "A"}, {"name": "B"}],)))
    assert "create_partners" == made.name
    assert "Create these partners; returns their ids." == made.description


@pytest.mark.parametrize(
    "domain, said",
    [
        ([[1, "=", 1]], "All partners, page by page."),
        ([[1, "=", 1], ["phone", "=", False]], "Partners whose phone is not set."),
        ([], "All partners, page by page."),
    ],
)
def test_what_is_always_true_is_no_condition(domain: list[Any], said: str) -> None:
    (made,) = actions(search(domain=domain))
    assert said == made.description


def test_the_sets_of_a_pivot_are_named_by_the_deepest() -> None:
    sets = {"domain": [], "grouping_sets": [[], ["state"], ["state", "user_id"]], "aggregates": []}
    (made,) = actions(call("sale.order", "formatted_read_grouping_sets", (), sets, result=[]))
    assert "Sale orders, grouped by state and user." == made.description
