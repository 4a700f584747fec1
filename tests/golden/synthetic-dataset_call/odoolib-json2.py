"""Read partners and update partner phone, as Odoo's web client did it, through odoo-client-lib and JSON-2.

Captured in synthetic-dataset_call.har, calls 1 and 3 (entries 1 and 3), as user 2 on https://odoo.example.com.

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

import odoolib
from odoolib.tools import AuthenticationError

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "")  # not in the capture: Odoo shows it with ?debug=1
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


# /web/dataset/call -> the same method with the same arguments.
def read_partners(partner_ids):
    """Read these partners.

    partner_ids  Partner IDs (required): ids of res.partner records
    """
    return call(
        "res.partner", "read", {"ids": partner_ids, "fields": ["name", "phone"]}
    )


# /web/dataset/call -> the same method with the same arguments.
def update_partner_phone(partner_id, phone):
    """Change the phone of a partner; returns True.

    partner_id  Partner (required): id of a res.partner (14 was Azure Interior)
    phone       Phone (required, label guessed)
    """
    return call("res.partner", "write", {"ids": [partner_id], "vals": {"phone": phone}})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (update partner phone): run it with --write")
    partners = read_partners([14, 10])
    update_partner_phone(partner_id=14, phone="+1 555 0199")
    print(json.dumps(partners, indent=2, ensure_ascii=False))
