"""A real n8n on a real Odoo: a flow makes a contact and its quotation and confirms it; its own node finds what the browser found."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from generated.recorded import SAMPLES
from platforms.n8n_process import HOME, N8n, filled_in, ready

from har2rpc import pipeline
from live.server import Server
from live.tally import TALLY
from live.test_flow import products, put_back

pytestmark = [
    pytest.mark.live,
    pytest.mark.skipif(not HOME, reason="N8N_HOME names no folder with n8n: see .ci/install_n8n"),
]
BOTH = pytest.mark.parametrize("which", ["server", "server_14"])


@pytest.fixture(scope="module")
def n8n(tmp_path_factory: pytest.TempPathFactory) -> Iterator[N8n]:
    with N8n(tmp_path_factory.mktemp("n8n")).serving() as made:
        yield made


@BOTH
def test_a_flow_makes_a_contact_and_its_quotation_and_confirms_it(
    which: str, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue(which)
    n8n: N8n = request.getfixturevalue("n8n")
    put_back(server)
    chair, desk = products(server, "Office Chair", "Large Desk")
    path = SAMPLES / f"odoo{server.major}-chrome-quotation_for_new_contact.har"
    capture = pipeline.open_capture([path])
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    made = json.loads(pipeline.render(capture, pipeline.flow(capture, calls), target="n8n"))
    who = 'Zoë "the other" O\'Neil }} {{ $json }}'
    lines = [{"product_id": desk, "quantity": 5}, {"product_id": chair, "quantity": 7}]
    values = {"name": who, "email": "zoe@example.com", "lines": f"={{{{ {json.dumps(lines)} }}}}"}
    done = n8n.run(ready(n8n, filled_in(made, "Inputs", **values), told(server)))
    assert ("success", "") == done[:2]
    partner, order, _ = [
        done.items[name][0]["result"] for name in done.items if name.startswith("Answer of")
    ]
    [contact] = server.ask("res.partner", "read", [partner], ["name", "email"])
    assert (who, "zoe@example.com") == (contact["name"], contact["email"])
    [quotation] = server.ask("sale.order", "read", [order], ["state", "partner_id", "order_line"])
    assert ("sale", partner) == (quotation["state"], quotation["partner_id"][0])
    fields = ["product_id", "product_uom_qty"]
    read = server.ask("sale.order.line", "read", quotation["order_line"], fields)
    assert sorted([(desk, 5), (chair, 7)]) == sorted(
        (line["product_id"][0], line["product_uom_qty"]) for line in read
    )
    TALLY.read_back.append(f"n8n on {server.major}: order {order} of the new partner {partner}")


def told(server: Server) -> dict[str, str]:
    """What a person fills in."""
    user = {"ODOO_UID": str(server.uid), "ODOO_LOGIN": server.login}
    return {"ODOO_URL": server.url, "ODOO_DB": server.db, "ODOO_API_KEY": server.api_key, **user}


@BOTH
def test_its_own_node_finds_what_was_found_with_the_context(
    which: str, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue(which)
    n8n: N8n = request.getfixturevalue("n8n")
    name = "search_partner_by_phone" if server.major == 19 else "create_partner"
    capture = pipeline.open_capture([SAMPLES / f"odoo{server.major}-chrome-{name}.har"])
    *_, listed = pipeline.actions(capture, pipeline.select(capture, method="*search_read"))
    made = json.loads(pipeline.render(capture, [listed], target="n8n"))
    assert "n8n-nodes-base.odoo" in {node["type"] for node in made["nodes"]}
    done = n8n.run(ready(n8n, made, told(server)))
    recorded = listed.calls[0]
    named = {"fields": listed.kwargs["fields"], "limit": 80, "context": listed.context}
    domain = recorded.kwargs["domain"]
    wanted = server.ask("res.partner", "search_read", domain, **named)
    assert ("success", "") == done[:2]
    assert wanted and wanted == done.items[f"Answer of {listed.label}"]
