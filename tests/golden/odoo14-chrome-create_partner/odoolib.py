"""List partners and create partner, as Odoo 14's web client did it, through odoo-client-lib.

Captured in odoo14-chrome-create_partner.har, calls 3 and 20 (entries 19 and 39), as user 2 on http://127.0.0.1:18014.

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


# /web/dataset/search_read -> search_read: the records are the same, but the total
# (`length`) is not counted.
def list_partners(*, limit=80, offset=0):
    """All partners, page by page.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[]],
        {
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


# Only the values the user entered are sent. The form's other 36 were empty or defaults
# (is_company, active, company_type, type, lang, property_account_receivable_id and 3
# more); Odoo sets them itself.
def create_partner(name, *, country_id=None, phone=None, email=None):
    """Create a partner; returns its id.

    name        Name (required)
    country_id  Country: id of a res.country (20 was Belgium)
    phone       Phone
    email       Email
    """
    return execute_kw(
        "res.partner",
        "create",
        [given(name=name, country_id=country_id, phone=phone, email=email)],
        {"context": {**CONTEXT, "default_is_company": True}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create partner): run it with --write")
    partners = list_partners()
    partner_id = create_partner(
        'Café "L\'Été" & Söhne',
        country_id=20,
        phone="+32 2 555 01 02",
        email="bonjour@cafe-ete.example",
    )
    results = {"partners": partners, "partner_id": partner_id}
    print(json.dumps(results, indent=2, ensure_ascii=False))
