"""Inputs as JSON Schema: valid, telling, and never narrower than what was recorded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from har2rpc.model import Input
from har2rpc.rendering.json_values.schema import (
    as_recorded,
    input_schema,
    inputs_schema,
    value_schema,
)

from .values import json_values, quick

TYPES = """char text html integer float monetary boolean date datetime selection many2one many2many one2many
    many2one_reference reference binary json properties domain secret whatever""".split()
# Input, what it takes, what it does not.
CASES: list[tuple[Input, list[Any], list[Any]]] = [
    (Input("a", type="char"), ["", "x"], [1, False, None, ["x"]]),
    (Input("a", type="integer"), [0, -1], ["1", 1.5, True]),
    (Input("a", type="float", example=3), [3, 1.5], ["1.5", True]),
    (Input("a", type="boolean", required=False, default=False), [True, False], [1, "true"]),
    (Input("a", type="many2one", relation="res.country"), [20], ["Belgium", [20]]),
    (Input("a", type="many2many", multiple=True, example=[1]), [[], [1, 2]], [1, ["1"]]),
    (Input("a", type="many2one", multiple=True, example=[1]), [[3]], [3, [True]]),
    (Input("a", type="one2many"), [[[0, 0, {"x": 1}]]], [{"x": 1}]),
    (Input("a", type="domain"), [["|", ["a", "=", 1], ["b", "=", 2]]], ["[]", [1]]),
    (Input("a", options=(("draft", "New"), ("done", "Done"))), ["draft"], ["Draft", 1]),
    (Input("a", options=((1, "One"),), multiple=True, example=[1]), [[], [1]], [1, [2]]),
    (Input("a", options=((1, "Low"), (0, "None"))), [1, 0], [True, False]),
    # Wider than its type, because that is what was recorded.
    (Input("a", type="char", example=False), ["x", False], [1]),
    (Input("a", type="many2one", example="Belgium"), [20, "Belgium"], [1.5]),
    (Input("a", type="many2one", multiple=True, example=[1, "x"]), [[1, "x"]], [[None]]),
    (Input("a", type="domain", example=[1, "x"]), [[1]], ["x"]),
    (Input("a", options=(("a", "A"),), example="gone"), ["a", "gone"], ["b"]),
    (Input("a", options=(("a", "A"),), required=False, default=False), ["a"], [False]),
    (Input("limit", type="integer", why="paging", required=False, default=80), [1], [0]),
]


@pytest.mark.parametrize("param, good, bad", CASES, ids=lambda case: str(case)[:60])
def test_it_takes_what_the_type_takes(param: Input, good: list[Any], bad: list[Any]) -> None:
    schema = input_schema(param)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert [] == [value for value in good if not validator.is_valid(value)]
    assert [] == [value for value in bad if validator.is_valid(value)]


@quick
@given(st.sampled_from(TYPES), json_values, st.booleans(), st.booleans(), json_values)
def test_what_was_recorded_is_always_taken(
    kind: str, example: Any, multiple: bool, required: bool, default: Any
) -> None:
    for options in ((), ((1, "one"), ("a", "A"))):
        param = Input(
            "a",
            type=kind,
            example=example,
            multiple=multiple,
            required=required,
            default=default,
            options=options,
        )
        schema = input_schema(param)
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        assert example is None or validator.is_valid(example)
        assert "default" not in schema or validator.is_valid(schema["default"])


def test_it_says_what_people_are_told() -> None:
    param = Input(
        "country_id", label="Country", type="many2one", relation="res.country", example=20
    )
    assert {
        "title": "Country",
        "type": "integer",
        "x-odoo-relation": "res.country",
        "examples": [20],
    } == input_schema(param)
    moment = Input("start", type="datetime", help="When")
    assert "When: YYYY-MM-DD HH:MM:SS, in UTC" == input_schema(moment)["description"]
    assert {"const": "done", "title": "Done"} in input_schema(
        Input("a", options=(("done", "Done"),))
    )["oneOf"]


def test_a_secret_has_no_example() -> None:
    schema = input_schema(Input("password", type="secret"))
    assert schema["writeOnly"] and not {"examples", "default"} & set(schema)


def test_an_object_of_inputs_takes_no_others() -> None:
    inputs = [Input("a"), Input("b", required=False, default=False)]
    validator = Draft202012Validator(inputs_schema(inputs))
    assert validator.is_valid({"a": "x"}) and validator.is_valid({"a": "x", "b": "y"})
    assert not validator.is_valid({"b": "y"}) and not validator.is_valid({"a": "x", "c": "y"})


@pytest.mark.parametrize(
    "value, missing",
    [
        ({"offset": Input("offset", type="integer", required=False, default=0)}, True),
        ({"phone": Input("phone", required=False, default=False)}, True),
        ({"limit": Input("limit", type="integer", required=False, default=80)}, False),
        ({"active": Input("active", type="boolean", required=False, default=False)}, False),
        ({"name": Input("name")}, False),
    ],
)
def test_only_what_is_nothing_may_be_missing(value: dict[str, Any], missing: bool) -> None:
    assert missing == Draft202012Validator(value_schema(value)).is_valid({})


@quick
@given(json_values, json_values)
def test_what_is_sent_is_taken_and_no_other_constant(value: Any, example: Any) -> None:
    sent = {"fixed": value, "given": ["=", Input("a", type="json", example=example)]}
    schema = value_schema(sent)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(as_recorded(sent))
    if isinstance(value, (list, dict)):
        assert value == schema["properties"]["fixed"]["default"]
        assert not validator.is_valid({**as_recorded(sent), "fixed": "x"})
    else:
        assert not validator.is_valid({**as_recorded(sent), "fixed": [value]})
    assert not validator.is_valid({**as_recorded(sent), "given": ["!=", example]})


@quick
@given(st.sampled_from(TYPES), json_values, json_values, st.booleans())
def test_clients_that_know_less_of_json_schema_take_it(
    kind: str, value: Any, example: Any, multiple: bool
) -> None:
    """AI clients refuse an array without `items`; generators a list of types, and a constant that is no plain value."""
    param = Input("a", type=kind, example=[example] if multiple else example, multiple=multiple)
    for schema in (value_schema({"a": [param], "b": value}), inputs_schema([param])):
        for part in schemas_in(schema):
            assert "items" in part or part.get("type") != "array"
            assert not isinstance(part.get("type"), list)
            assert not isinstance(part.get("const"), (list, dict))


def schemas_in(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and those within it; not what stands in `default` and `examples`."""
    yield schema
    within = [*schema.get("properties", {}).values(), schema.get("items")]
    for key in ("prefixItems", "anyOf", "oneOf"):
        within += schema.get(key, [])
    for part in within:
        if isinstance(part, dict):
            yield from schemas_in(part)


def test_the_recorded_secret_is_its_name() -> None:
    assert {"password": "<Password>"} == as_recorded(
        {"password": Input("password", label="Password", type="secret")}
    )
