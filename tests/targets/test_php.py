"""The PHP target: whatever a field is called and whatever a value is, exactly that is sent."""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, call, page, product, search
from php import needs_php, run_php

from targets.conftest import Stage
from targets.odoo_stub import Asked, Refused
from targets.running import code, in_php, run, stub, variables

pytestmark = needs_php
# Fields that PHP has other plans for, or that our own code is called like.
WORDS = (
    "this GLOBALS _GET _SERVER argv function default list array class mixed null callable call given server"
    " CONTEXT page known request args kwargs model method values"
).split()
TWO = (
    call("res.partner", "create", ({"name": "Ada"},), result=7),
    call("res.partner", "write", ([7], {"comment": "old"})),
)
VALUES = [
    *(
        2**53 + 1,
        2**63 - 1,
        2**63,
        -(2**63),
        -(10**30),
        -0.0,
        0,
        1.0,
        1.5,
        1e22,
        5e-324,
        float("inf"),
    ),
    *([], {}, [[]], [{}], {"0": 1}, {"1": {}, "0": []}, {"5": 1, "a": 2}, {"": {}}, {"\0a": 1}),
    *("0", "", "\ud83d", "$x {$y}", "?>", "<?php exit(3);"),
]
PAGE = (ROOT / "docs" / "php.md").read_text("utf-8")


def creating(folder: Path, values: dict[str, Any], *options: str) -> str:
    """A script that creates a partner from these values."""
    made = call("res.partner", "create", [values], result=7)
    return code(folder, "php", page(), made, options=options)


def test_fields_may_be_called_like_words_of_the_language(tmp_path: Path, stage: Stage) -> None:
    values = {name: f"value of {name}" for name in WORDS}
    stage.app = odoo = stub("php", 7)
    ran = run(creating(tmp_path, values), "php", variables(stage.url, "php"), "--write")
    assert (0, 7) == (ran.status, ran.printed), ran.said
    assert values == odoo.asked[0].args[0]


def test_every_value_and_key_arrives(tmp_path: Path, stage: Stage) -> None:
    args = [[7], VALUES, {"values": VALUES, "\ud83d": {}, "0": []}]
    entry = call("res.partner", "ponder", args, {"0": {}}, result=None)
    text = code(tmp_path, "php", page(), entry, options=("--verbatim",))
    stage.app = odoo = stub("php", None)
    ran = run(text, "php", variables(stage.url, "php"), "--write")
    assert (0, None) == (ran.status, ran.printed), ran.said
    assert json.dumps(args) == json.dumps(odoo.asked[0].args)
    assert {} == odoo.asked[0].kwargs["0"]


@pytest.mark.parametrize(
    "value", [[], {}, {"0": 1}, {"a": {}, "b": []}, 1.0, 2**63 - 1, "é/", None]
)
def test_an_answer_is_printed_as_it_came(value: Any, tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, "php", page(), call("res.partner", "ponder", [[7]], result=value))
    stage.app = stub("php", value)
    ran = run(text, "php", variables(stage.url, "php"), "--write")
    assert (0, json.dumps(value)) == (ran.status, json.dumps(ran.printed)), ran.said


def test_only_what_json_encode_cannot_write_brings_its_writer_along(tmp_path: Path) -> None:
    assert "toJson($request)" in creating(tmp_path, {"name": "x", "color": 2**63}, "--no-inputs")
    assert "toJson($request)" in creating(tmp_path, {"name": "\ud83d"}, "--no-inputs")
    plain = creating(tmp_path, {"name": "😀 \0", "color": 2**63 - 1}, "--no-inputs")
    assert "toJson" not in plain and "class Number" not in plain


def test_what_must_be_given_is_not_sent_as_nothing(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("php", 7)
    texts = {
        "searchPartnersByPhone()": code(tmp_path, "php", page(), search()),
        "createPartner(phone: 1)": creating(tmp_path, {"name": "x", "phone": "1"}),
        "createPartnerAndUpdatePartnerComment(name: 'x')": code(
            tmp_path, "php", page(), *TWO, options=("--flow",)
        ),
    }
    for then, text in texts.items():
        ran = run(text, "php", variables(stage.url, "php"), then=then)
        assert (1, True) == (ran.status, "argument" in ran.said.lower()), ran.said
    assert [] == odoo.asked


@pytest.mark.parametrize("answer", [[], [[]], {}, None, 8, [{"id": 1}]])
def test_an_answer_without_the_record_ends_it(answer: Any, tmp_path: Path, stage: Stage) -> None:
    copied = call("res.partner", "copy", [[7]], result=[8])
    write = call("res.partner", "write", [[8], {"name": "x"}])
    text = code(tmp_path, "php", page(), copied, write, options=("--flow",))
    stage.app = odoo = stub("php", lambda asked: answer)
    ran = run(text, "php", variables(stage.url, "php"), "--write")
    if isinstance(answer, list) and answer:
        assert [answer[0]] == odoo.asked[1].args[0]
    else:
        assert (1, "0 is missing") == (ran.status, ran.said)
        assert ["copy"] == [asked.method for asked in odoo.asked]


def test_where_nothing_is_given_an_empty_object_is_sent(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("php", 7)
    text = creating(tmp_path, {"name": "x", "phone": "1"})
    ran = run(text, "php", variables(stage.url, "php"), then="createPartner(null, phone: null)")
    assert (0, 7) == (ran.status, ran.printed), ran.said
    assert [{}] == odoo.asked[0].args


def test_required_it_does_nothing(tmp_path: Path, stage: Stage) -> None:
    stage.app = odoo = stub("php", 7)
    text = creating(tmp_path, {"name": "x"})
    ran = run(text, "php", variables(stage.url, "php"), "--write", then="7")
    assert (0, 7, []) == (ran.status, ran.printed, odoo.asked)


def test_it_runs_nothing_that_was_captured(tmp_path: Path, stage: Stage) -> None:
    evil = (
        "?><?php exit(3); */ exit(4); /* \u2028exit(5); ' . exit(6) . \" . exit(7) . {$x} ${y} \\"
    )
    entry = call("res.partner", "frobnicate", [[7], evil], {evil: evil}, result=evil)
    text = code(tmp_path, "php", page(db=evil, login=evil), entry, options=("--verbatim",))
    assert "\u2028" not in text
    stage.app = odoo = stub("php", evil)
    ran = run(text, "php", variables(stage.url, "php"), "--write")
    assert (0, evil) == (ran.status, ran.printed), ran.said
    sent = (*odoo.asked[0][2:4], odoo.asked[0].kwargs[evil])
    assert ("frobnicate", [[7], evil], evil) == sent


def test_no_server_is_told_in_one_line(tmp_path: Path) -> None:
    text = code(tmp_path, "php", page(), search())
    ran = run(text, "php", variables("http://127.0.0.1:9", "php"))
    assert 1 == ran.status
    assert ran.said.startswith("http://127.0.0.1:9: ") and "\n" not in ran.said


@pytest.mark.parametrize("body, words", [(b"<html>", "Syntax error"), (b"[]", "No error")])
def test_what_is_no_response_is_told(body: bytes, words: str, tmp_path: Path, stage: Stage) -> None:
    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    stage.app = app
    ran = run(code(tmp_path, "php", page(), search()), "php", variables(stage.url, "php"))
    assert 1 == ran.status and f"not an Odoo response (JSON: {words})" in ran.said
    assert "\n" not in ran.said


def test_a_caller_may_pass_any_text(tmp_path: Path, stage: Stage) -> None:
    text = code(tmp_path, "php", page(), search())
    stage.app = odoo = stub("php", [])
    evil = "'\"$x{$y}\\\n?>\u202e😀"
    ran = run(
        text,
        "php",
        variables(stage.url, "php"),
        then=in_php("search_partners_by_phone", {"phone": evil}),
    )
    assert 0 == ran.status, ran.said
    assert [[["phone", "ilike", evil]]] == odoo.asked[0].args


@pytest.mark.parametrize("sample, options, example", re.findall(
    r"<!-- php: (\S+) ?(.*?) -->\n```php\n(.*?)```", PAGE, re.DOTALL
))  # fmt: skip
def test_the_example_of_its_page(sample: str, options: str, example: str, stage: Stage) -> None:
    path = next((ROOT / "samples").glob(f"{sample}.har*"))
    text = product("convert", "-t", "php", *options.split(), path)
    said = []
    for refuses in (False, True):

        def answer(asked: Asked, refuses: bool = refuses) -> Any:
            if refuses:
                raise Refused("odoo.exceptions.UserError", "No.")
            return 1007 if asked.method == "create" else True

        stage.app = stub("php", answer)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, f"{re.findall('require .(.*).php', example)[0]}.php").write_text(
                text, "utf-8"
            )
            Path(folder, "own.php").write_text(example, "utf-8")
            ran = run_php("own.php", variables=variables(stage.url, "php"), folder=folder)
        assert (0, "") == (ran.returncode, ran.stderr)
        said.append(ran.stdout)
    assert ["order 1007\n", "Odoo says: odoo.exceptions.UserError: No.\n"] == said


def test_its_page_has_examples_and_the_readme_leads_to_it() -> None:
    assert "<!-- php: " in PAGE and "docs/php.md" in (ROOT / "README.md").read_text("utf-8")
