"""Count partners, as Odoo 14's web client did it, through Odooly.

Captured in synthetic-session_authenticate.har, call 1 (entry 3), as user 2 on https://odoo.example.com.

    pip install "odooly>=2.6,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python count_partners.py
"""

import functools
import json
import os
import re
import sys

import odooly

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


def count_partners():
    """How many partners there are."""
    return execute_kw("res.partner", "search_count", [[]], {"context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    result = count_partners()
    print(json.dumps(result, indent=2, ensure_ascii=False))
