"""4 calls to Odoo, as a program did it, through OdooRPC.

Captured in synthetic-jsonrpc.har, calls 1, 2, 3 and 4 (entries 3, 4, 5 and 6), as user 2 on https://odoo.example.com.

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

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "demo")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
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


def search_partners_by_phone(phone, *, limit=80):
    """Partners whose phone contains `phone`.

    phone  Phone (required, label guessed): part of the phone
    limit  Limit: at most this many records
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[["phone", "ilike", phone]]],
        {"fields": ["name", "phone"], "limit": limit},
    )


def create_partner(name, *, phone=None):
    """Create a partner; returns its id.

    name   Name (required, label guessed)
    phone  Phone (label guessed)
    """
    return execute_kw("res.partner", "create", [given(name=name, phone=phone)], {})


def update_partner_city(partner_id, city):
    """Change the city of a partner; returns True.

    partner_id  Partner (required): id of a res.partner (137 was Café "L'Été")
    city        City (required, label guessed)
    """
    return execute_kw("res.partner", "write", [[partner_id], {"city": city}], {})


def read_partner(partner_id):
    """Read a partner.

    partner_id  Partner (required): id of a res.partner (137 was Café "L'Été")
    """
    return execute_kw("res.partner", "read", [[partner_id], ["name", "city"]], {})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (create partner, and 1 more): run it with --write"
        )
    partners = search_partners_by_phone("8")
    partner_id = create_partner('Café "L\'Été"', phone="+32 2 555 01 02")
    update_partner_city(partner_id=partner_id, city="Ghent")
    partners_2 = read_partner(partner_id)
    results = {"partners": partners, "partner_id": partner_id, "partners_2": partners_2}
    print(json.dumps(results, indent=2, ensure_ascii=False))
