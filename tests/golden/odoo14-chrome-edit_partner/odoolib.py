"""Read partner and update partner, as Odoo 14's web client did it, through odoo-client-lib.

Captured in odoo14-chrome-edit_partner.har, calls 6 and 31 (entries 22 and 57), as user 2 on http://127.0.0.1:18014.

    pip install "odoo-client-lib>=2,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import urllib.parse

import httpx
import odoolib
from odoolib.tools import AuthenticationError, JsonRPCException

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


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


@functools.lru_cache(maxsize=None)
def connection():
    """The connection, as ODOO_UID, as ODOO_LOGIN, or as the recorded user."""
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: odoo-client-lib connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    made = odoolib.get_connection(
        hostname=place.hostname,
        protocol="jsonrpcs" if is_secure else "jsonrpc",
        port=place.port or (443 if is_secure else 80),
        database=DB,
        login=LOGIN,
        password=API_KEY,
        user_id=int(UID or CAPTURED_UID) if UID or not LOGIN else None,
    )
    try:
        made.check_login(force=False)  # no request if the id is known
    except json.JSONDecodeError:  # a redirect, which the library does not follow
        raise OdooError(f"{URL}: not JSON: is the address right?") from None
    except AuthenticationError:
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def execute_kw(model, method, args, kwargs):
    """One call, unchanged: the library's own models split search_read and reorder
    what read answers. Its answer to a method that returns nothing is False, not None.
    """
    odoo = connection()
    user = (odoo.database, odoo.user_id, odoo.password)
    try:
        return odoo.get_service("object").execute_kw(*user, model, method, args, kwargs)
    except JsonRPCException as refusal:
        data = refusal.error.get("data") or {}
        message = data.get("message") or refusal.error["message"]
        raise OdooError(f"{data.get('name')}: {message}") from None
    except json.JSONDecodeError:  # a redirect, which the library does not follow
        raise OdooError(f"{URL}: not JSON: is the address right?") from None
    except httpx.ReadTimeout:
        raise OdooError(
            "no answer in 5 seconds (the library waits no longer): it may be done yet"
        ) from None


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


def x2many(*commands):
    """The commands whose records were given; None (Odoo's own default) without any."""
    return [command for command in commands if None not in command] or None


def at_least_one(**values):
    """The given values of an update. Raises an error if there are none."""
    if not given(**values):
        raise OdooError("nothing to change: give at least one value")
    return given(**values)


# Left out: image_1920 (an image or file; the client asked for the size only).
def read_partner(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (14 was Azure Interior)
    """
    return execute_kw(
        "res.partner",
        "read",
        [[partner_id]],
        {
            "fields": [
                "same_vat_partner_id",
                "partner_gid",
                "additional_info",
                "opportunity_count",
                "meeting_count",
                "sale_order_count",
                "task_count",
                "currency_id",
                "total_invoiced",
                "payment_token_count",
                "__last_update",
                "is_company",
                "commercial_partner_id",
                "active",
                "company_type",
                "name",
                "parent_id",
                "company_name",
                "type",
                "street",
                "street2",
                "city",
                "state_id",
                "zip",
                "country_id",
                "vat",
                "function",
                "phone_blacklisted",
                "mobile_blacklisted",
                "phone",
                "mobile",
                "phone_sanitized",
                "user_ids",
                "is_blacklisted",
                "email",
                "website",
                "title",
                "active_lang_count",
                "lang",
                "category_id",
                "child_ids",
                "user_id",
                "team_id",
                "property_payment_term_id",
                "property_supplier_payment_term_id",
                "property_payment_method_id",
                "property_account_position_id",
                "ref",
                "company_id",
                "industry_id",
                "bank_ids",
                "property_account_receivable_id",
                "property_account_payable_id",
                "comment",
                "sale_warn",
                "sale_warn_msg",
                "invoice_warn",
                "invoice_warn_msg",
                "message_follower_ids",
                "activity_ids",
                "message_ids",
                "display_name",
            ],
            "context": CONTEXT,
        },
    )


def update_partner(partner_id, *, phone=None, category_ids=None):
    """Change a partner; returns True.

    partner_id    Partner (required): id of a res.partner (14 was Azure Interior)
    phone         Phone
    category_ids  Tags: ids of res.partner.category records, which replace the existing
                  ones (5 was Services and 2 was Prospects)
    """
    return execute_kw(
        "res.partner",
        "write",
        [
            [partner_id],
            at_least_one(phone=phone, category_id=x2many([6, 0, category_ids])),
        ],
        {"context": CONTEXT},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (update partner): run it with --write")
    partners = read_partner(14)
    update_partner(14, phone="+1 555 0199", category_ids=[5, 2])
    print(json.dumps(partners, indent=2, ensure_ascii=False))
