"""The new lines of a record are one parameter, `lines`; what has a name of its own in them stays spelled out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, run, views, written

from har2rpc import pipeline
from har2rpc.model import ConvertOptions, Input, Lines
from har2rpc.model.values import line_commands, walk

from .actions_of import actions, by_name, capture_of, names

FIRST = {"product_id": 6, "product_uom_qty": 3, "name": "Lamp", "price_unit": 35.5, "discount": 0}
SECOND = {
    "product_id": 20,
    "product_uom_qty": 2,
    "name": "Desk",
    "price_unit": 99.0,
    "discount": 5.5,
}
SECTION = {"display_type": "line_section", "name": "Extras", "product_id": False}
DESCRIBED = [
    views(
        "sale.order",
        {
            "partner_id": {"type": "many2one", "string": "Customer", "relation": "res.partner"},
            "order_line": {
                "type": "one2many",
                "string": "Order Lines",
                "relation": "sale.order.line",
            },
        },
    ),
    views("sale.order.line", {"product_uom_qty": {"type": "float", "string": "Quantity"}}),
]


def order(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An order whose form had opened before the recording."""
    commands = [[0, f"virtual_{n}", line] for n, line in enumerate(lines)]
    values = {"partner_id": 15, "client_order_ref": False, "order_line": commands, **more}
    return call("sale.order", "web_save", ([], values), result=[{"id": 7}])


def lines_of(action: Any, field: str = "order_line") -> Lines:
    found = action.args[0][field]
    assert isinstance(found, Lines)
    return found


def test_an_order_takes_its_lines() -> None:
    action = actions(*DESCRIBED, order(FIRST, SECOND))[-1]
    assert ["partner_id", "lines"] == names(action)
    lines = by_name(action)["lines"]
    assert ("Order Lines", "lines", True) == (lines.label, lines.type, lines.required)
    assert [
        {"product_id": 6, "quantity": 3},
        {"product_id": 20, "quantity": 2},
    ] == [{key: row[key] for key in ("product_id", "quantity")} for row in lines.example]
    assert lines.example == action.runs[0].values["lines"]
    keys = {key.name: key for key in lines.keys}
    assert {"product_id", "quantity", "name", "price_unit", "discount"} == set(keys)
    assert (True, "product.product") == (keys["product_id"].required, keys["product_id"].relation)
    assert ("Quantity", False) == (keys["quantity"].label, keys["quantity"].guessed)


def test_the_recorded_lines_become_the_recorded_commands() -> None:
    action = actions(order(FIRST, SECTION, SECOND))[-1]
    lines = lines_of(action)
    section = {"display_type": "line_section", "name": "Extras"}
    assert [[0, 0, FIRST], [0, 0, section], [0, 0, SECOND]] == line_commands(
        lines, lines.source.example
    )
    assert section == lines.source.example[1], "a section passes through as it is"


def test_what_belongs_to_a_product_goes_while_a_line_has_that_product() -> None:
    lines = lines_of(actions(order(FIRST, SECOND))[-1])
    (first,) = line_commands(lines, [{"product_id": 6, "quantity": 1}])
    assert ("Lamp", 35.5) == (first[2]["name"], first[2]["price_unit"])
    (other,) = line_commands(lines, [{"product_id": 9, "quantity": 1}])
    assert {"product_id": 9, "product_uom_qty": 1} == other[2]
    (own,) = line_commands(lines, [{"product_id": 20, "price_unit": 5}])
    assert (5, "Desk") == (own[2]["price_unit"], own[2]["name"])


def test_lines_of_one_product_with_two_prices_bring_their_own() -> None:
    cheap = {**FIRST, "product_uom_qty": 100, "price_unit": 30.0}
    lines = lines_of(actions(order(FIRST, cheap))[-1])
    assert [35.5, 30.0] == [row["price_unit"] for row in lines.source.example]
    commands = line_commands(lines, lines.source.example)
    assert [35.5, 30.0] == [command[2]["price_unit"] for command in commands]
    (other,) = line_commands(lines, [{"product_id": 6, "quantity": 5}])
    assert "Lamp" == other[2]["name"] and "price_unit" not in other[2]


def test_a_constant_goes_into_each_line() -> None:
    first, second = ({**line, "sequence": 10} for line in (FIRST, SECOND))
    lines = lines_of(actions(order(first, second))[-1])
    assert {"sequence": 10} == lines.always
    assert all("sequence" not in row for row in lines.source.example)
    (new,) = line_commands(lines, [{"product_id": 9}])
    assert {"sequence": 10, "product_id": 9} == new[2]


def test_a_key_that_is_none_is_not_sent_and_false_is() -> None:
    lines = lines_of(actions(order(FIRST))[-1])
    (new,) = line_commands(lines, [{"product_id": 9, "quantity": None, "name": False}])
    assert {"product_id": 9, "name": False, "discount": 0} == new[2]


def test_two_fields_with_lines_are_two_parameters() -> None:
    options = [[0, "virtual_9", {"product_id": 8, "quantity": 2}]]
    action = actions(order(FIRST, sale_order_option_ids=options))[-1]
    assert ["partner_id", "order_line", "sale_order_option_ids"] == names(action)
    assert [{"product_id": 8, "quantity": 2}] == by_name(action)["sale_order_option_ids"].example


def test_a_name_that_a_line_had_taken_is_free_again() -> None:
    lines = [[0, "virtual_1", {"name": "Step", "hours": 1.5}]]
    values = {"line_ids": lines, "name": "Plan", "note": False}
    (action,) = actions(call("x.plan", "web_save", ([], values), result=[{"id": 3}]))
    assert ["lines", "name"] == names(action)
    assert action.args[0]["name"] == by_name(action)["name"]
    assert set(names(action)) == set(action.runs[0].values)


def test_two_orders_are_one_action_with_two_runs() -> None:
    made = actions(order({"product_id": 6, "product_uom_qty": 3}), order({"product_id": 9, "product_uom_qty": 4}, {"product_id": 6, "product_uom_qty": 1}))  # fmt: skip
    assert [1, 2] == [len(run.values["lines"]) for run in made[0].runs]


@pytest.mark.parametrize("option", [
    {"input_names": {"1:vals.order_line[0].product_uom_qty": "pieces"}},
    {"keep": ("1:vals.order_line[0].product_uom_qty",)},
])  # fmt: skip
def test_lines_in_which_something_is_overridden_are_spelled_out(option: Any) -> None:
    (action,) = actions(order(FIRST), **option)
    assert "lines" not in names(action)
    line = action.args[0]["order_line"][0][2]
    quantity = line["product_uom_qty"]
    assert 3 == quantity or (isinstance(quantity, Input) and "pieces" == quantity.name)


def test_what_an_earlier_call_made_stays_linked_in_a_line() -> None:
    product = call("product.product", "create", ({"name": "Lamp"},), result=6)
    capture = capture_of(*DESCRIBED, product, order(FIRST))
    flow = pipeline.flow(capture)
    create = flow.steps[-1]
    assert "lines" not in names(create.action)
    assert create.values["product_id"].name == flow.steps[0].result


@pytest.mark.parametrize("values", [
    {"order_line": [[1, 51, {"product_uom_qty": 5}]]},
    {"order_line": [[0, "virtual_1", FIRST], [2, 51]]},
    {"order_line": [[4, 51], [6, 0, [1]]]},
])  # fmt: skip
def test_commands_of_a_record_that_exists_stay(values: Any) -> None:
    (action,) = actions(call("sale.order", "write", ([7], values)))
    assert not [part for part in walk(action.args) if isinstance(part, Lines)]
    assert values["order_line"][0][0] == action.args[1]["order_line"][0][0]


def test_lines_without_an_input_stay() -> None:
    capture = capture_of(order(FIRST))
    (action,) = pipeline.actions(capture, options=ConvertOptions(inputs=False))
    assert isinstance(action.args[0]["order_line"], list)


@pytest.mark.parametrize("secret", ["password", "api_key"])
def test_a_secret_in_a_line_stays_an_input_of_its_own(secret: str) -> None:
    lines = [[0, "virtual_1", {"name": "Key", secret: "hush"}]]
    (action,) = actions(call("x.plan", "create", ({"name": "P", "line_ids": lines},), result=3))
    assert "lines" not in names(action)


def test_paths_of_lines_are_shown_as_before(tmp_path: Path) -> None:
    told = run("list", "-v", written(tmp_path, page(), order(FIRST))).stdout
    assert "1:vals.order_line[0].product_uom_qty" in told


def test_a_target_without_a_loop_takes_commands(tmp_path: Path) -> None:
    file = written(tmp_path, page(), order(FIRST, SECOND))
    postman = json.loads(run("convert", "-t", "postman", file).stdout)
    (lines,) = [one for one in postman["variable"] if one["key"].endswith(".lines")]
    assert [[0, 0, FIRST], [0, 0, SECOND]] == json.loads(lines["value"])
    assert "[0, 0, {…}] for each line" in lines["description"]
    locoia = json.loads(run("convert", "-t", "locoia", file).stdout)["actions"][-1]
    assert [[0, 0, FIRST], [0, 0, SECOND]] == json.loads(
        locoia["ui_form_schema"]["lines"]["default"]
    )
    assert '"order_line": {{ lines if lines is string else ' in locoia["request_body_template"]
