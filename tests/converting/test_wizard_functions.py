"""A wizard, its creation and the button that ends it, is one function; connectors have its single actions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from har_builder import call, converted

from har2rpc.model import Result

from .actions_of import actions, names

ABOUT = {"active_model": "crm.lead", "active_id": 9, "active_ids": [9], "lang": "en_US"}
LOST = "crm.lead.lost"


def made(identity: int = 4, **values: Any) -> dict[str, Any]:
    kwargs = {"context": ABOUT, "specification": {}}
    return call(
        LOST, "web_save", ([], {"lost_reason_id": 3, **values}), kwargs, result=[{"id": identity}]
    )


def ended(identity: int = 4, **more: Any) -> dict[str, Any]:
    about = {"context": ABOUT}
    return call(
        LOST,
        "action_lost_reason_apply",
        ([identity],),
        about,
        route="/web/dataset/call_button",
        **more,
    )


def test_its_creation_and_its_button_are_one_function() -> None:
    (wizard,) = actions(made(), ended())
    assert ("mark_lead_as_lost", ["lead_id", "lost_reason_id"]) == (wizard.name, names(wizard))
    assert [[Result("wizard_id")]] == wizard.args
    (creation,) = wizard.before
    assert (LOST, "create") == (creation.model, creation.method)
    assert [1, 2] == [recorded.n for recorded in wizard.calls]
    assert {"lead_id": 9, "lost_reason_id": 3} == wizard.runs[0].values
    assert ["create_lost_reason_wizard", "mark_lead_as_lost"] == [
        part.name for part in wizard.parts
    ]


def test_what_is_changed_in_it_stands_between() -> None:
    between = call(
        LOST,
        "web_save",
        ([4], {"lost_feedback": "too dear"}),
        {"specification": {}},
        result=[{"id": 4}],
    )
    (wizard,) = actions(made(), between, ended())
    assert ["create", "write"] == [part.method for part in wizard.before]
    assert [Result("wizard_id")] == wizard.before[1].args[0]
    assert "lost_feedback" in names(wizard)


def test_a_wizard_done_twice_runs_twice() -> None:
    (wizard,) = actions(made(4), ended(4), made(5), ended(5))
    assert [2, 4] == [run.n for run in wizard.runs]


def test_what_is_no_pair_stays_single() -> None:
    assert 1 == len(actions(made())[0].calls)
    assert ["wizard_id", "lead_id"] == names(actions(ended())[0])
    two = actions(made(4), ended(4), made(5))  # one was never ended
    assert 2 == len(two) and not any(action.before for action in two)
    kept = actions(
        call("crm.tag", "create", ({"name": "x"},), result=4), call("crm.tag", "do", ([4],))
    )
    assert 2 == len(kept), "a tag stays: its record may be wanted"


def test_a_connector_has_its_single_actions(tmp_path: Path) -> None:
    written = json.loads(converted(tmp_path, made(), ended(), options=("-t", "locoia")))
    assert ["create_lost_reason_wizard", "mark_lead_as_lost"] == [
        action["action_name"] for action in written["actions"]
    ]
    assert "wizard_id" in written["actions"][1]["ui_form_schema"]


def test_a_flow_without_functions_has_its_single_steps(tmp_path: Path) -> None:
    post = call("crm.lead", "action_set_won", ([9],))
    written = json.loads(
        converted(tmp_path, made(), ended(), post, options=("-t", "json", "--flow"))
    )
    assert ["create_lost_reason_wizard", "mark_lead_as_lost", "mark_lead_as_won"] == [
        step["action"] for step in written["flow"]["steps"]
    ]
    assert "$result" in json.dumps(written["flow"]["steps"][1]["values"]["wizard_id"])


def test_a_template_that_sends_in_its_own_way_has_them_too(tmp_path: Path) -> None:
    own = tmp_path / "mine.py.j2"
    block = "{% block send %}    return execute_kw({{ action.model | lit }}, {{ action.method | lit }}, [], {}){% endblock %}"
    own.write_text('{% extends "python.py.j2" %}' + block, encoding="utf-8")
    text = converted(tmp_path, made(), ended(), options=("-t", str(own)))
    assert "def create_lost_reason_wizard(" in text and "wizard_id = execute_kw" not in text
