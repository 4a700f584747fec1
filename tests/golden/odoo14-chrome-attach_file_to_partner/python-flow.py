"""Attach file to partner and post message on partners, as Odoo 14's web client did it, through /jsonrpc.

Captured in odoo14-chrome-attach_file_to_partner.har.gz, calls 18 and 19 (entries 41 and 42), as user 2 on http://127.0.0.1:18014.

    pip install requests
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    python attach_file_to_partner_then_post_message_on_partners.py --write --file FILE
"""

import base64
import functools
import json
import os
import re
import sys

import requests

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too


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


def from_file(option, is_text=False):
    """The content of the file that this option names, as base64 or as text."""
    with open(sys.argv[sys.argv.index(option) + 1], "rb") as file:
        content = file.read()
    return content.decode() if is_text else base64.b64encode(content).decode()


# /web/binary/upload_attachment -> create of ir.attachment: pass the file; returns the
# attachment's id.
def attach_file_to_partner(name, file, partner_id):
    """Attach a file to a partner; returns the attachment's id.

    name        Name (required, label guessed)
    file        File (required, label guessed): a file as base64 text, not copied from
                the capture
    partner_id  Partner (required): id of a res.partner; without one only its creator
                can read the file
    """
    return execute_kw(
        "ir.attachment",
        "create",
        [
            {
                "name": name,
                "datas": file,
                "res_model": "res.partner",
                "res_id": partner_id,
            },
        ],
        {},
    )


def post_message_on_partners(partner_id, attachment_ids, body, partner_ids):
    """Post a message on these partners.

    partner_id      Partner (required): id of a res.partner (15 was Lumber Inc)
    attachment_ids  Attachment (required): ids of ir.attachment records
    body            Body (required, label guessed)
    partner_ids     Partner (required): ids of res.partner records
    """
    return execute_kw(
        "res.partner",
        "message_post",
        [partner_id],
        {
            "attachment_ids": attachment_ids,
            "body": body,
            "channel_ids": [],
            "message_type": "comment",
            "partner_ids": partner_ids,
            "subtype_xmlid": "mail.mt_comment",
            "context": {
                "mail_post_autofollow": True,
                "lang": "en_US",
                "tz": "UTC",
                "allowed_company_ids": [1],
            },
        },
    )


def attach_file_to_partner_then_post_message_on_partners(
    name,
    file,
    partner_id,
    body,
    partner_ids,
):
    """Attach a file to a partner, then post a message on these partners.

    name         Name (required, label guessed)
    file         File (required, label guessed): a file as base64 text, not copied from
                 the capture
    partner_id   Partner (required): id of a res.partner; without one only its creator
                 can read the file
    body         Body (required, label guessed)
    partner_ids  Partner (required): ids of res.partner records
    """
    attachment_id = attach_file_to_partner(name=name, file=file, partner_id=partner_id)
    post_message_on_partners(
        partner_id=partner_id,
        attachment_ids=[attachment_id],
        body=body,
        partner_ids=partner_ids,
    )
    return attachment_id


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # in a file or pipe of Windows, too
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")
    if "--write" not in sys.argv[1:]:
        sys.exit(
            "this would change Odoo (attach file to partner, and 1 more): run it with --write",
        )
    if "--file" not in sys.argv[1:-1]:
        sys.exit("which file? --file FILE")
    results = attach_file_to_partner_then_post_message_on_partners(
        name="offer.txt",
        file=from_file("--file"),
        partner_id=15,
        body="The offer, as agreed",
        partner_ids=[15],
    )
    print(json.dumps(results, indent=2, ensure_ascii=False))
