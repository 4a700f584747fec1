"""Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through /jsonrpc.

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


# web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same,
# without the total number of groups (`length`), and without the records of open groups
# (`__records`): search_read with a group's `__extra_domain`.
def group_opportunities_by_stage(*, user_id=None, offset=0):
    """Opportunities whose salesperson is `user_id`, grouped by stage.

    user_id  Salesperson: id of a user; defaults to the one who calls
    offset   Offset: skip this many records first
    """
    user_id = user_id or uid()
    return execute_kw(
        "crm.lead",
        "formatted_read_group",
        [],
        {
            "domain": ["&", ["type", "=", "opportunity"], ["user_id", "=", user_id]],
            "groupby": ["stage_id"],
            "aggregates": [
                "expected_revenue:sum",
                "recurring_revenue_monthly:sum",
                "company_currency:array_agg_distinct",
                "expected_revenue:sum_currency",
                "recurring_revenue_monthly:sum_currency",
                "__count",
            ],
            "offset": offset,
            "context": {
                **CONTEXT,
                "read_group_expand": True,
                "show_user_team_stages": 1,
            },
        },
    )


# web_save -> write: returns True and does not read the record back.
def update_lead_stage(lead_id, stage_id):
    """Change the stage of a lead; returns True.

    lead_id   Lead (required): id of a crm.lead (13 was Quote for 12 Tables)
    stage_id  Stage (required): id of a crm.stage (3 was Proposition)
    """
    return execute_kw(
        "crm.lead",
        "write",
        [[lead_id], {"stage_id": stage_id}],
        {"context": {**CONTEXT, "show_user_team_stages": 1}},
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (update lead stage): run it with --write")
    groups = group_opportunities_by_stage()
    update_lead_stage(lead_id=13, stage_id=3)
    print(json.dumps(groups, indent=2, ensure_ascii=False))
