"""List partners and group partners by country and search partners by country, as Odoo 19's web client did it, through Odooly.

Captured in odoo19-chrome-group_partners_by_country.har, calls 3, 5 and 8 (entries 19, 22 and 25), as user 2 on http://127.0.0.1:18019.

    pip install "odooly>=2.6,<3"
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python odoo_calls.py
"""

import functools
import json
import os
import re
import sys

import odooly

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


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], category_id as bare ids, and the total (`length`) is not counted.
# Left out: avatar_128 (an image or file; the client asked for the size only).
def list_partners(*, limit=80, offset=0):
    """All partners, page by page.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[]],
        {
            "fields": [
                "write_date",
                "complete_name",
                "vat",
                "invoice_sending_method",
                "invoice_edi_format",
                "email",
                "phone",
                "user_id",
                "activity_ids",
                "activity_exception_decoration",
                "activity_exception_icon",
                "activity_state",
                "activity_summary",
                "activity_type_icon",
                "activity_type_id",
                "street",
                "city",
                "state_id",
                "country_id",
                "application_statistics",
                "category_id",
                "company_id",
                "properties",
                "properties_base_definition_id",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


# web_read_group -> formatted_read_group (Odoo 19 and later): the groups are the same,
# without the total number of groups (`length`).
def group_partners_by_country(*, limit=80, offset=0):
    """Partners, grouped by country.

    limit   Limit: at most this many records
    offset  Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "formatted_read_group",
        [],
        {
            "domain": [],
            "groupby": ["country_id"],
            "aggregates": ["__count"],
            "limit": limit,
            "offset": offset,
            "context": {**CONTEXT, "read_group_expand": True},
        },
    )


# web_search_read -> search_read: the records are the same, but a many2one comes as [id,
# name], category_id as bare ids, and the total (`length`) is not counted.
# Left out: avatar_128 (an image or file; the client asked for the size only).
def search_partners_by_country(country_id, *, limit=80, offset=0):
    """Partners whose country is `country_id`.

    country_id  Country (required): id of a res.country
    limit       Limit: at most this many records
    offset      Offset: skip this many records first
    """
    return execute_kw(
        "res.partner",
        "search_read",
        [[["country_id", "=", country_id]]],
        {
            "fields": [
                "write_date",
                "complete_name",
                "vat",
                "invoice_sending_method",
                "invoice_edi_format",
                "email",
                "phone",
                "user_id",
                "activity_ids",
                "activity_exception_decoration",
                "activity_exception_icon",
                "activity_state",
                "activity_summary",
                "activity_type_icon",
                "activity_type_id",
                "street",
                "city",
                "state_id",
                "country_id",
                "application_statistics",
                "category_id",
                "company_id",
                "properties",
                "properties_base_definition_id",
            ],
            "limit": limit,
            "offset": offset,
            "context": CONTEXT,
        },
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    partners = list_partners()
    groups = group_partners_by_country()
    partners_2 = search_partners_by_country(203)
    results = {"partners": partners, "groups": groups, "partners_2": partners_2}
    print(json.dumps(results, indent=2, ensure_ascii=False))
