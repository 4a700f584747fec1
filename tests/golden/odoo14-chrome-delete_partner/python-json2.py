"""List partners and create partner and delete partner, as Odoo 14's web client did it, through JSON-2.

Captured in odoo14-chrome-delete_partner.har, calls 3, 16 and 30 (entries 19, 35 and 56), as user 2 on http://127.0.0.1:18014.

Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.

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

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords

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


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


# /web/dataset/search_read -> search_read: the records are the same, but the total
# (`length`) is not counted.
def list_partners(*, limit=80, offset=0):
    """All partners, page by page.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return call(
        "res.partner",
        "search_read",
        {
            "domain": [],
            "fields": [
                "display_name",
                "function",
                "phone",
                "email",
                "user_id",
                "activity_ids",
                "activity_exception_decoration",
                "activity_exception_icon",
                "activity_state",
                "activity_summary",
                "activity_type_id",
                "activity_type_icon",
                "city",
                "state_id",
                "country_id",
                "vat",
                "category_id",
                "company_id",
                "is_company",
                "parent_id",
                "active",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


# Only the values the user entered are sent. The form's other 38 were empty or defaults
# (is_company, active, company_type, type, lang, property_account_receivable_id and 3
# more); Odoo sets them itself.
def create_partner(name, *, phone=None):
    """Create a partner; returns its id.

    name   Name (required)
    phone  Phone
    """
    created = call(
        "res.partner",
        "create",
        {
            "vals_list": [given(name=name, phone=phone)],
            "context": {**CONTEXT, "default_is_company": True},
        },
    )
    return created[0]  # JSON-2 returns a list even for one record


def delete_partner(partner_id):
    """Delete a partner; returns True.

    partner_id  Partner (required): id of a res.partner (142 was Here Today)
    """
    return call("res.partner", "unlink", {"ids": [partner_id], "context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 1 more): run it with --write"
        )
    partners = list_partners()
    partner_id = create_partner("Here Today", phone="+32 2 555 01 99")
    delete_partner(partner_id)
    results = {"partners": partners, "partner_id": partner_id}
    print(json.dumps(results, indent=2, ensure_ascii=False))
