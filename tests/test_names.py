"""Names are the field's words: no variable, parameter, attribute, function or class is a bare past participle."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from test_arrows import PACKAGE, modules

# They say that something was done and not what it is: the decision, the notes, the paths, the ids.
FORBIDDEN = frozenset("""
    said told made asked judged meant given found wanted decided opened held shown
    """.split())


def names(source: str) -> Iterator[tuple[int, str]]:
    """Every name that a file gives to something, with its line."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.alias):
            yield node.lineno, node.asname or node.name
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.lineno, node.name


def forbidden(source: str) -> list[str]:
    return [f"{line}: {name}" for line, name in names(source) if name.strip("_") in FORBIDDEN]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_name_is_a_bare_past_participle(path) -> None:
    assert [] == forbidden(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "made = 1",
        "def _asked(): pass",
        "class Found: pass".replace("F", "f"),
        "def f(told): pass",
        "x.given",
        "lambda *, said: 0",
        "for held in (): pass",
        "import a as shown",
        "with a as opened_: pass",
        "match x:\n    case [*wanted]: pass",
    ],
)
def test_such_a_name_would_be_found(source: str) -> None:
    assert 1 == len(forbidden(source))


def test_a_name_with_a_noun_is_fine() -> None:
    assert [] == forbidden("given_ids = asked_fields(found_in='x').shown_name")
