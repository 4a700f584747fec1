"""List partners and read user, as Odoo 19's web client did it, by as many users as you like: a scenario for Locust.

Captured in odoo19-chrome-preferences.har, calls 3 and 7 (entries 20 and 24), as user 2 on http://127.0.0.1:18019.

    pip install locust
    export ODOO_DB=... ODOO_API_KEY=...     # key: Preferences > Security > New API Key
    locust -f locustfile.py --headless --users 10 --run-time 1m
"""

import os
import random
import re
import sys
import time

import locust
import locust.exception

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18019")
DB = os.environ.get("ODOO_DB", "odoo19")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too

# The parts of the web client's context that also matter outside it.
CONTEXT = {"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}


@locust.events.init_command_line_parser.add_listener
def add_options(parser):
    """Options of this scenario; a master passes them on to its workers."""
    parser.add_argument(
        "--think",
        choices=["recorded", "none"],
        default="recorded",
        env_var="ODOO_THINK",
        help="pause as long as the recorded person did, or not at all",
    )


@locust.events.init.add_listener
def check(environment, **_):
    """Reports what is missing and which writes are off before any user starts."""
    if not (DB and API_KEY):
        sys.exit("set ODOO_DB and ODOO_API_KEY first")


def check_server(url):
    """The address. Only this machine may use http: others could read the key."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", url
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(f"{url}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway")


class Odoo:
    """The actions of one user; each request is counted under the method it calls."""

    def __init__(self, client, thinks):
        self._client, self._thinks = client, thinks
        check_server(client.base_url)
        if UID or not LOGIN:
            self._uid = int(UID or CAPTURED_UID)
        else:
            self._uid = self.call("login", "common", "login", DB, LOGIN, API_KEY)
        if not self._uid:
            sys.exit(f"{LOGIN} was refused; with two factors only an API key works")

    def think(self, seconds):
        """Pauses as long as the person did."""
        if self._thinks:
            time.sleep(seconds)

    def call(self, name, service, method, *args):
        """Sends one JSON-RPC request; returns the result. A refusal ends this round."""
        payload = {"service": service, "method": method, "args": args}
        with self._client.post(
            "/jsonrpc",
            json={"jsonrpc": "2.0", "method": "call", "id": 1, "params": payload},
            name=name,
            catch_response=True,
            allow_redirects=False,
        ) as response:
            try:
                answer = response.json()
            except ValueError:  # a page, or no response
                message = f"HTTP {response.status_code}, not JSON"
                answer = {"error": {"message": message}}
            if response.is_redirect:  # following it could send the key elsewhere
                answer = {"error": {"message": "a redirect; give the server's address"}}
            if "error" in answer:  # Odoo reports errors with HTTP 200
                error = answer["error"]
                data = error.get("data") or {}
                told = data.get("message") or error["message"]
                response.failure(f"{data['name']}: {told}" if "name" in data else told)
        if "error" in answer:
            raise locust.exception.RescheduleTask
        return answer.get("result")

    def execute_kw(self, model, method, args, kwargs):
        sent = (DB, self._uid, API_KEY, model, method, args, kwargs)
        return self.call(f"{model}.{method}", "object", "execute_kw", *sent)

    # web_search_read -> search_read: the records are the same, but a many2one comes as
    # [id, name], category_id as bare ids, and the total (`length`) is not counted.
    # Left out: avatar_128 (an image or file; the client asked for the size only).
    def list_partners(self, *, limit=80, offset=0):
        """All partners, page by page.

        limit   Limit: at most this many records
        offset  Offset: skip this many records first
        """
        return self.execute_kw(
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

    # web_read -> read: the records are the same, but a many2one comes as [id, name],
    # api_key_ids and auth_passkey_key_ids as bare ids.
    # Left out: device_ids (Odoo computes it only in a browser's session).
    # Left out: image_1920 and avatar_128 (images or files; the client asked for the
    # size only).
    def read_user(self, *, user_id=None):
        """Read a user.

        user_id  User: id of a user; defaults to the one who calls
        """
        user_id = user_id or self._uid
        return self.execute_kw(
            "res.users",
            "read",
            [[user_id]],
            {
                "fields": [
                    "write_date",
                    "name",
                    "email",
                    "phone",
                    "lang",
                    "signature",
                    "notification_type",
                    "outgoing_mail_server_id",
                    "outgoing_mail_server_type",
                    "tz",
                    "calendar_default_privacy",
                    "tz_offset",
                    "out_of_office_from",
                    "out_of_office_to",
                    "out_of_office_message",
                    "totp_enabled",
                    "api_key_ids",
                    "auth_passkey_key_ids",
                    "has_external_mail_server",
                    "share",
                ],
                "context": CONTEXT,
            },
        )


class OdooUser(locust.HttpUser):
    """A user who repeats the task, with or without a person's pauses."""

    host = URL or None

    def on_start(self):
        self.thinks = self.environment.parsed_options.think == "recorded"
        self.odoo = Odoo(self.client, self.thinks)

    def wait_time(self):
        """The pause before the next round."""
        return random.uniform(1, 3) if self.thinks else 0

    @locust.task
    def scenario(self):
        """All calls in recorded order."""
        self.odoo.list_partners()
        self.odoo.think(1.6)
        self.odoo.read_user()


if __name__ == "__main__":
    sys.exit("run it with locust: locust -f locustfile.py --headless")
