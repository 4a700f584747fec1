"""List sale orders and create sale order and confirm sale order, as Odoo 19's web client did it, through a session of the web client.

Captured in odoo19-chrome-create_and_confirm_sale_order.har, calls 3, 20 and 21 (entries 19, 40 and 43), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_LOGIN=... ODOO_PASSWORD=...  # an API key cannot log in here
    # with two-factor login instead: ODOO_SESSION_ID=..., the browser's cookie session_id
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
PASSWORD = os.environ.get("ODOO_PASSWORD", "")
SESSION_ID = os.environ.get("ODOO_SESSION_ID", "")  # instead of login and password

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


def server():
    """The address. Only this machine may use http: others could read the password."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", URL
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(
            f"ODOO_URL={URL}: not https; ODOO_ALLOW_HTTP=1 sends the password anyway"
        )
    return URL.rstrip("/")


class OdooError(Exception):
    """An error that Odoo returned; the message is Odoo's own."""


SESSION = requests.Session()  # it keeps the cookie
LOG_IN_AGAIN = "the session has expired: log in again"
if SESSION_ID:
    LOG_IN_AGAIN += " in the browser, and set ODOO_SESSION_ID to its cookie session_id"


def send(method, path, **content):
    """Sends one request in the session; returns the response, of this server only."""
    try:
        response = SESSION.request(
            method, server() + path, timeout=120, allow_redirects=False, **content
        )
    except requests.exceptions.SSLError as error:
        raise OdooError(f"{URL}: https failed: {error}") from None
    except requests.ConnectionError:
        raise OdooError(f"{URL} does not respond: is the address right?") from None
    if response.is_redirect:  # following it could send the session to another server
        place = response.headers["Location"]
        if "/web/login" in place:
            raise OdooError(LOG_IN_AGAIN)
        raise OdooError(f"{URL} redirects to {place!r}")
    return response


def post_json(path, params):
    """Sends one JSON-RPC request; returns the result, or None if there is none."""
    message = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
    response = send("POST", path, json=message)
    try:
        answer = response.json()
        error = answer.get("error")
    except (ValueError, AttributeError):  # of another program, or of a proxy
        status = response.status_code
        raise OdooError(f"{URL}{path}: HTTP {status}, not an Odoo response") from None
    if error:  # with HTTP 200
        raise refusal(error)
    return answer.get("result")


def refusal(error):
    """The error of a refusal, in Odoo's own words."""
    data = error.get("data") or {}
    if data.get("name") == "odoo.http.SessionExpiredException":
        return OdooError(LOG_IN_AGAIN)
    return OdooError(f"{data.get('name')}: {data.get('message') or error['message']}")


@functools.lru_cache(maxsize=None)
def uid():
    """Logs in once, or uses the browser's session; returns the user's id."""
    if SESSION_ID:
        SESSION.cookies.set("session_id", SESSION_ID)
        return post_json("/web/session/get_session_info", {})["uid"]
    who = {"db": DB, "login": LOGIN, "password": PASSWORD}
    try:
        session = post_json("/web/session/authenticate", who)
    except OdooError as error:
        if "AccessDenied" not in str(error):
            raise
        sys.exit(
            f"{URL}: {LOGIN} was refused: wrong login or password (an API key is neither)"
        )
    return session["uid"] or sys.exit(
        f"{URL}: {LOGIN} logs in with two factors: log in with the browser, and set "
        "ODOO_SESSION_ID to its cookie session_id"
    )


def call_kw(model, method, args, kwargs):
    """A call as the web client sends it."""
    uid()
    path = f"/web/dataset/call_kw/{quote(model, safe='')}/{quote(method, safe='')}"
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
    return post_json(path, params)


def new_lines(lines, fields, always=(), following=()):
    """Commands that create the lines, from dicts with these keys or field names.

    None is left to Odoo. Sections and notes (a display_type of line_…) pass through.
    """
    keys = {**{field: field for field in fields.values()}, **fields}
    commands = []
    for line in lines:
        values = {}
        if not str(line.get("display_type")).startswith("line_"):
            wrong = [key for key in line if key not in keys]
            if wrong:
                raise OdooError(f"a line takes {', '.join(fields)}, not {wrong[0]}")
            values = dict(always)
            for key, recorded, more in following:
                if line.get(key) == recorded:
                    values.update(more)
            line = {keys[key]: value for key, value in line.items()}
        values.update((key, value) for key, value in line.items() if value is not None)
        commands.append([0, 0, values])
    return commands


# web_search_read: the records are returned; their number (`length`) is left out.
def list_sale_orders(*, user_id=None, limit=80, offset=0):
    """Sale orders whose salesperson is `user_id`.

    user_id  Salesperson: id of a user; defaults to the one who calls
    limit    Limit: at most this many records
    offset   Offset: skip this many records first
    """
    user_id = user_id or uid()
    found = call_kw(
        "sale.order",
        "web_search_read",
        [],
        {
            "specification": {
                "message_needaction": {},
                "currency_id": {"fields": {}},
                "name": {},
                "create_date": {},
                "commitment_date": {},
                "expected_date": {},
                "partner_id": {"fields": {"display_name": {}}},
                "user_id": {"fields": {"display_name": {}}},
                "activity_ids": {"fields": {}},
                "activity_exception_decoration": {},
                "activity_exception_icon": {},
                "activity_state": {},
                "activity_summary": {},
                "activity_type_icon": {},
                "activity_type_id": {"fields": {"display_name": {}}},
                "team_id": {"fields": {"display_name": {}}},
                "company_id": {"fields": {"display_name": {}}},
                "amount_untaxed": {},
                "amount_tax": {},
                "amount_total": {},
                "tag_ids": {"fields": {"display_name": {}, "color": {}}},
                "state": {},
                "invoice_status": {},
                "client_order_ref": {},
                "validity_date": {},
            },
            "offset": offset,
            "order": "",
            "limit": limit,
            "count_limit": 10001,
            "domain": [["user_id", "=", user_id]],
            "context": {**CONTEXT, "bin_size": True},
        },
    )
    return found["records"]


# web_save: the call does not read the record back.
# Only the values the user entered are sent. The form's other 52 were empty, defaults
# (validity_date, date_order, sequence, product_template_id, team_id, company_id and 3
# more) or computed (payment_term_id, technical_price_unit, name, price_unit, user_id,
# fiscal_position_id and 1 more); Odoo sets them itself.
def create_sale_order(partner_id, lines):
    """Create a sale order; returns its id.

    partner_id  Customer (required): id of a res.partner (15 was Azure Interior)
    lines       Order Lines (required): for each line product_id (Product, required: id
                of a product.product (6 was [FURN_8888] Office Lamp)), quantity
                (Quantity)
    """
    created = call_kw(
        "sale.order",
        "web_save",
        [
            [],
            {
                "partner_id": partner_id,
                "order_line": new_lines(
                    lines, {"product_id": "product_id", "quantity": "product_uom_qty"}
                ),
            },
        ],
        {"specification": {}, "context": CONTEXT},
    )
    return created[0]["id"]


# call_button -> the same method. The browser received False where no action was
# returned; call_kw returns the method's actual result.
def confirm_sale_order(order_id):
    """Confirm a sale order (action_confirm).

    order_id  Sale Order (required): id of a sale.order (23 was S00023)
    """
    return call_kw(
        "sale.order",
        "action_confirm",
        [[order_id]],
        {"context": {**CONTEXT, "validate_analytic": True}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (SESSION_ID or (DB and LOGIN and PASSWORD)):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create sale order, and 1 more): run it with --write",
        )
    sale_orders = list_sale_orders()
    order_id = create_sale_order(
        partner_id=15, lines=[{"product_id": 6, "quantity": 3}]
    )
    confirm_sale_order(order_id)
    results = {"sale_orders": sale_orders, "order_id": order_id}
    print(json.dumps(results, indent=2, ensure_ascii=False))
