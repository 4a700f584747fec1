"""Python literals: the same value back, in the layout that black leaves alone."""

from __future__ import annotations

import ast
import json
import math
from typing import Any

import black
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code, FromEnvironment, Keyword, Spread
from har2rpc.rendering.python import definitions, literals

from .values import json_values, keys, quick, texts, with_black

WIDTH = 88


def as_json(value: Any) -> str:
    """Equal only for equal values: true is not 1, 1 is not 1.0, -0.0 is not 0.0."""
    return json.dumps(value)


def nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


@quick
@given(json_values)
@example(-0.0)
@example([1e22, 1e-7, 1.5e300, 10**400, True, 1])
@example({"a": [], "b": {}, "c": [[]], "": None})
def test_a_literal_is_the_value(value: Any) -> None:
    assert as_json(value) == as_json(ast.literal_eval(literals.literal(value)))


@with_black
@given(st.lists(json_values, min_size=4, max_size=6))
@example(["x" * width for width in range(60, 90)])
@example([{"k": "x" * width} for width in range(60, 90)])
@example([["王" * width] for width in range(30, 45)])
@example([["e\u0301" * width] for width in range(70, 90)])
@example([["x" * (w // 2), "y" * (w - w // 2)] for w in range(60, 90)])
def test_black_leaves_literals_as_they_are(values: list[Any]) -> None:
    code = "".join(f"{definitions.assignment(value, 'value')}\n" for value in values)
    assert code == black.format_str(code, mode=black.Mode())


@with_black
@given(st.lists(json_values, max_size=4), st.dictionaries(st.sampled_from("abc"), json_values))
@example(["x" * 40, "y" * 40], {})
@example(["x" * 60], {"a": ["y" * 60]})
@example([], {})
def test_black_leaves_calls_as_they_are(values: list[Any], named: dict[str, Any]) -> None:
    items = [*values, *(Keyword(name, value) for name, value in named.items())]
    code = f"{definitions.call(items, 'answer = execute')}\n"
    assert code == black.format_str(code, mode=black.Mode())


@pytest.mark.parametrize("indent", [0, 4, 12])
@quick
@given(value=json_values)
def test_a_line_is_too_wide_only_for_a_single_value(indent: int, value: Any) -> None:
    for line in literals.literal(value, indent=indent).split("\n")[1:]:
        if len(line) > WIDTH and line.isascii():
            inside = line.strip().rstrip(",")
            inside = ast.parse(f"[{{{inside}}}]" if inside[-1:] not in "[{" else "0", mode="eval")
            containers = [
                node
                for node in ast.walk(inside)
                if isinstance(node, (ast.List, ast.Dict)) and len(ast.unparse(node)) > 4
            ]
            assert len(containers) <= 2, line


def test_what_fits_stands_on_one_line_and_what_does_not_has_a_line_for_each() -> None:
    fits = ["x" * 84]
    assert '["' + "x" * 84 + '"]' == literals.literal(fits)
    assert "[\n    " + '"' + "x" * 85 + '",\n]' == literals.literal(["x" * 85])
    assert "[\n" in literals.literal(fits, used=1)
    assert "[\n" in literals.literal(fits, after=1)
    assert "[\n        " in literals.literal(fits, indent=4)


@quick
@given(texts)
def test_quotes_are_those_with_fewer_escapes(text: str) -> None:
    literal = literals.text_literal(text)
    assert literal.isprintable()
    assert text == ast.literal_eval(literal)
    assert ("'" if text.count('"') > text.count("'") else '"') == literal[0] == literal[-1]


@pytest.mark.parametrize("levels", [49, 50, 51, 200, 900])
def test_deep_nesting_is_json_text_before_the_parser_gives_up(levels: int) -> None:
    value = nested(levels)
    literal = literals.literal({"a": value})
    tree = ast.parse(literal, mode="eval")
    evaluated = eval(compile(tree, "x", "eval"), {"json": json, "__builtins__": {}})
    assert as_json({"a": value}) == as_json(evaluated)
    assert f"value = {literal}\n" == black.format_str(f"value = {literal}", mode=black.Mode())
    long = f"{definitions.call([value, 'x', value], 'execute')}\n"
    assert long == black.format_str(long, mode=black.Mode())


def test_an_input_beside_deep_nesting_stays_a_name() -> None:
    literal = literals.literal([Input("phone"), nested(60)])
    assert literal.replace("\n", "").replace(" ", "").startswith("[phone,json.loads(")


def test_numbers_without_a_literal_are_calls_of_float() -> None:
    for value in (math.inf, -math.inf, math.nan):
        assert repr(value) == repr(eval(literals.literal(value)))


def test_names_are_written_bare_and_only_if_they_are_names() -> None:
    assert '[phone, {"id": order_id}]' == literals.literal(
        [Input("phone"), {"id": Result("order_id")}]
    )
    for name in ("x y", "1a", "", "a.b", "é", "a\n", "a)"):
        for wrong in (Input(name), Result(name), Keyword(name, 1), Spread(name, {})):
            with pytest.raises(Har2rpcError):
                literals.literal([wrong])
        with pytest.raises(Har2rpcError):
            literals.identifier(name)


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"x", print], ids=lambda value: type(value).__name__
)
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(Har2rpcError):
        literals.literal({"a": [value]})


def test_spreads_keywords_and_credentials() -> None:
    assert "CONTEXT" == literals.literal(Spread("CONTEXT", {}))
    assert '{**CONTEXT, "a": 1}' == literals.literal(Spread("CONTEXT", {"a": 1}))
    assert 'f(os.environ["KEY"], b=2)' == definitions.call(
        [FromEnvironment("KEY"), Keyword("b", 2)], "f"
    )


@with_black
@given(texts, texts)
@example("\\", "a" + "\\" * 301)
@example('"', '"""')
def test_a_docstring_is_one_string_whatever_it_says(text: str, said: str) -> None:
    code = f"def f():\n    {definitions.docstring(text, [('phone', said)])}\n"
    (function,) = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef) and 1 == len(function.body)
    assert isinstance(function.body[0].value, ast.Constant)
    assert code == black.format_str(code, mode=black.Mode()) or not text.strip()


@quick
@given(texts)
def test_a_comment_never_leaves_its_lines(text: str) -> None:
    code = str(literals.comment(text, indent=4))
    assert [] == ast.parse(code).body
    assert all(line.lstrip().startswith("#") for line in code.split("\n"))
    assert code.replace("\n", "").isprintable()


@with_black
@given(st.lists(st.tuples(keys, json_values), max_size=8))
@example([("a", None)] * 5 + [("b", {"name": "x" * 60, "class": [1, 2, 3]})])
def test_a_signature_is_what_black_writes(inputs: list[tuple[str, Any]]) -> None:
    params = [
        Input(f"parameter_{n}", required=n % 2 == 0, default=value)
        for n, (_, value) in enumerate(inputs)
    ]
    code = f"{definitions.signature(params, 'function')}\n    pass\n"
    assert code == black.format_str(code, mode=black.Mode())


def test_code_passes_through_and_text_does_not() -> None:
    assert '[1 + 1, "1 + 1"]' == literals.literal([Code("1 + 1"), "1 + 1"])
