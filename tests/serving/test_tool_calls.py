"""What a call of a tool sends: held against the recording, and against what the generated Python sends."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from generated.goldens import Golden, goldens
from generated.judging import JudgingOdoo
from generated.recorded import recorded
from generated.running import AnsweringOdoo, Stage, environment
from har_builder import call, converted, page, search, views

from har2rpc.model import Har2rpcError
from serving.boxes import box_of, examples, sent

HOSTILE = 'a "quote" \\ {{ 7*7 }} ${HOME} $input\n\u2028 \'é🙂'

each = pytest.mark.parametrize("golden", goldens("mcp.json"))
each_flow = pytest.mark.parametrize("golden", goldens("mcp-flow.json"))


@each
def test_with_its_examples_a_tool_makes_the_recorded_call(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    box = box_of(golden.text, stage.url)
    for tool in box.tools:
        box.call(tool.name, examples(tool.schema))
    assert len(box.tools) == len(odoo.received)


@each_flow
def test_a_flow_makes_the_recorded_calls(golden: Golden, stage: Stage) -> None:
    stage.app = odoo = JudgingOdoo(recorded(golden.sample))
    box = box_of(golden.text, stage.url)
    [tool] = box.tools
    box.call(tool.name, examples(tool.schema))
    assert len(tool.steps) <= len(odoo.received)


def functions_of(golden: Golden, url: str) -> dict[str, Callable[..., Any]]:
    """The functions of the generated Python of the same sample, but for those that ask a form first."""
    text = golden.path.with_name("python.py").read_text("utf-8")
    module = types.ModuleType("generated")
    with patch.dict("os.environ", environment(url, 2)):
        exec(compile(text, "python.py", "exec"), module.__dict__)
    bodies = re.findall(r"^def (\w+)\((.*?)(?=^\S)", text.replace("):", "  :"), re.M | re.S)
    plain = [name for name, body in bodies if "_FORM." not in body and "wizard_id" not in body]
    return {name: getattr(module, name) for name in plain}


@each
@pytest.mark.parametrize("which", ["required", "all", "hostile"])
def test_it_sends_what_the_generated_python_sends(golden: Golden, which: str, stage: Stage) -> None:
    """The same arguments, some left out: two ways to put values together that know nothing of each other."""
    stage.app = odoo = AnsweringOdoo(lambda arrived: [])
    functions, box = functions_of(golden, stage.url), box_of(golden.text, stage.url)
    for tool in box.tools:
        if tool.name not in functions or tool.secrets:
            continue
        values = examples(tool.schema)
        if which == "required":
            values = {name: values[name] for name in tool.schema["required"]}
        if which == "hostile":
            properties = tool.schema["properties"]
            texts = [name for name in values if properties[name].get("type") == "string"]
            values |= dict.fromkeys(texts, HOSTILE)
        ways = (partial(functions[tool.name], **values), partial(box.call, tool.name, values))
        results: list[Any] = []
        for way in ways:
            try:
                way()
                results.append(sent(odoo))
            except Exception as error:  # each has a class of its own
                results.append(str(error).partition(":")[0])
        assert results[0] == results[1], tool.name


def test_most_tools_were_compared() -> None:
    counts = [0, 0]
    for param in goldens("mcp.json"):
        names = [tool["name"] for tool in json.loads(param.values[0].text)["tools"]]
        known = functions_of(param.values[0], "http://127.0.0.1:1")
        counts = [counts[0] + len(names), counts[1] + len(known.keys() & set(names))]
    assert counts[1] > counts[0] / 2 > 20


def document(
    folder: Any, *entries: dict[str, Any], options: tuple[str, ...] = ()
) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        converted(folder, page(), *entries, options=("-t", "mcp", *options))
    )
    return made


def changed(folder: Any) -> dict[str, Any]:
    """A change of two fields of a partner, of which neither must be given."""
    return document(folder, call("res.partner", "write", ([7], {"comment": "x", "phone": "5"})))


@pytest.fixture
def odoo(stage: Stage) -> AnsweringOdoo:
    stage.app = AnsweringOdoo(lambda arrived: True)
    return stage.app


def test_fields_and_limit_bound_what_is_read(tmp_path: Any, stage: Stage, odoo: Any) -> None:
    box = box_of(document(tmp_path, search(domain=[["phone", "ilike", "5"]])), stage.url)
    tool = next(tool for tool in box.tools if tool.name.endswith("by_phone"))
    fields = tool.schema["properties"]["fields"]["items"]["enum"]
    box.call(tool.name, {"phone": "5", "fields": fields[:1], "limit": 3})
    assert (fields[:1], 3) == tuple(odoo.received[-1]["kwargs"][key] for key in ("fields", "limit"))
    box.call(tool.name, {"phone": "5"})
    assert fields == odoo.received[-1]["kwargs"]["fields"]
    for wrong in ({"fields": ["password"]}, {"fields": []}, {"limit": 0}, {"limit": "3"}):
        with pytest.raises(Har2rpcError, match="arguments"):
            box.call(tool.name, {"phone": "5", **wrong})
    assert 2 == len(odoo.received)


def test_a_search_without_a_limit_takes_one(tmp_path: Any, stage: Stage, odoo: Any) -> None:
    entry = call("res.partner", "search_read", kwargs={"domain": [], "fields": ["name"]}, result=[])
    box = box_of(document(tmp_path, entry), stage.url)
    tool = box.tools[0]
    box.call(tool.name, {})
    assert not odoo.received[-1]["kwargs"].get("limit")
    box.call(tool.name, {"limit": 2})
    assert 2 == odoo.received[-1]["kwargs"]["limit"]


def test_an_update_without_a_value_is_refused(tmp_path: Any, stage: Stage, odoo: Any) -> None:
    box = box_of(changed(tmp_path), stage.url)
    [tool] = box.tools
    with pytest.raises(Har2rpcError, match="nothing to change: give at least one of"):
        box.call(tool.name, {"partner_id": 7})
    assert [] == odoo.received
    box.call(tool.name, {"partner_id": 7, "phone": "6"})
    assert [[7], {"phone": "6"}] == odoo.received[-1]["args"]


def test_null_is_what_is_left_out(tmp_path: Any, stage: Stage, odoo: Any) -> None:
    """Models send all the keys that they know of."""
    box = box_of(changed(tmp_path), stage.url)
    box.call(box.tools[0].name, {"partner_id": 7, "phone": "6", "comment": None})
    assert [[7], {"phone": "6"}] == odoo.received[-1]["args"]
    with pytest.raises(Har2rpcError, match="partner_id"):
        box.call(box.tools[0].name, {"partner_id": None, "phone": "6"})


WRONG: Mapping[str, dict[str, Any]] = {
    "an unknown argument": {"partner_id": 7, "phone": "6", "active": False},
    "a text for an id": {"partner_id": "7; drop", "phone": "6"},
    "true for an id": {"partner_id": True, "phone": "6"},
    "nothing": {},
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_arguments_are_refused_and_nothing_is_sent(
    name: str, tmp_path: Any, stage: Stage, odoo: Any
) -> None:
    box = box_of(changed(tmp_path), stage.url)
    with pytest.raises(Har2rpcError, match="arguments"):
        box.call(box.tools[0].name, WRONG[name])
    assert [] == odoo.received


def test_mine_is_the_user_who_calls(tmp_path: Any, stage: Stage, odoo: Any) -> None:
    entry = search("sale.order", domain=[["user_id", "=", 2]])
    made = document(tmp_path, entry)
    meta = made["tools"][0]["_meta"]
    assert ["user_id"] == meta["har2rpc/caller"]
    box = box_of(made, stage.url)
    box.odoo.known_uid = 44  # type: ignore[attr-defined]
    box.call(box.tools[0].name, {})
    assert [[["user_id", "=", 44]]] == odoo.received[-1]["args"]
    box.call(box.tools[0].name, {"user_id": 5})
    assert [[["user_id", "=", 5]]] == odoo.received[-1]["args"]


def with_password(folder: Any) -> dict[str, Any]:
    fields = {"name": {"type": "char", "string": "Name"}, "password": {"type": "char"}}
    made = call("res.users", "create", ({"name": "Ada", "password": "pw of Ada"},), result=7)
    return document(folder, views("res.users", fields), made)


def test_a_password_comes_from_the_environment(tmp_path: Any, stage: Stage, odoo: Any) -> None:
    made = with_password(tmp_path)
    assert "pw of Ada" not in json.dumps(made)
    box = box_of(made, stage.url)
    [tool] = box.tools
    assert tool.secrets and not tool.secrets & tool.as_listed()["inputSchema"]["properties"].keys()
    values = {name: one for name, one in examples(tool.schema).items() if name not in tool.secrets}
    with pytest.raises(Har2rpcError, match="set SECRET_"):
        box.call(tool.name, values)
    [name] = tool.secrets
    box = box_of(made, stage.url, {name: "from outside"})
    box.call(tool.name, values)
    assert "from outside" == odoo.received[-1]["args"][0]["password"]
    with pytest.raises(Har2rpcError, match="environment"):
        box.call(tool.name, {**values, name: "from the model"})


def test_odoos_words_are_the_error(tmp_path: Any, stage: Stage) -> None:
    def refuse(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        data = {"name": "odoo.exceptions.UserError", "message": "Not today."}
        body = json.dumps({"error": {"message": "Odoo Server Error", "data": data}}).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    stage.app = refuse
    box = box_of(changed(tmp_path), stage.url)
    with pytest.raises(Har2rpcError) as caught:
        box.call(box.tools[0].name, {"partner_id": 7, "phone": "6"})
    assert "odoo.exceptions.UserError: Not today." == str(caught.value)


def test_a_step_that_fails_says_what_was_done_before(tmp_path: Any, stage: Stage) -> None:
    entries = (
        call("res.partner", "create", ({"name": "Ada"},), result=7),
        call("sale.order", "create", ({"partner_id": 7, "note": "x"},), result=9),
        call("sale.order", "action_confirm", ([9],)),
    )
    made = document(tmp_path, *entries, options=("--flow",))

    def answer(arrived: dict[str, Any]) -> Any:
        if arrived["method"] == "action_confirm":
            raise AssertionError
        return 70 if arrived["model"] == "res.partner" else 90

    stage.app = odoo = AnsweringOdoo(answer)
    box = box_of(made, stage.url)
    [tool] = box.tools
    with pytest.raises(Har2rpcError) as caught:
        box.call(tool.name, examples(tool.schema))
    assert 70 == odoo.received[1]["args"][0]["partner_id"]
    assert "step 3 of 3 (confirm_sale_order)" in str(caught.value)
    assert "it may have succeeded" in str(caught.value)
    assert "create_partner -> 70; create_sale_order -> 90" in str(caught.value)
