"""The action model as JSON: valid by its own schema, and enough to do what was recorded."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, product, search, written
from jsonschema import Draft202012Validator

from generated.action_model import Program, filled
from generated.connector import leaves
from generated.goldens import Golden, goldens
from generated.judging import JudgingOdoo, twins
from generated.recorded import ROOT, recorded, same
from generated.running import Stage

SCHEMA = json.loads((ROOT / "docs" / "action-model.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
HOSTILE = 'a "quote" \\ {{ 7*7 }} ${HOME} $input\n\u2028 \'é🙂'

each = pytest.mark.parametrize("golden", goldens("actions.json"))
each_flow = pytest.mark.parametrize("golden", goldens("actions-flow.json"))


@pytest.mark.parametrize("golden", goldens("actions.json", "actions-flow.json"))
def test_it_is_valid(golden: Golden) -> None:
    document = json.loads(golden.text)
    assert [] == [f"{e.json_path}: {e.message}" for e in VALIDATOR.iter_errors(document)]
    assert (document["flow"] is not None) == golden.file.endswith("-flow.json")


BREAKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "another version": lambda doc: doc.update(har2rpc_actions=2),
    "no actions": lambda doc: doc.update(actions=[]),
    "a name with a space": lambda doc: doc["actions"][0].update(name="a b"),
    "a mark that nobody knows": lambda doc: doc["actions"][0]["kwargs"].update(limit={"$in": "x"}),
    "a mark with more in it": lambda doc: doc["actions"][0].update(args=[{"$input": "x", "y": 1}]),
    "no type": lambda doc: doc["actions"][0]["inputs"][0].pop("type"),
    "a secret's value": lambda doc: doc["actions"][0]["inputs"][0].update(
        type="secret", example="x"
    ),
    "an unknown part": lambda doc: doc["flow"]["steps"][1]["values"].update(
        x={"$result": "a", "what": "uid", "record": 0, "field": "", "item": None}
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_schema_objects(name: str, tmp_path: Path) -> None:
    text = product("convert", "-t", "json", "--flow", capture(tmp_path))
    document = json.loads(text)
    assert VALIDATOR.is_valid(document)
    BREAKS[name](document)
    assert not VALIDATOR.is_valid(document)


def capture(folder: Path) -> str:
    """A search, a new partner, and a change of it."""
    return written(
        folder,
        page(),
        search(domain=[["phone", "ilike", "5"]]),
        call("res.partner", "create", ({"name": "Ada"},), result=7),
        call("res.partner", "write", ([7], {"comment": "x"})),
    )


@each
def test_a_program_that_reads_it_does_what_was_recorded(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    program = Program(json.loads(golden.text), stage.url)
    program.do_actions()
    assert len(list(program.runs())) == len(odoo.received)


@each_flow
def test_a_program_that_reads_it_does_the_flow(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    document = json.loads(golden.text)
    examples = {made["name"]: made["example"] for made in document["flow"]["inputs"]}
    results = Program(document, stage.url).do_flow(examples)
    assert len(document["flow"]["steps"]) == len(odoo.received)
    assert set(document["flow"]["returns"]) <= set(results)


@each
def test_twins_are_refused(golden: Golden, stage: Stage) -> None:
    """One value of what is sent changed: the judge must see it, or its yes would mean nothing."""
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    program = Program(json.loads(golden.text), stage.url)
    program.do_actions()
    for sent in list(odoo.received):
        kwargs = {**sent["kwargs"], "context": sent["context"]}
        for args in twins(sent["args"]):
            with pytest.raises(PermissionError, match="never recorded"):
                program.send(sent["model"], sent["method"], args, kwargs)


@each
def test_hostile_values_arrive_as_they_are_and_change_nothing_else(
    golden: Golden, stage: Stage
) -> None:
    stage.app = odoo = JudgingOdoo(judge=lambda arrived: True)
    document = json.loads(golden.text)
    program = Program(document, stage.url)
    for action in document["actions"]:
        names = [made["name"] for made in action["inputs"]]
        keys = {made["name"]: [key["name"] for key in made["keys"]] for made in action["inputs"]}

        def told(name: str, text: str, keys: dict[str, list[str]] = keys) -> Any:
            return [dict.fromkeys(keys[name], text)] if keys[name] else text

        program.call(action, {name: told(name, HOSTILE) for name in names})
        plain = {name: f"<{name}>" for name in names}
        marks = {**{name: told(name, text) for name, text in plain.items()}, "\0": ""}
        for key in ("args", "kwargs", "context"):
            wanted = [
                (path, HOSTILE if leaf in plain.values() else leaf)
                for path, leaf in leaves(filled(action[key], marks))
            ]
            assert same(wanted, leaves(odoo.received[-1][key])), (action["name"], key)


def test_a_captured_key_that_looks_like_a_mark_is_data(tmp_path: Path) -> None:
    values = {"name": "x", "$input": "name", "$$input": {"$result": ["$input"]}}
    path = written(
        tmp_path, page(), call("res.partner", "create", (copy.deepcopy(values),), result=7)
    )
    document = json.loads(product("convert", "-t", "json", "--verbatim", path))
    assert VALIDATOR.is_valid(document)
    assert [values] == filled(document["actions"][0]["args"], {})


def test_a_secret_is_an_input_without_a_value(tmp_path: Path) -> None:
    path = written(tmp_path, page(), call("res.users", "write", ([7], {"password": "hunter-22"})))
    text = product("convert", "-t", "json", path)
    assert "hunter-22" not in text
    [made] = [one for one in json.loads(text)["actions"][0]["inputs"] if one["type"] == "secret"]
    assert made["example"] is None
