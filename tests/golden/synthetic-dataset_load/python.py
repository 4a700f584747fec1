"""Read country, as Odoo's web client did it, through /jsonrpc.

Captured in synthetic-dataset_load.har, calls 1 and 2 (entries 1 and 2), as user 2 on https://odoo.example.com.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python read_country.py
"""

import functools
import json
import os
import re
import sys

import requests

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "")  # not in the capture: Odoo shows it with ?debug=1
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "Europe/Brussels"}


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


# /web/dataset/load -> read: the route ignores `fields`, so all of them are read.
def read_country(country_id):
    """Read a country.

    country_id  Country (required): id of a res.country
    """
    return execute_kw("res.country", "read", [[country_id]], {"context": CONTEXT})


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    countries = read_country(20)
    countries_2 = read_country(99999)
    results = {"countries": countries, "countries_2": countries_2}
    print(json.dumps(results, indent=2, ensure_ascii=False))
