"""The one way to the terminal: what people read is printed here, and captured text arrives harmless.

A capture is written by whoever sent it. An escape sequence in a name would paint over the line above it, set the window's
title, or fill in the clipboard; a mark of direction would turn `unlink` around. Nothing else in `cli` prints
(`tests/test_terminal.py`), so no command has to remember.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import click

from har2rpc.model.visible import visible

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console
    from rich.text import Text

_WIDTH = 160  # columns, where it is not a terminal that has its own
WIDE = 100
"""Columns from which every column of a table has its place."""
TINY = 60
"""Columns below which a call is its number and what is said of it."""
SHORT = 22
"""Columns of a name on a narrow terminal."""


def counted(number: int, noun: str) -> str:
    """`1 call`, `2 calls`: the noun is the word for one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def clean(text: str) -> str:
    """Captured text as a part of a line: no line breaks, nothing that a terminal obeys."""
    return " ".join(visible(text.replace("\r\n", "\n")).split())


def print_line(text: str = "", *, color: str | None = None, err: bool = False) -> None:
    """One line, whatever the text holds."""
    line = visible(text.replace("\n", " "))
    click.echo(click.style(line, fg=color) if color else line, err=err)


def print_entry(head: str, text: str) -> None:
    """A text behind its head, as `whoami` prints facts: on a terminal its lines stay beside the head, and end between words."""
    if not sys.stdout.isatty():
        print_line(head + text)
        return
    from shutil import get_terminal_size
    from textwrap import wrap

    width = get_terminal_size().columns
    indent = " " * (len(head) if len(head) <= width // 2 else 2)
    lines = wrap(
        visible((head + text).replace("\n", " ")),
        max(width, 20),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for line in lines:
        print_line(line)


def print_notes(notes: Iterable[str], *, most: int | None = 50) -> None:
    """One line each on stderr: a capture cannot add a line of its own, nor bury others under thousands of its own.

    Those beyond `most` are counted; None prints them all.
    """
    rest = iter(notes)
    for note in islice(rest, most):
        print_line(clean(f"har2rpc: {note}"), err=True)
    if more := sum(1 for _ in rest):
        print_line(f"har2rpc: and {more} more messages like these", err=True)


def print_product(text: str, *, err: bool = False) -> None:
    """Code or JSON, as it was written: its own language has escaped what it holds."""
    click.echo(text, err=err, nl=not text.endswith("\n"))


def print_control(sequence: str) -> None:
    """A sequence that the terminal obeys, made here of nothing that a capture wrote."""
    click.echo(sequence, err=True, nl=False)


def print_piece(text: str) -> None:
    """A piece of a product too long to be held: the next one follows at once."""
    sys.stdout.write(text)


def print_over(text: str, *, is_last: bool) -> None:
    """Replaces the line that stderr, a terminal, is at."""
    click.echo("\r" + visible(text), err=True, nl=is_last)


def cell(text: str, style: str = "") -> Text:
    """Captured text for a table, or a line under one."""
    from rich.text import Text

    return Text(clean(text), style)


def wrapped_cell(name: str, width: int, style: str = "") -> Text:
    """A technical name for a narrow column: its lines end behind a point or an underscore."""
    lines = [""]
    for piece in re.findall(r"[^._]*[._]?", clean(name)):
        if lines[-1] and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    from rich.text import Text

    return Text("\n".join(lines), style)


def indented(text: str, style: str = "") -> Text:
    """A line of which the spaces at the beginning stay."""
    from rich.text import Text

    return Text(visible(text.replace("\n", " ")), style)


def open_console(*, err: bool = False) -> Console:
    """What prints tables: as wide as the terminal, and wide enough for a file."""
    from rich.console import Console

    console = Console(stderr=err, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDTH
    return console


@contextmanager
def clean_refusals() -> Iterator[None]:
    """What click quotes of the command line when it refuses it, which a script may have from anywhere, is cleaned."""
    try:
        yield
    except click.ClickException as error:
        for name, value in vars(error).items():
            if isinstance(value, str):
                setattr(error, name, clean(value))
        raise


def print_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """`sys.excepthook`: a traceback, which ends in words that may be the capture's."""
    from traceback import format_exception

    sys.stderr.write(visible("".join(format_exception(kind, error, trace))))
    print_notes(["this is a bug in har2rpc: please report it with the lines above"])
