"""n8n's HTTP Requests send exactly the intended call, whatever was captured or typed: through JSON-2, and before Odoo 19.

All captures here are of a user who works in French: n8n's own Odoo node, which sends no context, cannot do that
(`test_n8n_own_node.py` has what it does).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search
from node import asked, needs_packages

from targets.calls import CASES, HOSTILE, Case
from targets.conftest import Stage
from targets.odoo_stub import DB, KEY, PLAIN_KEY, UID, Asked, Refused, StubOdoo
from targets.running import code
from targets.test_imports import ENTRIES as IMPORTED
from targets.test_imports import REFUSED as REFUSED_ROWS
from targets.test_imports import answer as outcome
from targets.test_sending import same

pytestmark = needs_packages
VERSIONS = {"json2": "19.0", "jsonrpc": "16.0"}
TO_FRENCH = (r"\"lang\": \"en_US\"", r"\"lang\": \"fr_FR\"")  # in a body, which is JSON inside JSON
BRACES = "}} {{ $json.odoo_db }} {{{ }}} }}}} \U000e0001} =x \\}}"


def workflow(folder: Path, door: str, *entries: Any, options: tuple[str, ...] = ()) -> Any:
    """The workflow for these entries, recorded on an Odoo with that door; all calls are those of a user who works in French."""
    first = page(server_version=VERSIONS[door])
    french = json.loads(json.dumps(entries).replace(*TO_FRENCH))
    return json.loads(code(folder, "n8n", first, *french, options=options))


def key(door: str) -> str:
    """The credential that a door takes."""
    return PLAIN_KEY if door == "json2" else KEY


def done(made: Any, stage: Stage, door: str, job: Any = None, **fields: Any) -> Any:
    """What the last node gives, or its error; `job` is what else n8n_run.mjs is told."""
    server = {"odoo_url": f"{stage.url}/", "odoo_db": DB}
    server |= {"odoo_uid": UID, "odoo_api_key": key(door)} if door == "jsonrpc" else {}
    given = {"workflow": made, "variables": {"ODOO_API_KEY": key(door)}, **(job or {})}
    [results] = asked("n8n_run.mjs", [{**given, "fields": {**server, **fields}}])
    [result] = results.values()
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("door", VERSIONS)
def test_what_was_captured_arrives(door: str, case: Case, tmp_path: Path, stage: Stage) -> None:
    made = workflow(tmp_path, door, case.entry, options=("-n", "1", *case.options))
    is_named = door == "json2"
    answer = case.json2_answer if is_named and case.json2_answer else case.answer
    stage.app = odoo = StubOdoo(lambda asked: answer, key(door))
    given = done(made, stage, door)
    kwargs = {**(case.named if is_named else case.kwargs), "context": {"lang": "fr_FR"}}
    wanted = Asked(door, case.model, case.method, None if is_named else case.args, kwargs)
    assert same([wanted], odoo.asked), given
    are_records = isinstance(answer, list) and all(isinstance(row, dict) for row in answer)
    assert given == (answer if are_records else [{"result": answer}])


@pytest.mark.parametrize("text", [HOSTILE, BRACES, "=1+1", "={{ $env.ODOO_API_KEY }}", "'"])
@pytest.mark.parametrize("door", VERSIONS)
def test_texts_stay_texts(text: str, door: str, tmp_path: Path, stage: Stage) -> None:
    entry = call(
        "res.partner", "create", [{"name": text, "comment": [text, {text: text}]}], result=7
    )
    sent = {"name": text, "comment": [text, {text: text}]}
    for options in [(), ("--no-inputs",)]:
        stage.app = odoo = StubOdoo(lambda asked: 7, key(door))
        given = done(workflow(tmp_path, door, entry, options=options), stage, door)
        assert [{"result": 7}] == given
        [arrived] = odoo.asked
        assert sent == (arrived.kwargs["vals_list"] if door == "json2" else arrived.args)[0]


@pytest.mark.parametrize("text", [HOSTILE, BRACES, "={{ $env.ODOO_API_KEY }}", '"', "\\"])
@pytest.mark.parametrize("door", VERSIONS)
def test_what_is_typed_is_sent(text: str, door: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = StubOdoo(lambda asked: [], key(door))
    given = done(workflow(tmp_path, door, search()), stage, door, phone=text, limit=3)
    assert [] == given
    [arrived] = odoo.asked
    domain = arrived.kwargs["domain"] if door == "json2" else arrived.args[0]
    assert ([["phone", "ilike", text]], 3) == (domain, arrived.kwargs["limit"])


@pytest.mark.parametrize("door", VERSIONS)
def test_an_empty_field_is_not_sent(door: str, tmp_path: Path, stage: Stage) -> None:
    entry = call("res.partner", "create", [{"name": "Ada", "phone": "1"}], result=7)
    stage.app = odoo = StubOdoo(lambda asked: 7, key(door))
    done(workflow(tmp_path, door, entry), stage, door, phone="")
    [arrived] = odoo.asked
    sent = (arrived.kwargs["vals_list"] if door == "json2" else arrived.args)[0]
    assert {"name": "Ada"} == sent


@pytest.mark.parametrize("door", VERSIONS)
def test_an_update_needs_something_to_change(door: str, tmp_path: Path, stage: Stage) -> None:
    entry = call("res.partner", "write", ([7], {"phone": "1", "color": 3}))
    made = workflow(tmp_path, door, entry)
    stage.app = odoo = StubOdoo(lambda asked: True, key(door))
    given = done(made, stage, door, phone="", color=None)
    assert {"error": "item 0: nothing to change: fill in at least one of phone, color"} == given
    assert [] == odoo.asked
    assert [{"result": True}] == done(made, stage, door, phone="", color=0)
    [arrived] = odoo.asked
    values = arrived.kwargs["vals"] if door == "json2" else arrived.args[1]
    assert {"color": 0} == values
    alone = workflow(tmp_path, door, call("res.partner", "write", ([7], {"phone": "1"})))
    assert not any("Check of" in node["name"] for node in alone["nodes"]), "it is required"


@pytest.mark.parametrize("door", VERSIONS)
def test_of_an_update_the_records_that_are_given_are_linked(
    door: str, tmp_path: Path, stage: Stage
) -> None:
    commands: Any = {"phone": "1", "tag_ids": [[6, 0, [5]]], "user_ids": [[4, 3], [3, 9]]}
    made = workflow(tmp_path, door, call("x.y", "write", ([7], commands)))
    stage.app = odoo = StubOdoo(lambda asked: True, key(door))
    done(made, stage, door, phone="", tag_ids=[8], user_id=None, removed_user_id=4)
    done(made, stage, door, phone="2", tag_ids=None, user_id=3, removed_user_id=9)
    first, second = (
        asked.kwargs["vals"] if door == "json2" else asked.args[1] for asked in odoo.asked
    )
    assert {"tag_ids": [[6, 0, [8]]], "user_ids": [[3, 4]]} == first
    assert {
        "phone": "2",
        "tag_ids": [],
        "user_ids": [[4, 3], [3, 9]],
    } == second, "[] changes nothing"


@pytest.mark.parametrize("door", VERSIONS)
@pytest.mark.parametrize("partner, sent", [(4, {"currency_id": 3}), (5, {})], ids=str)
def test_what_follows_a_record_goes_only_with_the_recorded_one(
    door: str, partner: int, sent: dict[str, int], tmp_path: Path, stage: Stage
) -> None:
    bill = {"partner_id": 4, "currency_id": 3, "ref": ""}
    entry = call("account.move", "create", [bill], result=7)
    stage.app = odoo = StubOdoo(lambda asked: 7, key(door))
    done(workflow(tmp_path, door, entry), stage, door, partner_id=partner)
    [arrived] = odoo.asked
    values = (arrived.kwargs["vals_list"] if door == "json2" else arrived.args)[0]
    assert {"partner_id": partner, **sent} == values


@pytest.mark.parametrize("door", VERSIONS)
def test_odoos_own_words(door: str, tmp_path: Path, stage: Stage) -> None:
    def refuse(asked: Asked) -> None:
        raise Refused("odoo.exceptions.ValidationError", 'No "name":\n- taken')

    stage.app = StubOdoo(refuse, key(door))
    given = done(workflow(tmp_path, door, search()), stage, door)
    assert {"error": 'item 0: odoo.exceptions.ValidationError: No "name":\n- taken'} == given


THREE = {
    "items": [{"asked_for": text} for text in ("555", "556", "557")],
    "expressions": {"phone": "={{ $json.asked_for }}"},
}


@pytest.mark.parametrize("door", VERSIONS)
def test_each_item_is_a_call_and_all_answers_come_out(
    door: str, tmp_path: Path, stage: Stage
) -> None:
    stage.app = odoo = StubOdoo(lambda asked: [{"id": len(odoo.asked)}] * 2, key(door))
    given = done(workflow(tmp_path, door, search()), stage, door, THREE)
    assert [{"id": 1}, {"id": 1}, {"id": 2}, {"id": 2}, {"id": 3}, {"id": 3}] == given
    domains = [one.kwargs["domain"] if door == "json2" else one.args[0] for one in odoo.asked]
    assert [[["phone", "ilike", text]] for text in ("555", "556", "557")] == domains


@pytest.mark.parametrize("door", VERSIONS)
def test_the_item_that_odoo_refuses_is_named(door: str, tmp_path: Path, stage: Stage) -> None:
    def refuse_the_second(asked: Asked) -> list[Any]:
        if "556" in json.dumps(asked):
            raise Refused("odoo.exceptions.UserError", "Not this one")
        return []

    stage.app = StubOdoo(refuse_the_second, key(door))
    given = done(workflow(tmp_path, door, search()), stage, door, THREE)
    assert {"error": "item 1: odoo.exceptions.UserError: Not this one"} == given


@pytest.mark.parametrize("door", VERSIONS)
def test_a_write_that_is_switched_off_says_so(door: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = StubOdoo(lambda asked: True, key(door))
    made = workflow(tmp_path, door, call("res.partner", "write", ([7], {"name": "x"})))
    given = done(made, stage, door, {"switched": True})
    said = "item 0: activate 'Update Partner Name' first: nothing was sent to Odoo"
    assert ({"error": said}, []) == (given, odoo.asked)


def test_a_key_that_is_not_filled_in_is_asked_for(tmp_path: Path, stage: Stage) -> None:
    stage.app = StubOdoo(lambda asked: [], KEY)
    given = done(workflow(tmp_path, "jsonrpc", search()), stage, "jsonrpc", odoo_api_key="")
    assert {"error": "item 0: fill in odoo_api_key in the node Odoo first"} == given


def test_a_secret_that_is_not_filled_in_is_not_sent(tmp_path: Path, stage: Stage) -> None:
    entry = call("res.users", "write", ([7], {"password": "hunter22"}))
    made = workflow(tmp_path, "json2", entry)
    assert "hunter22" not in json.dumps(made)
    for filled_in, sent in [("", {}), ("typed in", {"password": "typed in"})]:
        stage.app = odoo = StubOdoo(lambda asked: True, key("json2"))
        done(made, stage, "json2", password=filled_in)
        assert sent == odoo.asked[0].kwargs["vals"]


def test_no_key_goes_through_the_items(tmp_path: Path) -> None:
    made = workflow(tmp_path, "jsonrpc", search())
    passes = [
        node["name"] for node in made["nodes"] if node["parameters"].get("includeOtherFields")
    ]
    assert ["Odoo"] == passes
    assert "$env" not in json.dumps(made)
    assert {"executionOrder": "v1"} == made["settings"]


def test_what_changes_odoo_is_switched_off_and_no_secret_is_in_it(tmp_path: Path) -> None:
    entries = [search(), call("res.partner", "write", ([7], {"name": "x"}))]
    for door in VERSIONS:
        made = workflow(tmp_path, door, *entries)
        off = [one["name"] for one in made["nodes"] if one.get("disabled")]
        assert ["Update Partner Name"] == off
        asks = [one["parameters"] for one in made["nodes"] if "httpRequest" in one["type"]]
        if door == "json2":
            assert {"odooApiKeyApi"} == {one["nodeCredentialType"] for one in asks}
        else:
            assert KEY not in json.dumps(made)


def test_numbers_that_n8n_cannot_hold_are_pointed_out(tmp_path: Path) -> None:
    entry = call("res.partner", "ponder", [[7], 2**60], result=None)
    made = workflow(tmp_path, "jsonrpc", entry, options=("--verbatim",))
    [ask] = [one for one in made["nodes"] if "httpRequest" in one["type"]]
    assert str(2**60) in ask["parameters"]["jsonBody"]
    assert "beyond 2^53" in ask["notes"]


@pytest.mark.parametrize("door", VERSIONS)
def test_n8n_fails_with_the_messages(door: str, tmp_path: Path, stage: Stage) -> None:
    made = workflow(tmp_path, door, *IMPORTED[1:4])
    stage.app = StubOdoo(outcome(REFUSED_ROWS), key(door))
    assert {"error": 'item 0: No "country" ]}, \\ such; Nor a state'} == done(made, stage, door)
    stage.app = StubOdoo(outcome({"ids": [7], "messages": []}), key(door))
    assert [{"result": {"ids": [7], "messages": []}}] == done(made, stage, door)
