"""What a connector is told about paging and looking up ids, done as Locoia documents it.

Paging: the first request is the action's own; in each later one the parameters of the configuration take the place of
the action's, and `page` is 1, 2, …. Looking up: `q` is what somebody types, the two paths give ids and names.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from har_builder import call, page, product, search, written

from generated.connector import ENVIRONMENT, filled
from generated.goldens import Golden, goldens
from generated.recorded import same
from generated.running import DB, SECRET, AnsweringOdoo, Stage

HOSTILE = 'a "quote" \\ {{ 7*7 }} {% raw %}\n\u2028 é🙂 ", "args": []}'
LOCOIA = pytest.mark.parametrize("golden", goldens("locoia.json"))


def values_for(action: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Something for every input of an action, as a form gives it."""
    fields = action["ui_form_schema"]
    values = {
        name: field.get("default", ["7"] if field.get("multiple") else "7")
        for name, field in fields.items()
    }
    return {**values, "secret": SECRET, **more}


def paged(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The actions that read page after page."""
    return [action for action in document["actions"] if "pagination_config" in action]


def pages(action: dict[str, Any], url: str, values: dict[str, Any]) -> list[Any]:
    """All records, page after page, until one is not full."""
    config, found, number = action["pagination_config"], [], 0
    assert "$.result" == config["response_jsonpath"]
    while number < 9:
        body = filled(action, values)
        if number:
            told = ENVIRONMENT.from_string(config["body"]).render({**values, "page": number})
            body |= json.loads(told)
        body["params"]["args"][0] = DB
        with requests.post(f"{url}/{action['endpoint']}", json=body, timeout=60) as answer:
            records = answer.json()["result"]
        found += records
        if len(records) < int(values["limit"]):
            break
        number += 1
    return found


@LOCOIA
def test_all_pages_are_read_and_nothing_else_changes(golden: Golden, stage: Stage) -> None:
    document = json.loads(golden.text)
    rows = [{"id": number} for number in range(7)]

    def answer(call: dict[str, Any]) -> list[Any]:
        start = call["kwargs"].get("offset", 0)
        return rows[start : start + int(call["kwargs"]["limit"])]

    for action in paged(document):
        stage.app = odoo = AnsweringOdoo(answer)
        for limit in (3, "3"):  # a form may give a text
            assert rows == pages(action, stage.url, values_for(action, limit=limit))
        first, *later = odoo.received[:3]
        assert "offset" not in first["kwargs"]
        assert [3, 6] == [one["kwargs"].pop("offset") for one in later]
        assert all(same(first, one) for one in later)
    configs = [action["pagination_config"] for action in paged(document)]
    assert document["connector"]["pagination_config"] == (configs or [None])[0]


def test_paging_goes_on_from_where_the_recorded_page_was(tmp_path: Path, stage: Stage) -> None:
    path = written(tmp_path, page(), search(limit=2, offset=4))
    [action] = paged(json.loads(product("convert", "-t", "locoia", "--no-inputs", path)))[:1]
    stage.app = odoo = AnsweringOdoo(lambda call: [{}, {}] if len(odoo.received) < 3 else [])
    pages(action, stage.url, {"secret": SECRET, "limit": 2})
    assert [4, 6, 8] == [one["kwargs"]["offset"] for one in odoo.received]


@LOCOIA
def test_ids_are_looked_up_by_name(golden: Golden, stage: Stage) -> None:
    document = json.loads(golden.text)
    config = document["connector"]["search_config"]
    if config is None:
        assert "Id of" not in golden.text and "Ids of" not in golden.text
        return
    assert ("search", "jsonrpc") == (config["type"], config["endpoint"])
    assert {"id": "$.result[*][0]", "match": "$.result[*][1]"} == config["response_fields"]
    stage.app = odoo = AnsweringOdoo(lambda call: [[20, "Belgium"]])
    for text in ("Belg", HOSTILE):
        given = {"q": text, "resource_type": "res.country", "secret": SECRET, "db": DB, "uid": 2}
        body = json.loads(ENVIRONMENT.from_string(config["body"]).render(given))
        body["params"]["args"][0] = DB
        with requests.post(f"{stage.url}/jsonrpc", json=body, timeout=60) as answer:
            assert [[20, "Belgium"]] == answer.json()["result"]
        sent = odoo.received[-1]
        assert ("name_search", [], {"name": text, "limit": 50}) == (
            sent["method"],
            sent["args"],
            sent["kwargs"],
        )
        assert (
            sent["model"] in document["connector"]["internal_docs"]
            or "resource_type" in config["body"]
        )


def test_one_model_needs_no_choice_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, page(), call("res.partner", "write", ([7], {"comment": "x"})))
    config = json.loads(product("convert", "-t", "locoia", path))["connector"]["search_config"]
    assert (
        '"res.partner", "name_search"' in config["body"] and "resource_type" not in config["body"]
    )


def test_a_search_without_a_limit_has_no_pages(tmp_path: Path) -> None:
    entry = call("res.partner", "search_read", [[["name", "=", "x"]], ["name"]])
    document = json.loads(product("convert", "-t", "locoia", written(tmp_path, page(), entry)))
    assert [] == paged(document) and document["connector"]["pagination_config"] is None
