"""The actions of the samples, done on the real server by the scripts a user would get, and read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from generated.recorded import SAMPLES, Recorded, recorded
from generated.running import converted, run_alone

from live.server import Server
from live.tally import TALLY

pytestmark = pytest.mark.live


@pytest.fixture(scope="module", autouse=True)
def reset(server: Server) -> None:
    """The database of the recordings; the actions do not touch each other's records."""
    server.reset()
    server.is_clean = False


def sample(action: str) -> Path:
    """Chrome's recording of an action."""
    return SAMPLES / f"odoo19-chrome-{action}.har"


def done(action: str, server: Server, folder: Path) -> Any:
    """Runs the generated script in an interpreter of its own; gives what it printed."""
    script = folder / f"{action}.py"
    script.write_text(converted(sample(action)), encoding="utf-8")
    refused = run_alone(script, server.variables)
    assert 1 == refused.returncode and "--write" in refused.stderr
    ran = run_alone(script, server.variables, "--write")
    assert (0, "") == (ran.returncode, ran.stderr)
    return json.loads(ran.stdout)


def saved(action: str, model: str) -> tuple[Recorded, dict[str, Any]]:
    """The recorded save, and the record that the client read back from it."""
    calls = recorded(sample(action))
    call = next(call for call in calls if (call.model, call.method) == (model, "web_save"))
    return call, call.rows[0]


def record(server: Server, model: str, identity: int, *fields: str) -> dict[str, Any]:
    """A record as it is now."""
    return server.ask(model, "read", [identity], list(fields))[0]


def new_id(printed: Any, name: str) -> int:
    """The new record's id: alone, or among other results."""
    return printed[name] if isinstance(printed, dict) else printed


def test_create_partner(server: Server, tmp_path: Path) -> None:
    _, recorded_back = saved("create_partner", "res.partner")
    identity = new_id(done("create_partner", server, tmp_path), "partner_id")
    fields = ("name", "email", "phone", "country_id", "is_company")
    now = record(server, "res.partner", identity, *fields)
    country = recorded_back["country_id"]
    assert country["id"] == now.pop("country_id")[0]
    assert {name: recorded_back[name] for name in ("name", "email", "phone", "is_company")} == {
        name: now[name] for name in ("name", "email", "phone", "is_company")
    }
    TALLY.read_back.append(f"partner {identity}: {now['name']}, {now['email']}, {now['phone']}")


def test_create_and_confirm_sale_order(server: Server, tmp_path: Path) -> None:
    action = "create_and_confirm_sale_order"
    _, recorded_back = saved(action, "sale.order")
    identity = new_id(done(action, server, tmp_path), "order_id")
    order = record(server, "sale.order", identity, "state", "partner_id", "order_line")
    assert ("sale", recorded_back["partner_id"]["id"]) == (order["state"], order["partner_id"][0])
    wanted = [line_of(line) for line in recorded_back["order_line"]]
    names = ("product_id", "product_uom_qty", "price_unit")
    lines = [record(server, "sale.order.line", line, *names) for line in order["order_line"]]
    assert wanted == [line_of(line) for line in lines]
    TALLY.read_back.append(f"sale order {identity}: {order['state']}, {wanted}")


def line_of(line: dict[str, Any]) -> tuple[int, float, float]:
    """Product, quantity and price, in whichever shape the product comes."""
    product = line["product_id"]
    identity = product["id"] if isinstance(product, dict) else product[0]
    return identity, line["product_uom_qty"], line["price_unit"]


def test_edit_partner(server: Server, tmp_path: Path) -> None:
    call, recorded_back = saved("edit_partner", "res.partner")
    done("edit_partner", server, tmp_path)
    now = record(server, "res.partner", call.args[0][0], "phone", "category_id")
    tags = sorted(tag["id"] for tag in recorded_back["category_id"])
    assert (recorded_back["phone"], tags) == (now["phone"], sorted(now["category_id"]))
    TALLY.read_back.append(f"partner {call.args[0][0]}: {now['phone']}, tags {tags}")


def test_move_lead(server: Server, tmp_path: Path) -> None:
    call, _ = saved("move_lead", "crm.lead")
    done("move_lead", server, tmp_path)
    now = record(server, "crm.lead", call.args[0][0], "stage_id")["stage_id"]
    assert call.args[1]["stage_id"] == now[0]
    TALLY.read_back.append(f"lead {call.args[0][0]}: {now[1]}")


def test_archive_partner(server: Server, tmp_path: Path) -> None:
    calls = recorded(sample("archive_partner"))
    identity = next(call for call in calls if call.method == "action_archive").args[0][0]
    done("archive_partner", server, tmp_path)
    assert record(server, "res.partner", identity, "active")["active"] is False
    TALLY.read_back.append(f"partner {identity}: archived")


def test_a_refused_action_is_refused_with_odoos_words(server: Server, tmp_path: Path) -> None:
    script = tmp_path / "refused.py"
    script.write_text(converted(sample("refused_user")), encoding="utf-8")
    ran = run_alone(script, server.variables, "--write")
    assert 1 == ran.returncode
    last = ran.stderr.strip().splitlines()[-1]
    assert "OdooError: odoo.exceptions.ValidationError: " in last and "same login" in last
