"""The languages: alike through the API, and known by name in one file."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest

from har2rpc import rendering
from har2rpc.model import Input, Result
from har2rpc.rendering.formatting import Code, FromEnvironment, Keyword, Spread
from har2rpc.rendering.languages import _LANGUAGES, find_language

ROOM = Path(rendering.__file__).parent
WITH_COMMENTS = {
    "python": "definitions",
    "javascript": "functions",
    "php": "declarations",
    "shell": "function_options",
}


@pytest.mark.parametrize("suffix", _LANGUAGES)
def test_every_language_prints_values_and_names(suffix: str) -> None:
    assert {"lit", "name"} <= set(find_language(suffix).filters)


@pytest.mark.parametrize("folder", WITH_COMMENTS)
def test_the_same_idea_has_the_same_name_in_each_language(folder: str) -> None:
    literals = importlib.import_module(f"har2rpc.rendering.{folder}.literals")
    functions = importlib.import_module(f"har2rpc.rendering.{folder}.{WITH_COMMENTS[folder]}")
    for name in ("literal", "identifier", "comment"):
        assert callable(getattr(literals, name))
    assert callable(functions.call)


@pytest.mark.parametrize(
    "value", [None, True, 1, 1.5, "x", [], [1, [2]], {}, {"a": [{"b": 0}]}], ids=str
)
@pytest.mark.parametrize("suffix", _LANGUAGES)
def test_every_language_writes_every_json_value(suffix: str, value: Any) -> None:
    assert isinstance(find_language(suffix).filters["lit"](value), Code)


@pytest.mark.parametrize(
    "noun",
    [Input("a"), Result("a"), Spread("C", {"a": 1}), FromEnvironment("A"), Code("x")],
    ids=repr,
)
@pytest.mark.parametrize(
    "suffix", [each for each in _LANGUAGES if "signature" in find_language(each).filters]
)
def test_a_language_of_functions_writes_what_stands_in_a_call(suffix: str, noun: Any) -> None:
    filters = find_language(suffix).filters
    assert isinstance(filters["lit"](noun), Code)
    assert isinstance(filters["call"]([noun, Keyword("key", noun)], "f"), Code)


def test_a_language_is_known_to_one_file() -> None:
    """A new one is that file's and its own folder's business; `json` is also a kind of input."""
    suffixes = set(_LANGUAGES) - {"json"}
    assert suffixes
    assert [] == [
        f"{path.name}:{node.lineno}: {node.value}"
        for path in sorted(ROOM.rglob("*.py"))
        if path.name != "languages.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in suffixes
    ]
