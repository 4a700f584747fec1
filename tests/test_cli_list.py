"""`list -v` and `-vv`: why a call is noise, what becomes of each value of a saved form; plain `list` converts nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from har_builder import CAPTURES, ROOT, call, views, written

from har2rpc import pipeline

FIELDS = {"login": {"type": "char"}, "password": {"type": "char"}, "note": {"type": "html"}}
VALUES = {"login": "ada", "password": "hunter2", "note": "long " * 100, "active": True}
FILES = sorted([*(ROOT / "samples").glob("*.har"), *CAPTURES.rglob("*.har")])


def har2rpc(*args: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "har2rpc", *args], capture_output=True, text=True, cwd=ROOT
    )
    assert 0 == run.returncode, run.stderr
    return run.stdout


@pytest.fixture
def capture(tmp_path: Path) -> str:
    """The form of a user: its opening, a login that was typed, a save with a password and a long text."""
    return written(
        tmp_path,
        views("res.users", FIELDS),
        call(
            "res.users", "onchange", ([], {}, [], {"login": {}}), result={"value": {"active": True}}
        ),
        call("res.users", "onchange", ([], {}, ["login"], {"login": {}}), result={"value": {}}),
        call("res.users", "web_save", ([], VALUES), result=[{"id": 9}]),
    )


def rows(*args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(har2rpc("list", "--json", *args))
    return found


def test_the_decision_on_every_value_with_its_reason_and_its_call(capture: str) -> None:
    (save,) = rows("-vv", capture)
    decisions = {one["path"]: one for one in save["decisions"]}
    assert [f"4:vals.{name}" for name in VALUES] == list(decisions)
    assert {
        "path": "4:vals.login",
        "recorded": "ada",
        "becomes": "input",
        "reason": "typed or picked (call 3)",
        "call": 3,
    } == decisions["4:vals.login"]
    assert ("nothing", "the form's default", 2) == tuple(
        decisions["4:vals.active"][key] for key in ("becomes", "reason", "call")
    )
    assert "***" == decisions["4:vals.password"]["recorded"]
    assert decisions["4:vals.note"]["recorded"].endswith("…")


def test_people_read_the_same(capture: str) -> None:
    text = har2rpc("list", "-vv", capture)
    assert "sent as input" in text and "not sent" in text
    assert "the form's default (call 2)" in text
    assert "hunter2" not in text and VALUES["note"] not in text


def test_lines_are_sent_one_by_one_and_what_follows_names_the_call_of_its_source(
    tmp_path: Path,
) -> None:
    spec = {"order_line": {"fields": {"product_id": {}, "product_template_id": {}}}}
    line = {"product_id": 5, "product_template_id": 4}
    path = written(
        tmp_path,
        call("sale.order", "onchange", ([], {}, [], spec), result={"value": {"order_line": []}}),
        call("sale.order.line", "onchange", ([], {}, [], {}), result={"value": line}),
        call("sale.order.line", "onchange", ([], line, ["product_id"], {}), result={"value": {}}),
        call(
            "sale.order.line",
            "onchange",
            ([], line, ["product_template_id"], {}),
            result={"value": {}},
        ),
        call("sale.order", "web_save", ([], {"order_line": [[0, "virtual_1", line]]}), result=[]),
    )
    text = har2rpc("list", "-vv", path)
    (lines,) = [row for row in text.splitlines() if "5:vals.order_line " in row]
    assert "sent, line by line" in lines
    (follows,) = [row for row in text.splitlines() if "].product_template_id" in row]
    assert "not sent" in follows and "Odoo sets it with product_id (call 3)" in follows


def test_decisions_with_vv_and_rules_with_v_alone(capture: str) -> None:
    (plain,), (verbose,) = rows(capture), rows("-v", capture)
    assert {"inputs", "noise_rule", "decisions"}.isdisjoint(plain)
    assert {"inputs", "noise_rule"} <= verbose.keys() and "decisions" not in verbose


def test_which_rule_made_a_call_noise(capture: str) -> None:
    listed = rows("--all", "-v", capture)
    assert 4 == len(listed) and listed[-1]["noise_rule"] is None
    assert {"a method that the client calls for itself (views, rights, chatter)"} == {
        row["noise_rule"] for row in listed[:-1]
    }
    assert "calls for itself" in har2rpc("list", "--all", "-v", capture)
    assert "calls for itself" not in har2rpc("list", "--all", capture)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_noise_and_nothing_else_has_a_rule(path: Path) -> None:
    calls = pipeline.open_capture([path]).calls
    assert [] == [call.n for call in calls if bool(call.noise_rule) != (call.kind == "noise")]


def test_a_plain_list_loads_nothing_that_converts_renders_or_proves(capture: str) -> None:
    code = (
        "import sys; from har2rpc.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, "list", "--json", capture],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    loaded = run.stderr.split()
    assert "har2rpc.pipeline.loading" in loaded
    heavy = ("converting", "rendering", "proving")
    assert [] == [name for name in loaded if name.split(".")[1:2] and name.split(".")[1] in heavy]
