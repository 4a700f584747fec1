"""List partners and create partner, as Odoo 14's web client did it, through Odooly.

Captured in odoo14-chrome-create_partner.har, calls 3 and 20 (entries 19 and 39), as user 2 on http://127.0.0.1:18014.

    pip install "odooly>=2.6,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys

import odooly

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


class OneServer(odooly.HTTPSession):
    """Follows no redirects: they could send the key to another server."""

    def __init__(self):
        super().__init__()
        self._session.max_redirects = 0  # with requests; urllib has handlers
        for handler in getattr(self._session, "handlers", ()):
            handler.redirect_request = lambda *_: None


odooly.HTTPSession = OneServer


@functools.lru_cache(maxsize=None)
def connection():
    """The client; it asks the server for its version."""
    return asked(odooly.Client, f"{server()}/jsonrpc")


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return asked(connection().common.login, DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    """One call, unchanged: `env.execute` would put its own context in the place of this
    one, sort the ids of a read, and take texts in a domain apart.
    """
    objects = odooly.Service(connection(), "object", ["execute_kw"])
    user = (DB, uid(), API_KEY)
    return asked(objects.execute_kw, *user, model, method, args, kwargs)


def asked(function, *args):
    try:
        return function(*args)
    except odooly.ServerError as refusal:
        error = refusal.args[0]
        data = error.get("data") or {}
        said = data.get("message") or error.get("message") or data.get("arguments")
        raise OdooError(f"{data.get('name')}: {said}") from None
    except OSError as failure:  # of the connection, redirects included
        raise OdooError(f"{URL}: {failure}") from None


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
