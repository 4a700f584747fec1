"""Every target sends exactly the intended call, whatever was captured, and prints the result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page

from targets.calls import CASES, CONTEXT, HOSTILE, LARGE, Case
from targets.conftest import Stage
from targets.odoo_stub import Asked, Refused
from targets.running import ALL, JSON2, NODE, PHP, able, code, run, stub, variables

BESIDE = {
    "python-web": ["authenticate"],
    "odooly": ["version"],
    "odoorpc": ["version_info", "login", "context_get"],
}


def door(target: str) -> str:
    """The protocol a target speaks."""
    if target == "python-web":
        return "web"
    return "json2" if target in JSON2 else "xmlrpc" if "xmlrpc" in target else "jsonrpc"


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: false is not 0, and 1.0 is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("target", able())
def test_what_was_captured_arrives_translated(
    target: str, case: Case, tmp_path: Path, stage: Stage
) -> None:
    text = code(tmp_path, target, page(), case.entry, options=("-n", "1", *case.options))
    is_named = target in JSON2
    answer = case.json2_answer if is_named and case.json2_answer else case.answer
    stage.app = odoo = stub(target, answer)
    ran = run(text, target, variables(stage.url, target), "--write")
    kwargs = case.named if is_named else case.kwargs
    wanted = Asked(door(target), case.model, case.method, None if is_named else case.args, kwargs)
    assert same([wanted], odoo.asked), ran.said
    assert BESIDE.get(target, []) == odoo.beside
    assert 0 == ran.status, ran.said
    expected = False if target == "odoolib" and case.answer is None else case.answer
    assert same(expected, ran.printed)


@pytest.mark.parametrize("case", [c for c in CASES if c.verbatim], ids=lambda case: case.name)
@pytest.mark.parametrize("target", able(*(t for t in ALL if t not in JSON2)))
def test_what_was_captured_arrives_verbatim(
    target: str, case: Case, tmp_path: Path, stage: Stage
) -> None:
    text = code(tmp_path, target, page(), case.entry, options=("--verbatim", "-n", "1"))
    stage.app = odoo = stub(target, case.answer)
    odoo.knows_clients = False
    ran = run(text, target, variables(stage.url, target), "--write")
    assert case.verbatim
    assert same([Asked(door(target), case.model, *case.verbatim)], odoo.asked), ran.said
    assert 0 == ran.status, ran.said
    assert same(case.answer, ran.printed)


@pytest.mark.parametrize("target", able())
def test_odoos_own_words_and_a_failure(target: str, tmp_path: Path, stage: Stage) -> None:
    def refuse(asked: Asked) -> None:
        raise Refused(
            "odoo.exceptions.ValidationError", 'No "name":\n- é is \\ taken\n  - indented'
        )

    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = stub(target, refuse)
    ran = run(text, target, variables(stage.url, target))
    assert 0 != ran.status
    said = 'No "name":\n- é is \\ taken\n  - indented'
    assert said in ran.said
    if "xmlrpc" not in target:  # there a warning comes without the name of its class
        assert f"odoo.exceptions.ValidationError: {said}" == ran.said


@pytest.mark.parametrize("target", able())
def test_a_wrong_key_is_refused_in_odoos_words(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    secret = "ODOO_PASSWORD" if target == "python-web" else "ODOO_API_KEY"
    given = variables(stage.url, target, **{secret: "wrong"})
    ran = run(text, target, given)
    assert 0 != ran.status
    assert [] == odoo.asked
    words = {"json2": "key", "web": "was refused"}.get(door(target), "Access Denied")
    assert ("was refused" if target == "odoorpc" else words) in ran.said


@pytest.mark.parametrize("target", able())
def test_nothing_is_written_without_being_told(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, page(), CASES[1].entry)
    stage.app = odoo = stub(target, 7)
    ran = run(text, target, variables(stage.url, target))
    assert (1, []) == (ran.status, odoo.asked)
    assert "--write" in ran.said


@pytest.mark.parametrize("target", able(*(t for t in ALL if t not in (*JSON2, "odoorpc"))))
def test_the_user_by_login(target: str, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, target, page(uid=5), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    given = variables(stage.url, target, ODOO_UID="", ODOO_LOGIN="ann@example.com")
    assert 0 == run(text, target, given).status
    assert 1 == len(odoo.asked)
    given["ODOO_LOGIN"] = "nobody"
    ran = run(text, target, given)
    assert "nobody was refused" in ran.said
    assert (1, 1) == (ran.status, len(odoo.asked))


@pytest.mark.parametrize("target", able())
def test_a_limit_beyond_every_number(target: str, tmp_path: Path, stage: Stage) -> None:
    named = {"specification": {}, "limit": LARGE}
    entry = call("res.partner", "web_search_read", [], {"domain": [], **named}, result={})
    text = code(tmp_path, target, page(), entry, options=("--verbatim",))
    stage.app = odoo = stub(target, {"length": 0, "records": []})
    odoo.knows_clients = False
    assert 0 == run(text, target, variables(stage.url, target)).status
    wanted: dict[str, Any] = {"domain": [], **named, "context": CONTEXT}
    if target == "python-xmlrpc":
        del wanted["limit"]
        assert "# XML-RPC carries no integer beyond" in text
    assert same(wanted, odoo.asked[0].kwargs)


@pytest.mark.parametrize("target", able())
def test_two_actions_and_the_new_id_between_them(target: str, tmp_path: Path, stage: Stage) -> None:
    button = call("res.partner", "action_archive", [[7]], route="/web/dataset/call_button")
    text = code(tmp_path, target, page(), CASES[1].entry, button)

    def answer(asked: Asked) -> Any:
        return {"create": [9] if target in JSON2 else 9}.get(asked.method)

    stage.app = odoo = stub(target, answer)
    ran = run(text, target, variables(stage.url, target), "--write")
    assert (0, 9) == (ran.status, ran.printed), ran.said
    archived = odoo.asked[1]
    assert [9] == (archived.kwargs["ids"] if target in JSON2 else archived.args[0])


@pytest.mark.parametrize("target", able())
def test_inputs_given_by_hand(target: str, tmp_path: Path, stage: Stage) -> None:
    named = {"specification": {"name": {}}, "limit": 80, "offset": 0}
    entry = call(
        "res.partner",
        "web_search_read",
        [],
        {"domain": [["name", "ilike", "Azure"]], **named},
        result={"length": 0, "records": []},
    )
    text = code(tmp_path, target, page(), entry)
    stage.app = odoo = stub(target, [])
    given = variables(stage.url, target, TOLD=HOSTILE)
    then = 'search_partners_by_name(os.environ["TOLD"], limit=3)'
    if target.startswith("curl"):
        then = 'search_partners_by_name --limit 3 --name "$TOLD"'
    if target in NODE:
        then = "there.searchPartnersByName(process.env.TOLD, { limit: 3 })"
    if target in PHP:
        then = "searchPartnersByName(getenv('TOLD'), limit: 3)"
    ran = run(text, target, given, then=then)
    assert (0, []) == (ran.status, ran.printed), ran.said
    sent = odoo.asked[0]
    domain = sent.kwargs["domain"] if target in JSON2 else sent.args[0]
    assert same([["name", "ilike", HOSTILE]], domain)
    assert same([3, 0], [sent.kwargs["limit"], sent.kwargs["offset"]])
