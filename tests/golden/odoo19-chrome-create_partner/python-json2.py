"""Create partner, as Odoo 19's web client did it, through JSON-2.

Captured in odoo19-chrome-create_partner.har, call 12 (entry 32), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_partner.py --write
"""

import json
import os
import re
import sys
from urllib.parse import quote

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
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


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# Only the values the user entered are sent. The form's other 38 were empty, defaults
# (company_type and lang) or computed (peppol_eas); Odoo sets them itself.
def create_partner(name, *, email=None, phone=None, country_id=None):
    """Create a partner; returns its id.

    name        Name (required)
    email       Email
    phone       Phone
    country_id  Country: id of a res.country (20 was Belgium)
    """
    created = call(
        "res.partner",
        "create",
        {
            "vals_list": [
                given(name=name, email=email, phone=phone, country_id=country_id),
            ],
            "context": {**CONTEXT, "default_is_company": True},
        },
    )
    return created[0]  # JSON-2 returns a list even for one record


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create partner): run it with --write")
    partner_id = create_partner(
        'Café "L\'Été" & Söhne',
        email="bonjour@cafe-ete.example",
        phone="+32 2 555 01 02",
        country_id=20,
    )
    print(json.dumps(partner_id, indent=2, ensure_ascii=False))
