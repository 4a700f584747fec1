"""`--flow --rows`: a row does the whole flow once; one that ends halfway says where, and what is there by then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, views

from targets.conftest import Stage
from targets.odoo_stub import Asked, Refused
from targets.row_scripts import ROW_TARGETS, Gate, RowScript, as_csv, finished
from targets.running import code, stub, variables

PARTNER = {"name": {"type": "char", "string": "Name", "required": True}}
LINE = {
    "product_id": {"type": "many2one", "string": "Product", "relation": "product.product"},
    "product_uom_qty": {"type": "float", "string": "Quantity"},
}
ORDER = {
    "partner_id": {"type": "many2one", "string": "Customer", "relation": "res.partner"},
    "order_line": {"type": "one2many", "string": "Lines", "relation": "sale.order.line"},
}
VALUES = {"partner_id": 7, "order_line": [[0, 0, {"product_id": 6, "product_uom_qty": 3}]]}
FLOW = (
    page(),
    views("res.partner", PARTNER),
    views("sale.order", ORDER),
    views("sale.order.line", LINE),
    call("res.partner", "create", ({"name": "x"},), result=7),
    call("sale.order", "create", (VALUES,), result=9),
    call("sale.order", "action_confirm", ([9],)),
)
ROWS = [
    ["Name", "Lines/Product", "lines.quantity"],
    ["Ann", "6", "1,5"],
    ["", "7", "2"],
    ["Bob", "6", ""],
    ["Cid", "6", "4"],
]


class FlowOdoo:
    """Notes what is asked for, in order, and gives ids."""

    def __init__(self, target: str) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.refuses: set[int] = set()
        self.after: Any = lambda number: None
        self.app = stub(target, self.answer)

    def answer(self, asked: Asked) -> Any:
        sent: Any = asked.kwargs.get("vals_list", asked.kwargs.get("ids"))
        sent = sent if asked.args is None else asked.args
        number = len(self.asked)
        self.asked.append((f"{asked.model}.{asked.method}", sent[0]))
        if number in self.refuses:
            raise Refused("odoo.exceptions.UserError", "not today")
        self.after(number)
        if asked.method != "create":
            return True
        return 100 + number if asked.args is not None else [100 + number]


@pytest.fixture(params=ROW_TARGETS)
def target(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def odoo(target: str, stage: Stage) -> FlowOdoo:
    made = FlowOdoo(target)
    stage.app = made.app
    return made


@pytest.fixture
def script(target: str, odoo: FlowOdoo, stage: Stage, tmp_path: Path) -> RowScript:
    text = code(tmp_path, target, *FLOW, options=("--rows", "--flow"))
    made = RowScript(tmp_path, text, variables(stage.url, target))
    made.csv.write_bytes(as_csv(ROWS))
    return made


def test_each_row_does_the_flow_with_its_lines(odoo: FlowOdoo, script: RowScript) -> None:
    status, _, said = script.run()
    assert (0, [], "3 rows to send, 0 with mistakes; --write sends them\n") == (
        status,
        odoo.asked,
        said,
    )
    status, printed, said = script.run("--write")
    assert (0, "3 done, 0 refused, 0 unknown, 0 left\n") == (status, said)
    assert ["1/3 row 2", "2/3 row 4", "3/3 row 5"] == [
        line.partition(":")[0] for line in printed.splitlines()
    ]
    assert ("res.partner.create", {"name": "Ann"}) == odoo.asked[0]
    lines = [
        [0, 0, {"product_id": 6, "product_uom_qty": 1.5}],
        [0, 0, {"product_id": 7, "product_uom_qty": 2}],
    ]
    assert {"partner_id": 100, "order_line": lines} == odoo.asked[1][1]
    assert "sale.order.action_confirm" == odoo.asked[2][0] and 9 == len(odoo.asked)
    bob = odoo.asked[4][1]
    assert {"partner_id": 103, "order_line": [[0, 0, {"product_id": 6}]]} == bob


def test_a_row_that_ends_halfway_says_where_and_what_is_there(
    odoo: FlowOdoo, script: RowScript
) -> None:
    odoo.refuses = {4, 5}  # Bob's order; then Cid, at once
    status, _, said = script.run("--write")
    assert (1, 6) == (status, len(odoo.asked))
    first = (
        "row 4: halfway, create_sale_order was refused: odoo.exceptions.UserError: not today"
        " (done before: create_partner 103); look in Odoo: --retry-unknown does it once more"
    )
    assert [f"2/3 {first}", first] == [line for line in said.splitlines() if "halfway," in line]
    assert "row 5: refused: odoo.exceptions.UserError: not today" in said
    assert said.endswith("1 done, 1 refused, 1 unknown, 0 left\n")
    errors = script.csv.with_name("rows.errors.csv").read_text("utf-8-sig")
    assert "Cid;6;4" in errors and "Bob" not in errors, "it would be made twice"
    script.run("--write")
    assert 6 == len(odoo.asked)
    status, _, said = script.run("--write", "--retry-unknown")
    assert 9 == len(odoo.asked) and said.endswith("2 done, 1 refused, 0 unknown, 0 left\n")


def test_killed_within_a_step_what_the_row_made_is_known(odoo: FlowOdoo, script: RowScript) -> None:
    gate = Gate()
    odoo.after = lambda number: gate.hold() if number == 4 else None
    process = script.start("--write")
    assert gate.arrived.wait(30)
    process.kill()
    finished(process)
    gate.opened.set()
    _, _, said = script.run("--write")
    assert (
        "row 4: unknown, no answer came to create_sale_order (done before: create_partner 103)"
        in said
    )
    assert said.endswith("2 done, 0 refused, 1 unknown, 0 left\n")
    assert 8 == len(odoo.asked) and {"name": "Cid"} == odoo.asked[5][1]


def test_a_line_without_what_it_needs_is_a_mistake(odoo: FlowOdoo, script: RowScript) -> None:
    script.csv.write_bytes(as_csv([ROWS[0], ["Ann", "", "2"], ["Bob", "", ""], ["", "x", "1"]]))
    status, _, said = script.run()
    assert (1, []) == (status, [name for name, _ in odoo.asked if "name_search" not in name])
    assert "row 2, lines.product_id: is required" in said
    assert "row 3, lines.product_id: " in said
