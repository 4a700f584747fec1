"""List partners and export partners, as Odoo 19's web client did it, through odoo-client-lib and JSON-2.

Captured in odoo19-chrome-export_partners.har, calls 3 and 6 (entries 19 and 25), as user 2 on http://127.0.0.1:18019.

    pip install "odoo-client-lib>=2,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py
"""

import functools
import json
import os
import re
import sys
import urllib.parse

import odoolib
from odoolib.tools import AuthenticationError

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


@functools.lru_cache(maxsize=None)
def connection():
    """The key identifies the user."""
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: odoo-client-lib connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    return odoolib.get_connection(
        hostname=place.hostname,
        protocol="json2s" if is_secure else "json2",
        port=place.port or (443 if is_secure else 80),
        database=DB,
        password=API_KEY,
    )


def call(model, method, arguments):
    """One call, unchanged: the library's own read returns one record without a list."""
    if arguments.get("ids", True) in (None, False, [], [None], [False]):
        # Odoo would do nothing and return true.
        raise OdooError(f"{model}.{method}: no ids")
    remote = connection().get_model(urllib.parse.quote(model, safe=""))
    try:
        return remote.__getattr__(urllib.parse.quote(method, safe=""))(**arguments)
    except AuthenticationError as refusal:
        raise OdooError(str(refusal)) from None
    except ValueError as refusal:  # it wraps Odoo's answer
        told = str(refusal)
        try:
            answer = json.JSONDecoder().raw_decode(told, max(0, told.find("{")))[0]
        except ValueError:  # no such database, or an Odoo without JSON-2: a page
            raise OdooError(told) from None
        raise OdooError(f"{answer.get('name')}: {answer.get('message')}") from None


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], category_id as bare ids, and the total (`length`) is not counted.
# Left out: avatar_128 (an image or file; the client asked for the size only).
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
    return call(
        "res.partner",
        "export_data",
        {
            "ids": partner_ids,
            "fields_to_export": [
                "avatar_128",
                "complete_name",
                "email",
                "phone",
                "activity_ids",
                "country_id",
                "application_statistics",
            ],
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    partners = list_partners()
    result = export_partners([36, 20])
    results = {"partners": partners, "result": result}
    print(json.dumps(results, indent=2, ensure_ascii=False))
