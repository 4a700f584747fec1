"""Group opportunities by stage and update lead stage, as Odoo 19's web client did it, through odoo-client-lib and JSON-2.

Captured in odoo19-chrome-move_lead.har, calls 5 and 7 (entries 23 and 25), as user 2 on http://127.0.0.1:18019.

    pip install "odoo-client-lib>=2,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py --write
"""

import functools
import json
import os
import re
import sys
import urllib.parse

import odoolib
from odoolib.tools import AuthenticationError

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a key: JSON-2 does not accept passwords

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


@functools.lru_cache(maxsize=None)
def connection():
    """The key identifies the user."""
    place = urllib.parse.urlsplit(server())
    if place.path.strip("/"):
        sys.exit(f"{URL}: odoo-client-lib connects to a host and a port, not to a path")
    is_secure = place.scheme == "https"
    return odoolib.get_connection(
        hostname=place.hostname,
        protocol="json2s" if is_secure else "json2",
        port=place.port or (443 if is_secure else 80),
        database=DB,
        password=API_KEY,
    )


def call(model, method, arguments):
    """One call, unchanged: the library's own read returns one record without a list."""
    if arguments.get("ids", True) in (None, False, [], [None], [False]):
        # Odoo would do nothing and return true.
        raise OdooError(f"{model}.{method}: no ids")
    remote = connection().get_model(urllib.parse.quote(model, safe=""))
    try:
        return remote.__getattr__(urllib.parse.quote(method, safe=""))(**arguments)
    except AuthenticationError as refusal:
        raise OdooError(str(refusal)) from None
    except ValueError as refusal:  # it wraps Odoo's answer
        told = str(refusal)
        try:
            answer = json.JSONDecoder().raw_decode(told, max(0, told.find("{")))[0]
        except ValueError:  # no such database, or an Odoo without JSON-2: a page
            raise OdooError(told) from None
        raise OdooError(f"{answer.get('name')}: {answer.get('message')}") from None


@functools.lru_cache(maxsize=None)
def uid():
    """The id of the user who owns the key."""
    return call("res.users", "context_get", {})["uid"]


# web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same,
# without the total number of groups (`length`), and without the records of open groups
# (`__records`): search_read with a group's `__extra_domain`.
def group_opportunities_by_stage(*, user_id=None, offset=0):
    """Opportunities whose salesperson is `user_id`, grouped by stage.

    user_id  Salesperson: id of a user; defaults to the one who calls
    offset   Offset: skip this many records first
    """
    user_id = user_id or uid()
    return call(
        "crm.lead",
        "formatted_read_group",
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
    return call(
        "crm.lead",
        "write",
        {
            "ids": [lead_id],
            "vals": {"stage_id": stage_id},
            "context": {**CONTEXT, "show_user_team_stages": 1},
        },
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
