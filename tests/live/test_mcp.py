"""`har2rpc mcp --write` on the real server: a contact, its quotation and the confirmation, as one tool and as single ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from generated.recorded import SAMPLES
from serving.clients import session, texts

from live.server import Server
from live.tally import TALLY
from live.test_flow import products, put_back

pytestmark = pytest.mark.live


def sample(server: Server) -> Path:
    return SAMPLES / f"odoo{server.major}-chrome-quotation_for_new_contact.har"


async def called(client: Any, tool: str, /, **arguments: Any) -> Any:
    """What a tool answers; it must not be an error."""
    done = await client.call_tool(tool, arguments)
    assert not done.is_error, texts(done)
    return json.loads(texts(done)[0])


def read_back(server: Server, partner: int, order: int, who: str, lines: list[Any]) -> None:
    """The contact and the order as the server has them."""
    [contact] = server.ask("res.partner", "read", [partner], ["name", "email"])
    assert (who, "zoe@example.com") == (contact["name"], contact["email"])
    [made] = server.ask("sale.order", "read", [order], ["state", "partner_id", "order_line"])
    assert ("sale", partner) == (made["state"], made["partner_id"][0])
    fields = ["product_id", "product_uom_qty"]
    rows = server.ask("sale.order.line", "read", made["order_line"], fields)
    found = sorted((row["product_id"][0], row["product_uom_qty"]) for row in rows)
    assert sorted((line["product_id"], line["quantity"]) for line in lines) == found


@pytest.mark.parametrize("which", ["server", "server_14"])
def test_a_quotation_for_a_new_contact(which: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(which)
    put_back(server)
    chair, desk = products(server, "Office Chair", "Large Desk")
    who = 'Zoë "the other" O\'Neil'
    contact = {"name": who, "email": "zoe@example.com"}
    lines = [{"product_id": desk, "quantity": 5}, {"product_id": chair, "quantity": 7}]

    async def as_one(client: Any) -> Any:
        [tool] = (await client.list_tools()).tools
        return await called(client, tool.name, **contact, lines=lines)

    async def one_by_one(client: Any) -> Any:
        partner = await called(client, "create_partner", **contact)
        order = await called(client, "create_sale_order", partner_id=partner, lines=lines)
        await called(client, "confirm_sale_order", order_id=order)
        refused = await client.call_tool("confirm_sale_order", {"order_id": 999_999})
        assert refused.is_error and "odoo.exceptions" in texts(refused)[0]
        return {"partner_id": partner, "order_id": order}

    for do, options in ((as_one, ["--flow"]), (one_by_one, [])):
        made = session(do, *options, "--write", sample(server), variables=server.variables)
        read_back(server, made["partner_id"], made["order_id"], who, lines)
        TALLY.read_back.append(
            f"har2rpc mcp on {server.major}, {'one tool' if options else 'single tools'}: order "
            f"{made['order_id']} of the new partner {made['partner_id']}: sale"
        )


@pytest.mark.parametrize("which", ["server", "server_14"])
def test_without_write_nothing_can_be_changed(which: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(which)
    path = SAMPLES / (
        "odoo19-chrome-search_partner_by_phone.har"
        if server.major == 19
        else "odoo14-chrome-search_partner_by_name.har"
    )

    async def do(client: Any) -> list[Any]:
        tools = (await client.list_tools()).tools
        assert all(tool.annotations.read_only_hint for tool in tools)
        [custom] = [tool.name for tool in tools if tool.name.endswith("by_custom")]
        domain = [["name", "ilike", "azure interior"]]
        rows: list[Any] = await called(client, custom, domain=domain, limit=1)
        refused = await client.call_tool("create_partner", {"name": "x"})
        assert refused.is_error
        return rows

    [row] = session(do, path, variables=server.variables)
    [name] = server.ask("res.partner", "search", [["name", "ilike", "azure interior"]], limit=1)
    assert name == row["id"]
