"""Web read group lead and web save lead, as Odoo 19's web client did it, through /jsonrpc.

Captured in odoo19-chrome-move_lead.har, calls 5 and 7 (entries 23 and 25), as user 2 on http://127.0.0.1:18019.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
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


def web_read_group_lead():
    """crm.lead.web_read_group, exactly as the web client called it."""
    return execute_kw(
        "crm.lead",
        "web_read_group",
        [],
        {
            "domain": ["&", ["type", "=", "opportunity"], ["user_id", "=", 2]],
            "groupby": ["stage_id"],
            "aggregates": [
                "expected_revenue:sum",
                "recurring_revenue_monthly:sum",
                "company_currency:array_agg_distinct",
                "expected_revenue:sum_currency",
                "recurring_revenue_monthly:sum_currency",
            ],
            "offset": 0,
            "order": "",
            "auto_unfold": True,
            "opening_info": [],
            "unfold_read_specification": {
                "stage_id": {"fields": {"display_name": {}}},
                "probability": {},
                "active": {},
                "company_currency": {"fields": {"display_name": {}}},
                "recurring_revenue_monthly": {},
                "team_id": {"fields": {"display_name": {}}},
                "won_status": {},
                "color": {},
                "name": {},
                "expected_revenue": {},
                "partner_id": {"fields": {"display_name": {}}},
                "contact_name": {},
                "partner_name": {},
                "tag_ids": {"fields": {"display_name": {}, "color": {}}},
                "lead_properties": {},
                "priority": {},
                "activity_ids": {"fields": {}},
                "activity_exception_decoration": {},
                "activity_exception_icon": {},
                "activity_state": {},
                "activity_summary": {},
                "activity_type_icon": {},
                "activity_type_id": {"fields": {"display_name": {}}},
                "is_rotting": {},
                "rotting_days": {},
                "user_id": {"fields": {"display_name": {}}},
            },
            "unfold_read_default_limit": 80,
            "groupby_read_specification": {},
            "context": {
                **CONTEXT,
                "read_group_expand": True,
                "default_type": "opportunity",
                "show_user_team_stages": 1,
            },
        },
    )


def web_save_lead():
    """crm.lead.web_save, exactly as the web client called it."""
    return execute_kw(
        "crm.lead",
        "web_save",
        [[13], {"stage_id": 3}],
        {
            "specification": {
                "stage_id": {"fields": {"display_name": {}}},
                "probability": {},
                "active": {},
                "company_currency": {"fields": {"display_name": {}}},
                "recurring_revenue_monthly": {},
                "team_id": {"fields": {"display_name": {}}},
                "won_status": {},
                "color": {},
                "name": {},
                "expected_revenue": {},
                "partner_id": {"fields": {"display_name": {}}},
                "contact_name": {},
                "partner_name": {},
                "tag_ids": {"fields": {"display_name": {}, "color": {}}},
                "lead_properties": {},
                "priority": {},
                "activity_ids": {"fields": {}},
                "activity_exception_decoration": {},
                "activity_exception_icon": {},
                "activity_state": {},
                "activity_summary": {},
                "activity_type_icon": {},
                "activity_type_id": {"fields": {"display_name": {}}},
                "is_rotting": {},
                "rotting_days": {},
                "user_id": {"fields": {"display_name": {}}},
            },
            "context": {
                **CONTEXT,
                "default_type": "opportunity",
                "show_user_team_stages": 1,
                "default_stage_id": 1,
            },
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (web save lead): run it with --write")
    groups = web_read_group_lead()
    web_save_lead()
    print(json.dumps(groups, indent=2, ensure_ascii=False))
