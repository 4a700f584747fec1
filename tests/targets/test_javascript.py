"""The JavaScript target: whatever a field is called and whatever a number is, exactly that is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search
from node import needs_node

from targets.conftest import Stage
from targets.running import code, in_javascript, run, stub, variables

pytestmark = needs_node
# Fields that JavaScript has other plans for, or that our own code is called like.
WORDS = (
    "function default delete new switch package public constructor toString hasOwnProperty call missing at"
    " page ODOO_URL CONTEXT let await arguments eval undefined fetch process"
).split()
TWO = (
    call("res.partner", "create", ({"name": "Ada"},), result=7),
    call("res.partner", "write", ([7], {"comment": "old"})),
)
NUMBERS = [2**53 - 1, 2**53 + 1, -(10**30), -0.0, 0, 1.5, 1e22, 5e-324]


def creating(folder: Path, values: dict[str, Any], *options: str) -> str:
    """A module that creates a partner from these values."""
    made = call("res.partner", "create", [values], result=7)
    return code(folder, "javascript", page(), made, options=options)


def test_fields_may_be_called_like_words_of_the_language(tmp_path: Path, stage: Stage) -> None:
    values = {name: f"value of {name}" for name in WORDS}
    text = creating(tmp_path, values)
    stage.app = odoo = stub("javascript", 7)
    given = variables(stage.url, "javascript")
    ran = run(text, "javascript", given, "--write")
    assert (0, 7) == (ran.status, ran.printed), ran.said
    assert values == odoo.asked[0].args[0]
    assert "$function = " in text and "function: $function" in text


def test_an_option_that_objects_inherit_is_not_taken_for_given(
    tmp_path: Path, stage: Stage
) -> None:
    text = creating(tmp_path, {"name": "x", "constructor": "y", "toString": "z"})
    stage.app = odoo = stub("javascript", 7)
    given = variables(stage.url, "javascript")
    ran = run(text, "javascript", given, then='there.createPartner("only a name")')
    assert (0, 7) == (ran.status, ran.printed), ran.said
    assert {"name": "only a name"} == odoo.asked[0].args[0]


@pytest.mark.parametrize("value", [*NUMBERS, NUMBERS, {"__proto__": {"a": [2**60]}, "b": None}])
def test_every_number_and_key_arrives(value: Any, tmp_path: Path, stage: Stage) -> None:
    entry = call("res.partner", "ponder", [[7], value, {"__proto__": 1, "": ""}], result=None)
    text = code(tmp_path, "javascript", page(), entry, options=("--verbatim",))
    stage.app = odoo = stub("javascript", None)
    ran = run(text, "javascript", variables(stage.url, "javascript"), "--write")
    assert (0, None) == (ran.status, ran.printed), ran.said
    assert [[7], value, {"__proto__": 1, "": ""}] == odoo.asked[0].args
    assert str(value) == str(odoo.asked[0].args[1])  # -0.0 is equal to 0


def test_big_numbers_bring_their_writer_along_and_others_do_not(tmp_path: Path) -> None:
    assert "toJson(request)" in creating(tmp_path, {"name": "x", "color": 2**53}, "--no-inputs")
    assert "toJson" not in creating(tmp_path, {"name": "x", "color": 2**53 - 1}, "--no-inputs")


def test_what_must_be_given_is_not_sent_as_nothing(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("javascript", 7)
    given = variables(stage.url, "javascript")
    texts = {
        "there.searchPartnersByPhone()": code(tmp_path, "javascript", page(), search()),
        "there.createPartner(undefined, { phone: 1 })": creating(
            tmp_path, {"name": "x", "phone": "1"}
        ),
        'there.createPartnerAndUpdatePartnerComment({ name: "x" })': code(
            tmp_path, "javascript", page(), *TWO, options=("--flow",)
        ),
    }
    for then, text in texts.items():
        ran = run(text, "javascript", given, then=then)
        assert (1, True) == (ran.status, ran.said.endswith(" is missing"))
    assert [] == odoo.asked


@pytest.mark.parametrize("answer", [[], [[]], {}, None, [{"id": 1}]])
def test_an_answer_without_the_record_ends_it(answer: Any, tmp_path: Path, stage: Stage) -> None:
    copied = call("res.partner", "copy", [[7]], result=[8])
    write = call("res.partner", "write", [[8], {"name": "x"}])
    text = code(tmp_path, "javascript", page(), copied, write, options=("--flow",))
    stage.app = odoo = stub("javascript", lambda asked: answer)
    ran = run(text, "javascript", variables(stage.url, "javascript"), "--write")
    if answer and answer != {}:
        assert [answer[0]] == odoo.asked[1].args[0]
    else:
        assert (1, "0 is missing") == (ran.status, ran.said)
        assert ["copy"] == [asked.method for asked in odoo.asked]


def test_imported_it_does_nothing(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("javascript", 7)
    given = variables(stage.url, "javascript")
    ran = run(creating(tmp_path, {"name": "x"}), "javascript", given, "--write", then="7")
    assert (0, 7, []) == (ran.status, ran.printed, odoo.asked)


def test_it_runs_nothing_that_was_captured(tmp_path: Path, stage: Stage) -> None:
    evil = "`${process.exit(3)}` */ process.exit(4) /* \u2028process.exit(5) </script> \\"
    entry = call("res.partner", "frobnicate", [[7], evil], {evil: evil}, result=evil)
    text = code(tmp_path, "javascript", page(db=evil, login=evil), entry, options=("--verbatim",))
    assert "</" not in text and "\u2028" not in text
    stage.app = odoo = stub("javascript", evil)
    ran = run(text, "javascript", variables(stage.url, "javascript"), "--write")
    assert (0, evil) == (ran.status, ran.printed), ran.said
    sent = (*odoo.asked[0][2:4], odoo.asked[0].kwargs[evil])
    assert ("frobnicate", [[7], evil], evil) == sent


def test_no_server_is_told_in_one_line(tmp_path: Path) -> None:
    text = code(tmp_path, "javascript", page(), search())
    ran = run(text, "javascript", variables("http://127.0.0.1:9", "javascript"))
    assert 1 == ran.status
    assert ran.said.startswith("http://127.0.0.1:9: ") and "\n" not in ran.said


def test_a_half_of_an_emoji_stays_one(tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, "javascript", page(), search())
    stage.app = odoo = stub("javascript", [])
    given = variables(stage.url, "javascript")
    then = in_javascript(text, "search_partners_by_phone", {"phone": "\ud83d"})
    assert json.dumps("\ud83d") in then
    assert 0 == run(text, "javascript", given, then=then).status
    assert [[["phone", "ilike", "\ud83d"]]] == odoo.asked[0].args
