"""A file of overrides: what it may hold, what is refused and how, and that it says all that was set."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from har_builder import ROOT, call, page, search, written

from har2rpc import pipeline
from har2rpc.model import Capture, ConvertOptions, Har2rpcError

SCHEMA = json.loads((ROOT / "docs" / "overrides.schema.json").read_text("utf-8"))
SAMPLES = sorted((ROOT / "samples").glob("*.har"))
EXAMPLE = re.search(
    r"^```json\n(.*?)^```",
    (ROOT / "docs" / "overrides.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)


def fits_schema(content: Any) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(content)


def test_the_example_of_the_documentation_is_read_and_fits_the_schema() -> None:
    assert EXAMPLE is not None
    assert fits_schema(json.loads(EXAMPLE[1]))
    overrides = pipeline.read_overrides("o.json", EXAMPLE[1])
    assert (True, "inputs") == (overrides.custom_domain, overrides.connection)
    entry = overrides.calls[5]
    assert ("find_contacts", ("id", "name", "phone")) == (entry.name, entry.fields)
    assert entry.inputs["offset"].keep and (20,) == entry.inputs["limit"].default


@pytest.mark.parametrize(
    "content, message",
    [
        ([], "o.json: must be an object, but is []"),
        ({"cals": {}}, "o.json: 'cals' is not a valid key; did you mean calls?"),
        ({"zzz": 1}, "o.json: 'zzz' is not a valid key; the keys are"),
        ({"har2rpc_overrides": 2}, "2 is a version that this har2rpc does not support; it supports 1"),
        ({"calls": []}, "o.json: calls: must be an object of call numbers, but is []"),
        ({"calls": {"x": {}}}, "o.json: calls: 'x' is not the number of a call"),
        ({"calls": {"0": {}}}, "o.json: calls: '0' is not the number of a call"),
        ({"calls": {"5": 1}}, "o.json: calls: 5: must be an object, but is 1"),
        ({"calls": {"5": {"lable": "x"}}}, "calls: 5: 'lable' is not a valid key; did you mean label?"),
        ({"calls": {"5": {"label": " "}}}, 'calls: 5: label: must be a text, but is " "'),
        ({"calls": {"5": {"fields": "id"}}}, 'fields: must be a list of field names (["id", "name"]), but is "id"'),
        ({"calls": {"5": {"inputs": {"limit": {"requierd": True}}}}}, "calls: 5: inputs: limit: 'requierd' is not a valid key; did you mean required?"),
        ({"calls": {"5": {"inputs": {"limit": {"required": "yes"}}}}}, 'limit: required: must be true or false, but is "yes"'),
        ({"calls": {"5": {"inputs": {"limit": {"keep": True, "name": "x"}}}}}, "a value that is kept is not an input, so it cannot have 'name'"),
        ({"connection": "input"}, 'connection: must be "constants" or "inputs", but is "input"'),
        ({"custom_domain": 1}, "custom_domain: must be true or false, but is 1"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(content: Any, message: str) -> None:
    assert not fits_schema(content)
    with pytest.raises(Har2rpcError, match=re.escape(message)):
        pipeline.read_overrides("o.json", json.dumps(content))


@pytest.mark.parametrize(
    "text, message",
    [
        ('{"calls": ', "o.json: is not valid JSON: "),
        ('{"fields": [], "fields": []}', "o.json: the key 'fields' occurs twice in one object"),
        ("[" * 100_000, "o.json: is not valid JSON: "),
    ],
    ids=["cut", "twice", "deep"],
)
def test_what_is_no_json_is_refused(text: str, message: str) -> None:
    with pytest.raises(Har2rpcError, match=re.escape(message)):
        pipeline.read_overrides("o.json", text)


@pytest.mark.parametrize(
    "calls, message",
    [
        ({"9": {"name": "x"}}, "overrides of call 9: the capture has no such call"),
        ({"1": {"of": "a.b"}}, "they were set for a.b, and here it is res.partner.web_search_read"),
    ],
)
def test_overrides_of_another_capture_are_refused(
    tmp_path: Path, calls: dict[str, Any], message: str
) -> None:
    capture = pipeline.open_capture([written(tmp_path, search())])
    options = ConvertOptions(overrides=pipeline.overrides_from({"calls": calls}))
    with pytest.raises(Har2rpcError, match=message):
        pipeline.actions(capture, options=options)


def code(capture: Capture, options: ConvertOptions, target: str) -> str:
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    return pipeline.render(capture, pipeline.actions(capture, calls, options), target=target)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_is_saved_gives_the_same_again(path: Path) -> None:
    capture = pipeline.open_capture([path])
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    saved = json.loads(json.dumps(pipeline.as_overrides(capture, calls, ConvertOptions())))
    assert fits_schema(saved)
    options = ConvertOptions(overrides=pipeline.overrides_from(saved))
    for target in ("python", "json"):
        assert code(capture, ConvertOptions(), target) == code(capture, options, target)
    assert saved == json.loads(json.dumps(pipeline.as_overrides(capture, calls, options)))


def test_what_was_set_is_saved(tmp_path: Path) -> None:
    capture = pipeline.open_capture([written(tmp_path, page(), search())])
    options = ConvertOptions(
        input_names={"1:domain[0][2]": "number"},
        keep=("1:offset",),
        fields=("id", "name"),
        custom_domain=True,
        overrides=pipeline.overrides_from(
            {"calls": {"1": {"name": "find", "inputs": {"limit": {"label": "Most", "default": 3}}}}}
        ),
    )
    saved = pipeline.as_overrides(capture, capture.calls, options, "inputs")
    entry = saved["calls"]["1"]
    assert "find" == entry["name"] and "number" == entry["inputs"]["domain[0][2]"]["name"]
    assert ("Most", 3) == tuple(entry["inputs"]["limit"][key] for key in ("label", "default"))
    assert {"keep": True} == entry["inputs"]["offset"]
    assert (["id", "name"], True, "inputs") == tuple(
        saved[key] for key in ("fields", "custom_domain", "connection")
    )
    again = ConvertOptions(overrides=pipeline.overrides_from(saved))
    assert code(capture, options, "json") == code(capture, again, "json")


def test_options_count_more_than_the_file(tmp_path: Path) -> None:
    capture = pipeline.open_capture([written(tmp_path, search())])
    file = {"calls": {"1": {"inputs": {"limit": {"keep": True}, "domain[0][2]": {"name": "a"}}}}}
    options = ConvertOptions(
        overrides=pipeline.overrides_from({**file, "custom_domain": True}),
        input_names={"1:limit": "most"},
        keep=("1:domain[0][2]",),
        custom_domain=False,
    )
    (action,) = pipeline.actions(capture, options=options)
    assert ["most", "offset"] == [param.name for param in action.inputs]
    assert action.custom is None


def test_what_is_set_for_other_calls_waits(tmp_path: Path) -> None:
    entries = (search(), call("res.partner", "action_archive", ([7],)))
    capture = pipeline.open_capture([written(tmp_path, *entries)])
    file = {"calls": {"2": {"inputs": {"ids[0]": {"name": "whom"}}}}}
    options = ConvertOptions(overrides=pipeline.overrides_from(file))
    (found,) = pipeline.actions(capture, capture.calls[:1], options)
    assert "phone" == found.inputs[0].name
    (archive,) = pipeline.actions(capture, capture.calls[1:], options)
    assert ["whom"] == [param.name for param in archive.inputs]


def test_a_whole_domain_is_an_action_of_its_own_in_every_target(tmp_path: Path) -> None:
    capture = pipeline.open_capture([written(tmp_path, page(), search())])
    for target in [one["name"] for one in pipeline.as_targets()]:
        text = code(capture, ConvertOptions(custom_domain=True), target)
        assert re.search(r"search_?partners_?by_?custom|by Custom", text, re.IGNORECASE), target
        assert not re.search(
            "by_?custom|by Custom", code(capture, ConvertOptions(custom_domain=False), target)
        )


@pytest.mark.parametrize(
    "sample", ["odoo14-chrome-search_partner_by_name", "odoo19-chrome-search_partner_by_phone"]
)
def test_so_it_is_in_a_workflow_that_n8ns_own_node_could_do_without_it(sample: str) -> None:
    capture = pipeline.open_capture([ROOT / "samples" / f"{sample}.har"])
    text = code(capture, ConvertOptions(custom_domain=True), "n8n")
    assert "Search Partners by Custom" in text and "by Custom" not in code(
        capture, ConvertOptions(), "n8n"
    )
