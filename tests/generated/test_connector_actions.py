"""Connector actions, filled in by another Jinja and posted: with recorded values and with hostile ones."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
import requests

from generated.connector import (
    ACTION_KEYS,
    ENVIRONMENT,
    filled,
    placeholders,
    positions,
    put,
)
from generated.connector_values import body_as_recorded, without_offset
from generated.goldens import Golden, goldens
from generated.recorded import recorded, same
from generated.running import AnsweringOdoo, Stage

CONNECTOR_KEYS = {
    "name",
    "contype",
    "status",
    "base_domain",
    "header",
    "short_description",
    "search_config",
    "pagination_config",
    "internal_docs",
}
FORM_TYPES = {
    "text",
    "textarea",
    "number",
    "switch",
    "date",
    "datetime",
    "select",
    "email",
    "password",
}
HOSTILE = [
    'a "quote" and \\ backslash',
    "two\nlines\r\n\tand a tab \x00\x1f",
    "{{ 7*7 }}{% raw %}{# gone #}",
    "é 🙂 </script><!-- \u2028",
    "${HOME} $(id) `id` %s",
    '", "args": []}',
]
LOCOIA = goldens("locoia.json")


def actions(golden: Golden) -> list[dict[str, Any]]:
    """The actions of a golden."""
    return json.loads(golden.text)["actions"]


@pytest.mark.parametrize("golden", LOCOIA)
def test_the_keys_are_those_of_the_contract(golden: Golden) -> None:
    whole = json.loads(golden.text)
    assert {"connector", "actions"} == set(whole)
    assert CONNECTOR_KEYS == set(whole["connector"])
    names = [action["action_name"] for action in whole["actions"]]
    assert names and len(set(names)) == len(names)
    for action in whole["actions"]:
        assert ACTION_KEYS == set(action) - {"pagination_config"}
        assert ("POST", "jsonrpc", "$.result") == tuple(
            action[key] for key in ("method", "endpoint", "response_path")
        )
        assert {"Content-Type": "application/json"} == json.loads(action["header_template"])
        assert {field["type"] for field in action["ui_form_schema"].values()} <= FORM_TYPES
        assert all(field["title"] for field in action["ui_form_schema"].values())
        wanted = set(action["ui_form_schema"]) | {"secret"}
        assert wanted == set(placeholders(action)), "the form asks for what the body takes"


@pytest.mark.parametrize("golden", LOCOIA)
def test_every_placeholder_goes_through_jsonify_and_stands_unquoted(golden: Golden) -> None:
    for action in actions(golden):
        body = action["request_body_template"]
        for name, written in placeholders(action).items():
            is_whole_domain = action["action_name"].endswith("_by_custom") and "domain" == name
            assert written.endswith("| jsonify") != is_whole_domain, written
        assert not re.search(r'"[^"\\]*\{\{', re.sub(r'"(?:[^"\\{]|\\.)*"', "s", body))
        unconditional = re.sub(r"\{% if [^%]* %\}|\{% endif %\}", "", body)
        assert "{%" not in unconditional and "{#" not in body
        conditions = re.findall(r"\{% if ([^%]*) %\}", body)
        terms = {term for condition in conditions for term in condition.split(" or ")}
        given = re.compile(
            r"(\w+) is defined and \1 not in \(none, ''(, \[\])?\)|\w+ \| string == '\d+'"
        )
        assert all(given.fullmatch(term) for term in terms), terms


@pytest.mark.parametrize("golden", LOCOIA)
def test_filled_with_what_was_recorded_it_is_the_recorded_call(
    golden: Golden, stage: Stage
) -> None:
    calls = [one for call in recorded(golden.sample) for one in (call, without_offset(call))]
    stage.app = AnsweringOdoo(lambda call: True)
    for action in actions(golden):
        body = body_as_recorded(action, calls)
        with requests.post(f"{stage.url}/{action['endpoint']}", json=body, timeout=60) as answer:
            assert {"jsonrpc": "2.0", "id": 1, "result": True} == answer.json()
    assert len(actions(golden)) == len(stage.app.received)


@pytest.mark.parametrize("golden", LOCOIA)
def test_hostile_values_arrive_as_they_are_and_change_nothing_else(golden: Golden) -> None:
    for action in actions(golden):
        places = positions(action)
        plain = {name: text_for(name, action, "plain") for name in places}
        wanted = filled(action, plain)
        for evil in HOSTILE:
            values = {name: text_for(name, action, evil) for name in places}
            expected = copy.deepcopy(wanted)
            for name, paths in places.items():
                for path in paths:
                    put(expected, path, intended(name, action, values[name]))
            assert same(expected, filled(action, values)), (action["action_name"], evil)


CAST = re.compile(r"\| (?:int|float)\(")


def text_for(name: str, action: dict[str, Any], text: str) -> Any:
    """A value for an input: the text, or what alone it takes (ids, a domain as JSON)."""
    written = placeholders(action)[name]
    if "map('int')" in written:
        return ["7", 8]
    if "is string" in written and not CAST.search(written):  # the commands of new lines
        return json.dumps([[0, 0, {"name": text}]])
    return (written.endswith("jsonify") and text) or json.dumps([["name", "=", text]])


def intended(name: str, action: dict[str, Any], value: Any) -> Any:
    """What must arrive for a value."""
    written = placeholders(action)[name]
    if "map('int')" in written:
        return [7, 8]
    if CAST.search(written):
        return int(value) if value.isdigit() else value
    is_json = "is string" in written or not written.endswith("jsonify")
    return json.loads(value) if is_json else value


@pytest.mark.parametrize("golden", LOCOIA)
def test_an_optional_field_that_the_form_leaves_out_is_none(golden: Golden) -> None:
    for action in actions(golden):
        for name, written in placeholders(action).items():
            if "default(false)" in written:
                assert not action["ui_form_schema"][name].get("required")
                assert "false" == ENVIRONMENT.from_string(f"{{{{ {written} }}}}").render()
