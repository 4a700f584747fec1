"""Web save user, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-chrome-refused_user.har, call 7 (entry 24), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python web_save_user.py --write
"""

import functools
import json
import os
import re
import sys

import requests

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
    """Sends one JSON-RPC request; returns the result, or None if there is none."""
    payload = {"service": service, "method": method, "args": args}
    response = requests.post(
        f"{server()}/jsonrpc",
        json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": payload},
        timeout=60,
        allow_redirects=False,
    )
    response.raise_for_status()
    if response.is_redirect:  # following it could send the key to another server
        raise OdooError(f"{URL} redirects to {response.headers['Location']!r}")
    answer = response.json()
    if "error" in answer:  # Odoo reports errors with HTTP 200
        error = answer["error"]
        data = error.get("data") or {}
        raise OdooError(
            f"{data.get('name')}: {data.get('message') or error['message']}"
        )
    return answer.get("result")


@functools.lru_cache(maxsize=None)
def uid():
    """The user id of the calls: ODOO_UID, that of ODOO_LOGIN, or the recorded one."""
    if UID or not LOGIN:
        return int(UID or CAPTURED_UID)
    return call("common", "login", DB, LOGIN, API_KEY) or sys.exit(
        f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
    )


def execute_kw(model, method, args, kwargs):
    return call("object", "execute_kw", DB, uid(), API_KEY, model, method, args, kwargs)


# Odoo refused this call when it was recorded (odoo.exceptions.ValidationError).
def web_save_user():
    """res.users.web_save, exactly as the web client called it."""
    return execute_kw(
        "res.users",
        "web_save",
        [
            [],
            {
                "image_1920": False,
                "name": "Second Demo",
                "login": "demo",
                "email": False,
                "phone": False,
                "role": "group_user",
                "company_ids": [[4, 1]],
                "company_id": 1,
                "group_ids": [[4, 1], [4, 24], [4, 38], [4, 30], [4, 21]],
                "lang": "en_US",
                "signature": "<div>Second Demo</div>",
                "notification_type": "email",
                "odoobot_state": False,
                "tz": "UTC",
                "calendar_default_privacy": "public",
                "out_of_office_from": False,
                "out_of_office_to": False,
                "out_of_office_message": False,
                "api_key_ids": [],
                "auth_passkey_key_ids": [],
                "device_ids": [],
            },
        ],
        {
            "specification": {
                "state": {},
                "groups_count": {},
                "accesses_count": {},
                "rules_count": {},
                "partner_id": {"fields": {"display_name": {}}},
                "image_1920": {},
                "write_date": {},
                "avatar_128": {},
                "name": {},
                "login": {},
                "email": {},
                "phone": {},
                "role": {},
                "company_ids": {"fields": {"display_name": {}, "color": {}}},
                "company_id": {
                    "fields": {"display_name": {}},
                    "context": {"user_preference": 0},
                },
                "group_ids": {"fields": {}},
                "view_group_hierarchy": {},
                "lang": {},
                "signature": {},
                "notification_type": {},
                "odoobot_state": {},
                "outgoing_mail_server_id": {"fields": {}},
                "outgoing_mail_server_type": {},
                "tz": {},
                "calendar_default_privacy": {},
                "tz_offset": {},
                "out_of_office_from": {},
                "out_of_office_to": {},
                "out_of_office_message": {},
                "totp_enabled": {},
                "api_key_ids": {
                    "fields": {
                        "name": {},
                        "create_date": {},
                        "scope": {},
                        "expiration_date": {},
                    },
                    "limit": 40,
                },
                "auth_passkey_key_ids": {
                    "fields": {"name": {}, "create_date": {}, "write_date": {}},
                    "limit": 40,
                },
                "device_ids": {
                    "fields": {
                        "id": {},
                        "device_type": {},
                        "last_activity": {},
                        "is_current": {},
                        "display_name": {},
                        "ip_address": {},
                        "country": {},
                        "city": {},
                    },
                    "limit": 40,
                    "order": "is_current DESC, last_activity DESC",
                },
                "share": {},
                "active": {},
                "active_partner": {},
                "companies_count": {},
                "has_external_mail_server": {},
                "display_name": {},
            },
            "context": {**CONTEXT, "is_action_res_users": True},
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (web save user): run it with --write")
    result = web_save_user()
    print(json.dumps(result, indent=2, ensure_ascii=False))
