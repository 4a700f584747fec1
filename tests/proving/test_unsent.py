"""`verify` names what a save leaves out, and counts it as different where the form did not have it by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, call, page, run, written

from har2rpc.converting.parameterize import decisions
from har2rpc.model import Decision

OPENING = call("sale.order", "onchange", ([], {}, [], {}), result={"value": {"warehouse_id": 1}})
SAVE = call(
    "sale.order",
    "web_save",
    ([], {"partner_id": 7, "warehouse_id": 1, "note": "n", "discount": 3.5}),
    {"specification": {}},
    result=[{"id": 41}],
)


def verified(folder: Path, *entries: dict[str, Any], options: tuple[str, ...] = ()) -> Any:
    """The exit code, and the verdict on the one save."""
    result = run("verify", "--json", "--writes", *options, written(folder, page(), *entries))
    assert result.exit_code in (0, 1), result.stderr
    [verdict] = json.loads(result.stdout)
    return result.exit_code, verdict


@pytest.fixture
def leaves_out(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes convert leave out fields, as a fault in its rules would."""
    decide = decisions._Record.decide

    def of(*names: str) -> None:
        def without(record: Any, name: str) -> Decision:
            if name in names and not record.is_overridden(name):
                return record._left(name, "default", "a fault")
            return decide(record, name)

        monkeypatch.setattr(decisions._Record, "decide", without)

    return of


def test_what_the_form_had_by_itself_is_named_and_is_no_difference(tmp_path: Path) -> None:
    code, verdict = verified(tmp_path, OPENING, SAVE)
    assert (0, "same") == (code, verdict["status"])
    assert "same answer; 1 value not sent: warehouse_id" == verdict["why"]
    reason = "the form had it (call 1)"
    assert [{"path": "vals.warehouse_id", "recorded": 1, "reason": reason}] == verdict["unsent"]


@pytest.mark.parametrize("target", ["python", "curl", "python-json2"])
def test_what_nothing_explains_is_different(tmp_path: Path, leaves_out: Any, target: str) -> None:
    leaves_out("note", "discount")
    code, verdict = verified(tmp_path, OPENING, SAVE, options=("-t", target))
    assert (1, "different") == (code, verdict["status"])
    assert "same answer; 3 values not sent: note, discount, warehouse_id" == verdict["why"]
    assert {"vals.note: nothing, recorded 'n'", "vals.discount: nothing, recorded 3.5"} == {
        each["said"] for each in verdict["differences"]
    }
    assert {"vals.note": "", "vals.discount": ""}.items() <= {
        each["path"]: each["reason"] for each in verdict["unsent"]
    }.items()


def test_an_override_sends_it(tmp_path: Path, leaves_out: Any) -> None:
    leaves_out("note", "discount")
    options = ("--keep", "2:vals.note", "--input", "2:vals.discount=reduction")
    code, verdict = verified(tmp_path, OPENING, SAVE, options=options)
    assert (0, "same") == (code, verdict["status"])
    assert "same answer; 1 value not sent: warehouse_id" == verdict["why"]


def test_an_override_that_names_nothing_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, page(), OPENING, SAVE)
    result = run("verify", "--json", "--writes", "--keep", "2:vals.nothing", path)
    assert 1 == result.exit_code and "2:vals.nothing" in result.stderr


def test_nothing_is_said_where_all_was_sent(tmp_path: Path) -> None:
    code, verdict = verified(tmp_path, OPENING, SAVE, options=("--verbatim",))
    assert (0, "same", "", []) == (code, *(verdict[key] for key in ("status", "why", "unsent")))


def test_people_read_the_names(tmp_path: Path, leaves_out: Any) -> None:
    leaves_out("note")
    result = run("verify", "--writes", written(tmp_path, page(), OPENING, SAVE))
    assert "same answer; 2 values not sent: note, warehouse_id" in result.stdout
    assert "vals.note: nothing, recorded 'n'" in result.stdout and "1 different" in result.stdout


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.har")), ids=lambda p: p.stem)
def test_of_our_samples_nothing_is_lost(sample: Path) -> None:
    from har2rpc import pipeline
    from har2rpc.odoo import call_args
    from har2rpc.odoo.form_answers import FormAnswers
    from har2rpc.proving.mock.saves import save_in
    from har2rpc.proving.unsent import compare_sending

    capture = pipeline.open_capture([sample])
    forms = FormAnswers(capture.calls, 18)
    for one in pipeline.select(capture):
        if not call_args.saved_values(one):
            continue
        [action] = pipeline.actions(capture, [one])
        args = pipeline.recorded_server.sent_value(action.args, action.runs[0])
        save = save_in(action.method, args, {})
        assert save is not None
        assert () == compare_sending(one, save.values, forms, action.form).differences
