"""YAML, Markdown and plain text: read back by readers of others, each captured text is a text and nothing else."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from markdown_it import MarkdownIt

from har2rpc.model import Har2rpcError, Input
from har2rpc.rendering.formatting import one_line
from har2rpc.rendering.prose import markdown, plain
from har2rpc.rendering.yaml_values import literals as yaml_literals

from .values import json_values, quick, texts

PAGE = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def kinds(text: str) -> set[str]:
    """All that a reader of Markdown finds in a text."""
    return {part.type for token in PAGE.parse(text) for part in [token, *(token.children or [])]}


def read(text: str) -> str:
    """What stands in the paragraphs."""
    return "".join(
        part.content
        for token in PAGE.parse(text)
        for part in token.children or []
        if part.type in ("text", "text_special")
    )


def same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@quick
@given(json_values)
@example(
    [{"a": [{}, [], {"b": []}]}, "yes", "1_000", "1:20", "2026-11-30", "~", "=", "<<", "0o7", "1e3"]
)
@example(
    [
        "# x",
        "a: b",
        "- a",
        "a #b",
        "\x85",
        "\u2028",
        "\ud83d",
        "😀",
        "\0",
        "a\n b\n\n",
        "a\n\nb",
        "é",
    ]
)
@example([{"k" * 2000: {"a": [1]}, "b": {"'\"" * 600: {"c": [2]}}}])
@example([1.0, 1e22, 5e-324, -0.0, 10**40, 3e300, 0.1, True, None, {"": {"null": None, "1": 1}}])
def test_yaml_gives_the_value_back_over_lines_and_on_one(value: Any) -> None:
    for written in (
        yaml_literals.literal({"a": value}),
        f"a: {yaml_literals.flow_literal(value)}",
        f"# {yaml_literals.comment('x')}\na: {yaml_literals.flow_literal(value)}\n",
    ):
        if not any("\ud800" <= char <= "\udfff" for char in json.dumps(value, ensure_ascii=False)):
            assert same({"a": value}, yaml.safe_load(written)), written
        assert written.replace("\n", "").isprintable()
    assert "\n" not in yaml_literals.flow_literal(value)


@quick
@given(texts)
@example("<script>alert(1)</script> <!-- a --> &amp; &#64;")
@example("[a](javascript:x) ![b](http://x/y.png) <http://x> www.x.org https://x a@b.c [c]: /d")
@example("```\n# x\n> y\n- z\n1. a\n1) b\n***\n| a | b |\n|---|---|\n~~c~~ **d** _e_ `f` \\")
@example("    four spaces")
@example("a  \nb")
def test_a_text_is_nothing_but_text_in_markdown(text: str) -> None:
    written = markdown.literal(text)
    assert kinds(written) <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert one_line(text) == read(written) and "\n" not in written
    assert not re.search(r"(?<!\\)[<>\[\]()`!:/@&#*_|~]", written)  # of GitHub's own links, too


@quick
@given(texts)
@example("`` ` ```")
@example("`")
def test_a_span_of_code_is_nothing_else(text: str) -> None:
    written = markdown.code_span(text)
    found = kinds(f"x {written} y") - {"paragraph_open", "paragraph_close", "inline", "text"}
    assert found <= {"code_inline"} and bool(found) == bool(one_line(text))


@quick
@given(json_values)
@example(["```", "~~~", "````\n```"])
def test_a_block_of_code_holds_the_value(value: Any) -> None:
    tokens = PAGE.parse(f"x\n\n{markdown.code_block(value)}\n\ny")
    [fence] = [token for token in tokens if token.type == "fence"]
    assert "paragraph_close" == tokens[-1].type
    assert same(value, json.loads(fence.content))


@quick
@given(texts)
@example("--> <b> --!> ->")
def test_a_comment_ends_where_it_ends(text: str) -> None:
    written = markdown.comment(text)
    assert written.startswith("<!-- ") and written.endswith(" -->")
    assert not re.search(r"--|[<>]", written[4:-3])


@quick
@given(texts)
@example("\x1b[31m\x07 \u202e \r\n\t x")
def test_plain_text_is_one_line_that_can_be_seen(text: str) -> None:
    assert plain.literal(text).isprintable()
    assert plain.literal(text) == text or not text.isprintable()
    assert text == json.loads(plain.as_json(text)) and plain.as_json(text).isprintable()


@pytest.mark.parametrize("write", [
    yaml_literals.literal, yaml_literals.flow_literal, markdown.literal, markdown.code_span, markdown.code_block, plain.literal
])  # fmt: skip
def test_what_is_no_json_is_refused(write: Any) -> None:
    for value in (object(), {1, 2}, [Input("a")], Input("a")):
        with pytest.raises(Har2rpcError):
            write(value)
