"""Count partners, as Odoo 14's web client did it, through /xmlrpc/2.

Captured in synthetic-session_authenticate.har, call 1 (entry 3), as user 2 on https://odoo.example.com.

    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python count_partners.py
"""

import functools
import json
import os
import re
import sys
import xmlrpc.client

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


def call(service, method, *args):
    """Sends one XML-RPC request; returns the result, or None if there is none."""
    proxy = xmlrpc.client.ServerProxy(f"{server()}/xmlrpc/2/{service}", allow_none=True)
    try:
        with proxy:
            return getattr(proxy, method)(*args)
    except xmlrpc.client.ProtocolError as error:  # redirects are not followed, either
        raise OdooError(f"{URL}: HTTP {error.errcode}: {error.errmsg}") from None
    except xmlrpc.client.Fault as fault:
        told = fault.faultString.rpartition("Traceback (most recent call last):\n")[2]
        while told.startswith("  "):  # the traceback's own lines
            told = told.partition("\n")[2]
        if "cannot marshal None" in told:  # the call is done; only its answer is lost
            if not re.search(r"in dump_(array|struct)\b", fault.faultString):
                return None
            told = "done, but XML-RPC cannot return the answer: it contains None"
        raise OdooError(told.strip()) from None


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "authenticate", DB, LOGIN, API_KEY, {}) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call("object", "execute_kw", DB, uid(), API_KEY, model, method, args, kwargs)


def count_partners():
    """How many partners there are."""
    return execute_kw("res.partner", "search_count", [[]], {"context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    result = count_partners()
    print(json.dumps(result, indent=2, ensure_ascii=False))
