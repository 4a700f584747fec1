"""Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through OdooRPC.

Captured in odoo19-chrome-move_lead.har, calls 5 and 7 (entries 23 and 25), as user 2 on http://127.0.0.1:18019.

    pip install "odoorpc>=0.10,<0.11"
    export ODOO_DB=... ODOO_LOGIN=...
    export ODOO_API_KEY=...                 # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import urllib.parse
import urllib.request

import odoorpc

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "admin")
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


class OneServer(urllib.request.HTTPRedirectHandler):
    """Follows no redirects: they could send the key to another server."""

    def redirect_request(self, *request):
        raise OdooError(f"{URL} redirects to {request[-1]!r}")


@functools.lru_cache(maxsize=None)
def connection():
    """Logged in as ODOO_LOGIN: OdooRPC asks Odoo for its version, the user's id and
    the user's context first (which `execute_kw` does not send).
    """
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: OdooRPC connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    made = odoorpc.ODOO(
        place.hostname,
        protocol="jsonrpc+ssl" if is_secure else "jsonrpc",
        port=place.port or (443 if is_secure else 80),
        opener=urllib.request.build_opener(
            OneServer, urllib.request.HTTPCookieProcessor
        ),
    )
    try:
        made.login(DB, LOGIN, API_KEY)
    except odoorpc.error.RPCError as refusal:
        if refusal.info:
            raise in_words(refusal) from None
        sys.exit(
            f"{URL}: {LOGIN} was refused; with two-factor login only an API key works"
        )
    return made


def uid():
    return connection().env.uid


def execute_kw(model, method, args, kwargs):
    try:
        return connection().execute_kw(model, method, args, kwargs)
    except odoorpc.error.RPCError as refusal:
        raise in_words(refusal) from None


def in_words(refusal):
    return OdooError(f"{refusal.info['data']['name']}: {refusal}")


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
    if not (DB and LOGIN and API_KEY):
        sys.exit("set ODOO_DB, ODOO_LOGIN and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit("this would change Odoo (update lead stage): run it with --write")
    groups = group_opportunities_by_stage()
    update_lead_stage(lead_id=13, stage_id=3)
    print(json.dumps(groups, indent=2, ensure_ascii=False))
