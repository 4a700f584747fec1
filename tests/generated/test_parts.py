"""Parts for low-code platforms: filled in as they do it, each is a recorded call, by position and through JSON-2."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import requests

from generated.connector_values import without_offset
from generated.goldens import Golden, goldens
from generated.recorded import recorded, same
from generated.running import SECRET
from generated.translation import problems
from har2rpc import pipeline

PARTS = goldens("parts.json")
UNANSWERED = ("odoo19-chrome-refused_user", "odoo19-chromecopy-open_partner")


def filled(text: str, values: dict[str, Any]) -> Any:
    """The JSON of a box with these values in the places of its placeholders."""
    return json.loads(re.sub(r"\{\{(\w+)\}\}", lambda found: json.dumps(values[found[1]]), text))


def values_of(part: dict[str, Any]) -> dict[str, Any]:
    """What was recorded, by name; the key of a default that is none stays with it."""
    return {one["name"]: one["recorded"] for one in part["inputs"]}


@pytest.mark.parametrize("golden", PARTS)
def test_filled_in_it_is_the_recorded_call(golden: Golden) -> None:
    calls = [one for call in recorded(golden.sample) for one in (call, without_offset(call))]
    for part in json.loads(golden.text)["parts"]:
        values = values_of(part)
        placeholders = set(re.findall(r"\{\{(\w+)\}\}", part["args"] + part["kwargs"]))
        assert placeholders == set(values), "each is told, and no other"
        args, kwargs = filled(part["args"], values), filled(part["kwargs"], values)
        if not any(one["recorded"] is None for one in part["inputs"]):
            assert same({"args": args, "kwargs": kwargs}, part["recorded"])
        rest = {key: value for key, value in kwargs.items() if key != "context"}
        arrived = {"model": part["model"], "method": part["method"], "args": args, "kwargs": rest}
        arrived["context"] = kwargs.get("context", {})
        near = [problems(call, arrived) for call in calls if call.model == part["model"]]
        assert [] in near or part["name"].endswith("_by_custom"), near[:3]


@pytest.mark.parametrize(
    "golden", [param for param in PARTS if str(param.id).startswith("odoo19-chrome")]
)
def test_through_json2_the_mock_answers(golden: Golden) -> None:
    answered = 0
    with pipeline.mock(pipeline.open_capture([golden.sample]), key=SECRET) as (_, told):
        headers = {"Authorization": f"Bearer {SECRET}", "X-Odoo-Database": told["ODOO_DB"]}
        for part in json.loads(golden.text)["parts"]:
            if part["name"].endswith("_by_custom"):
                continue
            body = filled(part["json2"]["body"], values_of(part))
            url = told["ODOO_URL"] + part["json2"]["path"]
            with requests.post(url, json=body, headers=headers, timeout=60) as answer:
                if answer.status_code != 200:  # it knows the call; what was answered is not there
                    assert re.match(
                        "no answer in the capture|recorded as an error", answer.json()["message"]
                    )
                else:
                    answered += 1
    assert answered or golden.sample.name.startswith(UNANSWERED)
