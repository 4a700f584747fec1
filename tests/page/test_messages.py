"""What the page asks and is answered, and that it says what the command line says."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from har_builder import ROOT, call, page, product, search, targets, views, written

from har2rpc.page.messages import Page
from page.conversation import Talk

SAMPLES = sorted((ROOT / "samples").glob("*.[hz]*"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_shown_command_line_prints_the_text_of_the_page(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample.parent)
    talk = Talk(sample)
    ticked = [row["n"] for row in talk.opened["calls"] if row["ticked"]]
    turn = SAMPLES.index(sample)  # another part of the targets with each sample
    for target in targets()[turn % 5 :: 5]:
        for flow in (False, True):
            view = talk.ask("convert", calls=ticked, target=target, flow=flow)
            assert product(*shlex.split(view["command"])[1:]) == view["text"], view["command"]


def test_overrides_are_options_of_the_shown_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    talk = Talk(written(tmp_path, search(), name="a b.har"))
    overrides = {"inputs": {"1:domain[0][2]": "number"}, "keep": ["1:limit"]}
    view = talk.ask("convert", calls=[1], target="python", **overrides)
    assert "(number, *, offset=0)" in view["text"]
    assert product(*shlex.split(view["command"])[1:]) == view["text"]
    error = talk.error("convert", calls=[1], target="python", inputs={"1:nothing": "x"})
    assert "has no such value" in error


def test_an_open_capture_is_told_with_its_facts_and_rows(tmp_path: Path) -> None:
    fields = {"phone": {"string": "Phone", "type": "char"}}
    opened = Talk(
        written(
            tmp_path,
            page(),
            views("res.partner", fields),
            search(domain=[["customer_rank", ">", 0]]),
            search(),
        )
    ).opened
    assert ["small.har"] == opened["files"]
    facts = {fact["key"]: fact for fact in opened["sessions"][0]["facts"]}
    assert ("2", "small.har#1, session info in the page") == (
        facts["uid"]["value"],
        facts["uid"]["found_in"],
    )
    rows = opened["calls"]
    assert ["noise", "read", "read"] == [row["kind"] for row in rows]
    assert [False, True, False] == [row["landing"] for row in rows]
    assert [False, False, True] == [row["ticked"] for row in rows]
    assert rows[0]["noise_rule"]


def test_the_unknown_says_how_it_is_found(tmp_path: Path) -> None:
    opened = Talk(written(tmp_path, search())).opened
    facts = {fact["key"]: fact for fact in opened["sessions"][0]["facts"]}
    assert facts["db"]["value"] is None and "debug=1" in facts["db"]["how"]
    assert "17 or later" in facts["server_version"]["guess"]


def test_a_single_landing_list_is_ticked_as_there_is_nothing_else(tmp_path: Path) -> None:
    assert [True] == [
        row["ticked"] for row in Talk(written(tmp_path, search(domain=[]))).opened["calls"]
    ]


def test_an_answer_is_masked_and_bounded(tmp_path: Path) -> None:
    secret = search()
    long = call("res.partner", "read", ([1], ["x"]), result=[{"id": 1, "x": "y" * 50_000}])
    token = call("res.users", "read", ([1], ["api_key"]), result=[{"id": 1, "api_key": "s3cret"}])
    talk = Talk(written(tmp_path, secret, long, token))
    cut = talk.ask("answered", n=2)
    assert cut["cut"] and 20_000 == len(cut["text"]) < cut["size"]
    masked = talk.ask("answered", n=3)
    assert "s3cret" not in masked["text"] and "***" in masked["text"]


def test_refusals_are_sentences(tmp_path: Path) -> None:
    talk = Talk()
    assert "nothing is open" in talk.error("convert", calls=[1], target="python")
    assert "no message is called" in talk.error("__class__")
    assert "there is no such file" in talk.error("open", sources=[str(tmp_path / "none.har")])
    opened = Talk(written(tmp_path, search()))
    assert "no call is ticked" in opened.error("convert", calls=[], target="python")
    assert "no target 'cobol'" in opened.error("convert", calls=[1], target="cobol")
    for text in ("", "[]", "{}", '"x"', '{"do": ["open"]}', '{"do": "open"}'):
        assert "error" in json.loads(Page().answer(text))


def test_a_failed_opening_leaves_nothing_of_the_capture_before(tmp_path: Path) -> None:
    talk = Talk(written(tmp_path, search()))
    talk.error("open", sources=[str(tmp_path / "none.har")])
    assert "nothing is open" in talk.error("convert", calls=[1], target="python")


def test_a_redacted_copy_is_written(tmp_path: Path) -> None:
    entry = search()
    entry["request"]["headers"] = [{"name": "Cookie", "value": "session_id=0123456789abcdef"}]
    talk = Talk(written(tmp_path, entry))
    report = talk.ask("redact", output=str(tmp_path))
    assert report["removed"] and ["small-redacted.har"] == report["written"]
    assert "0123456789abcdef" not in (tmp_path / "small-redacted.har").read_text()


def test_of_two_captures_of_one_name_two_are_written(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    sources = [written(tmp_path / folder, search()) for folder in ("a", "b")]
    report = Talk(*sources).ask("redact", output=str(tmp_path))
    assert ["small-redacted.har", "small-redacted-2.har"] == report["written"]


def test_of_several_servers_it_is_about_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    other = search()
    other["request"]["url"] = other["request"]["url"].replace("odoo.example", "two.example")
    talk = Talk(written(tmp_path, search(), other))
    assert 2 == len(talk.opened["servers"]) and [1] == [row["n"] for row in talk.opened["calls"]]
    second = talk.ask("part", server=talk.opened["servers"][1])
    assert [2] == [row["n"] for row in second["calls"]]
    view = talk.ask("convert", calls=[2], target="python")
    assert "--server" in view["command"] and "two.example" in view["text"]
    assert product(*shlex.split(view["command"])[1:]) == view["text"]


def test_of_several_users_one_is_chosen(tmp_path: Path) -> None:
    talk = Talk(written(tmp_path, search(), call("res.partner", "write", ([1], {}), uid=7)))
    assert [2, 7] == [user["uid"] for user in talk.opened["sessions"][0]["users"]]
    part = talk.ask("part", user=7)
    assert [2] == [row["n"] for row in part["calls"]]
    assert [2, 7] == [user["uid"] for user in part["sessions"][0]["users"]]


def test_a_domain_is_explained() -> None:
    explained = Talk().ask("domain", text="[('phone', 'ilike', '555')]")
    assert '[["phone", "ilike", "555"]]' == explained["json"] and "555" in explained["words"]
    assert "error" in json.loads(Page().answer('{"do": "domain", "text": "[[["}'))


def test_every_target_is_told() -> None:
    told = Talk().ask("targets")["targets"]
    assert targets() == sorted(target["name"] for target in told)
    assert {True, False} == {target["flows"] for target in told}
