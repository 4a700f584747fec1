"""One decision per form value, with its reason: on every capture, and the same as what is sent."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import CAPTURES, ROOT, call, views

from har2rpc import pipeline
from har2rpc.converting.build import build_drafts
from har2rpc.converting.draft import Draft
from har2rpc.converting.paths import walk_paths
from har2rpc.model import Call, Capture, ConvertOptions, Decision, Following, Input
from har2rpc.model.values import inputs_in
from har2rpc.odoo.call_args import saved_values

from .actions_of import capture_of

FILES = sorted([*(ROOT / "samples").glob("*.har"), *CAPTURES.rglob("*.har")])
FIELDS = {
    "name": {"type": "char", "required": True},
    "user_id": {"type": "many2one", "relation": "res.users"},
    "note": {"type": "text"},
    "amount": {"type": "float"},
}


def saves(capture: Capture) -> list[Call]:
    return [
        call
        for call in capture.calls
        if isinstance(saved_values(call), dict) and saved_values(call)
    ]


def onchange(names: list[str], **value: Any) -> dict[str, Any]:
    args = ([], {}, names, {"name": {}})
    return call("crm.lead", "onchange", args, result={"value": value})


def decided(*entries: dict[str, Any], **options: Any) -> dict[str, Decision]:
    capture = capture_of(views("crm.lead", FIELDS), *entries)
    (draft,) = build_drafts(capture, [capture.calls[-1]], ConvertOptions(**options))
    return {decision.path: decision for decision in draft.decisions}


def form(**more: Any) -> tuple[dict[str, Any], ...]:
    """A form that opened with a user and an amount, in which a name was typed, and which computed a note."""
    values = {"name": "Ada", "user_id": 2, "note": "x", "amount": 0, **more}
    return (
        onchange([], user_id={"id": 2, "display_name": "Mitchell"}, amount=5),
        onchange(["name"], note="x"),
        call("crm.lead", "web_save", ([], values), result=[{"id": 9}]),
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_decisions_say_what_is_sent(path: Any) -> None:
    capture = pipeline.open_capture([path])
    for save in saves(capture):
        for options in (ConvertOptions(), ConvertOptions(keep_all=True)):
            for draft in build_drafts(capture, [save], options):
                check(draft)


def check(draft: Draft) -> None:
    if not draft.decisions:
        return
    sent = {path: value for path, _, value in walk_paths(draft)}
    for decision in draft.decisions:
        assert decision.reason, decision
        is_left_out = decision.becomes in ("nothing", "form")
        assert is_left_out == (decision.path not in sent), decision
        assert decision.becomes != "form" or draft.form, decision
        if decision.becomes == "literal":
            value = sent[decision.path]
            if decision.follows and isinstance(value, Following):
                assert value.source.why and value.recorded == value.source.example
                value = value.value
            assert not [param for param in inputs_in(value) if param.type != "secret"]
        elif decision.becomes == "input" and not isinstance(decision.value, list):
            assert isinstance(sent[decision.path], Input), decision


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_recorded_value_is_decided_about_once(path: Any) -> None:
    capture = pipeline.open_capture([path])
    for save in saves(capture):
        decisions = pipeline.find_decisions(capture, [save])[save.n]
        paths = [decision.path for decision in decisions]
        assert len(set(paths)) == len(paths)
        of_record = [
            decision.name
            for decision in decisions
            if decision.path.count(".") == 1 and "[" not in decision.path
        ]
        assert sorted(of_record) == sorted(saved_values(save)), save.where


def test_each_value_has_its_reason_and_the_call_that_tells_it() -> None:
    decisions = decided(*form())
    assert {
        "vals.name": ("input", "user", "typed or picked (call 3)", 3),
        "vals.user_id": ("nothing", "default", "the form's default", 2),
        "vals.note": ("nothing", "computed", "computed from other values", 3),
        "vals.amount": ("input", "user", "other than the form's default", 2),
    } == {
        path: (each.becomes, each.origin, each.reason, each.n) for path, each in decisions.items()
    }


def test_what_keep_all_sends_is_a_literal() -> None:
    decisions = decided(*form(), keep_all=True)
    assert {"literal"} == {decisions[f"vals.{name}"].becomes for name in ("user_id", "note")}
    assert "input" == decisions["vals.name"].becomes


def test_an_override_is_the_reason() -> None:
    decisions = decided(*form(), keep=("4:vals.user_id",), input_names={"4:vals.note": "remark"})
    assert ("literal", "chosen with --keep") == (
        decisions["vals.user_id"].becomes,
        decisions["vals.user_id"].reason,
    )
    assert ("input", "chosen with --input") == (
        decisions["vals.note"].becomes,
        decisions["vals.note"].reason,
    )
