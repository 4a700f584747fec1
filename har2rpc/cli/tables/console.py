"""The only way to the terminal: everything for people is printed here, and captured text is made harmless.

Anybody may have written a capture. An escape sequence in a name could paint over the line above it, set the window's
title, or fill the clipboard; a direction mark could reverse `unlink`. Nothing else in `cli` prints
(`tests/test_terminal.py`), so commands need no care of their own.
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
"""Width of a terminal from which tables show all their columns."""
TINY = 60
"""Width of a terminal below which a call is only its number and its sentence."""
SHORT = 22
"""Width of a name on a narrow terminal."""


def counted(number: int, noun: str) -> str:
    """`1 call`, `2 calls`: the noun is the word for one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def clean(text: str) -> str:
    """Captured text as part of a line: no line breaks, nothing that a terminal obeys."""
    return " ".join(visible(text.replace("\r\n", "\n")).split())


def print_line(text: str = "", *, color: str | None = None, err: bool = False) -> None:
    """One line, whatever the text holds."""
    line = visible(text.replace("\n", " "))
    click.echo(click.style(line, fg=color) if color else line, err=err)


def print_entry(head: str, text: str) -> None:
    """Prints a label and a text, as `whoami` prints facts: on a terminal the text wraps between words, right of the label."""
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
    """Prints notes on stderr, one line each: a capture can neither add lines nor bury others under thousands of its own.

    Notes beyond `most` are only counted; None prints all.
    """
    rest = iter(notes)
    for note in islice(rest, most):
        print_line(clean(f"har2rpc: {note}"), err=True)
    if more := sum(1 for _ in rest):
        print_line(f"har2rpc: and {more} more messages like these", err=True)


def print_product(text: str, *, err: bool = False) -> None:
    """Prints code or JSON unchanged: its own language has escaped the captured text."""
    click.echo(text, err=err, nl=not text.endswith("\n"))


def print_control(sequence: str) -> None:
    """Prints a control sequence; it contains nothing from a capture."""
    click.echo(sequence, err=True, nl=False)


def print_piece(text: str) -> None:
    """Prints one piece of a product that is too long to hold in memory."""
    sys.stdout.write(text)


def print_over(text: str, *, is_last: bool) -> None:
    """Replaces the current line of stderr, which is a terminal."""
    click.echo("\r" + visible(text), err=True, nl=is_last)


def cell(text: str, style: str = "") -> Text:
    """Captured text for a table cell, or for a line below a table."""
    from rich.text import Text

    return Text(clean(text), style)


def wrapped_cell(name: str, width: int, style: str = "") -> Text:
    """A technical name for a narrow column: it wraps after a period or an underscore."""
    lines = [""]
    for piece in re.findall(r"[^._]*[._]?", clean(name)):
        if lines[-1] and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    from rich.text import Text

    return Text("\n".join(lines), style)


def indented(text: str, style: str = "") -> Text:
    """A line that keeps its leading spaces."""
    from rich.text import Text

    return Text(visible(text.replace("\n", " ")), style)


def open_console(*, err: bool = False) -> Console:
    """The console for tables: as wide as the terminal, or unlimited in a file."""
    from rich.console import Console

    console = Console(stderr=err, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDTH
    return console


@contextmanager
def clean_refusals() -> Iterator[None]:
    """Cleans what click quotes from the command line in a usage error, because a script may have it from anywhere."""
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
    """`sys.excepthook`: prints a traceback with its message cleaned, because that may contain captured text."""
    from traceback import format_exception

    sys.stderr.write(visible("".join(format_exception(kind, error, trace))))
    print_notes(["this is a bug in har2rpc: please report it with the lines above"])
