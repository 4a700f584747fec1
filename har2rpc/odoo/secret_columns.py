"""Finds secret columns, by their headings, in files that somebody uploaded or exported.

What an import sends (`/base_import/set_file`, Odoo 12-19) and what an export answers (`/web/export/csv`). Cells stay where
they are, and as they are quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from har2rpc.odoo.secret_fields import is_secret_field
from har2rpc.odoo.secret_texts import Span, is_placeholder

_SEPARATORS = ",;\t|"
_LONGEST_HEADER = 20_000  # characters
_LONGEST_HEADING = 100
_NO_HEADING = re.compile(r"[{}<>=\[\]@]|://")  # code, or what somebody wrote
_LINE = re.compile(r"\ufeff?([^\r\n]++)\r?\n")


def column_spans(text: str, fewest: int = 1) -> Sequence[Span]:
    """The cells in the columns whose heading names a secret; none, if it is not a file with so many columns at least."""
    first = _LINE.match(text[:_LONGEST_HEADER])
    if not first or not first[1].strip() or len(text) == first.end():
        return ()
    for separator in _separators_of(first[1]):
        headings = [cell.strip() for *_, cell in _cells(first[1], 0, len(first[1]), separator)]
        secret = {n: name for n, name in enumerate(headings) if _names_secret(name)}
        width = _width(text, first.end(), separator)
        if secret and width == len(headings) >= fewest and not any(map(_is_no_heading, headings)):
            cells = _cells(text, first.end(), len(text), separator)
            return [
                Span(start, end, secret[column])
                for column, start, end, cell in cells
                if column in secret and cell and not is_placeholder(cell)
            ]
    return ()


def _separators_of(line: str) -> Sequence[str]:
    """Those that stand in the header row, the most frequent first; any, where it has one heading."""
    there = sorted((one for one in _SEPARATORS if one in line), key=line.count, reverse=True)
    return there or _SEPARATORS[:1]


def _names_secret(heading: str) -> bool:
    """`password`, `User/API Key`, `partner_id/token`, `Mot de passe`."""
    return bool(heading) and is_secret_field("?", heading.removesuffix("/.id").strip(" *:"))


def _is_no_heading(heading: str) -> bool:
    return len(heading) > _LONGEST_HEADING or bool(_NO_HEADING.search(heading))


def _width(text: str, start: int, separator: str) -> int:
    """How many cells the row has that begins here: in a letter the lines have as many commas as they have."""
    width = 0
    for column, *_ in _cells(text, start, len(text), separator):
        if column < width:
            break
        width = column + 1
    return width


def _cells(text: str, start: int, end: int, separator: str) -> Iterator[tuple[int, int, int, str]]:
    """The column of each cell, where it begins and ends, without its quotes, and what it says."""
    at, column, pattern = start, 0, _cell(separator)
    while at <= end:
        cell = pattern.match(text, at, end)
        assert cell, "it may be empty"
        if cell[1] is not None:
            yield column, *cell.span(1), cell[1].replace('""', '"')
        else:
            yield column, *cell.span(2), cell[2]
        at = cell.end()
        column = column + 1 if text[at : at + 1] == separator else 0
        at += 2 if text[at : at + 2] == "\r\n" else 1


@lru_cache(maxsize=8)
def _cell(separator: str) -> re.Pattern[str]:
    """A cell in quotes, or one up to the next separator; one whose quotes do not end is one of the latter."""
    one = re.escape(separator)
    quoted = r'"([^"]*+(?:""[^"]*+){0,1000}+)"'
    return re.compile(rf"{quoted}(?=[{one}\r\n]|\Z)|([^{one}\r\n]*+)")
