"""Postman flows hand on what their own requests made, and what is missing or refused ends a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search
from node import asked, needs_packages

from targets.conftest import Stage
from targets.elsewhere import elsewhere
from targets.odoo_stub import DB, KEY, PLAIN_KEY, UID, Asked, Refused
from targets.running import code, stub
from targets.test_addresses import redirect
from targets.test_flows import FLOW, PAGES, answer, first, values
from targets.test_imports import ENTRIES as IMPORTED
from targets.test_imports import REFUSED as REFUSED_ROWS
from targets.test_imports import answer as outcome

pytestmark = needs_packages


def collection(
    folder: Path, *entries: dict[str, Any], options: tuple[str, ...] = (), odoo: str = "16.0"
) -> Any:
    """The collection for these entries, recorded on an Odoo of this version."""
    first = page(server_version=odoo)
    return json.loads(code(folder, "postman", first, *entries, options=options))


def failed(made: Any, url: str, **given: str) -> list[str]:
    """What fails when a collection is run."""
    key = PLAIN_KEY if "auth" in made else KEY
    identity = {"odoo_url": url, "odoo_db": DB, "odoo_uid": str(UID), "odoo_api_key": key}
    return asked("newman.mjs", [{"collection": made, "variables": {**identity, **given}}])[0]


def test_what_a_step_made_goes_into_the_next(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("postman", answer("postman"))
    assert [] == failed(collection(tmp_path, *FLOW[1:], options=("--flow",)), stage.url)
    sent = {(one.model, one.method): one for one in odoo.asked}
    assert len(sent) == len(odoo.asked) == 12
    order = values(sent["sale.order", "create"])
    assert (1007, 1002, [[6, 0, [1043]]]) == (
        order["partner_id"],
        order["user_id"],
        order["tag_ids"],
    )
    assert [1008] == first(sent["sale.order", "write"])
    assert [[1, 1052, {"price_unit": 3.5}]] == values(sent["sale.order", "write"])["order_line"]
    for method in ("create", "go"):
        context = sent["sale.make", method].kwargs["context"]
        assert (1009, [1009]) == (context["active_id"], context["active_ids"])
    assert ([1005], [1057]) == (
        first(sent["sale.make", "go"]),
        first(sent["account.move", "action_post"]),
    )
    paid = sent["account.payment.register", "create"].kwargs["context"]
    assert [2101, 2102] == paid["active_ids"]


@pytest.mark.parametrize("found", [[], [{"id": 1}, {"id": 2}]], ids=["none", "two"])
def test_one_is_needed_and_not_guessed(found: Any, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("postman", lambda asked: found)
    write = call("res.partner", "write", ([7], {"name": "Ada"}))
    said = failed(collection(tmp_path, search(), write, options=("--flow",)), stage.url)
    assert "one is needed" in said[0]
    assert ["search_read"] == [one.method for one in odoo.asked]


def test_a_refusal_ends_the_run_in_odoos_words(tmp_path: Path, stage: Stage) -> None:
    def refuse(asked: Asked) -> None:
        raise Refused("odoo.exceptions.ValidationError", 'No "name"')

    stage.app = odoo = stub("postman", refuse)
    write = call("res.partner", "write", ([7], {"name": "Ada"}))
    said = failed(collection(tmp_path, write, search()), stage.url)
    assert ['odoo.exceptions.ValidationError: No "name"'] == said
    assert 1 == len(odoo.asked)


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("search_partners_by_phone.phone", "", "phone is empty"),
        ("search_partners_by_phone.limit", "1]], [1", "limit is not valid JSON"),
        ("odoo_api_key", "", "odoo_api_key is empty"),
    ],
)
def test_what_cannot_be_sent_is_not_sent(
    name: str, value: str, told: str, tmp_path: Path, stage: Stage
) -> None:
    made = collection(tmp_path, search())
    for variable in made["variable"]:
        variable["value"] = value if variable["key"] == name else variable["value"]
    arrived: list[bytes] = []

    def odoo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        arrived.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        start_response("400 BAD REQUEST", [("Content-Length", "0")])
        return []

    stage.app = odoo
    said = failed(made, stage.url, **{name: value})
    assert told in said[0] and "HTTP 400" in said[1]
    assert [b""] == arrived


@pytest.mark.parametrize("status", [302, 307])
def test_no_redirect_is_followed(status: int, tmp_path: Path, stage: Stage) -> None:
    made = collection(tmp_path, search())
    with elsewhere() as other:
        stage.app = redirect(status, other.url)
        assert failed(made, stage.url)
    assert [] == other.received


def test_an_empty_option_is_not_sent(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("postman", 7)
    made = call("res.partner", "create", ({"name": "Ada", "phone": "1"},), result=7)
    text = collection(tmp_path, made)
    assert [] == failed(text, stage.url, **{"create_partner.phone": ""})
    assert {"name": "Ada"} == odoo.asked[0].args[0]


UPDATE = call("res.partner", "write", ([7], {"phone": "1", "email": "a@b.example"}))


def test_an_update_needs_something_to_change(tmp_path: Path, stage: Stage) -> None:
    made = collection(tmp_path, UPDATE)
    empty = {"update_partner.phone": "", "update_partner.email": ""}
    arrived: list[bytes] = []

    def nobody(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        arrived.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        start_response("400 BAD REQUEST", [("Content-Length", "0")])
        return []

    stage.app = nobody
    said = failed(made, stage.url, **empty)
    names = "update_partner.phone, update_partner.email"
    assert f"nothing to change: fill in at least one of {names}" == said[0]
    assert set(arrived) <= {b""}, "what was not asked for is not sent"
    stage.app = odoo = stub("postman", True)
    assert [] == failed(made, stage.url, **{**empty, "update_partner.email": "x@y.example"})
    assert {"email": "x@y.example"} == values(odoo.asked[0])


def test_of_an_update_the_records_that_are_given_are_linked(tmp_path: Path, stage: Stage) -> None:
    commands = {"phone": "1", "tag_ids": [[6, 0, [5]]], "user_ids": [[4, 3], [3, 9, False]]}
    made = collection(tmp_path, call("x.y", "write", ([7], commands)))
    stage.app = odoo = stub("postman", True)
    for chosen in (
        {"phone": "2", "tag_ids": "", "user_id": "", "removed_user_id": "4"},
        {"phone": "", "tag_ids": "[8]", "user_id": "", "removed_user_id": ""},
    ):
        assert [] == failed(made, stage.url, **{f"update_x_y.{k}": v for k, v in chosen.items()})
    first, second = map(values, odoo.asked)
    assert {"phone": "2", "tag_ids": [], "user_ids": [[3, 4, False]]} == first, "[] changes nothing"
    assert {"tag_ids": [[6, 0, [8]]], "user_ids": []} == second


def test_a_flow_leaves_out_an_update_without_anything_to_change(
    tmp_path: Path, stage: Stage
) -> None:
    create = call("res.partner", "create", ({"name": "Ada"},), result=7)
    archive = call("res.partner", "action_archive", ([7],))
    made = collection(tmp_path, create, UPDATE, archive, options=("--flow",))
    stage.app = odoo = stub("postman", lambda asked: 1007 if asked.method == "create" else True)
    assert [] == failed(made, stage.url, phone="", email="")
    assert ["create", "action_archive"] == [asked.method for asked in odoo.asked]
    stage.app = odoo = stub("postman", lambda asked: 1007 if asked.method == "create" else True)
    assert [] == failed(made, stage.url, phone="2", email="")
    assert ["create", "write", "action_archive"] == [asked.method for asked in odoo.asked]
    assert {"phone": "2"} == values(odoo.asked[1])


@pytest.mark.parametrize("partner, sent", [(4, {"currency_id": 3}), (5, {})], ids=str)
def test_what_follows_a_record_goes_only_with_the_recorded_one(
    partner: int, sent: dict[str, int], tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = stub("postman", 7)
    bill = {"currency_id": 3, "partner_id": 4, "ref": ""}
    text = collection(tmp_path, call("account.move", "create", (bill,), result=7))
    name = "create_account_move.partner_id"
    assert [] == failed(text, stage.url, **{name: str(partner)})
    assert {"partner_id": partner, **sent} == odoo.asked[0].args[0]


def test_several_pages_are_one_request(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("postman", [])
    assert [] == failed(collection(tmp_path, *PAGES, options=("--flow",)), stage.url)
    assert [(6, 0)] == [(one.kwargs["limit"], one.kwargs["offset"]) for one in odoo.asked]


def test_postman_hands_on_the_ids_and_stops_where_rows_are_refused(
    tmp_path: Path, stage: Stage
) -> None:
    made = collection(tmp_path, *IMPORTED[1:], options=("--flow",))
    stage.app = odoo = stub("postman", outcome({"ids": [1007, 1008], "messages": []}))
    assert [] == failed(made, stage.url)
    _, archive, unarchive = odoo.asked
    assert ([1008], [1007, 1008]) == (first(archive), first(unarchive))
    stage.app = odoo = stub("postman", outcome(REFUSED_ROWS))
    said = failed(made, stage.url)
    assert any("Nor a state" in one for one in said), said
    assert ["load"] == [asked.method for asked in odoo.asked]


JSON2 = {"odoo": "19.0"}


def test_through_json2_what_a_step_made_goes_into_the_next(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("curl-json2", answer("curl-json2"))
    made = collection(tmp_path, *FLOW[1:], options=("--flow",), **JSON2)
    assert [] == failed(made, stage.url)
    assert {"json2"} == {one.door for one in odoo.asked} and 12 == len(odoo.asked)
    sent = {(one.model, one.method): one for one in odoo.asked}
    order = values(sent["sale.order", "create"])
    assert (1007, 1002, [[6, 0, [1043]]]) == (
        order["partner_id"],
        order["user_id"],
        order["tag_ids"],
    )
    assert [1008] == first(sent["sale.order", "write"])


def test_through_json2_a_refusal_ends_the_run_in_odoos_words(tmp_path: Path, stage: Stage) -> None:
    def refuse(asked: Asked) -> None:
        raise Refused("odoo.exceptions.ValidationError", 'No "name"')

    stage.app = odoo = stub("curl-json2", refuse)
    write = call("res.partner", "write", ([7], {"name": "Ada"}))
    said = failed(collection(tmp_path, write, search(), **JSON2), stage.url)
    assert ['odoo.exceptions.ValidationError: No "name"'] == said
    assert 1 == len(odoo.asked)
    said = failed(collection(tmp_path, write, **JSON2), stage.url, odoo_api_key="wrong")
    assert ["werkzeug.exceptions.Unauthorized: Invalid apikey"] == said


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("search_partners_by_phone.phone", "", "phone is empty"),
        ("search_partners_by_phone.limit", "1]], [1", "limit is not valid JSON"),
        ("odoo_api_key", "", "odoo_api_key is empty"),
        ("odoo_db", "", "odoo_db is empty"),
    ],
)
def test_through_json2_what_cannot_be_sent_is_no_call(
    name: str, value: str, told: str, tmp_path: Path, stage: Stage
) -> None:
    """Without a body JSON-2 would do it without arguments: what arrives is none that it can read."""
    made = collection(tmp_path, search(), **JSON2)
    for variable in made["variable"]:
        variable["value"] = value if variable["key"] == name else variable["value"]
    arrived: list[bytes] = []

    def odoo(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        arrived.append(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        start_response("400 BAD REQUEST", [("Content-Length", "0")])
        return []

    stage.app = odoo
    said = failed(made, stage.url, **{name: value})
    assert told in said[0] and "HTTP 400" in said[1]
    for body in arrived:
        with pytest.raises(ValueError, match="Expecting value"):
            json.loads(body)


def test_a_default_is_seen_and_an_empty_field_means_it(tmp_path: Path, stage: Stage) -> None:
    made = collection(tmp_path, search(), **JSON2)
    [limit] = [one for one in made["variable"] if one["key"] == "search_partners_by_phone.limit"]
    assert "80" == limit["value"] and limit["description"].endswith("if it is empty: 80")
    stage.app = odoo = stub("curl-json2", [])
    for given in ("", "3"):
        assert [] == failed(made, stage.url, **{limit["key"]: given})
    assert [80, 3] == [one.kwargs["limit"] for one in odoo.asked]
