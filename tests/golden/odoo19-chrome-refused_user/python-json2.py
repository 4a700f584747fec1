"""Create user, as Odoo 19's web client did it, through JSON-2.

Captured in odoo19-chrome-refused_user.har#24 as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python create_user.py --write
"""

import json
import os
import sys

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 takes no password

# What the client sent and means something outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


class OdooError(Exception):
    """What Odoo answered instead of a result; the text is Odoo's own."""


def call(model, method, arguments):
    """One JSON-2 request (Odoo 19 and later): the user is the one whose key it is."""
    if arguments.get("ids", True) in (None, False, [], [None], [False]):
        # Odoo would do nothing and answer true.
        raise OdooError(f"{model}.{method}: no ids")
    response = requests.post(
        f"{URL.rstrip('/')}/json/2/{model}/{method}",
        json=arguments,
        headers={"Authorization": f"bearer {API_KEY}", "X-Odoo-Database": DB},
        timeout=60,
    )
    if not response.ok:
        try:
            error = response.json()
        except ValueError:  # no such database, or an Odoo without JSON-2: a page
            response.raise_for_status()
        raise OdooError(f"{error.get('name')}: {error.get('message')}")
    return response.json()


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
    created = call(
        "res.users",
        "create",
        {"vals_list": [{"name": name, "login": login}], "context": CONTEXT},
    )
    return created[0]  # JSON-2 answers a list even for one record


if __name__ == "__main__":
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (create user): run it with --write")
    user_id_2 = create_user(name="Second Demo", login="demo")
    print(json.dumps(user_id_2, indent=2, ensure_ascii=False))
