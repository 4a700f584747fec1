"""The CAPTURE argument, and the capture that it names, read with a progress line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from har2rpc.cli.completion import complete_files
from har2rpc.cli.tables.console import print_notes, print_over
from har2rpc.model import Har2rpcError

if TYPE_CHECKING:
    from har2rpc.model import Capture

_Command = TypeVar("_Command", bound=Callable[..., None])

_SHOWS_PROGRESS_FROM = 50_000_000  # bytes
_NUMBERS = re.compile(r"\d+(?:-\d+)?")  # what PowerShell makes of the list behind -n

captures_argument = click.argument(
    "captures", metavar="CAPTURE…", nargs=-1, required=True, shell_complete=complete_files
)


def session_options(command: _Command) -> _Command:
    """The options `--server` and `--user`, for `open_captures`."""
    server_help = "The server or database, if there are several (URL, URL/DB or part of it)."
    server = click.option("--server", metavar="NAME", help=server_help)
    user = click.option(
        "--user", metavar="USER", help="The user, if there are several (uid or login)."
    )
    return server(user(command))


def open_captures(
    captures: tuple[str, ...], server: str | None = None, user: str | None = None
) -> Capture:
    """Opens these files as one capture, or its part for a server and a user; `-` is standard input.

    Raises Har2rpcError as `pipeline.open_capture` does.
    """
    from har2rpc import pipeline

    for source in captures:
        if _NUMBERS.fullmatch(source) and not os.path.exists(source):
            raise Har2rpcError(
                f'{source}: no such file; in PowerShell a list of numbers needs quotes: -n "1,{source}"'
            )
    if "-" in captures and sys.stdin.isatty():
        end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
        print_notes([f"reading standard input: paste what you copied, then {end}"])
    sources = [sys.stdin.buffer if source == "-" else source for source in captures]
    return pipeline.open_capture(sources, server=server, user=user, progress=progress_printer())


def progress_printer() -> Callable[[int, int], None] | None:
    """Prints how much of a large file is read (bytes, bytes in all), if stderr is a terminal."""
    if not sys.stderr.isatty():
        return None

    def print_progress(done: int, total: int) -> None:
        if total >= _SHOWS_PROGRESS_FROM:
            print_over(f"reading: {done * 100 // total} %", is_last=done >= total)

    return print_progress
