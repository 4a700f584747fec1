"""Bruno collections for the samples: held against those for Postman, and run with recorded and hostile values."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
import yaml
from node import asked, needs_node

from generated.connector import leaves, put
from generated.goldens import Golden, goldens
from generated.recorded import recorded, same
from generated.running import AnsweringOdoo, Stage
from generated.test_postman import HOSTILE, OURS, variables
from generated.translation import classic_answer, problems

COLLECTIONS = goldens("bruno.yml", "bruno-flow.yml")
# What Postman's scripts say in Bruno's words.
WORDS = (
    (
        "pm.variables.get(name)",
        "{ ...bru.getAllCollectionVars(), ...bru.getAllEnvVars(), ...bru.getAllVars() }[name]",
    ),
    ("pm.collectionVariables.set", "bru.setVar"),
    ("pm.request.body.raw", "req.getBody({ raw: true })"),
    (
        'pm.request.body.update({ mode: "raw", raw, options: { raw: { language: "json" } } })',
        "req.setBody(raw, { raw: true })",
    ),
    ("pm.execution.skipRequest()", "bru.runner.skipRequest()"),
    ("pm.execution.setNextRequest(null)", "bru.runner.stopExecution()"),
    ("pm.response.code", "res.getStatus()"),
    ("pm.response.json()", "res.getBody()"),
    ("pm.test", "test"),
    ("pm.expect", "expect"),
)


def document(golden: Golden) -> Any:
    """The collection, read by a YAML of somebody else."""
    return yaml.safe_load(golden.text)


def in_bruno(lines: list[str]) -> str:
    """A script of Postman's in Bruno's words."""
    text = "\n".join(lines)
    for postman, bruno in WORDS:
        text = text.replace(postman, bruno)
    return text


@pytest.mark.parametrize("golden", COLLECTIONS)
def test_it_says_what_the_postman_collection_says(golden: Golden) -> None:
    made = document(golden)
    other = json.loads(
        golden.path.with_name(
            golden.file.replace("bruno", "postman").replace("yml", "json")
        ).read_text("utf-8")
    )
    assert "1.0.0" == made["opencollection"] and made["bundled"] is True
    [environment] = made["config"]["environments"]
    values = {one["name"]: one.get("value") for one in environment["variables"]}
    values |= {one["name"]: one["value"] for one in made["request"].get("variables", [])}
    assert {one["key"]: one["value"] for one in other["variable"]} == {**values, "odoo_api_key": ""}
    assert {"name": "odoo_api_key", "secret": True} == environment["variables"][-1]
    bearer = {"type": "bearer", "token": "{{odoo_api_key}}"} if "auth" in other else None
    assert bearer == made["request"].get("auth")
    ours = [one["code"] for one in made["request"]["scripts"]]
    assert [in_bruno(one["script"]["exec"]) for one in other["event"]] == ours
    for item, wanted in zip(made["items"], other["item"], strict=True):
        request = wanted["request"]
        headers = [{"name": one["key"], "value": one["value"]} for one in request["header"]]
        http = item["http"]
        assert (wanted["name"], request["method"]) == (item["info"]["name"], http["method"])
        assert (request["url"]["raw"], headers) == (http["url"], http["headers"])
        assert {"type": "json", "data": request["body"]["raw"]} == http["body"]
        assert item["settings"]["followRedirects"] is False
        own = [one["code"] for one in item.get("runtime", {}).get("scripts", [])]
        assert [in_bruno(one["script"]["exec"]) for one in wanted.get("event", [])] == own
        assert "pm." not in "".join(own + ours)


class TestRun:
    """Its requests, one after the other."""

    pytestmark = needs_node

    @pytest.mark.parametrize("golden", COLLECTIONS)
    def test_it_sends_what_was_recorded(self, golden: Golden, stage: Stage) -> None:
        calls, collection = recorded(golden.sample), document(golden)
        unlike: list[Any] = []

        def answer(arrived: dict[str, Any]) -> Any:
            for call in calls:
                if not problems(call, arrived):
                    return classic_answer(call, arrived["method"])
            unlike.append(arrived)
            return None

        stage.app = AnsweringOdoo(answer)
        assert [[]] == ran(collection, variables(stage.url))
        assert [] == unlike
        assert len(collection["items"]) == len(stage.app.received)

    @pytest.mark.parametrize("golden", goldens("bruno.yml"))
    def test_hostile_values_arrive_as_they_are_and_change_nothing_else(
        self, golden: Golden, stage: Stage
    ) -> None:
        """With a mark for every variable, then with hostile values: these stand where the marks stood."""
        collection = document(golden)
        script = collection["request"]["scripts"][0]["code"]
        texts = set(re.findall(r'"([\w.]+)"', script.partition("new Set(")[2].partition(");")[0]))
        keys = [one["name"] for one in collection["request"].get("variables", [])]

        def filled(values: dict[str, Any]) -> dict[str, str]:
            typed = {k: v if k in texts else json.dumps(v) for k, v in values.items()}
            return {**variables(stage.url), **typed}

        marks = {key: f"mark of {key}" for key in keys}
        runs = [marks] + [dict.fromkeys(keys, evil) for evil in HOSTILE]
        stage.app = AnsweringOdoo(lambda arrived: True)
        assert [[]] * len(runs) == ran(collection, *map(filled, runs))
        count = len(collection["items"])
        arrived = iter(stage.app.received[count:])
        for evil in HOSTILE:
            for plain in stage.app.received[:count]:
                expected = copy.deepcopy(plain)
                for path in [path for path, leaf in leaves(plain) if leaf in marks.values()]:
                    put(expected, path, evil)
                assert same(expected, next(arrived))
        found = {leaf for plain in stage.app.received[:count] for _, leaf in leaves(plain)}
        assert set(marks.values()) <= found and not OURS & set(keys)


def ran(collection: Any, *given: dict[str, str]) -> list[list[str]]:
    """What failed in each run of a collection."""
    return asked("bruno_run.mjs", [{"collection": collection, "variables": one} for one in given])
