"""What docs/json2-migration.md shows, on the real Odoo 19: all three ways do the same, and what is wrong is answered as it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from test_json2_page import BLOCKS, WAYS

from live.server import Server

pytestmark = pytest.mark.live

Send = Callable[..., Any]


@pytest.fixture
def names(server: Server, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the page's head defines, for this server."""
    for name, value in server.variables.items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    exec(compile(BLOCKS["head"], "head", "exec"), names)
    return names


def lines(block: str, old: str = "", ids: list[int] | None = None) -> list[str]:
    """The calls of a block, each with a record of its own for the page's."""
    found = BLOCKS[block].splitlines()
    if not ids:
        return found
    return [line.replace(f"[{old}]", f"[{new}]") for line, new in zip(found, ids, strict=True)]


def test_a_search_finds_the_same(names: dict[str, Any]) -> None:
    answers = [eval(line, names) for line in lines("search")]
    assert answers[0] and [answers[0]] * len(WAYS) == answers


def test_what_is_written_is_there(server: Server, names: dict[str, Any]) -> None:
    server.reset()
    server.is_clean = False
    json_rpc: Send = names["json_rpc"]
    partners = [eval(line, names) for line in lines("create")]
    assert len(WAYS) == len(set(partners))
    assert [True] * 3 == [eval(line, names) for line in lines("write", "7", partners)]
    for record in json_rpc("res.partner", "read", [partners, ["name", "phone"]], {}):
        assert ("Marta", "555") == (record["name"], record["phone"])
    orders = [json_rpc("sale.order", "create", [{"partner_id": each}], {}) for each in partners]
    assert [True] * 3 == [eval(line, names) for line in lines("button", "4", orders)]
    for record in json_rpc("sale.order", "read", [orders, ["state"]], {}):
        assert "sale" == record["state"]


WRONG: dict[str, tuple[int, str, Any, dict[str, str]]] = {
    # row: (status, model/method, body, headers)
    "the key": (401, "res.partner/search_read", {}, {"Authorization": "bearer no"}),
    "the database": (404, "res.partner/search_read", {}, {"X-Odoo-Database": "no"}),
    "the model": (404, "no.model/read", {}, {}),
    "the method": (404, "res.partner/nope", {}, {}),
    "a private method": (403, "res.partner/_nope", {}, {}),
    "an argument": (422, "res.partner/write", {"ids": [1], "values": {}}, {}),
    "ids of a model's method": (422, "res.partner/search_read", {"ids": [1]}, {}),
    "a field": (500, "res.partner/search_read", {"domain": [["nope", "=", 1]]}, {}),
    "the record": (404, "res.partner/write", {"ids": [10**8], "vals": {"phone": "1"}}, {}),
    "the header": (415, "res.partner/search_read", {}, {"Content-Type": "text/plain"}),
    "no ids": (200, "res.partner/write", {"vals": {"phone": "1"}}, {}),
}


@pytest.mark.parametrize("row", WRONG)
def test_what_is_wrong_has_its_status(row: str, server: Server) -> None:
    status, path, body, headers = WRONG[row]
    usual = {"Authorization": f"bearer {server.api_key}", "X-Odoo-Database": server.db}
    answer = requests.post(
        f"{server.url}/json/2/{path}", json=body, headers={**usual, **headers}, timeout=60
    )
    assert status == answer.status_code, answer.text[:300]
