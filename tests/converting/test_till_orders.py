"""Orders of a till: what its client makes anew is not sent again; customer, lines, payments and amounts are inputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from har_builder import call, converted, page, product, written

UUID = "8f1c1b1e-2b1c-4d53-9d1c-0e8f6a1b2c3d"
ORDER: dict[str, Any] = {
    "id": "pos.order_1",
    "uuid": UUID,
    "access_token": "1f1c1b1e-2b1c-4d53-9d1c-0e8f6a1b2c3d",
    "ticket_code": "ab12c",
    "name": "Order 00001-001-0001",
    "partner_id": 14,
    "session_id": 3,
    "amount_total": 24.2,
    "amount_paid": 30,
    "amount_return": 5.8,
    "state": "paid",
    "lines": [[0, 0, {"product_id": 5, "qty": 2, "price_unit": 10, "uuid": "line-1"}]],
    "payment_ids": [[0, 0, {"payment_method_id": 1, "amount": 30, "uuid": "payment-1"}]],
    "to_invoice": False,
}


def sync(order: dict[str, Any], method: str = "sync_from_ui") -> dict[str, Any]:
    return call("pos.order", method, ([order],), result={"pos.order": [{"id": 9}]})


def signature(code: str) -> str:
    """The parameters of the last function, on one line."""
    return (
        " ".join(code.split("\ndef ")[-1].partition("):")[0].split()).replace("( ", "(").rstrip(",")
    )


def test_tokens_and_uuids_are_left_out_where_odoo_makes_them(tmp_path: Path) -> None:
    code = converted(tmp_path, page(), sync(ORDER))
    function = code[
        code.index("# uuid, access_token and ticket_code: left out; Odoo creates its own.") :
    ]
    for made_anew in (UUID, "access_token=", "ab12c", "line-1", "payment-1", "SECRET_"):
        assert made_anew not in function
    expected = "partner_id, session_id, amount_total, amount_paid, amount_return, lines, payments"
    assert f"sync_pos_order({expected}" == signature(code)


def test_before_odoo_19_a_new_uuid_is_asked_for(tmp_path: Path) -> None:
    code = converted(tmp_path, page(server_version="18.0"), sync(ORDER))
    assert "uuid, " in signature(code) and "SECRET_" not in code and "ab12c" not in code
    assert "pass a new one for each order (uuid4)" in " ".join(code.replace("\n# ", " ").split())


def test_an_order_without_a_customer_may_have_one_and_an_old_one_stands_in_data(
    tmp_path: Path,
) -> None:
    old = {
        "id": "00001-001-0001",
        "data": {**ORDER, "partner_id": False, "statement_ids": ORDER["payment_ids"]},
        "to_invoice": False,
    }
    del old["data"]["payment_ids"]
    code = converted(tmp_path, page(server_version="17.0"), sync(old, "create_from_ui"))
    assert "partner_id=False" in signature(code) and "payments" in signature(code)
    assert "access_token" not in code.partition('"pos.order"')[2]


def test_lines_that_others_refer_to_keep_their_uuids(tmp_path: Path) -> None:
    mapping = {"pos.order.line": {"line-1": {"combo_parent_id": "line-2"}}}
    code = converted(tmp_path, page(), sync({**ORDER, "relations_uuid_mapping": mapping}))
    assert "line-1" in code and "uuid, " in signature(code)


def test_what_a_till_loads_is_read_and_of_another_model_nobody_knows(tmp_path: Path) -> None:
    loads = [
        call(model, "load_data", ([3], ["pos.order"]), result={})
        for model in ("pos.session", "x.importer")
    ]
    rows = json.loads(product("list", "--json", written(tmp_path, page(), *loads)))
    assert ["read", "action"] == [row["kind"] for row in rows]
