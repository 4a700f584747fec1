"""Create partner, as Odoo 19's web client did it, through /xmlrpc/2.

Captured in odoo19-chrome-create_partner.har, call 12 (entry 32), as user 2 on http://127.0.0.1:18019.

    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_partner.py --write
"""

import functools
import json
import os
import re
import sys
import xmlrpc.client

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
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


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


# web_save without an id -> create: returns the new record's id and does not read the
# record back.
# Only the values the user entered are sent. The form's other 38 were empty, defaults
# (company_type and lang) or computed (peppol_eas); Odoo sets them itself.
def create_partner(name, *, email=None, phone=None, country_id=None):
    """Create a partner; returns its id.

    name        Name (required)
    email       Email
    phone       Phone
    country_id  Country: id of a res.country (20 was Belgium)
    """
    return execute_kw(
        "res.partner",
        "create",
        [given(name=name, email=email, phone=phone, country_id=country_id)],
        {"context": {**CONTEXT, "default_is_company": True}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create partner): run it with --write")
    partner_id = create_partner(
        'Café "L\'Été" & Söhne',
        email="bonjour@cafe-ete.example",
        phone="+32 2 555 01 02",
        country_id=20,
    )
    print(json.dumps(partner_id, indent=2, ensure_ascii=False))
