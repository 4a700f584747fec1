"""Create user, as Odoo 19's web client did it, through odoo-client-lib.

Captured in odoo19-chrome-refused_user.har#24 as user 2 on http://127.0.0.1:18019.

    pip install "odoo-client-lib>=2,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_user.py --write
"""

import functools
import json
import os
import sys
import urllib.parse

import httpx
import odoolib
from odoolib.tools import AuthenticationError, JsonRPCException

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# What the client sent and means something outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


class OdooError(Exception):
    """What Odoo answered instead of a result; the text is Odoo's own."""


@functools.lru_cache(maxsize=None)
def connection():
    """Connected as ODOO_UID, or as ODOO_LOGIN, or as the user in the capture."""
    place = urllib.parse.urlsplit(URL)
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
        made.check_login(force=False)  # no request where the id is known
    except AuthenticationError:
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def execute_kw(model, method, args, kwargs):
    """One call, as it is: the library's own models make two of search_read and reorder
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
    except httpx.ReadTimeout:
        raise OdooError(
            "no answer in 5 seconds (the library waits no longer): it may be done yet"
        ) from None


# Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
# web_save without an id -> create: the answer is the new record's id, the client's
# read-back is left out.
# Of the form's 21 values the 2 that the user filled in are sent; the other 19 were
# empty or the form's defaults (role, company_ids, company_id, group_ids, lang,
# notification_type and 2 more) or computed from the rest (signature), which Odoo sets
# by itself.
def create_user(name, login):
    """Create a user; returns its id.

    name   Name (required)
    login  Login (required)
    """
    return execute_kw(
        "res.users", "create", [{"name": name, "login": login}], {"context": CONTEXT}
    )


if __name__ == "__main__":
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create user): run it with --write")
    user_id_2 = create_user(name="Second Demo", login="demo")
    print(json.dumps(user_id_2, indent=2, ensure_ascii=False))
