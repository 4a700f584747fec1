"""What one call did, in a sentence, by itself and with the names that the capture knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search, written

from har2rpc import pipeline
from har2rpc.odoo import classify
from har2rpc.odoo.routes import Recorded
from har2rpc.odoo.sentences import record_names, sentence_alone

LINE = [0, "virtual_1", {"product_id": 5, "product_uom_qty": 2}]


def alone(model: str, method: str, args: Any = (), **kwargs: Any) -> str:
    context = kwargs.pop("context", {})
    route = "/web/dataset/call_kw"
    return sentence_alone(
        classify.alone(Recorded("", route, model, method, list(args), kwargs, context, 2))
    )


def told(folder: Path, *entries: dict[str, Any], everything: bool = False) -> list[str]:
    """The sentences of a capture of these entries."""
    capture = pipeline.open_capture([written(folder, *entries)])
    return list(pipeline.sentences(capture, pipeline.select(capture, everything=everything)))


@pytest.mark.parametrize(
    "model, method, args, sentence",
    [
        ("res.partner", "web_save", ([], {"name": "Zoë"}), "Created partner Zoë"),
        ("res.partner", "create", ([{"name": "A"}, {"name": "B"}],), "Created partners A and B"),
        ("res.partner", "create", ([{}] * 7,), "Created 7 partners"),
        ("res.partner", "name_create", ("Bob",), "Created partner Bob"),
        ("crm.lead", "create", ({"name": "Big\nDeal", "partner_id": 3},), "Created lead Big for partner 3"),
        ("sale.order", "web_save", ([], {"partner_id": 3, "order_line": [LINE]}), "Created a sale order for partner 3, 1 line"),
        ("hr.leave", "create", ({"request_unit": "day", "note": "x"},), "Created a leave: request unit day and 1 more value"),
        ("res.partner", "create", ({"name": "A", "child_ids": [[0, 0, {"name": "B"}]]},), "Created partner A, 1 partner"),
        ("res.partner", "write", ([7], {"phone": False, "name": "X"}), "Changed phone and name of partner 7"),
        ("res.partner", "write", ([7], {"phone": False}), "Changed phone of partner 7 to nothing"),
        ("res.partner", "write", ([7], {"x_studio_color": "red"}), "Changed color of partner 7 to red"),
        ("res.partner", "write", ([7, 8, 9, 10], {"active": False}), "Archived 4 partners"),
        ("res.partner", "write", ([7], {"active": True}), "Unarchived partner 7"),
        ("sale.order", "web_save", ([7], {"order_line": [[1, 3, {"price_unit": 1}], LINE, [2, 4, False]]}), "Changed sale order 7: 1 line added, 1 line changed and 1 line removed"),
        ("res.partner", "unlink", ([7],), "Deleted partner 7"),
        ("res.partner", "copy", ([7],), "Duplicated partner 7"),
        ("sale.order", "action_confirm", ([7],), "Confirmed sale order 7"),
        ("crm.lead", "action_set_won_rainbowman", ([7],), "Marked lead 7 as won"),
        ("account.move", "button_draft", ([7],), "Reset account move 7 to draft"),
        ("account.move", "action_send_and_print", ([7],), "Sent and printed account move 7"),
        ("stock.picking", "action_put_in_pack", ([7],), "Put transfer 7 in pack"),
        ("stock.picking", "action_assign", ([7, 8, 9, 10],), "Checked availability of 4 transfers"),
        ("res.config.settings", "execute", ([1],), "Saved the settings"),
        ("account.move", "action_invoice_print", ([7],), "Printed invoice: account move 7"),
        ("sale.order", "onchange_partner_id", ([7],), "Ran onchange_partner_id on sale order 7"),
        ("res.users", "load", (["login"], [["a"]]), "Imported 1 user with columns login"),
        ("x.thing", "frobnicate", ([7],), "Ran frobnicate on x thing 7"),
        ("res.partner", "load", (["name", "phone"], [["A", "1"], ["B", "2"]]), "Imported 2 partners with columns name and phone"),
        ("base_import.import", "execute_import", ([4], ["name", False], ["Name"], {}), "Imported a file with columns name"),
        ("project.task", "web_resequence", ([3, 1, 2],), "Reordered 3 tasks"),
        ("res.partner", "read", (), "Opened no record"),
        ("res.partner", "search_count", ([],), "Counted partners"),
    ],
)  # fmt: skip
def test_a_call_by_itself(model: str, method: str, args: Any, sentence: str) -> None:
    assert sentence == alone(model, method, args)


@pytest.mark.parametrize(
    "model, domain, sentence",
    [
        ("res.partner", [], "Listed partners"),
        ("res.partner", [["phone", "ilike", "555"]], "Searched partners: phone contains 555"),
        ("res.partner", [["name", "ilike", "is set"]], 'Searched partners: name contains "is set"'),
        ("res.partner", [["name", "=", "Set"]], 'Searched partners: name is "Set"'),
        ("res.partner", [["active", "=", False]], "Listed archived partners"),
        ("sale.order", [["user_id", "=", 2]], "Searched sale orders: user is 2"),
        ("sale.order", [["state", "in", ["draft", "sent"]]], "Searched sale orders: state is one of draft and sent"),
        ("res.partner", ["&", "x"], "Searched partners: a domain of its own"),
        ("res.partner", "context_today()", "Searched partners: a domain of its own"),
    ],
)  # fmt: skip
def test_a_search(model: str, domain: Any, sentence: str) -> None:
    assert sentence == alone(model, "web_search_read", domain=domain)


def test_pages_and_groups() -> None:
    assert "Listed partners, from number 81 on" == alone(
        "res.partner", "web_search_read", domain=[], offset=80
    )
    assert "Grouped partners by country and creation date" == alone(
        "res.partner",
        "web_read_group",
        domain=[],
        groupby=["country_id", "create_date:month"],
    ).replace("create date", "creation date")
    assert "Totaled partners" == alone("res.partner", "web_read_group", domain=[], groupby=[])


def test_names_come_from_answers_nearby(tmp_path: Path) -> None:
    read = [{"id": 9, "display_name": "S00009", "partner_id": {"id": 3, "display_name": "Azure"}}]
    entries = (
        page(name="Mitchell Admin"),
        search("sale.order", [["user_id", "=", 2]]),
        call("res.partner", "name_search", (), {"name": "az"}, result=[[3, "Azure"]]),
        call("sale.order", "onchange", ([], {}, ["partner_id"], {}), result={"value": {}}),
        call("sale.order", "web_save", ([], {"partner_id": 3}), result=read),
        call("sale.order", "action_confirm", ([9],), route="/web/dataset/call_button"),
        search(),
        call("sale.order", "action_cancel", ([9],), route="/web/dataset/call_button"),
        call("crm.lead", "write", ([1], {"stage_id": 4})),
    )
    assert [
        "Searched sale orders: user is Mitchell Admin",
        "Created a sale order for Azure",
        "Confirmed it",
        "Searched partners: phone contains 555",
        "Canceled sale order S00009",
        "Changed stage of lead 1",
    ] == told(tmp_path, *entries)


def test_it_is_the_record_of_the_sentence_before(tmp_path: Path) -> None:
    assert [
        "Opened partner 7",
        "Changed its phone and email",
        "Deleted it",
        "Changed city of partner 7 to Rome",
    ] == told(
        tmp_path,
        call("res.partner", "web_read", ([7],), result=[]),
        call("res.partner", "write", ([7], {"phone": "1", "email": "a@b"})),
        call("res.partner", "unlink", ([7],)),
        call("res.partner", "write", ([7], {"city": "Rome"})),
    )


def test_a_wizard_names_what_it_was_opened_for(tmp_path: Path) -> None:
    about = {"context": {"active_model": "sale.order", "active_ids": [9], "uid": 2}}
    wizard = "sale.advance.payment.inv"
    assert [
        "Opened sale order S9",
        "Filled in the invoicing wizard for it: advance payment method delivered",
        "Created invoices for sale order S9",
    ] == told(
        tmp_path,
        call("sale.order", "web_read", ([9],), result=[{"id": 9, "display_name": "S9"}]),
        call(
            wizard,
            "web_save",
            ([], {"advance_payment_method": "delivered"}),
            about,
            result=[{"id": 1}],
        ),
        call(wizard, "create_invoices", ([1],), about, route="/web/dataset/call_button"),
    )


def test_what_the_client_did_is_said_of_the_client(tmp_path: Path) -> None:
    entries = (
        call("res.partner", "get_views", (), result={"views": {}}),
        call("res.partner", "onchange", ([], {}, [], {}), result={"value": {}}),
        call("res.partner", "onchange", ([], {}, ["name"], {}), result={"value": {}}),
        call("res.users", "has_group", ("base.user",)),
        call("res.partner", "web_save", ([], {"name": "A"}), result=[{"id": 1}]),
        call("res.partner", "web_read", ([1],), result=[{"id": 1, "display_name": "A"}]),
        call("res.partner", "action_archive", ([1],)),
    )
    assert [
        "The client asked for the views of partners",
        "The client opened the form of a partner",
        "The client told the form that name of a partner changed",
        "The client called has_group of users",
        "Created partner A",
        "The client read partner A",
        "Archived it",
    ] == told(tmp_path, *entries, everything=True)


def refused(folder: Path, method: str, args: Any, name: str, message: str) -> str:
    error = {
        "code": 200,
        "message": "Odoo Server Error",
        "data": {"name": name, "message": message},
    }
    (sentence,) = told(folder, call("res.users", method, args, error=error))
    return sentence


def test_what_odoo_said_where_it_refused(tmp_path: Path) -> None:
    user_error = "odoo.exceptions.UserError"
    say = refused(tmp_path, "unlink", ([7],), user_error, "\nNot this one.\nReally.")
    assert "Tried to delete user 7, and Odoo refused: Not this one." == say
    long = refused(tmp_path, "unlink", ([7],), user_error, "x" * 5000)
    assert len(long) < 300 and long.endswith("…")


@pytest.mark.parametrize(
    "args, name, message",
    [
        (([7], {"password": "hunter2"}), "odoo.exceptions.ValidationError", "too weak: hunter2"),
        (([7], {"login": "x"}), "odoo.exceptions.UserError", "https://x.example/?token=hunter2"),
        (([7], {"login": "x"}), "psycopg2.OperationalError", "password=hunter2"),
    ],
)
def test_a_secret_in_what_odoo_said_stays_in_the_capture(
    tmp_path: Path, args: Any, name: str, message: str
) -> None:
    sentence = refused(tmp_path, "write", args, name, message)
    assert "hunter2" not in sentence
    assert sentence.endswith(f"and Odoo refused ({name.rpartition('.')[2]})")


def test_a_bounded_number_of_answers_is_read_for_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_names, "MOST_ANSWERS", 2)
    entries = [
        call("res.partner", "web_read", ([n],), result=[{"id": n, "display_name": f"P{n}"}])
        for n in range(1, 9)
    ]
    sentences = told(tmp_path, *entries)
    assert 8 == len(sentences) and 2 == sum("partner P" in each for each in sentences)


def test_where_answers_do_not_have_the_names_no_more_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_names, "MOST_MISSES", 3)
    read: list[int] = []
    known = record_names.method_result
    monkeypatch.setattr(
        record_names, "method_result", lambda one, part: (read.append(one.n), known(one, part))[1]
    )
    entries = [
        call("res.partner", "web_read", ([n],), result=[{"id": 900 + n, "display_name": "P"}])
        for n in range(1, 20)
    ]
    assert 19 == len(told(tmp_path, *entries))
    assert len(read) < 10


def test_servers_do_not_share_names_or_what_it_is(tmp_path: Path) -> None:
    entries = [
        call("res.partner", "web_read", ([7],), result=[{"id": 7, "display_name": "A"}]),
        call("res.partner", "write", ([7], {"city": "Rome"})),
    ]
    other = entries[1]["request"]
    entries[1]["request"] = {**other, "url": other["url"].replace("odoo.", "staging.")}
    assert ["Opened partner A", "Changed city of partner 7 to Rome"] == told(tmp_path, *entries)
