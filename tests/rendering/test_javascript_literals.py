"""JavaScript literals: the same value back when node reads them, and nothing that a page could stumble over."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from har2rpc.model import Har2rpcError, Input, Result
from har2rpc.rendering.formatting import Code, FromEnvironment, Keyword, Spread
from har2rpc.rendering.javascript import functions, identifiers, literals

from .values import json_values, quick, texts

WIDTH = 100
BIG = 2**53
batches = settings(max_examples=12, deadline=None)
# Says of every value what it is, with words for what JSON has none: written for these tests.
TOLD = """
const told = (value) =>
  typeof value === "bigint" ? { big: String(value) }
  : Object.is(value, -0) ? { minus: 0 }
  : Array.isArray(value) ? value.map(told)
  : value !== null && typeof value === "object"
    ? { proto: Object.getPrototypeOf(value) === Object.prototype,
        has: Object.keys(value).map((key) => [key, told(value[key])]) }
  : value;
"""


def node(source: str) -> Any:
    """What a module prints, as JSON."""
    done = subprocess.run(
        ["node", "--input-type=module", "-"],
        input=source,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def told(value: Any) -> Any:
    """The same in Python; whole numbers have one type in JavaScript."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return float(value) if abs(value) < BIG else {"big": str(value)}
    if isinstance(value, float):
        return {"minus": 0.0} if str(value) == "-0.0" else value
    if isinstance(value, dict):
        return {"proto": True, "has": sorted([key, told(item)] for key, item in value.items())}
    return [told(item) for item in value]


def as_floats(value: Any) -> Any:
    """What node told, its numbers as floats and its keys in order."""
    if isinstance(value, dict) and "has" in value:
        value = {**value, "has": sorted(value["has"])}
    if isinstance(value, dict):
        return {key: as_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_floats(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
@batches
@given(st.lists(json_values, max_size=12))
@example([{"": "", "true": True, "null": None, "NaN": 1}])
@example([{"__proto__": {"a": 1}}, {"__proto__": None}, {"constructor": 1, "a-b": 2, "1": 3}])
@example([BIG - 1, BIG, -BIG, 10**40, -0.0, 0.0, 1e22, 5e-324, 1.0])
@example(
    ["</script>", "<!-- -->", "\u2028\u2029", "\ud83d", "\udc00\ud83d", "😀", "${a}`", "\0001"]
)
@example([{"x" * 40: ["y" * 40] * 3}, [[[[["z" * 90]]]]], {"a": {"b": {"c": "w" * 95}}}])
def test_a_literal_is_the_value(values: list[Any]) -> None:
    written = ",\n".join(literals.literal(value, indent=2) for value in values)
    found = node(f"{TOLD}\nconsole.log(JSON.stringify([{written}].map(told)));")
    assert json.dumps([told(value) for value in values]) == json.dumps(as_floats(found))


@quick
@given(texts)
def test_a_text_is_visible_and_ends_no_page_and_no_line(text: str) -> None:
    literal = literals.text_literal(text)
    assert literal.isprintable()
    assert "</" not in literal and "<!--" not in literal
    assert ("'" if text.count('"') > text.count("'") else '"') == literal[0] == literal[-1]


@quick
@given(texts)
@example("*/ alert() /*")
@example("</script><script>")
def test_a_comment_never_leaves_its_lines(text: str) -> None:
    line = literals.comment(text, indent=2)
    assert all(part.lstrip().startswith("//") for part in line.split("\n"))
    action: Any = SimpleNamespace(inputs=(Input("phone", label=text),), runs=())
    block = functions.docblock(text, action)
    assert 1 == block.count("*/") and block.endswith("*/")
    for written in (line, block):
        assert "</" not in written and written.replace("\n", "").isprintable()


@quick
@given(json_values)
def test_a_line_is_too_wide_only_for_a_single_value(value: Any) -> None:
    for line in literals.literal(value, indent=4).split("\n")[1:]:
        bare = re.sub(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\"""", "S", line.strip())
        assert len(line) <= WIDTH or re.fullmatch(
            r"([\w\[\]]+: )?([\w.+-]+|\[|\{|\[\]|\{\}),?", bare
        ), line


def test_names_of_the_language_and_of_our_own_get_a_dollar() -> None:
    for name in ("function", "default", "call", "missing", "constructor", "ODOO_URL"):
        assert f"${name}" == identifiers.identifier(name)
    assert ["createSaleOrder", "lookUp_2", "$delete"] == [
        identifiers.function_name(name) for name in ("create_sale_order", "look_up_2", "delete")
    ]
    assert "{ function: $function, name, x: [name] }" == literals.literal(
        {"function": Input("function"), "name": Input("name"), "x": [Input("name")]}
    )


def test_names_are_written_bare_and_only_if_they_are_names() -> None:
    for name in ("x y", "1a", "", "a.b", "é", "a\n", "a)", "$a"):
        for wrong in (Input(name), Result(name), Spread(name, {}), FromEnvironment(name)):
            with pytest.raises(Har2rpcError):
                literals.literal([wrong])
        for write in (identifiers.identifier, identifiers.function_name):
            with pytest.raises(Har2rpcError):
                write(name)
        with pytest.raises(Har2rpcError):
            functions.signature([Input(name)], "f")
        with pytest.raises(Har2rpcError):
            functions.call([Keyword(name, 1)], "f")
    for head in ("a b", "f(", "return  f", "const x = f", ""):
        with pytest.raises(Har2rpcError):
            functions.call([1], head)


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"x", print], ids=lambda value: type(value).__name__
)
def test_what_is_no_json_is_refused(value: Any) -> None:
    with pytest.raises(Har2rpcError):
        literals.literal({"a": [value]})


def test_results_are_picked_and_what_is_not_there_is_no_undefined() -> None:
    assert '[a, at(b, 0), at(c, 1, "x", 2), at(only(d), "id"), only(e)]' == literals.literal(
        [
            Result("a"),
            Result("b", what="ids"),
            Result("c", what="field", record=1, field="x", item=2),
            Result("d", what="only", field="id"),
            Result("e", what="only"),
        ]
    )


def test_calls_and_signatures() -> None:
    named = [Keyword("limit", 3), Keyword("constructor", 4)]
    assert 'f("x", { limit: 3, $constructor: 4 })' == functions.call(["x", *named], "f")
    assert "await f()" == functions.call([], "await f")
    assert "f({ ...CONTEXT, a: 1 })" == functions.call([Spread("CONTEXT", {"a": 1})], "f")
    one, other = Input("phone"), Input("default", required=False, default=False)
    assert 'f(phone = missing("phone"), { default: $default = false } = {})' == (
        functions.signature([other, one], "f")
    )
    assert 'f({ phone = missing("phone"), name = missing("name") } = {})' == (
        functions.signature([one, Input("name")], "f")
    )
    assert '[1n + 1n, "1n"]' == literals.literal([Code("1n + 1n"), "1n"])


def test_a_name_of_any_length_may_have_no_inputs() -> None:
    name = "x" * 200
    assert f"{name}()" == functions.signature([], name)
