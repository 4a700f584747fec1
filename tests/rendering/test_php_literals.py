"""PHP literals: json_encode gives the same JSON back, and nothing in them is code."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from har_builder import TEMPLATES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from php import needs_php, run_php

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code, FromEnvironment, FromFile, Keyword, Spread
from har2rpc.rendering.php import declarations, literals

from .values import json_values, quick, texts

BIG = 2**63
batches = settings(max_examples=12, deadline=None)
# The generated code's own writer of what json_encode refuses.
EXACT = "\n".join(
    re.search(rf"^(?:final )?{head}\(?.*?^}}\n", (TEMPLATES / "php.php.j2").read_text("utf-8"), re.M | re.S)[0]  # type: ignore[index]
    for head in ("class Number", "function toJson")
)


def encoded(values: list[Any], encode: str) -> str:
    """What PHP's JSON of these values is; the code comes as a file, so that its length does not matter."""
    written = ",\n".join(literals.literal(value, indent=4) for value in values)
    code = (
        "const AS_JSON = JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION;\n"
        f"{EXACT}\necho {encode}([{written}]{'' if encode == 'toJson' else ', AS_JSON'});"
    )
    done = run_php("-r", code)
    assert 0 == done.returncode, done.stderr
    return done.stdout


def told(text: str) -> str:
    """JSON with its keys in order."""
    return json.dumps(json.loads(text), sort_keys=True)


@pytest.mark.parametrize("marks", [pytest.param("", marks=needs_php)])
@batches
@given(values=st.lists(json_values, max_size=12))
@example(values=[{}, [], [{}], {"": {}}, {"a": []}, {"0": 1}, {"0": {}, "1": []}, {"1": 1, "0": 2}])
@example(values=[{"5": 1, "x": 2}, {"-5": 1}, {"05": 1}, {"1.0": 1}, {str(BIG): 1}, {"\0a": 1}])
@example(values=[BIG - 1, BIG, -BIG, 1 - BIG, 10**40, -0.0, 0.0, 1e22, 5e-324, 1.0, 3e300])
@example(
    values=[
        "$a {$b} ${c}",
        "a'b",
        "'\"",
        "\\'",
        "\\",
        "?>",
        "\u2028\u2029",
        "\ud83d",
        "😀",
        "\0001",
    ]
)
@example(values=["\udc00\ud83d", {"\ud83d": "\ud83d'\"$"}, "\x7f\x9f", "é\u0301", "<?php ?>"])
@example(values=[{"x" * 40: ["y" * 40] * 3}, [[[[["z" * 90]]]]], {"a": {"b": {"c": "w" * 95}}}])
def test_a_literal_is_the_value(values: list[Any], marks: str) -> None:
    assert told(json.dumps(values)) == told(encoded(values, "toJson"))
    plain = [value for value in values if not declarations.needs_exact_json([value])]
    assert told(json.dumps(plain)) == told(encoded(plain, "json_encode"))


@quick
@given(texts)
def test_a_text_can_be_seen_and_nothing_in_it_is_code(text: str) -> None:
    literal = literals.text_literal(text)
    assert literal.isprintable() and literal[0] == literal[-1]
    inside = re.sub(r"\\u\{[0-9a-f]+\}|\\x[0-9a-f]{2}|\\.", "", literal[1:-1])
    assert literal[0] not in inside
    if literal[0] == '"':
        assert "$" not in inside


@quick
@given(texts)
@example("*/ exit(); /*")
@example("?><?php exit();")
def test_a_comment_never_leaves_its_lines(text: str) -> None:
    line = literals.comment(text, indent=2)
    assert all(part.lstrip().startswith("//") for part in line.split("\n"))
    head = declarations.doc_lines(text)
    assert all(part.startswith(" *") for part in head.split("\n")) and "*/" not in head
    block = declarations.docblock(text, [("phone", text)], [Input("phone")])
    assert 1 == block.count("*/") and block.endswith("*/")
    for written in (line, head, block):
        assert "?>" not in written and written.replace("\n", "").isprintable()


@quick
@given(json_values)
def test_a_line_is_too_wide_only_for_a_single_value(value: Any) -> None:
    for line in literals.literal(value, indent=4).split("\n")[1:]:
        bare = re.sub(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", "S", line.strip())
        assert len(line) <= literals.WIDTH or re.fullmatch(
            r"(S => )?(new [\\\w]+\(?)?(\[|S|[\w.+-]+)?\)?\]?\)?,?", bare
        ), line


def test_names() -> None:
    assert ["$partner_id", "$this_", "$class", "$_GET_"] == [
        literals.variable(name) for name in ("partner_id", "this", "class", "_GET")
    ]
    assert ["createSaleOrder", "lookUp_2", "list_", "call_", "Json_Encode_", "unlink"] == [
        literals.function_name(name)
        for name in ("create_sale_order", "look_up_2", "list", "call", "Json_Encode", "unlink")
    ]
    assert ["CreateSaleOrder", "_2fa", "_"] == [
        literals.studly(name) for name in ("create_sale_order", "_2fa", "_")
    ]


def test_names_are_written_bare_and_only_if_they_are_names() -> None:
    for name in ("x y", "1a", "", "a.b", "é", "a\n", "a)", "$a"):
        for wrong in (Input(name), Result(name), Spread(name, {}), FromEnvironment(name)):
            with pytest.raises(Har2rpcError):
                literals.literal([wrong])
        for write in (literals.identifier, literals.function_name, literals.studly):
            with pytest.raises(Har2rpcError):
                write(name)
        with pytest.raises(Har2rpcError):
            declarations.signature([Input(name)], "f")
        with pytest.raises(Har2rpcError):
            declarations.docblock("x", [], [Input(name)])
        with pytest.raises(Har2rpcError):
            declarations.assignment(1, name)
        with pytest.raises(Har2rpcError):
            declarations.call([Keyword(name, 1)], "f")
    for head in ("a b", "f(", "return  f", "x = f", "f->", ""):
        with pytest.raises(Har2rpcError):
            declarations.call([1], head)


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"x", print], ids=lambda value: type(value).__name__
)
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(Har2rpcError):
        literals.literal({"a": [value]})


def test_results_are_picked_and_what_a_run_reads_is_named() -> None:
    assert "[$a, at($b, 0), at($c, 1, 'x', 2), at(only($d), 'id'), only($e)]" == literals.literal(
        [
            Result("a"),
            Result("b", what="ids"),
            Result("c", what="field", record=1, field="x", item=2),
            Result("d", what="only", field="id"),
            Result("e", what="only"),
        ]
    )
    assert "[getenv('S'), fromFile('--a'), fromFile('--b', isText: true)]" == literals.literal(
        [FromEnvironment("S"), FromFile("--a", False), FromFile("--b", True)]
    )


def test_calls_and_signatures() -> None:
    named = [Keyword("limit", 3), Keyword("this", 4)]
    assert "f('x', limit: 3, this_: 4)" == declarations.call(["x", *named], "f")
    assert "$a = f()" == declarations.call([], "$a = f")
    assert "f([...CONTEXT, 'a' => 1])" == declarations.call([Spread("CONTEXT", {"a": 1})], "f")
    one, other = Input("phone"), Input("default", required=False, default=False)
    assert "function f($phone, $default = false): mixed\n{" == declarations.signature(
        [other, one], "f"
    )
    assert "['1 + 1', 1 + 1]" == literals.literal(["1 + 1", Code("1 + 1")])


def test_the_code_calls_no_function_that_a_generated_one_could_replace() -> None:
    """In a namespace a function of the same name, in any case, would be called in the place of PHP's own."""
    text = (TEMPLATES / "php.php.j2").read_text("utf-8")
    text = re.sub(
        r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|'[^'\n]*'|/\*\*.*?\*/|//[^\n]*", "", text, flags=re.S
    )
    called = set(re.findall(r"(?<![\w>:$\\])([a-z]\w+)\(", text))
    methods = set(re.findall(r"(?:public|private)(?: static)? function (\w+)\(", text))
    unknown = {name for name in called - methods if name.lower() not in literals.RESERVED}
    assert unknown == set() and len(called) > 40
    defined = set(re.findall(r"^function (\w+)\(", text, re.M))
    assert {name.lower() for name in defined} <= literals.RESERVED
