"""Finds the colored parts of a text: Pygments classifies them, and a browser or a terminal paints them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from pygments.token import (
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    String,
    _TokenType,
)

if TYPE_CHECKING:
    from pygments.lexer import Lexer

Span: TypeAlias = tuple[int, int, str]
"""Start and end in UTF-16 units, as JavaScript counts, and a CSS class."""

_LEXERS = {
    "py": ("pygments.lexers.python", "PythonLexer"),
    "mjs": ("pygments.lexers.javascript", "JavascriptLexer"),
    "sh": ("pygments.lexers.shell", "BashLexer"),
    "php": ("pygments.lexers.php", "PhpLexer"),
    "json": ("pygments.lexers.data", "JsonLexer"),
    "yml": ("pygments.lexers.data", "YamlLexer"),
}
# The first that a token is part of.
_CLASSES = (
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword, "keyword"),
    (Name.Function, "name"),
    (Name.Class, "name"),
    (Name.Tag, "name"),
    (Name.Builtin, "name"),
    (Literal, "number"),
)
PIECE = 20_000
LONGEST = 300_000
"""Characters; a longer text stays plain: no person reads it, and its colors take seconds."""


def spans(text: str, language: str) -> Iterator[list[Span]]:
    """The colored parts of a text in one of the targets' languages, in order; none where it is not known, or long.

    They come in pieces, each of about `PIECE` characters: whoever asks something meanwhile need not wait for the last.
    """
    lexer = _lexer(language)
    if lexer is None or len(text) > LONGEST:
        return
    colored: list[Span] = []
    position, end = 0, PIECE
    for style, tokens in groupby(
        lexer.get_tokens_unprocessed(text), key=lambda token: _class(token[1])
    ):
        units = sum(_utf16_units(value) for _, _, value in tokens)
        if style:
            colored.append((position, position + units, style))
        position += units
        if position >= end:
            yield colored
            colored, end = [], position + PIECE
    yield colored


def for_terminal(text: str, language: str) -> str:
    """The same text with a terminal's colors; as it is where the language is not known, or long."""
    from io import StringIO

    from pygments.formatters.terminal import TerminalFormatter

    lexer = _lexer(language)
    if lexer is None or len(text) > LONGEST:
        return text
    painted = StringIO()
    tokens = ((kind, value) for _, kind, value in lexer.get_tokens_unprocessed(text))
    TerminalFormatter(bg="dark").format(tokens, painted)
    return painted.getvalue()


def _lexer(language: str) -> Lexer | None:
    from importlib import import_module

    if language not in _LEXERS:
        return None
    module, name = _LEXERS[language]
    lexer: Lexer = getattr(import_module(module), name)()
    return lexer


def _class(kind: _TokenType) -> str:
    return next((name for parent, name in _CLASSES if kind in parent), "")


def _utf16_units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
