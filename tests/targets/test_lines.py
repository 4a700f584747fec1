"""Lines as a parameter, run: code makes a command of each; what has no loop takes the commands themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from har_builder import call, converted, page

from targets.conftest import Stage
from targets.running import BASH, NEEDS, NODE, PHP, able, code, run, stub, variables
from targets.test_flows import answer, called, values

FIRST = {"product_id": 6, "product_uom_qty": 3, "name": "Lamp", "price_unit": 35.5}
SECOND = {"product_id": 20, "product_uom_qty": 2, "name": "Desk", "price_unit": 99}
SECTION = {"display_type": "line_section", "name": "Extras"}
LINES = [[0, "virtual_1", FIRST], [0, "virtual_2", SECTION], [0, "virtual_3", SECOND]]
FORM = {"partner_id": 4, "client_order_ref": False, "order_line": LINES}
ORDER = call("sale.order", "web_save", ([], FORM), result=[{"id": 7}])
RECORDED = [[0, 0, FIRST], [0, 0, SECTION], [0, 0, SECOND]]


def sent_lines(odoo: Any) -> Any:
    (asked,) = odoo.asked
    return values(asked)["order_line"]


@pytest.mark.parametrize("target", able())
@pytest.mark.parametrize("options", [(), ("--flow",)], ids=["actions", "flow"])
def test_a_script_sends_the_recorded_lines(
    target: str, options: tuple[str, ...], tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, page(), ORDER, options=options)
    ran = run(text, target, variables(stage.url, target), "--write")
    assert 0 == ran.status, ran.said
    assert RECORDED == sent_lines(odoo)


@pytest.mark.parametrize("target", able(*NEEDS, *NODE, *PHP))
@pytest.mark.parametrize("lines, commands", [
    ([], []),
    ([{"product_id": 9, "quantity": 1}], [{"product_id": 9, "product_uom_qty": 1}]),
    ([{"product_id": 9, "product_uom_qty": 1}], [{"product_id": 9, "product_uom_qty": 1}]),
    ([{"product_id": 6}], [{"product_id": 6, "name": "Lamp", "price_unit": 35.5}]),
    ([{"product_id": 20, "price_unit": 1}], [{"product_id": 20, "name": "Desk", "price_unit": 1}]),
    ([{"product_id": 9, "quantity": None, "name": False}], [{"product_id": 9, "name": False}]),
    ([SECTION, {"display_type": "line_note", "name": "N"}], [SECTION, {"display_type": "line_note", "name": "N"}]),
])  # fmt: skip
def test_a_function_makes_a_command_of_each_line(
    target: str, lines: Any, commands: Any, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, page(), ORDER)
    chosen = {"partner_id": 4, "lines": lines}
    ran = called(text, target, variables(stage.url, target), "create_sale_order", chosen)
    assert 0 == ran.status, ran.said
    assert [[0, 0, values] for values in commands] == sent_lines(odoo)


@pytest.mark.parametrize("target", able(*NEEDS, *NODE, *PHP))
def test_a_key_that_no_line_has_is_an_error(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, page(), ORDER)
    chosen = {"partner_id": 4, "lines": [{"product_id": 9, "qty": 1}]}
    ran = called(text, target, variables(stage.url, target), "create_sale_order", chosen)
    assert ran.status != 0 and [] == odoo.asked
    assert "a line takes" in ran.said and ", not qty" in ran.said


@pytest.mark.parametrize("target", able(*BASH))
def test_bash_takes_commands(target: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub(target, answer(target))
    text = code(tmp_path, target, page(), ORDER)
    own = [[0, 0, {"product_id": 9}], [4, 51]]
    chosen = {"partner_id": 4, "lines": json.dumps(own)}
    ran = called(text, target, variables(stage.url, target), "create_sale_order", chosen)
    assert 0 == ran.status, ran.said
    assert own == sent_lines(odoo)


def test_a_schema_tells_what_a_line_takes(tmp_path: Path) -> None:
    plain = call(
        "sale.order", "web_save", ([], {**FORM, "order_line": LINES[::2]}), result=[{"id": 7}]
    )
    tools = json.loads(converted(tmp_path, page(), plain, options=("-t", "mcp")))["tools"]
    schema = tools[0]["inputSchema"]
    lines = schema["properties"]["lines"]
    assert ("array", "object") == (lines["type"], lines["items"]["type"])
    assert ["product_id"] == lines["items"]["required"]
    assert "Product" in lines["items"]["properties"]["product_id"]["title"]
    check = jsonschema.Draft202012Validator(schema)
    assert check.is_valid({"partner_id": 4, "lines": lines["examples"][0]})
    assert not check.is_valid({"partner_id": 4, "lines": [{"product_id": 6, "qty": 1}]})
    assert not check.is_valid({"partner_id": 4, "lines": [{"quantity": 1}]})
    assert not check.is_valid({"partner_id": 4})


@pytest.mark.parametrize("lines", [LINES, LINES[:1], LINES[1:]], ids=["all", "one", "two"])
def test_openapi_describes_the_commands_that_json_2_takes(lines: Any, tmp_path: Path) -> None:
    entry = call("sale.order", "web_save", ([], {**FORM, "order_line": lines}), result=[{"id": 7}])
    document = json.loads(converted(tmp_path, page(), entry, options=("-t", "openapi")))
    values_ = document["components"]["schemas"]["create_sale_order"]["properties"]["vals_list"]
    schema = values_["prefixItems"][0]["properties"]["order_line"]
    check = jsonschema.Draft202012Validator(schema)
    (example,) = schema["examples"]
    assert [[0, 0, line[2]] for line in lines] == example and check.is_valid(example)
    assert not check.is_valid([[0, 0, {"product_id": 6, "qty": 1}]])
    assert not check.is_valid([[1, 5, {"product_id": 6}]])


def test_n8n_makes_the_commands_where_they_stand(tmp_path: Path) -> None:
    button = call("sale.order", "action_confirm", ([7],), route="/web/dataset/call_button")
    text = converted(tmp_path, page(), ORDER, button, options=("-t", "n8n"))
    nodes = {node["name"]: node for node in json.loads(text)["nodes"]}
    body = nodes["Create Sale Order"]["parameters"]["jsonBody"]
    assert "order_line: $json.lines.map((line) => [0, 0, " in body
    assert "product_uom_qty: line.quantity ?? undefined" in body
    assert 'name: line.name ?? (line.product_id === 6 ? "Lamp" : line.product_id === 20 ?' in body
    assert "}}" not in body[:-2]
