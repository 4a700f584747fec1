"""Requests that people copied and reported: each leaves what it left in the browser, under inputs that a person wants.

They are rebuilt with other names, hosts and values; what they have in common is that the form's opening is missing, that
there is one request alone, or that it came from another client than today's.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from har_builder import ODOO, call, converted, exchange, page, product, rpc, run, targets

from har2rpc.model import Action

from .actions_of import actions, as_sent, by_name, names

LINE = {"product_id": 61, "name": "Shelf", "product_uom": 1, "product_uom_qty": 8}
PICKED = {**LINE, "location_id": 8, "location_dest_id": 17}


def program(model: str, values: dict[str, Any]) -> dict[str, Any]:
    """A create as somebody's own program sends it."""
    sent = ["shop", 6, "a-key", model, "create", [values]]
    return rpc("/jsonrpc", {"service": "object", "method": "execute_kw", "args": sent}, result=9)


def sent_by(action: Action) -> dict[str, Any]:
    """The values of its recorded run."""
    values = action.args[-1]
    assert isinstance(values, dict)
    made: dict[str, Any] = as_sent(values, dict(action.runs[0].values))
    return made


@pytest.mark.parametrize(
    "values",
    [
        {"partner_id": 31, "move_ids": [[0, 0, PICKED]], "picking_type_id": 5, "location_id": 8},
        {"move_type": "out_refund", "invoice_line_ids": [[0, 0, {"name": "Fee", "price_unit": 7}]]},
    ],
    ids=["transfer", "refund"],
)
def test_a_program_sends_every_value_of_every_line(values: dict[str, Any]) -> None:
    (action,) = actions(program("any.model", values))
    assert values == sent_by(action)


@pytest.mark.parametrize("target", targets())
def test_no_target_loses_the_value_of_a_programs_line(target: str, tmp_path: Any) -> None:
    line = {"product_id": 61, "name": "Hosting in March", "quantity": 3, "price_unit": 73.25}
    text = converted(
        tmp_path,
        program("account.move", {"partner_id": 31, "invoice_line_ids": [[0, 0, line]]}),
        options=("-t", target),
    )
    assert "price_unit" in text and "quantity" in text
    if target != "locoia":  # whose bodies hold no recorded value
        assert "73.25" in text and "Hosting in March" in text


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (
            "account.payment",
            {
                "partner_id": 52,
                "journal_id": 13,
                "payment_method_line_id": 4,
                "payment_type": "outbound",
            },
        ),
        ("account.move", {"move_type": "in_invoice", "partner_id": 52, "journal_id": 9}),
        ("stock.picking", {"picking_type_id": 5, "location_id": 8, "move_ids": [[0, 0, PICKED]]}),
        (
            "sale.order",
            {
                "partner_id": 31,
                "pricelist_id": 3,
                "warehouse_id": 2,
                "user_id": 8,
                "validity_date": "2027-02-10",
                "order_line": [[0, 0, {**LINE, "price_unit": 61.5, "discount": 12.5}]],
            },
        ),
    ],
    ids=["payment", "bill", "transfer", "order"],
)
def test_what_was_chosen_in_a_form_whose_opening_is_missing_is_sent(
    model: str, values: dict[str, Any]
) -> None:
    empty = {"note": False, "tag_ids": [], "ref": ""}
    (action,) = actions(call(model, "web_save", ([], {**values, **empty}), result=[{"id": 9}]))
    assert values == sent_by(action)


def test_a_quick_create_is_no_form_and_all_of_it_is_asked_for() -> None:
    values = {"name": "Pump house", "user_id": 8, "team_id": 3, "company_id": 2}
    (action,) = actions(call("crm.lead", "create", (values,), result=9))
    assert values == sent_by(action) and list(values) == names(action)


def test_a_payment_is_registered_in_the_chosen_journal() -> None:
    context = {"active_model": "account.move", "active_ids": [77], "amount": 88.5, "lang": "en_US"}
    values = {"journal_id": 9, "amount": 88.5}
    create = call("account.payment.register", "create", (values,), {"context": context}, result=3)
    (action,) = actions(create)
    inputs = by_name(action)
    assert values == sent_by(action) and {"journal_id", "amount"} <= inputs.keys()


def test_a_line_added_to_an_order_keeps_its_price_and_its_text() -> None:
    line = {**LINE, "price_unit": 61.5, "discount": 12.5}
    save = call("sale.order", "web_save", ([44], {"order_line": [[0, "virtual_3", line]]}))
    (action,) = actions(save)
    (command,) = sent_by(action)["order_line"]
    assert [0, 0, line] == command


@pytest.mark.parametrize(
    "kwargs",
    [
        {"domain": [["id", "in", [4, 7]]], "fields": ["id", "name"]},
        {"domain": [["customer_rank", ">", 0]], "fields": ["id", "name", "email"], "limit": 40},
        {"domain": [["login", "=", "kim"]], "fields": ["name"]},
    ],
)
@pytest.mark.parametrize("copied", ["payload", "fetch", "cURL"])
def test_a_short_reading_that_somebody_pasted_is_converted(
    copied: str, kwargs: dict[str, Any]
) -> None:
    params = {"model": "res.users", "method": "search_read", "args": [], "kwargs": kwargs}
    body = json.dumps({"id": 3, "jsonrpc": "2.0", "method": "call", "params": params})
    url = f"{ODOO}/web/dataset/call_kw/res.users/search_read"
    options = json.dumps({"method": "POST", "headers": {}, "body": body})
    text = {
        "payload": body,
        "fetch": f'fetch("{url}", {options});',
        "cURL": f"curl '{url}' -H 'content-type: application/json' --data-raw '{body}'",
    }[copied]
    done = run("convert", "-", stdin=text)
    assert 0 == done.exit_code, done.stderr
    assert "search_read" in done.stdout and "def search_" in done.stdout


def test_a_console_script_that_reads_ids_is_converted() -> None:
    script = call("project.task", "search_read", ([["active", "=", True]], ["id"]), {"limit": 5})
    assert ["search_read"] == [action.method for action in actions(script)]


def test_a_method_that_reads_defaults_from_its_context_gets_them() -> None:
    defaults = {"default_project_id": 12, "default_date": "2026-03-02", "grid_anchor": "2026-03-02"}
    cell = call(
        "account.analytic.line",
        "grid_update_cell",
        ([["project_id", "=", 12]], "unit_amount", 2.5),
        {"context": {"lang": "en_US", "uid": 2, **defaults}},
    )
    (action,) = actions(cell)
    sent = as_sent(action.context, dict(action.runs[0].values))
    assert {"default_project_id": 12, "default_date": "2026-03-02"}.items() <= sent.items()


@pytest.mark.parametrize(
    ("model", "values", "required"),
    [
        (
            "ir.attachment",
            {"name": "plan.pdf", "type": "binary", "res_model": "x", "res_id": 3},
            "name",
        ),
        ("crm.lead", {"name": "Pump house", "type": "opportunity", "stage_id": 2}, "name"),
    ],
)
def test_an_optional_input_is_nothing_or_what_was_recorded(
    model: str, values: dict[str, Any], required: str
) -> None:
    (action,) = actions(call(model, "create", ({**values, "note": False},), result=9))
    for name, made in by_name(action).items():
        if name == required:
            assert made.required
        else:
            assert not made.required and made.default is not False


def test_odoo_online_is_asked_through_json_2(tmp_path: Any) -> None:
    socket = exchange("wss://odoo.example/websocket?version=saas-19.5-1")
    text = converted(
        tmp_path, socket, call("res.partner", "search_count", ([],)), options=("-t", "n8n")
    )
    assert "/json/2/res.partner/search_count" in text and "/jsonrpc" not in text


def test_the_unity_methods_are_those_of_17() -> None:
    kwargs = {"domain": [["name", "ilike", "valve"]], "specification": {"name": {}}, "limit": 40}
    search, read = actions(
        page(server_version="saas~16.3"),
        call("crm.lead", "unity_web_search_read", (), {**kwargs, "offset": 0}),
        call("crm.lead", "unity_read", ([14],), {"specification": {"name": {}, "phone": {}}}),
    )
    assert ("search_read", "read") == (search.method, read.method)
    assert "valve" == by_name(search)["name"].example and not search.changes | read.changes
    assert ["lead_id"] == names(read)


def test_a_context_beside_the_arguments_tells_the_user(tmp_path: Any) -> None:
    context = {"partner_id": 31, "uid": 4, "lang": "de_DE"}
    params = {
        "model": "sale.order",
        "method": "onchange_partner_id",
        "args": [[31], context],
        "kwargs": {},
        "context": context,
    }
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 5}))
    known = json.loads(product("whoami", "--json", path))
    assert 4 == known["uid"]


def test_an_older_client_repeats_a_term_and_it_is_asked_once() -> None:
    term = ["employee_id", "=", 58]
    params = {"model": "hr.leave", "domain": ["&", term, "&", ["state", "=", "draft"], term]}
    old = rpc("/web/dataset/search_read", {**params, "fields": ["name"], "limit": 40})
    (action,) = actions(old)
    assert 1 == len([name for name in names(action) if name.startswith("employee")])
