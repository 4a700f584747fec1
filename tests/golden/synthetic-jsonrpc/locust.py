"""4 calls to Odoo, as a program did it, by as many users as you like: a scenario for Locust.

Captured in synthetic-jsonrpc.har, calls 1, 2, 3 and 4 (entries 3, 4, 5 and 6), as user 2 on https://odoo.example.com.

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

URL = os.environ.get("ODOO_URL", "https://odoo.example.com")
DB = os.environ.get("ODOO_DB", "demo")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too
WRITE = os.environ.get("ODOO_WRITE", "") == "1"  # calls that change data need it


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
    if not WRITE:
        left_out = "create partner, and 1 more"
        print(f"writes are off ({left_out}): set ODOO_WRITE=1", file=sys.stderr)


def check_server(url):
    """The address. Only this machine may use http: others could read the key."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", url
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(f"{url}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway")


def given(**values):
    """The given values. None is left out: Odoo's own default applies."""
    return {name: value for name, value in values.items() if value is not None}


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

    def search_partners_by_phone(self, phone, *, limit=80):
        """Partners whose phone contains `phone`.

        phone  Phone (required, label guessed): part of the phone
        limit  Limit: at most this many records
        """
        return self.execute_kw(
            "res.partner",
            "search_read",
            [[["phone", "ilike", phone]]],
            {"fields": ["name", "phone"], "limit": limit},
        )

    def create_partner(self, name, *, phone=None):
        """Create a partner; returns its id.

        name   Name (required, label guessed)
        phone  Phone (label guessed)
        """
        return self.execute_kw(
            "res.partner", "create", [given(name=name, phone=phone)], {}
        )

    def update_partner_city(self, partner_id, city):
        """Change the city of a partner; returns True.

        partner_id  Partner (required): id of a res.partner (137 was Café "L'Été")
        city        City (required, label guessed)
        """
        return self.execute_kw(
            "res.partner", "write", [[partner_id], {"city": city}], {}
        )

    def read_partner(self, partner_id):
        """Read a partner.

        partner_id  Partner (required): id of a res.partner (137 was Café "L'Été")
        """
        return self.execute_kw(
            "res.partner", "read", [[partner_id], ["name", "city"]], {}
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
        """All calls in recorded order; writes only if ODOO_WRITE is 1."""
        self.odoo.search_partners_by_phone("8")
        if WRITE:
            self.odoo.think(1.0)
            partner_id = self.odoo.create_partner(
                'Café "L\'Été"', phone="+32 2 555 01 02"
            )
            self.odoo.think(1.0)
            self.odoo.update_partner_city(partner_id=partner_id, city="Ghent")
            self.odoo.think(1.0)
            self.odoo.read_partner(partner_id)


if __name__ == "__main__":
    sys.exit("run it with locust: locust -f locustfile.py --headless")
