"""Bodies for connectors: JSON inside a Jinja template, and captured text that looks like Jinja."""

from __future__ import annotations

import json
from typing import Any

import jinja2
import pytest
from hypothesis import example, given

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.json_values import jinja, literals

from .values import json_values, quick, texts

JINJA = jinja2.Environment(undefined=jinja2.StrictUndefined)
JINJA.filters["jsonify"] = json.dumps


def rendered(value: Any, **inputs: Any) -> Any:
    return json.loads(JINJA.from_string(str(jinja.jinja_body(value))).render(inputs))


@quick
@given(json_values)
@example("{{ 7 * 7 }}")
@example({"{{ a }}": ["{% raw %}", "{# x #}", "{{{{", "{{%", "\\{{"]})
@example([{}, [{}], [[{"a": {}}]]])
@example("# line statement? {\n{")
def test_a_body_renders_to_the_value(value: Any) -> None:
    assert json.dumps(value) == json.dumps(rendered(value))


@quick
@given(json_values, texts)
def test_an_input_is_a_placeholder_that_takes_any_value(value: Any, text: str) -> None:
    body = {"fixed": value, "given": [Input("phone"), Result("order_id")]}
    assert [text, 7] == rendered(body, phone=text, order_id=7)["given"]


@pytest.mark.parametrize(
    "param, given_value, expected",
    [
        (Input("x"), "a", "a"),
        (Input("x", type="domain"), '[["a", "=", "b"]]', [["a", "=", "b"]]),
        (Input("x", type="many2many", multiple=True), ["1", "2"], [1, 2]),
        (Input("x", type="char", multiple=True), ["1"], ["1"]),
        (Input("x", required=False, default=False), "", False),
        (Input("x", required=False, default=80), 5, 5),
    ],
)
def test_what_a_form_gives_is_what_odoo_takes(
    param: Input, given_value: Any, expected: Any
) -> None:
    assert expected == rendered([param], x=given_value)[0]


@pytest.mark.parametrize("name", ["a b", "a | safe", "", "1a", "é", "a}}", "x\n"])
def test_a_placeholder_is_a_plain_name(name: str) -> None:
    with pytest.raises(Har2rpcError):
        jinja.jinja_body([Input(name)])


@quick
@given(json_values)
def test_a_literal_is_the_value_and_can_be_written_to_a_file(value: Any) -> None:
    text = str(literals.literal({"a": value}, indent=4))
    assert json.dumps({"a": value}) == json.dumps(json.loads(text))
    text.encode("utf-8")
    str(jinja.jinja_body(value)).encode("utf-8")


def test_an_input_has_no_place_in_plain_json() -> None:
    with pytest.raises(Har2rpcError):
        literals.literal(Input("phone"))
    with pytest.raises(Har2rpcError):
        literals.literal({"a": [Input("phone")]})
