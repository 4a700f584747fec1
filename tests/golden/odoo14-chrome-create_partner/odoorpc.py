"""List partners and create partner, as Odoo 14's web client did it, through OdooRPC.

Captured in odoo14-chrome-create_partner.har, calls 3 and 20 (entries 19 and 39), as user 2 on http://127.0.0.1:18014.

    pip install "odoorpc>=0.10,<0.11"
    export ODOO_DB=... ODOO_LOGIN=...
    export ODOO_API_KEY=...                 # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import urllib.parse
import urllib.request

import odoorpc

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
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


class OneServer(urllib.request.HTTPRedirectHandler):
    """Follows no redirects: they could send the key to another server."""

    def redirect_request(self, *request):
        raise OdooError(f"{URL} redirects to {request[-1]!r}")


@functools.lru_cache(maxsize=None)
def connection():
    """Logged in as ODOO_LOGIN: OdooRPC asks Odoo for its version, the user's id and
    the user's context first (which `execute_kw` does not send).
    """
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: OdooRPC connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    made = odoorpc.ODOO(
        place.hostname,
        protocol="jsonrpc+ssl" if is_secure else "jsonrpc",
        port=place.port or (443 if is_secure else 80),
        opener=urllib.request.build_opener(
            OneServer, urllib.request.HTTPCookieProcessor
        ),
    )
    try:
        made.login(DB, LOGIN, API_KEY)
    except odoorpc.error.RPCError as refusal:
        if refusal.info:
            raise in_words(refusal) from None
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def execute_kw(model, method, args, kwargs):
    try:
        return connection().execute_kw(model, method, args, kwargs)
    except odoorpc.error.RPCError as refusal:
        raise in_words(refusal) from None


def in_words(refusal):
    return OdooError(f"{refusal.info['data']['name']}: {refusal}")


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
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
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
