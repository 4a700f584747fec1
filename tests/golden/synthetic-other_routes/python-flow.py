"""Update transfer lines and validate transfer and sync pos order, as Odoo 19's web client did it, through /jsonrpc.

Captured in synthetic-other_routes.har.gz, calls 1, 2 and 3 (entries 3, 4 and 7), as user 2 on https://odoo.example.com.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python update_transfer_lines_to_sync_pos_order.py --write
"""

import functools
import json
import os
import re
import sys

import requests

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "")  # not in the capture: Odoo shows it with ?debug=1
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too


def server():
    """The address. Only this machine may use http: others could read the key."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", URL
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(f"ODOO_URL={URL}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway")
    return URL.rstrip("/")


class OdooError(Exception):
    """An error that Odoo returned; the message is Odoo's own."""


def call(service, method, *args):
    """Sends one JSON-RPC request; returns the result, or None if there is none."""
    payload = {"service": service, "method": method, "args": args}
    response = requests.post(
        f"{server()}/jsonrpc",
        json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": payload},
        timeout=60,
        allow_redirects=False,
    )
    response.raise_for_status()
    if response.is_redirect:  # following it could send the key to another server
        raise OdooError(f"{URL} redirects to {response.headers['Location']!r}")
    answer = response.json()
    if "error" in answer:  # Odoo reports errors with HTTP 200
        error = answer["error"]
        data = error.get("data") or {}
        raise OdooError(
            f"{data.get('name')}: {data.get('message') or error['message']}"
        )
    return answer.get("result")


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "login", DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call("object", "execute_kw", DB, uid(), API_KEY, model, method, args, kwargs)


def update_transfer_lines(picking_id, move_line_id, quantity, picked):
    """Change the move line of a transfer; returns True.

    picking_id    Transfer (required): id of a stock.picking
    move_line_id  Move Line (required)
    quantity      Quantity (required, label guessed)
    picked        Picked (required, label guessed)
    """
    return execute_kw(
        "stock.picking",
        "write",
        [
            [picking_id],
            {
                "move_line_ids": [
                    [1, move_line_id, {"quantity": quantity, "picked": picked}],
                ],
            },
        ],
        {},
    )


# Not in this code: /hr_attendance/systray_check_in_out
# (synthetic-other_routes.har.gz#5) checked somebody in or out; it needs a session of
# the web client (convert -t python-web); through the API, create an hr.attendance with
# employee_id to check in, and write its check_out to check out.
# Not in this code: /shop/cart/add (synthetic-other_routes.har.gz#6) changed the cart of
# a visitor; it needs a session of the web client (convert -t python-web); through the
# API, create or write sale.order.line.
def validate_transfer(picking_id):
    """Validate a transfer (button_validate).

    picking_id  Transfer (required): id of a stock.picking
    """
    return execute_kw(
        "stock.picking",
        "button_validate",
        [[picking_id]],
        {"context": {"lang": "en_US", "tz": "Europe/Brussels"}},
    )


# uuid and access_token: left out; Odoo creates its own.
def sync_pos_order(
    session_id,
    partner_id,
    amount_total,
    amount_tax,
    amount_paid,
    amount_return,
    lines,
    payments,
):
    """Sync a pos order (pos.order.sync_from_ui).

    session_id     Session (required): id of a pos.session
    partner_id     Partner (required): id of a res.partner
    amount_total   Amount Total (required)
    amount_tax     Amount Tax (required)
    amount_paid    Amount Paid (required)
    amount_return  Amount Return (required)
    lines          Lines (required): a list of Odoo's commands, [0, 0, {"field": value}]
                   for each
    payments       Payments (required): a list of Odoo's commands, [0, 0, {"field":
                   value}] for each
    """
    return execute_kw(
        "pos.order",
        "sync_from_ui",
        [
            [
                {
                    "name": "Order 00001-001-0001",
                    "session_id": session_id,
                    "partner_id": partner_id,
                    "amount_total": amount_total,
                    "amount_tax": amount_tax,
                    "amount_paid": amount_paid,
                    "amount_return": amount_return,
                    "lines": lines,
                    "payment_ids": payments,
                    "state": "paid",
                },
            ],
        ],
        {"context": {"lang": "en_US", "tz": "Europe/Brussels"}},
    )


def update_transfer_lines_to_sync_pos_order(
    picking_id,
    move_line_id,
    quantity,
    picked,
    session_id,
    partner_id,
    amount_total,
    amount_tax,
    amount_paid,
    amount_return,
    lines,
    payments,
):
    """Change the move line of a transfer, validate a transfer (button_validate),
    then sync a pos order (pos.order.sync_from_ui).

    picking_id     Transfer (required): id of a stock.picking
    move_line_id   Move Line (required)
    quantity       Quantity (required, label guessed)
    picked         Picked (required, label guessed)
    session_id     Session (required): id of a pos.session
    partner_id     Partner (required): id of a res.partner
    amount_total   Amount Total (required)
    amount_tax     Amount Tax (required)
    amount_paid    Amount Paid (required)
    amount_return  Amount Return (required)
    lines          Lines (required): a list of Odoo's commands, [0, 0, {"field": value}]
                   for each
    payments       Payments (required): a list of Odoo's commands, [0, 0, {"field":
                   value}] for each
    """
    update_transfer_lines(
        picking_id=picking_id,
        move_line_id=move_line_id,
        quantity=quantity,
        picked=picked,
    )
    validate_transfer(picking_id)
    result_3 = sync_pos_order(
        session_id=session_id,
        partner_id=partner_id,
        amount_total=amount_total,
        amount_tax=amount_tax,
        amount_paid=amount_paid,
        amount_return=amount_return,
        lines=lines,
        payments=payments,
    )
    return result_3


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (update transfer lines, and 2 more): run it with --write",
        )
    results = update_transfer_lines_to_sync_pos_order(
        picking_id=88,
        move_line_id=301,
        quantity=3,
        picked=True,
        session_id=3,
        partner_id=14,
        amount_total=9.0,
        amount_tax=0.0,
        amount_paid=9.0,
        amount_return=0.0,
        lines=[[0, 0, {"product_id": 21, "qty": 2, "price_unit": 4.5}]],
        payments=[[0, 0, {"payment_method_id": 1, "amount": 9.0}]],
    )
    print(json.dumps(results, indent=2, ensure_ascii=False))
