"""Labels, help, what is required, defaults and names, as somebody set them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from har_builder import call, search, views

from har2rpc import pipeline
from har2rpc.model import Action, ConvertOptions, Har2rpcError, Input

from .actions_of import by_name, capture_of


def actions(*entries: dict[str, Any], calls: dict[str, Any], flow: bool = False) -> list[Action]:
    capture = capture_of(*entries)
    options = ConvertOptions(overrides=pipeline.overrides_from({"calls": calls}))
    return pipeline.actions(capture, options=options)


def only_input(entry: dict[str, Any], path: str, **values: Any) -> Input:
    (action,) = actions(entry, calls={"1": {"inputs": {path: values}}})
    capture = capture_of(entry)
    before = {param.name for param in pipeline.actions(capture)[0].inputs}
    changed = [param for param in action.inputs if param.name not in before]
    return changed[0] if changed else by_name(action)[path.split("[")[0].rpartition(".")[2]]


def write(**values: Any) -> dict[str, Any]:
    return call("res.partner", "write", ([7], values))


def test_what_people_read_of_an_input() -> None:
    (action,) = actions(
        search(),
        calls={"1": {"inputs": {"domain[0][2]": {"label": "Number", "help": "All of it"}}}},
    )
    phone = by_name(action)["phone"]
    assert ("Number", "All of it", False) == (phone.label, phone.help, phone.guessed)
    assert action.args[0][0][2] == phone


def test_an_input_with_a_default_is_optional() -> None:
    phone = only_input(write(phone="1"), "vals.phone", default="0")
    assert (False, "0") == (phone.required, phone.default)
    limit = only_input(search(), "limit", required=True)
    assert (True, None) == (limit.required, limit.default)


def test_what_cannot_be_left_out_has_the_recorded_value_as_its_default() -> None:
    (found,) = actions(search(), calls={"1": {"inputs": {"domain[0][2]": {"required": False}}}})
    assert (False, "555") == (found.inputs[0].required, found.inputs[0].default)
    (created,) = actions(
        call("res.partner", "create", ({"name": "A"},), result=1),
        calls={"1": {"inputs": {"vals.name": {"required": False}}}},
    )
    assert (False, None) == (created.inputs[0].required, created.inputs[0].default)


def test_a_literal_becomes_an_input_by_being_named_without_a_name() -> None:
    (found,) = actions(search(), calls={"1": {"inputs": {"context.lang": {"label": "Language"}}}})
    assert ("Language", "en_US") == (by_name(found)["lang"].label, by_name(found)["lang"].example)


@pytest.mark.parametrize(
    "entry, path, values, message",
    [
        (search(), "limit", {"default": "x"}, "1:limit: its default must be a whole number, and is 'x'"),
        (search(), "limit", {"default": True}, "1:limit: its default must be a whole number, and is True"),
        (search(), "limit", {"default": 3, "required": True}, "1:limit: set either required or a default"),
        (search(), "lmit", {"default": 3}, "1:lmit: call 1 has no such value; the nearest is 1:limit"),
        (search(), "limit", {"name": "class"}, "1:limit: 'class' is not a valid name for an input; try class_"),
        (write(phone="1"), "vals.phone", {"default": ["1"]}, "must be a text"),
        (call("res.users", "write", ([7], {"password": "x"})), "vals.password", {"default": "y"}, "a secret or a file has no default"),
        (call("res.users", "write", ([7], {"password": "x"})), "vals.password", {"keep": True}, "is never written into code"),
        (call("res.users", "write", ([7], {"password": "x"})), "vals.password", {"required": False}, "a secret or a file is always required"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(
    entry: dict[str, Any], path: str, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(Har2rpcError, match=re.escape(message)):
        actions(entry, calls={"1": {"inputs": {path: values}}})


def test_a_default_is_one_of_the_options() -> None:
    kinds = [["contact", "Contact"], ["other", "Other"]]
    described = views("res.partner", {"type": {"type": "selection", "selection": kinds}})
    entries = (described, write(type="other"))
    (found,) = actions(*entries, calls={"2": {"inputs": {"vals.type": {"default": "contact"}}}})
    assert ["contact"] == [param.default for param in found.inputs if param.options]
    with pytest.raises(Har2rpcError, match=r"'x' is not one of its options: contact, other$"):
        actions(*entries, calls={"2": {"inputs": {"vals.type": {"default": "x"}}}})


def test_it_is_enough_to_set_something_for_one_of_the_calls_of_an_action() -> None:
    entries = (search(), search(domain=[["phone", "ilike", "7"]]))
    (found,) = actions(
        *entries,
        calls={"2": {"name": "find", "label": "Find!", "inputs": {"limit": {"help": "Most"}}}},
    )
    assert ("find", "Find!") == (found.name, found.label)
    assert "Most" == by_name(found)["limit"].help and 2 == len(found.runs)


@pytest.mark.parametrize(
    "calls, message",
    [
        ({"1": {"name": "a"}, "2": {"name": "b"}}, "calls 1 and 2 are the same action but have two names: 'a' and 'b'"),
        ({"1": {"name": "a"}, "3": {"name": "a"}}, "calls 1 and 3 are different actions and cannot both be named a"),
        ({"1": {"name": "find it"}}, "call 1: 'find it' is not a valid name for an action; try find_it"),
        ({"1": {"name": "load_rows"}}, "call 1: 'load_rows' is not a valid name for an action; try load_rows_"),
    ],
)  # fmt: skip
def test_names_that_cannot_be(calls: dict[str, Any], message: str) -> None:
    entries = (search(), search(domain=[["phone", "ilike", "7"]]), write(phone="1"))
    with pytest.raises(Har2rpcError, match=re.escape(message)):
        actions(*entries, calls=calls)


def test_another_action_keeps_off_a_name_that_was_given() -> None:
    first, second = actions(
        write(phone="1"), search(), calls={"1": {"name": "search_partners_by_phone"}}
    )
    assert "search_partners_by_phone" == first.name != second.name


def test_a_flow_has_them_too() -> None:
    capture = capture_of(search(), write(phone="1"))
    file = {"calls": {"2": {"inputs": {"vals.phone": {"label": "Number", "help": "New"}}}}}
    options = ConvertOptions(overrides=pipeline.overrides_from(file))
    flow = pipeline.flow(capture, options=options)
    (number,) = [param for param in flow.inputs if param.label == "Number"]
    assert "New" == number.help


def test_fields_of_one_read_alone() -> None:
    entries = (search(), search(domain=[["email", "ilike", "a"]]))
    first, second = actions(*entries, calls={"2": {"fields": ["id", "email"]}})
    assert ["name", "phone"] == first.kwargs["fields"] and ["id", "email"] == second.kwargs[
        "fields"
    ]
    assert json.dumps(second.kwargs["fields"])
