"""The mock compares a save with the recorded one key by key; each test has a twin that is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from har_builder import MOCK_KEY, call, page, written

from har2rpc import pipeline

LANG = {"lang": "en_US"}
LINE = {"product_id": 7, "price_unit": 10.5, "name": False}
OPENING = call("sale.order", "onchange", ([], {}, [], {}), result={"value": {"warehouse_id": 1}})
CREATE = call(
    "sale.order",
    "web_save",
    ([], {"partner_id": 7, "warehouse_id": 1, "note": "n", "order_line": [[0, "virtual_2", LINE]]}),
    {"specification": {"name": {}}},
    result=[{"id": 41, "name": "S41"}],
)
EDIT = call(
    "sale.order", "web_save", ([41], {"note": "m"}), {"specification": {}}, result=[{"id": 41}]
)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    capture = pipeline.open_capture([written(tmp_path, page(), OPENING, CREATE, EDIT)])
    with pipeline.mock(capture, key=MOCK_KEY) as (_, variables):
        yield variables["ODOO_URL"]


def answer(url: str, method: str, args: list[Any], kwargs: Any = None) -> Any:
    """The result of a call, or the words that it is refused with."""
    rest = [method, args, {"context": LANG, **(kwargs or {})}]
    params = {
        "service": "object",
        "method": "execute_kw",
        "args": ["lab", 2, MOCK_KEY, "sale.order", *rest],
    }
    with requests.post(f"{url}/jsonrpc", json={"params": params}, timeout=60) as response:
        body = response.json()
    return body["error"]["data"]["message"] if "error" in body else body.get("result")


def refused(method: str, why: str) -> str:
    return f"This call was never recorded: sale.order.{method} ({why})"


VALUES = {
    "partner_id": 7,
    "note": "n",
    "order_line": [[0, 0, {"product_id": 7, "price_unit": 10.5}]],
}


def test_a_create_with_the_recorded_values_is_answered_as_create_answers(url: str) -> None:
    assert 41 == answer(url, "create", [VALUES])
    assert [41] == answer(url, "create", [[VALUES]])
    assert 41 == answer(url, "create", [{**VALUES, "warehouse_id": 1}])


@pytest.mark.parametrize(
    ("twin", "why"),
    [
        ({"partner_id": 8}, "partner_id is another value"),
        ({"warehouse_id": 2}, "warehouse_id is another value"),
        ({"client_order_ref": "x"}, "client_order_ref is another value"),
        (
            {"order_line": [[0, 0, {"product_id": 7, "price_unit": 10.6}]]},
            "order_line[0].price_unit is another value",
        ),
        ({"order_line": [[0, 0, {"product_id": 7}]]}, "order_line[0].price_unit is missing"),
        ({"order_line": []}, "order_line is another value"),
    ],
    ids=str,
)
def test_a_twin_of_a_create_is_refused(url: str, twin: dict[str, Any], why: str) -> None:
    assert refused("create", why) == answer(url, "create", [VALUES | twin])


def test_a_value_that_the_form_did_not_have_by_itself_must_be_there(url: str) -> None:
    without = {key: VALUES[key] for key in VALUES if key != "note"}
    assert refused("create", "note is missing") == answer(url, "create", [without])


def test_the_context_counts(url: str) -> None:
    twin = {"context": {"lang": "fr_FR"}}
    assert refused("create", "another context") == answer(url, "create", [VALUES], twin)
    assert refused("create", "another context") == answer(url, "create", [VALUES], {"context": {}})


def test_a_write_is_of_the_recorded_record(url: str) -> None:
    assert True is answer(url, "write", [[41], {"note": "m"}])
    assert True is answer(url, "write", [41], {"vals": {"note": "m"}})
    assert refused("write", "note is another value") == answer(url, "write", [[41], {"note": "n"}])
    twin = answer(url, "write", [[42], {"note": "m"}])
    assert "This call was never recorded: sale.order.write" == twin


def test_the_clients_own_save_is_compared_as_well(url: str) -> None:
    values = {**VALUES, "warehouse_id": 1, "order_line": [[0, 0, LINE]]}
    specification = {"specification": {"name": {}}}
    assert [{"id": 41, "name": "S41"}] == answer(url, "web_save", [[], values], specification)
    # Nothing asked back is the same save: `python-web` does so.
    assert [{"id": 41, "name": "S41"}] == answer(
        url, "web_save", [[], values], {"specification": {}}
    )
    twin = answer(url, "web_save", [[], values], {"specification": {"note": {}}})
    assert refused("web_save", "its other arguments differ") == twin
    twin = answer(url, "web_save", [[], {**values, "note": ""}], specification)
    assert refused("web_save", "note is another value") == twin


def test_json_2_sends_the_same_by_name(url: str) -> None:
    def post(method: str, body: dict[str, Any]) -> Any:
        headers = {"Authorization": f"bearer {MOCK_KEY}"}
        address = f"{url}/json/2/sale.order/{method}"
        with requests.post(
            address, json={"context": LANG, **body}, headers=headers, timeout=60
        ) as got:
            return got.json() if got.ok else got.json()["message"]

    assert [41] == post("create", {"vals_list": [VALUES]})
    assert refused("create", "note is another value") == post(
        "create", {"vals_list": [VALUES | {"note": "x"}]}
    )
    assert True is post("write", {"ids": [41], "vals": {"note": "m"}})
    assert refused("write", "note is another value") == post(
        "write", {"ids": [41], "vals": {"note": "x"}}
    )


def test_equal_saves_are_answered_in_recorded_order(tmp_path: Path) -> None:
    saves = [
        call("res.partner", "create", ([{"name": "X"}],), result=[number]) for number in (8, 9)
    ]
    capture = pipeline.open_capture([written(tmp_path, page(), *saves)])
    odoo = pipeline.recorded_odoo(capture, secret=MOCK_KEY)
    from har2rpc.proving.mock.recordings import CallRequest

    request = CallRequest("res.partner", "create", [{"name": "X"}], {"context": LANG})
    assert [8, 9, 9] == [odoo.recordings.answer(request) for _ in range(3)]


def test_a_save_that_odoo_refused_is_refused_again(tmp_path: Path) -> None:
    error = {"code": 0, "message": "Odoo Server Error", "data": {"name": "x", "message": "no"}}
    save = call("sale.order", "create", ([{"note": "n"}],), error=error)
    capture = pipeline.open_capture([written(tmp_path, page(), save)])
    with pipeline.mock(capture, key=MOCK_KEY) as (_, variables):
        url = variables["ODOO_URL"]
        assert "recorded as an error: sale.order.create" == answer(url, "create", [{"note": "n"}])
        assert refused("create", "note is another value") == answer(url, "create", [{"note": "m"}])
