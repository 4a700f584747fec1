"""Create sale order and confirm sale order, as Odoo 14's web client did it, by as many users as you like: a scenario for Locust.

Captured in odoo14-chrome-create_and_confirm_sale_order.har, calls 20 and 38 (entries 39 and 63), as user 2 on http://127.0.0.1:18014.

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

URL = os.environ.get("ODOO_URL", "http://127.0.0.1:18014")
DB = os.environ.get("ODOO_DB", "odoo14")
LOGIN = os.environ.get("ODOO_LOGIN", "")  # used when ODOO_UID is not set
UID = os.environ.get("ODOO_UID", "")
CAPTURED_UID = 2
API_KEY = os.environ.get("ODOO_API_KEY", "")  # a password works, too
WRITE = os.environ.get("ODOO_WRITE", "") == "1"  # calls that change data need it

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
    if not WRITE:
        sys.exit(
            "this would change Odoo (create sale order, and 1 more): set ODOO_WRITE=1"
        )


def check_server(url):
    """The address. Only this machine may use http: others could read the key."""
    is_private = re.match(
        r"https://|http://(localhost|127\.[0-9.]+|\[::1\])(:[0-9]+)?(/|$)", url
    )
    if not is_private and os.environ.get("ODOO_ALLOW_HTTP") != "1":
        sys.exit(f"{url}: not https; ODOO_ALLOW_HTTP=1 sends the key anyway")


def only_for(record, recorded, values):
    """Values that belong to the recorded record only: Odoo sets those of any other."""
    return values if record == recorded else {}


def new_lines(lines, fields, always=(), following=()):
    """Commands that create the lines, from dicts with these keys or field names.

    None is left to Odoo. Sections and notes (a display_type of line_…) pass through.
    """
    keys = {**{field: field for field in fields.values()}, **fields}
    commands = []
    for line in lines:
        values = {}
        if not str(line.get("display_type")).startswith("line_"):
            wrong = [key for key in line if key not in keys]
            if wrong:
                raise ValueError(f"a line takes {', '.join(fields)}, not {wrong[0]}")
            values = dict(always)
            for key, recorded, more in following:
                if line.get(key) == recorded:
                    values.update(more)
            line = {keys[key]: value for key, value in line.items()}
        values.update((key, value) for key, value in line.items() if value is not None)
        commands.append([0, 0, values])
    return commands


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

    # Only the values the user entered are sent. The form's other 41 were empty,
    # defaults (date_order, sequence, user_id, team_id, company_id, require_signature
    # and 1 more) or set by an onchange (partner_invoice_id, partner_shipping_id,
    # pricelist_id, payment_term_id, product_template_id, name, product_uom and
    # price_unit); a plain create or write may leave them out.
    # Sent as recorded, and only with the recorded partner_id: partner_invoice_id,
    # partner_shipping_id, pricelist_id and payment_term_id.
    # Sent as recorded, and only with the recorded product_id of a line:
    # product_template_id, name, product_uom and price_unit.
    # Not sent: date_order, user_id, team_id and company_id. Compare the record, or use
    # a target that runs the form's onchange (Python, JavaScript, PHP).
    def create_sale_order(self, partner_id, lines):
        """Create a sale order; returns its id.

        partner_id  Customer (required): id of a res.partner (14 was Azure Interior)
        lines       Order Lines (required): for each line product_id (Product, required:
                    id of a product.product (6 was [FURN_8888] Office Lamp)), quantity
                    (Quantity)
        """
        return self.execute_kw(
            "sale.order",
            "create",
            [
                {
                    "partner_id": partner_id,
                    "order_line": new_lines(
                        lines,
                        {"product_id": "product_id", "quantity": "product_uom_qty"},
                        {},
                        [
                            [
                                "product_id",
                                6,
                                {
                                    "product_template_id": 6,
                                    "name": "[FURN_8888] Office Lamp",
                                    "product_uom": 1,
                                    "price_unit": 40,
                                },
                            ],
                        ],
                    ),
                    **only_for(
                        partner_id,
                        14,
                        {
                            "partner_invoice_id": 14,
                            "partner_shipping_id": 14,
                            "pricelist_id": 1,
                            "payment_term_id": 7,
                        },
                    ),
                },
            ],
            {"context": CONTEXT},
        )

    # call_button -> the same method. The browser received False where no action was
    # returned; the API returns the method's actual result.
    def confirm_sale_order(self, order_id):
        """Confirm a sale order (action_confirm).

        order_id  Sale Order (required): id of a sale.order (21 was S00020)
        """
        return self.execute_kw(
            "sale.order", "action_confirm", [[order_id]], {"context": CONTEXT}
        )

    def create_and_confirm_sale_order(self, partner_id, lines):
        """Create a sale order, then confirm a sale order (action_confirm).

        partner_id  Customer (required): id of a res.partner (14 was Azure Interior)
        lines       Order Lines (required): for each line product_id (Product, required:
                    id of a product.product (6 was [FURN_8888] Office Lamp)), quantity
                    (Quantity)
        """
        if WRITE:
            order_id = self.create_sale_order(partner_id=partner_id, lines=lines)
            self.think(2.7)
            self.confirm_sale_order(order_id)


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
        self.odoo.create_and_confirm_sale_order(
            partner_id=14, lines=[{"product_id": 6, "quantity": 3}]
        )


if __name__ == "__main__":
    sys.exit("run it with locust: locust -f locustfile.py --headless")
