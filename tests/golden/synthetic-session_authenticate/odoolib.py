"""Count partners, as Odoo 14's web client did it, through odoo-client-lib.

Captured in synthetic-session_authenticate.har, call 1 (entry 3), as user 2 on https://odoo.example.com.

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

import httpx
import odoolib
from odoolib.tools import AuthenticationError, JsonRPCException

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "demo")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

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


def count_partners():
    """How many partners there are."""
    return execute_kw("res.partner", "search_count", [[]], {"context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    result = count_partners()
    print(json.dumps(result, indent=2, ensure_ascii=False))
