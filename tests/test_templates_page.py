"""docs/own-templates.md: each example gives what stands below it, and everything that a template sees is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from har_builder import ROOT, TEMPLATES, run

from har2rpc import pipeline
from har2rpc.rendering.languages import FAMILIES, find_language
from har2rpc.rendering.template_context import template_variables
from har2rpc.rendering.value_filters import VALUE_FILTERS

PAGE = (ROOT / "docs" / "own-templates.md").read_text("utf-8")
EXAMPLE = re.compile(
    r"<!-- template: (\S+)((?: \S+)*?) -->\n```jinja\n(.*?)```\n\n(?:[^`\n]+\n\n)?```\n(.*?)```\n",
    re.DOTALL,
)
SAMPLE = "odoo19-chrome-create_partner"
NAMED = set(re.findall(r"`(\w+)`", PAGE))


@pytest.mark.parametrize("name, more, text, wanted", EXAMPLE.findall(PAGE))
def test_an_example_gives_what_stands_below_it(
    name: str, more: str, text: str, wanted: str, tmp_path: Path
) -> None:
    template = tmp_path / name
    template.write_text(text, encoding="utf-8")
    *options, sample = more.split() or [SAMPLE]
    done = run("convert", "-t", template, *options, ROOT / "samples" / f"{sample}.har")
    assert wanted in done.stderr if done.exit_code else wanted in f"{done.stdout}\n", done.stderr
    assert (done.exit_code != 0) == wanted.startswith("har2rpc: ")


def test_the_page_has_examples_of_each_kind() -> None:
    assert len(EXAMPLE.findall(PAGE)) == PAGE.count("<!-- template: ") >= 7
    for link in ("README.md", "CONTRIBUTING.md"):
        assert "docs/own-templates.md" in (ROOT / link).read_text("utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_filter_of_a_family_is_named(family: str) -> None:
    [row] = re.findall(rf"^\| `{family}` \|.*$", PAGE, re.MULTILINE)
    filters = set(find_language(FAMILIES[family]).filters)
    if family in ("json", "yaml"):  # the others are of the platforms whose documents are JSON
        filters &= {"lit", "name", "marked", "comment", "flow_lit"}
    assert filters - {"lit", "name"} <= set(re.findall(r"`(\w+)`", row))
    assert f".{FAMILIES[family]}" in row


def test_every_variable_and_every_common_filter_is_named() -> None:
    capture = pipeline.open_capture([ROOT / "samples" / f"{SAMPLE}.har"])
    variables = template_variables([], capture.session, {})
    unknown = {*variables, *VALUE_FILTERS} - NAMED
    assert not unknown, f"docs/own-templates.md does not name {unknown}"


@pytest.mark.parametrize("parent", ["python.py.j2", "curl.sh.j2"])
def test_every_block_is_named(parent: str) -> None:
    blocks = set(re.findall(r"{%-? block (\w+)", (TEMPLATES / parent).read_text("utf-8")))
    [sentence] = re.findall(rf"`{re.escape(parent)}` has(.*?)[.;]", PAGE, re.DOTALL)
    assert blocks == set(re.findall(r"`(\w+)`", sentence))
