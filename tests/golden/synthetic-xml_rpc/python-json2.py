"""Search partners by phone and create partner and update partner phone, as a program did it, through JSON-2.

Captured in synthetic-xml_rpc.har, calls 1, 2 and 3 (entries 2, 3 and 4), as user 2 on https://odoo.example.com.

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
DB = os.environ.get("ODOO_DB", "demo")
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


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


def search_partners_by_phone(phone, *, limit=80):
    """Partners whose phone contains `phone`.

    phone  Phone (required, label guessed): part of the phone
    limit  Limit: at most this many records
    """
    return call(
        "res.partner",
        "search_read",
        {
            "domain": [["phone", "ilike", phone]],
            "fields": ["name", "phone"],
            "limit": limit,
        },
    )


def create_partner(name, *, phone=None):
    """Create a partner; returns its id.

    name   Name (required, label guessed)
    phone  Phone (label guessed)
    """
    created = call(
        "res.partner", "create", {"vals_list": [given(name=name, phone=phone)]}
    )
    return created[0]  # JSON-2 returns a list even for one record


def update_partner_phone(partner_id, phone):
    """Change the phone of a partner; returns True.

    partner_id  Partner (required): id of a res.partner
    phone       Phone (required, label guessed)
    """
    return call("res.partner", "write", {"ids": [partner_id], "vals": {"phone": phone}})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 1 more): run it with --write"
        )
    partners = search_partners_by_phone("8")
    partner_id = create_partner('Café "L\'Été"', phone="+32 2 555 01 02")
    update_partner_phone(partner_id=partner_id, phone="+32 2 555 01 03")
    results = {"partners": partners, "partner_id": partner_id}
    print(json.dumps(results, indent=2, ensure_ascii=False))
