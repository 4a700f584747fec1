"""Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through /xmlrpc/2.

Captured in odoo19-chrome-move_lead.har, calls 5 and 7 (entries 23 and 25), as user 2 on http://127.0.0.1:18019.

    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
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
