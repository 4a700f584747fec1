"""Update transfer lines and validate transfer and sync pos order, as Odoo 19's web client did it, through JSON-2.

Captured in synthetic-other_routes.har.gz, calls 1, 2 and 3 (entries 3, 4 and 7), as user 2 on https://odoo.example.com.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "")  # not in the capture: Odoo shows it with ?debug=1
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords


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


def call(model, method, arguments):
    """Sends one JSON-2 request (Odoo 19 and later); the key identifies the user."""
    if arguments.get("ids", True) in (None, False, [], [None], [False]):
        # Odoo would do nothing and return true.
        raise OdooError(f"{model}.{method}: no ids")
    response = requests.post(
        f"{server()}/json/2/{quote(model, safe='')}/{quote(method, safe='')}",
        json=arguments,
        headers={"Authorization": f"bearer {API_KEY}", "X-Odoo-Database": DB},
        timeout=60,
        allow_redirects=False,
    )
    if response.is_redirect:  # following it could send the key to another server
        raise OdooError(f"{URL} redirects to {response.headers['Location']!r}")
    if not response.ok:
        try:
            error = response.json()
        except ValueError:  # no such database, or an Odoo without JSON-2: a page
            response.raise_for_status()
        raise OdooError(f"{error.get('name')}: {error.get('message')}")
    return response.json()


def update_transfer_lines(picking_id, move_line_id, quantity, picked):
    """Change the move line of a transfer; returns True.

    picking_id    Transfer (required): id of a stock.picking
    move_line_id  Move Line (required)
    quantity      Quantity (required, label guessed)
    picked        Picked (required, label guessed)
    """
    return call(
        "stock.picking",
        "write",
        {
            "ids": [picking_id],
            "vals": {
                "move_line_ids": [
                    [1, move_line_id, {"quantity": quantity, "picked": picked}],
                ],
            },
        },
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
    # No parameters of stock.picking.button_validate are known: it is called on these
    # records.
    return call(
        "stock.picking",
        "button_validate",
        {"ids": [picking_id], "context": {"lang": "en_US", "tz": "Europe/Brussels"}},
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
    return call(
        "pos.order",
        "sync_from_ui",
        {
            "orders": [
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
            "context": {"lang": "en_US", "tz": "Europe/Brussels"},
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (update transfer lines, and 2 more): run it with --write",
        )
    result = update_transfer_lines(
        picking_id=88, move_line_id=301, quantity=3, picked=True
    )
    result_2 = validate_transfer(88)
    result_3 = sync_pos_order(
        session_id=3,
        partner_id=14,
        amount_total=9.0,
        amount_tax=0.0,
        amount_paid=9.0,
        amount_return=0.0,
        lines=[[0, 0, {"product_id": 21, "qty": 2, "price_unit": 4.5}]],
        payments=[[0, 0, {"payment_method_id": 1, "amount": 9.0}]],
    )
    results = {"result": result, "result_2": result_2, "result_3": result_3}
    print(json.dumps(results, indent=2, ensure_ascii=False))
