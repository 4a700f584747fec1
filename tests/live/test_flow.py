"""Whole flows of the samples, run on the real server with other values than the recorded ones, and read back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from generated.recorded import SAMPLES
from generated.running import converted, run_alone

from live.server import Server
from live.tally import TALLY

pytestmark = pytest.mark.live
CALLING = "\n\nprint(json.dumps({flow}(**{values!r})))\n"


def put_back(server: Server) -> None:
    """The database of the recordings, and then a contact and a quotation: no id is what it was when recorded."""
    server.reset()
    server.is_clean = False
    partner = server.ask("res.partner", "create", {"name": "In between"})
    server.ask("sale.order", "create", {"partner_id": partner})


def run_flow(path: Path, server: Server, folder: Path, values: dict[str, Any]) -> Any:
    """Calls the flow's function (the last of the file) with these values, in an interpreter of its own."""
    text, _, _ = converted(path, "--flow").partition('\n\nif __name__ == "__main__":')
    flow = re.findall(r"^def (\w+)\(", text, re.MULTILINE)[-1]
    script = folder / "flow.py"
    script.write_text(text + CALLING.format(flow=flow, values=values), encoding="utf-8")
    ran = run_alone(script, server.variables)
    assert (0, "") == (ran.returncode, ran.stderr)
    return json.loads(ran.stdout)


def products(server: Server, *names: str) -> list[int]:
    """The ids of products of the demo data."""
    return [
        server.ask("product.product", "search", [["name", "=", one]], limit=1)[0] for one in names
    ]


@pytest.mark.parametrize("which", ["server", "server_14"])
def test_a_quotation_for_a_new_contact(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = request.getfixturevalue(which)
    put_back(server)
    chair, desk = products(server, "Office Chair", "Large Desk")
    path = SAMPLES / f"odoo{server.major}-chrome-quotation_for_new_contact.har"
    who = 'Zoë "the other" O\'Neil'
    chosen = {"name": who, "email": "zoe@example.com"}
    lines = [{"product_id": desk, "quantity": 5}, {"product_id": chair, "quantity": 7}]
    made = run_flow(path, server, tmp_path, {**chosen, "lines": lines})
    (partner,) = server.ask("res.partner", "read", [made["partner_id"]], ["name", "email"])
    assert (who, "zoe@example.com") == (partner["name"], partner["email"])
    (order,) = server.ask(
        "sale.order", "read", [made["order_id"]], ["state", "partner_id", "order_line"]
    )
    assert ("sale", partner["id"]) == (order["state"], order["partner_id"][0])
    read = server.ask(
        "sale.order.line", "read", order["order_line"], ["product_id", "product_uom_qty"]
    )
    sold = sorted((line["product_id"][0], line["product_uom_qty"]) for line in read)
    assert sorted([(desk, 5), (chair, 7)]) == sold
    TALLY.read_back.append(
        f"flow on {server.major}: order {order['id']} of the new partner {partner['id']}: {order['state']}"
    )


def test_an_invoice_by_its_wizard(server: Server, tmp_path: Path) -> None:
    put_back(server)
    (lamp,) = products(server, "Office Lamp")
    line = {"product_id": lamp, "product_uom_qty": 4, "qty_delivered": 4}
    order = server.ask("sale.order", "create", {"partner_id": 9, "order_line": [[0, 0, line]]})
    server.ask("sale.order", "action_confirm", [order])
    path = SAMPLES / "odoo19-chrome-invoice_sale_order.har"
    opened = run_flow(path, server, tmp_path, {"order_id": order})
    fields = ["move_type", "partner_id"]
    (invoice,) = server.ask("account.move", "read", [opened["res_id"]], fields)
    (now,) = server.ask("sale.order", "read", [order], ["invoice_ids"])
    assert [invoice["id"]] == now["invoice_ids"]
    assert ("out_invoice", 9) == (invoice["move_type"], invoice["partner_id"][0])
    TALLY.read_back.append(f"flow: invoice {invoice['id']} of order {order}, by the wizard")
