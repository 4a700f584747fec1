"""n8n's own Odoo node, where it can do all of a workflow: what arrives is what was meant, and it is used nowhere else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search
from node import asked, needs_packages

from targets.calls import HOSTILE
from targets.conftest import Stage
from targets.odoo_stub import DB, LOGIN, Asked, Refused, StubOdoo
from targets.running import code
from targets.test_n8n import BRACES, THREE, VERSIONS, key

DOORS = list(VERSIONS)
pytestmark = needs_packages
FLOW = ("--flow",)
CREATE = call("res.partner", "create", [{"name": "Ada", "phone": "1"}], result=7)
WRITE = call("res.partner", "write", ([7], {"phone": "1", "color": 3}))
UNLINK = call("res.partner", "unlink", ([7],))


def workflow(folder: Path, door: str, *entries: Any, options: tuple[str, ...] = ()) -> Any:
    """The workflow for these entries, recorded on an Odoo with that door."""
    return json.loads(
        code(folder, "n8n", page(server_version=VERSIONS[door]), *entries, options=options)
    )


def is_own(made: Any) -> bool:
    """Whether all that asks Odoo is n8n's own node, and nothing holds an address or a key."""
    kinds = {node["type"].rpartition(".")[2] for node in made["nodes"]}
    assert not {"odoo", "httpRequest"} <= kinds, "two credentials in one workflow"
    assert "odoo" not in kinds or "odoo_url" not in json.dumps(made)
    return "odoo" in kinds


def done(made: Any, stage: Stage, door: str, job: Any = None, **fields: Any) -> Any:
    """What the last node gives, or its error."""
    assert is_own(made)
    credential = {"ODOO_URL": f"{stage.url}/", "ODOO_DB": DB, "ODOO_LOGIN": LOGIN}
    given = {"workflow": made, "variables": {**credential, "ODOO_API_KEY": key(door)}}
    [results] = asked("n8n_run.mjs", [{**given, "fields": fields, **(job or {})}])
    [result] = results.values()
    return result


def saved(odoo: StubOdoo, door: str) -> list[Any]:
    """Of each save the ids (none for a new record) and the values."""
    if door == "jsonrpc":
        return [one.args if len(one.args) == 2 else [None, *one.args] for one in odoo.asked]
    named = [one.kwargs for one in odoo.asked]
    return [
        [one.get("ids"), one["vals"] if "vals" in one else one["vals_list"][0]] for one in named
    ]


@pytest.mark.parametrize(
    "entries, own",
    [
        ((CREATE, WRITE, UNLINK, search()), True),
        ((search(domain=[["name", "ilike", "a"], ["color", "=", 2]]),), True),
        ((search(domain=["&", ["name", "ilike", "a"], ["color", "=", 2]]),), True),
        ((search(domain=[]),), True),
        ((search(domain=["|", ["name", "ilike", "a"], ["color", "=", 2]]),), False),
        ((search(domain=["!", ["name", "ilike", "a"]]),), False),
        ((search(domain=[["id", "in", ["a,b"]]]),), False),
        ((search(order="name"),), False),
        ((search(offset=80),), False),
        ((call("res.partner", "write", ([7, 8], {"phone": "1"})),), False),
        ((call("res.partner", "read", ([7], ["name"]), result=[{"id": 7}]),), True),
        ((call("res.partner", "read", ([7, 8], ["name"]), result=[]),), False),
        ((CREATE, call("sale.order", "action_confirm", ([8],))), False),
        ((call("res.partner", "create", [{"name": "A", "color": 2**60}], result=7),), False),
    ],
)
def test_where_it_is_used(entries: Any, own: bool, tmp_path: Path) -> None:
    for door in DOORS:
        assert own is is_own(workflow(tmp_path, door, *entries))
        asked_for = workflow(tmp_path, door, *entries, options=("--connection", "inputs"))
        assert not is_own(asked_for), "a credential is of one customer"


@pytest.mark.parametrize(
    "context, own",
    [
        ({"lang": "en_US", "tz": "UTC", "allowed_company_ids": [1]}, True),
        ({}, True),
        ({"lang": "fr_FR"}, False),
        ({"allowed_company_ids": [1, 2]}, False),
        ({"default_type": "lead"}, False),
        ({"active_test": False}, False),
    ],
)
def test_of_a_context_that_tells_something_it_knows_nothing(
    context: Any, own: bool, tmp_path: Path
) -> None:
    entry = call("res.partner", "create", [{"name": "Ada"}], {"context": context}, result=7)
    made = workflow(tmp_path, "json2", entry)
    assert own is is_own(made)
    lost = [name for name in ("tz", "allowed_company_ids") if name in context and own]
    assert all(f"Not sent: {' and '.join(sorted(lost))}" in json.dumps(made) for _ in lost[:1])


@pytest.mark.parametrize("text", [HOSTILE, BRACES, "=1+1", "={{ $env.X }}", "'", "$& $' $$", "\\"])
@pytest.mark.parametrize("door", DOORS)
def test_texts_stay_texts(text: str, door: str, tmp_path: Path, stage: Stage) -> None:
    values = {"name": text, "comment": [text, {"x": text}]}
    entry = call("res.partner", "create", [values], result=7)
    for options in [(), ("--no-inputs",)]:
        stage.app = odoo = StubOdoo(lambda asked: 7, key(door))
        made = workflow(tmp_path, door, entry, options=options)
        assert [{"result": 7}] == done(made, stage, door)
        assert [[None, values]] == saved(odoo, door)
    stage.app = odoo = StubOdoo(lambda asked: [{"id": 7, "name": text}], key(door))
    made = workflow(tmp_path, door, search(domain=[["name", "ilike", "x"], ["ref", "=", text]]))
    assert [{"id": 7, "name": text}] == done(made, stage, door, name=text, limit=3)
    [one] = odoo.asked
    domain = [["name", "ilike", text], ["ref", "=", text]]
    sent = (
        one.kwargs
        if door == "json2"
        else dict(zip(("domain", "fields", "offset", "limit"), one.args, strict=True))
    )
    assert {"domain": domain, "fields": ["name", "phone"], "offset": 0, "limit": 3} == sent


@pytest.mark.parametrize("value", [False, None, 2, 2.5, [1, 2], "2"], ids=repr)
@pytest.mark.parametrize("door", DOORS)
def test_values_of_conditions_keep_their_type(
    value: Any, door: str, tmp_path: Path, stage: Stage
) -> None:
    operator = "not in" if isinstance(value, list) else "="
    made = workflow(
        tmp_path, door, search(domain=[["x", operator, value]]), options=("--no-inputs",)
    )
    stage.app = odoo = StubOdoo(lambda asked: [], key(door))
    assert [] == done(made, stage, door)
    [one] = odoo.asked
    domain = one.kwargs["domain"] if door == "json2" else one.args[0]
    assert json.dumps([["x", operator, value]]) == json.dumps(domain)


@pytest.mark.parametrize("door", DOORS)
def test_of_an_update_what_is_given_is_sent_to_its_record(
    door: str, tmp_path: Path, stage: Stage
) -> None:
    made = workflow(tmp_path, door, WRITE)
    stage.app = odoo = StubOdoo(lambda asked: True, key(door))
    assert [{"result": True}] == done(made, stage, door, partner_id=9, phone="", color=0)
    assert [[[9], {"color": 0}]] == saved(odoo, door)
    given = done(made, stage, door, phone="", color=None)
    assert {"error": "item 0: nothing to change: fill in at least one of phone, color"} == given
    assert 1 == len(odoo.asked)


@pytest.mark.parametrize("door", DOORS)
def test_records_are_deleted(door: str, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = StubOdoo(lambda asked: True, key(door))
    given = done(workflow(tmp_path, door, UNLINK), stage, door, partner_id=9)
    assert [{"result": True}] == given
    [one] = odoo.asked
    assert [9] == (one.kwargs["ids"] if door == "json2" else one.args[0])


@pytest.mark.parametrize("door", DOORS)
def test_each_item_is_a_call_and_the_refused_one_is_named(
    door: str, tmp_path: Path, stage: Stage
) -> None:
    def refuse_the_second(asked: Asked) -> list[Any]:
        if "556" in json.dumps(asked):
            raise Refused("odoo.exceptions.UserError", "Not this one")
        return [{"id": 1}, {"id": 2}]

    made = workflow(tmp_path, door, search())
    stage.app = StubOdoo(lambda asked: [{"id": 1}, {"id": 2}], key(door))
    assert 3 * [{"id": 1}, {"id": 2}] == done(made, stage, door, THREE)
    stage.app = StubOdoo(refuse_the_second, key(door))
    # Through JSON-2 n8n itself stops: only so Odoo's words are not lost.
    named = "" if door == "json2" else "item 1: "
    assert {"error": f"{named}Not this one"} == done(made, stage, door, THREE)


@pytest.mark.parametrize("entry", [CREATE, WRITE, UNLINK], ids=["create", "write", "unlink"])
@pytest.mark.parametrize("door", DOORS)
def test_what_is_switched_off_says_so(door: str, entry: Any, tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = StubOdoo(lambda asked: True, key(door))
    given = done(workflow(tmp_path, door, entry), stage, door, {"switched": True})
    assert given["error"].startswith("item 0: activate '") and [] == odoo.asked


@pytest.mark.parametrize("users", [1, 2, 0])
@pytest.mark.parametrize("door", DOORS)
def test_a_flow_hands_on_what_a_step_made(
    users: int, door: str, tmp_path: Path, stage: Stage
) -> None:
    entries = (
        call("res.partner", "create", ({"name": "Ada"},), result=7),
        search("res.users", [["login", "=", "ann"]]),
        call("sale.order", "create", ({"partner_id": 7, "user_id": 7},), result=8),
        call("sale.order", "write", ([8], {"note": "x"})),
    )
    ids = {"res.partner": 91, "sale.order": 92}

    def answer(asked: Asked) -> Any:
        if asked.method == "search_read":
            return [{"id": 70 + n} for n in range(users)]
        return ids[asked.model] if asked.method == "create" else True

    stage.app = odoo = StubOdoo(answer, key(door))
    given = done(workflow(tmp_path, door, *entries, options=FLOW), stage, door)
    if users != 1:
        assert {"error": f"the search found {users}, but one is needed"} == given
        return
    assert [{"result": True}] == given
    del odoo.asked[1]
    assert [
        [None, {"name": "Ada"}],
        [None, {"partner_id": 91, "user_id": 70}],
        [[92], {"note": "x"}],
    ] == saved(odoo, door)
