"""The names of buttons of many apps, as a colleague would give them."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, rpc, search

from .actions_of import actions, names

NAMED = [
    ("sale.order", "action_quotation_sent", "mark_sale_order_as_sent"),
    ("account.move", "action_send_and_print", "send_and_print_account_move"),
    ("stock.picking", "action_assign", "check_availability_of_transfer"),
    ("stock.picking", "action_put_in_pack", "put_transfer_in_pack"),
    ("stock.picking", "do_print_picking", "print_transfer"),
    ("mrp.workorder", "button_start", "start_work_order"),
    ("mrp.workorder", "button_pending", "mark_work_order_as_pending"),
    ("mrp.production", "action_generate_serial", "generate_serial_for_manufacturing_order"),
    ("hr.payslip", "action_payslip_done", "mark_payslip_as_done"),
    ("hr.applicant", "create_employee_from_applicant", "create_employee_from_applicant"),
    ("hr.applicant", "action_makeMeeting", "make_meeting_for_applicant"),
    ("hr.expense.sheet", "approve_expense_sheets", "approve_expense_report"),
    ("project.task", "action_timer_start", "start_timer_of_task"),
    ("project.task", "action_assign_to_me", "assign_task_to_me"),
    ("helpdesk.ticket", "assign_ticket_to_self", "assign_ticket_to_self"),
    ("repair.order", "action_repair_start", "start_repair_order"),
    ("repair.order", "action_repair_cancel_draft", "reset_repair_order_to_draft"),
    ("pos.order", "action_pos_order_paid", "mark_pos_order_as_paid"),
    ("ir.module.module", "button_immediate_install", "install_module"),
    ("mailing.mailing", "action_send_now", "send_mailing"),
    ("maintenance.request", "archive_equipment_request", "archive_equipment_request"),
    ("sale.order", "action_button_confirm", "confirm_sale_order"),
    ("x.thing", "action_frob", "frob_x_thing"),
]


@pytest.mark.parametrize("model, method, name", NAMED, ids=[row[-1] for row in NAMED])
def test_a_button_is_named_after_what_it_does(model: str, method: str, name: str) -> None:
    (found,) = actions(call(model, method, ([5],), route="/web/dataset/call_button"))
    assert name == found.name


def test_a_button_that_opens_a_page_says_so() -> None:
    opens = {"type": "ir.actions.act_window", "res_model": "stock.move.line"}
    (found,) = actions(call("stock.picking", "action_detailed_operations", ([5],), result=opens))
    assert "open_detailed_operations_of_transfer" == found.name


@pytest.mark.parametrize(
    "model, method, opener, name",
    [
        ("crm.lead.lost", "action_lost_reason_apply", "crm.lead", "mark_lead_as_lost"),
        (
            "account.payment.register",
            "action_create_payments",
            "account.move",
            "register_payment_for_invoice",
        ),
        ("mail.compose.message", "action_send_mail", "sale.order", "send_mail_about_sale_order"),
        ("stock.backorder.confirmation", "process", "", "validate_transfer_with_backorder"),
        ("x.wizard", "quotation_send", "sale.order", "send_quotation_for_sale_order"),
    ],
)
def test_a_dialog_is_named_after_what_it_is_for(
    model: str, method: str, opener: str, name: str
) -> None:
    context = {"active_model": opener, "active_id": 5, "active_ids": [5]} if opener else {}
    (found,) = actions(call(model, method, ([1],), {"context": context}))
    assert name == found.name
    assert " for a " not in found.description or "for a" in found.name.replace("_", " ") or opener


def test_an_internal_note_is_a_note() -> None:
    def posted(subtype: str) -> dict[str, Any]:
        data = {"body": "<p>Hi</p>", "message_type": "comment", "subtype_xmlid": subtype}
        params = {"thread_model": "crm.lead", "thread_id": 5, "post_data": data}
        return rpc("/mail/message/post", params, {"id": 3})

    note, message = actions(posted("mail.mt_note"), posted("mail.mt_comment"))
    assert ("log_note_on_lead", "post_message_on_lead") == (note.name, message.name)
    assert "Log an internal note on a lead." == note.description


@pytest.mark.parametrize(
    "model, domain, name, said",
    [
        ("res.partner", [["active", "=", False]], "list_archived_partners", "All archived partners, page by page."),
        ("res.partner", [["is_company", "=", False]], "list_individuals", "All individuals, page by page."),
        ("res.users", [["share", "=", False]], "list_internal_users", "All internal users, page by page."),
        (
            "res.partner", ["&", ["is_company", "=", True], ["name", "ilike", "az"]], "search_companies_by_name",
            "Companies whose name contains `name`.",
        ),
        (
            "product.product", ["|", ["name", "ilike", "x"], ["barcode", "=", "x"]], "search_products_by_name",
            "Products whose name contains `name` or barcode is `name`.",
        ),
        ("res.partner", ["!", ["active", "=", False]], "list_partners", "Partners whose not (archived)."),
    ],
)  # fmt: skip
def test_what_a_search_is_about_is_said_as_people_say_it(
    model: str, domain: list[Any], name: str, said: str
) -> None:
    (found,) = actions(search(model, domain))
    assert (name, said) == (found.name, found.description)
    if "barcode" in said:
        assert "Part of the name, or the whole barcode" == found.inputs[0].help


def test_what_python_has_for_itself_says_whose_it_is() -> None:
    values = {"name": "a.pdf", "type": "binary", "filter": "x"}
    (found,) = actions(call("ir.attachment", "create", (values,), result=3))
    assert ["name", "attachment_type", "attachment_filter"] == names(found)


def test_a_path_is_named_without_what_says_that_it_is_an_id() -> None:
    (found,) = actions(search("project.task", [["partner_id.country_id", "=", 20]]))
    assert (["partner_country_id"], "search_tasks_by_partner_country") == (
        names(found)[:1],
        found.name,
    )


def test_several_records_of_one_model_are_one_input() -> None:
    about = {"active_model": "account.move", "active_id": 7, "active_ids": [7, 8]}
    (found,) = actions(
        call("account.payment.register", "action_create_payments", ([3],), {"context": about})
    )
    assert ["wizard_id", "move_ids"] == names(found)
    assert "active_id" not in found.context
