"""List partners and export partners, as Odoo 19's web client did it, through OdooRPC.

Captured in odoo19-chrome-export_partners.har, calls 3 and 6 (entries 19 and 25), as user 2 on http://127.0.0.1:18019.

    pip install "odoorpc>=0.10,<0.11"
    export ODOO_DB=... ODOO_LOGIN=...
    export ODOO_API_KEY=...                 # key: Preferences > Security > New API Key
    python odoo_calls.py
"""

import functools
import json
import os
import re
import sys
import urllib.parse
import urllib.request

import odoorpc

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
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


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], category_id as bare ids, and the total (`length`) is not counted.
# Left out: avatar_128 (an image or file; the client asked for the size only).
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
                "write_date",
                "complete_name",
                "vat",
                "invoice_sending_method",
                "invoice_edi_format",
                "email",
                "phone",
                "user_id",
                "activity_ids",
                "activity_exception_decoration",
                "activity_exception_icon",
                "activity_state",
                "activity_summary",
                "activity_type_icon",
                "activity_type_id",
                "street",
                "city",
                "state_id",
                "country_id",
                "application_statistics",
                "category_id",
                "company_id",
                "properties",
                "properties_base_definition_id",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


# /web/export/xlsx -> export_data: returns the rows (`datas`), not a file; the user
# needs the right to export.
def export_partners(partner_ids):
    """Export the chosen columns of these partners as rows.

    partner_ids  Partner IDs (required): ids of res.partner records
    """
    return execute_kw(
        "res.partner",
        "export_data",
        [
            partner_ids,
            [
                "avatar_128",
                "complete_name",
                "email",
                "phone",
                "activity_ids",
                "country_id",
                "application_statistics",
            ],
        ],
        {"context": CONTEXT},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
    partners = list_partners()
    result = export_partners([36, 20])
    results = {"partners": partners, "result": result}
    print(json.dumps(results, indent=2, ensure_ascii=False))
