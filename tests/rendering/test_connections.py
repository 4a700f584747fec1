"""`--connection inputs`: nothing of the recorded customer is in the result, and what is missing is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, product, run, search, targets, written

CUSTOMER = ("odoo.example", "labdb", "Mitchell")
OPEN = ("--connection", "inputs")


@pytest.fixture
def capture(tmp_path: Path) -> str:
    context = {"context": {"lang": "en_US", "uid": 77, "allowed_company_ids": [31]}}
    mine = search("sale.order", [["user_id", "=", 77]], **context)
    created = call("res.partner", "create", ({"name": "A"},), context, result=5)
    return written(tmp_path, page(db="labdb", uid=77, login="mitch"), mine, created)


@pytest.mark.parametrize("target", targets())
def test_no_target_holds_anything_of_the_customer(capture: str, target: str) -> None:
    plain = product("convert", "-t", target, capture)
    text = product("convert", "-t", target, *OPEN, capture)
    assert "labdb" in plain or target.startswith(("openapi",)) or "odoo.example" in plain
    for word in CUSTOMER:
        assert word not in text, word
    assert "[31]" not in text and "not in the capture" not in text
    assert "the capture does not tell" not in text


def converted(target: str, capture: str) -> Any:
    return json.loads(product("convert", "-t", target, *OPEN, capture))


def test_locoia_asks_in_its_form(capture: str) -> None:
    document = converted("locoia", capture)
    for action in document["actions"]:
        assert ["db", "uid"] == list(action["ui_form_schema"])[:2]
        assert (
            "{{ db | jsonify }}, {{ (uid | int(uid) if uid is string and uid else uid) | jsonify }}"
            in action["request_body_template"]
        )
    assert "" == document["connector"]["base_domain"]


def test_mcp_tools_take_the_connection(capture: str) -> None:
    document = converted("mcp", capture)
    for tool in document["tools"]:
        assert ["odoo_url", "odoo_db", "odoo_uid"] == list(tool["inputSchema"]["properties"])[:3]
        assert {"odoo_url", "odoo_db", "odoo_uid"} <= set(tool["inputSchema"]["required"])
    assert {"$input": "odoo_db"} == document["_meta"]["har2rpc/session"]["db"]


def test_n8n_takes_the_connection_from_the_item_before(capture: str) -> None:
    nodes = {node["name"]: node for node in converted("n8n", capture)["nodes"]}
    fields = nodes["Odoo"]["parameters"]["assignments"]["assignments"]
    assert "={{ $json.odoo_db ?? '' }}" in [field["value"] for field in fields]


def test_who_was_mine_is_asked_for_where_a_target_has_no_words_for_it(capture: str) -> None:
    document = converted("json", capture)
    (mine,) = [each for each in document["actions"][0]["inputs"] if each["name"] == "user_id"]
    assert mine["required"] and mine["default"] is None


def test_python_stops_without_a_connection(capture: str) -> None:
    text = product("convert", *OPEN, capture)
    assert 'URL = os.environ.get("ODOO_URL", "")  # the address of the server' in text
    assert "CAPTURED_UID = None" in text and 'sys.exit("set ODOO_URL first")' in text


def test_an_unknown_connection_is_wrong_usage(capture: str) -> None:
    assert 2 == run("convert", "--connection", "all", capture).exit_code
