"""Count partners, as Odoo 14's web client did it, through odoo-client-lib and JSON-2.

Captured in synthetic-session_authenticate.har, call 1 (entry 3), as user 2 on https://odoo.example.com.

Captured from Odoo 14, which has no JSON-2; Odoo 19 introduced it.

    pip install "odoo-client-lib>=2,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python count_partners.py
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
DB = os.environ.get("ODOO_DB", "demo")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels"}


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


def count_partners():
    """How many partners there are."""
    return call("res.partner", "search_count", {"domain": [], "context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    result = count_partners()
    print(json.dumps(result, indent=2, ensure_ascii=False))
