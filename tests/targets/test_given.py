"""What is not given is not sent, what follows a record goes with the recorded one, an update changes something: as code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page

from targets.conftest import Stage
from targets.running import able, code, stub, variables
from targets.test_flows import answer, called, values

BILL = {
    "currency_id": 3,
    "partner_id": 4,
    "ref": "",
    "payment_reference": "RF18",
    "invoice_line_ids": [[0, "virtual_1", {"product_id": 7, "price_unit": 9.5, "quantity": 2}]],
}


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize("partner, product", [(4, 7), (5, 7), (4, 8)], ids=str)
def test_what_follows_a_record_goes_with_the_recorded_one(
    target: str, partner: int, product: int, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(
        tmp_path, target, page(), call("account.move", "web_save", ([], BILL), result=[{"id": 9}])
    )
    line = {"product_id": product, "quantity": 2, **({"price_unit": 9.5} if product == 7 else {})}
    # bash has no loop over JSON: it takes the commands themselves.
    lines: Any = [{"product_id": product, "quantity": 2}]
    lines = json.dumps([[0, 0, line]]) if "curl" in target else lines
    chosen = {"partner_id": partner, "lines": lines}
    ran = called(text, target, variables(stage.url, target), "create_account_move", chosen)
    assert 0 == ran.status, ran.said
    (asked,) = odoo.asked
    sent = values(asked)
    assert ({"currency_id": 3} if partner == 4 else {}).items() <= sent.items()
    assert ("currency_id" in sent) == (partner == 4)
    assert [[0, 0, line]] == sent["invoice_line_ids"]
    assert "RF18" == sent["payment_reference"], "its recorded default"


@pytest.mark.parametrize("target", able())
def test_an_update_changes_what_is_given_and_nothing_else(
    target: str, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    update = call("res.partner", "write", ([7], {"phone": "1", "email": "a@b.example"}))
    text = code(tmp_path, target, page(), update)
    given = variables(stage.url, target)
    ran = called(text, target, given, "update_partner", {"partner_id": 7, "email": "x@y.example"})
    assert 0 == ran.status, ran.said
    assert {"email": "x@y.example"} == values(odoo.asked[0])
    none = called(text, target, given, "update_partner", {"partner_id": 7})
    assert none.status != 0 and "nothing to change" in none.said
    assert 1 == len(odoo.asked)


TAGS: Any = {"phone": "1", "tag_ids": [[6, 0, [5, 2]]], "user_ids": [[4, 3], [3, 9, False]]}


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize(
    "chosen, sent",
    [
        ({"phone": "2"}, {"phone": "2"}),
        ({"tag_ids": [8]}, {"tag_ids": [[6, 0, [8]]]}),
        ({"tag_ids": []}, {"tag_ids": [[6, 0, []]]}),
        ({"user_id": 4}, {"user_ids": [[4, 4]]}),
        ({"user_id": 4, "removed_user_id": 7}, {"user_ids": [[4, 4], [3, 7, False]]}),
    ],
    ids=["no commands", "replaced", "emptied", "one of two", "both"],
)
def test_of_an_update_the_records_that_are_given_are_linked(
    target: str, chosen: dict[str, Any], sent: dict[str, Any], tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, page(), call("x.y", "write", ([7], TAGS)))
    given = variables(stage.url, target)
    inputs = {"y_id": 7, **chosen}
    if "curl" in target:
        inputs = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in inputs.items()
        }
    ran = called(text, target, given, "update_x_y", inputs)
    assert 0 == ran.status, ran.said
    assert sent == values(odoo.asked[0])
    none = called(text, target, given, "update_x_y", {"y_id": 7})
    assert none.status != 0 and "nothing to change" in none.said
    assert 1 == len(odoo.asked)


@pytest.mark.parametrize("target", able())
def test_a_flow_leaves_out_an_update_without_anything_to_change(
    target: str, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    create = call("res.partner", "create", ({"name": "Ada"},), result=7)
    update = call("res.partner", "write", ([7], {"phone": "1", "email": "a@b.example"}))
    text = code(tmp_path, target, page(), create, update, options=("--flow",))
    name, given = "create_and_update_partner", variables(stage.url, target)
    assert 0 == called(text, target, given, name, {"name": "Ada"}).status
    assert ["create"] == [asked.method for asked in odoo.asked]
    assert 0 == called(text, target, given, name, {"name": "Ada", "phone": "2"}).status
    assert ["create", "create", "write"] == [asked.method for asked in odoo.asked]
    assert {"phone": "2"} == values(odoo.asked[2])
