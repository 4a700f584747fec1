"""`whoami --json` and a table made by looking into every capture of the collection."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from plain_walk import walk

from har2rpc.cli import cli

CAPTURES = Path(__file__).resolve().parent.parent.parent / "shared" / "captures"
EXPECTED = json.loads(Path(__file__).with_name("whoami_expected.json").read_text("utf-8"))
EXACT = ("url", "uid", "db", "login", "server_version")
WHERE_KNOWN = ("name", "lang", "tz", "company_ids")

needs_captures = pytest.mark.skipif(
    not CAPTURES.is_dir(), reason="the collection of captures is not here: nothing was compared"
)


@needs_captures
def test_the_table_holds_every_capture() -> None:
    there = {
        path.relative_to(CAPTURES).as_posix()
        for path in CAPTURES.rglob("*")
        if path.suffix in (".har", ".zip")
    }
    assert set(EXPECTED) == there


@needs_captures
@pytest.mark.parametrize("name", EXPECTED)
def test_whoami(name: str) -> None:
    expected, actual = EXPECTED[name], whoami(CAPTURES / name)
    assert {key: expected[key] for key in EXACT} == {key: actual[key] for key in EXACT}
    known = [key for key in WHERE_KNOWN if expected[key] is not None]
    assert {key: expected[key] for key in known} == {key: actual[key] for key in known}


@needs_captures
@pytest.mark.parametrize("name", EXPECTED)
def test_every_fact_says_where_it_was_found(name: str) -> None:
    actual = whoami(CAPTURES / name)
    facts = {key for key in EXACT + WHERE_KNOWN if actual[key] is not None}
    assert facts == set(actual["found_in"])
    file = Path(name).name
    assert [] == [key for key in facts if f"{file}#" not in actual["found_in"][key]]
    assert set() == facts & set(actual["perhaps"]), "a guess stands apart from the facts"


@needs_captures
@pytest.mark.parametrize("name", EXPECTED)
def test_users_are_told_with_their_calls(name: str) -> None:
    counted = Counter(call["uid"] for call in walk(CAPTURES / name) if call["uid"] is not None)
    expected = [{"uid": uid, "calls": calls} for uid, calls in counted.most_common()]
    assert expected == whoami(CAPTURES / name)["users"]


def whoami(path: Path) -> dict[str, Any]:
    run = CliRunner().invoke(cli, ["whoami", "--json", str(path)])
    assert 0 == run.exit_code, run.stderr or repr(run.exception)
    return json.loads(run.stdout)
