"""What the page asks and is answered, and that it says what the command line says."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from har_builder import ROOT, call, page, product, search, targets, views, written

from har2rpc import mock, open_capture
from har2rpc.page.messages import Page
from page.conversation import Talk, requests_alone

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


def test_requests_without_any_call_become_code_of_a_target_with_a_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    talk = Talk(requests_alone(tmp_path))
    assert [] == talk.opened["calls"] and "/report/download" in talk.opened["without_calls"]
    able = [one["name"] for one in talk.ask("targets")["targets"] if one["session"]]
    for target in able:
        view = talk.ask("convert", calls=[], target=target)
        assert product(*shlex.split(view["command"])[1:]) == view["text"]
        assert "sale.report_saleorder" in view["text"] and " -n " not in view["command"]
    refused = talk.error("convert", calls=[], target="python")
    assert able and "-t python-web" in refused


OVERRIDES = {
    "calls": {
        "1": {
            "of": "res.partner.web_search_read",
            "fields": ["id", "name"],
            "inputs": {
                "domain[0][2]": {"name": "number", "label": "Number"},
                "limit": {"keep": True},
                "offset": {"default": 5},
            },
        }
    },
    "custom_domain": True,
    "connection": "inputs",
}


@pytest.mark.parametrize("target", ["python", "locoia", "n8n", "curl"])
def test_what_is_set_is_a_file_that_the_shown_command_line_takes(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    talk = Talk(written(tmp_path, search(), name="a b.har"))
    view = talk.ask("convert", calls=[1], target=target, overrides=OVERRIDES)
    assert "number" in view["text"] and "--overrides overrides.json" in view["command"]
    Path("overrides.json").write_text(json.dumps(OVERRIDES))
    assert product(*shlex.split(view["command"])[1:]) == view["text"]


def test_overrides_that_are_none_or_of_another_capture_are_refused(tmp_path: Path) -> None:
    talk = Talk(written(tmp_path, search()))
    for overrides in (
        {"cals": {}},
        {"calls": {"1": {"of": "sale.order.write"}}},
        {"calls": {"1": {"inputs": {"nothing": {"name": "x"}}}}},
        {"calls": {"1": {"inputs": {"limit": {"name": "not a name"}}}}},
        "x",
    ):
        assert talk.error("convert", calls=[1], target="python", overrides=overrides)
    assert OVERRIDES == talk.ask("overrides", text=json.dumps(OVERRIDES))["overrides"]
    assert "my.json: is not valid JSON" in talk.error("overrides", name="my.json", text="{")


def test_the_values_of_a_call_are_told_with_what_becomes_of_them(tmp_path: Path) -> None:
    fields = {
        "phone": {"string": "Phone", "type": "char"},
        "vat": {"string": "Tax ID", "type": "char"},
    }
    talk = Talk(written(tmp_path, views("res.partner", fields), search()))
    told = talk.ask("values", n=2)
    values = {value["path"]: value for value in told["values"]}
    assert {"domain[0][2]", "limit", "offset"} == set(values)
    phone = values["domain[0][2]"]
    assert ('"555"', "input", "Phone") == (
        phone["recorded"],
        phone["becomes"],
        phone["input"]["label"],
    )
    assert ["name", "phone"] == told["fields"]
    assert {"name": "vat", "label": "Tax ID"} in told["known_fields"]
    calls = {"2": {"inputs": {"limit": {"keep": True}, "domain[0][2]": {"label": "Number"}}}}
    values = {
        value["path"]: value
        for value in talk.ask("values", n=2, overrides={"calls": calls})["values"]
    }
    assert ("literal", "Number") == (
        values["limit"]["becomes"],
        values["domain[0][2]"]["input"]["label"],
    )


def test_values_of_a_form_are_told_with_their_reasons_and_each_can_become_an_input() -> None:
    sample = ROOT / "samples" / "odoo19-chrome-create_and_confirm_sale_order.har"
    talk = Talk(sample)
    told = talk.ask("values", n=20)
    assert told["fields"] is None
    becomes = {value["becomes"] for value in told["values"]}
    assert {"input", "nothing"} == becomes and all(value["reason"] for value in told["values"])
    dropped = [value["path"] for value in told["values"] if value["becomes"] == "nothing"]
    assert dropped
    for path in dropped:
        calls = {"20": {"inputs": {path: {"name": "mine"}}}}
        view = talk.ask("convert", calls=[20], target="python", overrides={"calls": calls})
        assert "mine" in view["text"], path


def test_colors_come_piece_by_piece() -> None:
    talk = Talk()
    reply = talk.ask("highlight", text='x = f("a", 1)\n' * 5000, language="py")
    counts = [len(reply["spans"])]
    while reply["more"]:
        reply = talk.ask("highlight")
        counts.append(len(reply["spans"]))
    assert 10_000 == sum(counts) and max(counts) < 4_000  # "a" and 1
    assert {"spans": [], "more": False} == talk.ask("highlight")


def test_boxes_to_paste_come_with_a_target_that_is_pasted(tmp_path: Path) -> None:
    talk = Talk(written(tmp_path, page(), search()))
    assert talk.ask("convert", calls=[1], target="python")["sheet"] is None
    sheet = talk.ask("convert", calls=[1], target="locoia")["sheet"]
    assert ["The connector, once", "Search Partners by Phone", "Search Partners by Custom"] == [
        part["title"] for part in sheet["parts"]
    ]


def test_boxes_come_before_the_text_behind_them(tmp_path: Path) -> None:
    talk = Talk(written(tmp_path, page(), search()))
    boxes = talk.ask("convert", calls=[1], target="locoia", boxes_first=True)
    whole = talk.ask("convert", calls=[1], target="locoia")
    assert boxes["text"] is None and whole["text"] and {**boxes, "text": whole["text"]} == whole
    assert talk.ask("convert", calls=[1], target="python", boxes_first=True)["text"]


def test_code_is_run_against_the_capture_and_not_in_a_tab(tmp_path: Path) -> None:
    path = written(tmp_path, page(), search())
    assert "har2rpc ui can" in Talk(path).error("verify", calls=[1], target="python")
    talk = Talk(path, runs=True)
    inputs = {"domain[0][2]": {"name": "number", "default": "556"}, "limit": {"keep": True}}
    overrides = {"calls": {"1": {"inputs": inputs}}, "connection": "inputs"}
    run = {"calls": [1], "target": "python", "overrides": overrides}
    assert '"556"' in talk.ask("convert", **run)["text"]
    (verdict,) = talk.ask("verify", **run)["verdicts"]
    assert "same" == verdict["status"], verdict
    fields = {"calls": {"1": {"fields": ["id"]}}}
    (verdict,) = talk.ask("verify", calls=[1], target="python", overrides=fields)["verdicts"]
    assert "same" != verdict["status"], "what is set does not reach the code that is run"
    assert "fill in the address" in talk.error(
        "verify", calls=[1], target="python", server={"db": "x"}
    )


def test_what_writes_on_a_live_server_is_named_and_needs_consent(tmp_path: Path) -> None:
    capture = open_capture(
        [written(tmp_path, page(), call("res.partner", "write", ([1], {"name": "A"})))]
    )
    with mock(capture) as (odoo, variables):
        talk = Talk(tmp_path / "small.har", runs=True)
        (change,) = talk.ask("changes", calls=[1])["changes"]
        assert "res.partner.write" in change
        server = {key: variables[f"ODOO_{key.upper()}"] for key in ("url", "db", "login")}
        server["key"] = variables["ODOO_API_KEY"]
        run = {"calls": [1], "target": "python", "server": server}
        for writes in (False, "yes", 1, None):
            (verdict,) = talk.ask("verify", **run, writes=writes)["verdicts"]
            assert "skipped" == verdict["status"]
        assert not [request for request in odoo.received if request.method == "write"]
        (verdict,) = talk.ask("verify", **run, writes=True)["verdicts"]
        assert "same" == verdict["status"], verdict


def test_another_target_is_of_the_same_steps_and_another_capture_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from har2rpc.pipeline import conversion

    made: list[object] = []
    usual = conversion.actions
    monkeypatch.setattr(conversion, "actions", lambda *args: made.append(args) or usual(*args))
    talk = Talk(written(tmp_path, search()))
    for target in ("python", "n8n", "curl"):
        talk.ask("convert", calls=[1], target=target)
    assert 1 == len(made)
    talk.ask("convert", calls=[1], target="curl", overrides={"connection": "inputs"})
    assert 2 == len(made)
    other = written(tmp_path, search(domain=[["name", "=", "x"]]), name="other.har")
    talk.ask("open", sources=[other])
    assert "name" in talk.ask("convert", calls=[1], target="curl")["file_name"]
    assert 3 == len(made)


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
    assert "no call is selected" in opened.error("convert", calls=[], target="python")
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


@pytest.mark.parametrize(
    ("reported", "checked_for"),
    [("16.0", "16"), ("saas~17.4", "17"), ("19.0", "19"), ("9.0", "19"), (None, "19")],
)
def test_a_domain_is_checked_for_the_version_of_the_open_capture(
    tmp_path: Path, reported: str | None, checked_for: str
) -> None:
    first = page(server_version=reported) if reported else page()
    entries = [first, call("res.partner", "read", ([1], ["name"]))]
    talk = Talk(written(tmp_path, *(entries if reported else entries[1:])))
    explained = talk.ask("domain", text="[('parent_id', 'any', [('name', '=', 'x')])]")
    assert (checked_for, checked_for != "16") == (explained["odoo"], explained["accepted"])
    assert "14" == talk.ask("domain", text="[]", odoo="14")["odoo"]


def test_every_target_is_told() -> None:
    told = Talk().ask("targets")["targets"]
    assert targets() == sorted(target["name"] for target in told)
    assert {True, False} == {target["flows"] for target in told}


def test_what_is_prepared_is_imported_before_it_is_asked_for() -> None:
    script = """import sys
from har2rpc.page.messages import Page
page = Page()
page.answer('{"do": "targets"}')
assert "jinja2" not in sys.modules
print(page.answer('{"do": "prepare"}'), page.answer('{"do": "prepare", "target": "python"}'))
before = set(sys.modules)
page.answer('{"do": "open", "sources": ["%s"]}')
page.answer('{"do": "convert", "calls": [5], "target": "python"}')
print(*(name for name in set(sys.modules) - before if name.startswith("har2rpc")))""" % (
        ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    prepared, missed = done.stdout.splitlines()
    assert "{} {}" == prepared and len(missed.split()) < 25, done.stdout + done.stderr


def test_preparing_calls_changes_no_answer_and_reads_their_answers_beforehand() -> None:
    path = ROOT / "samples" / "odoo19-chrome-create_and_confirm_sale_order.har"
    plain, prepared = Talk(path), Talk(path)
    numbers = [row["n"] for row in plain.opened["calls"] if row["ticked"]]
    assert {} == prepared.ask("prepare", calls=numbers)
    asked = {"calls": numbers, "target": "python", "flow": True}
    assert plain.ask("convert", **asked) == prepared.ask("convert", **asked)
    assert "nothing is open" in Talk().error("prepare", calls=[1])


def test_the_sample_of_a_box_is_rendered_when_it_is_asked_for() -> None:
    path = ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"
    talk = Talk(path)
    sheet = talk.ask("convert", calls=[5], target="locoia")["sheet"]
    boxes = [box for part in sheet["parts"] for box in part["boxes"] if box["sample"] is not None]
    assert boxes and {""} == {box["rendered"] for box in boxes}
    printed = product("convert", "-t", "locoia", "--sheet", "-n", "5", path)
    for box in boxes:
        text = talk.ask("rendered", text=box["text"], sample=box["sample"])["text"]
        assert json.loads(text)["jsonrpc"] == "2.0" and text in printed
    assert "gives no JSON" in talk.error("rendered", text="{{ x }", sample={})
