"""`har2rpc domain`: what is printed, what goes to stderr, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from har_builder import product, run

ABC = '[["name","=","ABC"],"!",["language.code","=","en_US"]]'


def test_a_domain_is_said_checked_and_written_twice() -> None:
    lines = product("domain", ABC).splitlines()
    assert 'name is "ABC" and not (language code is "en_US")' == lines[0]
    assert "Odoo 19  accepts it, as 12 to 18 do" in lines
    assert 'JSON     [["name", "=", "ABC"], "!", ["language.code", "=", "en_US"]]' in lines
    assert "Python   [('name', '=', 'ABC'), '!', ('language.code', '=', 'en_US')]" in lines
    assert lines[-1].startswith("=  ") and '"dog" finds dog' in lines[-1]


def test_python_a_file_and_standard_input_are_the_same(tmp_path: Path) -> None:
    said = product("domain", ABC)
    python = "[('name', '=', 'ABC'), '!', ('language.code', '=', 'en_US')]"
    file = tmp_path / "domain.txt"
    file.write_text(f"{python}\n", "utf-8")
    assert said == product("domain", python) == product("domain", file)
    assert said == run("domain", "-", stdin=ABC).stdout


def test_a_refused_domain_is_exit_code_1_with_nothing_on_stdout() -> None:
    result = run("domain", '["name", "=", "x"]')
    assert (1, "") == (result.exit_code, result.stdout)
    refused, meant = result.stderr.splitlines()
    assert "Odoo 19 refuses it: this is a single term" in refused
    assert meant.endswith('did you mean [["name", "=", "x"]]')


def test_what_is_likely_not_meant_is_a_warning() -> None:
    result = run("domain", '[["country_id", "=", "Belgium"], ["name", "ilike", "a%"]]')
    assert 0 == result.exit_code and result.stdout
    assert [line.partition(":")[2][:8] for line in result.stderr.splitlines()] == [
        " item 1:",
        " item 2:",
    ]


def test_the_version_decides() -> None:
    domain = '[["child_ids", "any", [["active", "=", true]]]]'
    assert "accepts it, as 17 to 18 do" in product("domain", domain)
    result = run("domain", "--odoo", "14.0", domain)
    assert 1 == result.exit_code and "'any' exists from Odoo 17 on" in result.stderr
    assert "Odoo 17.4" in product("domain", "--odoo", "saas~17.4", domain)
    assert "not known here" in product("domain", "--odoo", "20", domain)
    for wrong in ("9", "eleven", "17.x"):
        result = run("domain", "--odoo", wrong, domain)
        assert 2 == result.exit_code and "12 to 19" in result.stderr


def test_json_tells_it_all() -> None:
    told = json.loads(product("domain", "--json", '[["name", "=like", "d%"]]'))
    assert {"odoo", "accepted", "accepted_by", "words", "json", "python", "mistakes"} < set(told)
    assert told["accepted"] and 8 == len(told["accepted_by"])
    assert {"dog": ["dog"], "%dog": ["dog", "bulldog"]} == told["operators"]["=like"]["finds"]
    result = run("domain", "--json", '["|", ["a", "=", 1]]')
    told = json.loads(result.stdout)
    assert 1 == result.exit_code and not told["accepted"] and [] == told["accepted_by"]
    (mistake,) = told["mistakes"]
    assert "too few operands" == mistake["name"] and [["a", "=", 1]] == mistake["instead"]


HOSTILE = {
    "deep": "[" * 100_000,
    "deep Python": "(" * 100_000,
    "no end of prefixes": json.dumps(["!"] * 50_000 + [["a", "=", 1]]),
    "a wide or": json.dumps(["|"] * 20_000 + [["a", "=", 1]] * 20_001),
    "all wrong": json.dumps([["a"]] * 50_000),
    "a long list": json.dumps([["a", "in", list(range(100_000))]]),
    "control characters": '[["a\\u001b[31m", "=", "\\u009b\\u202e\\ud800"]]',
    "code": "[('a', '=', open('/etc/passwd').read())]",
    "nothing": " ",
    "half": '[["a", "=", ',
    "a name of no file": "no/such/file.json",
    "a very long name": "x" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_domains_are_answered_in_sentences(text: str) -> None:
    for more in ([], ["--json"]):
        result = run("domain", *more, "-", stdin=text) if text.strip() else run("domain", text)
        assert result.exit_code in (0, 1)
        assert all(
            line.startswith("har2rpc: ") and len(line) < 400 for line in result.stderr.splitlines()
        )
        assert result.stdout if result.exit_code == 0 else result.stderr or more
        if not more:
            assert all(line.isprintable() for line in result.output.splitlines())


@pytest.mark.parametrize("text", [b"\xff[]", b"\x80"])
def test_what_is_no_text_is_refused(text: bytes) -> None:
    result = run("domain", "-", stdin=text)
    assert 1 == result.exit_code and "not UTF-8 text" in result.stderr


def test_a_file_that_is_not_there_is_said_to_be() -> None:
    result = run("domain", "no/such/file.json")
    assert 1 == result.exit_code and "No such file" in result.stderr
