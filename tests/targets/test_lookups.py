"""`--lookups`: the search by name that is added asks the server for pairs of id and name, in every target."""

from __future__ import annotations

from pathlib import Path

import pytest
from har_builder import call, targets

from targets.conftest import Stage
from targets.running import BASH, NODE, able, code, run, stub, variables

PARTNER = {"partner_id": 7, "client_order_ref": "x"}
ORDER = call("sale.order", "create", (PARTNER,), result=9)
CALLED = {
    **dict.fromkeys(NODE, 'there.findPartners("A d")'),
    "php": "findPartners('A d')",
    **dict.fromkeys(BASH, 'find_partners --name "A d"'),
}


@pytest.mark.parametrize("target", able())
def test_it_asks_for_pairs_of_id_and_name(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, ORDER, options=("--lookups",))
    stage.app = odoo = stub(target, [[7, "Ada"]])
    then = CALLED.get(target, 'find_partners("A d")')
    ran = run(text, target, variables(stage.url, target), then=then)
    assert (0, [[7, "Ada"]]) == (ran.status, ran.printed), ran.said
    [asked] = odoo.asked
    assert ("res.partner", "name_search") == (asked.model, asked.method)
    assert {"name": "A d", "limit": 8}.items() <= asked.kwargs.items()


@pytest.mark.parametrize("target", targets())
def test_every_target_writes_it(target: str, tmp_path: Path) -> None:
    text = code(tmp_path, target, ORDER, options=("--lookups",))
    assert "name_search" in text
