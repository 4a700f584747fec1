"""The CAPTURE argument, and opening what it names with a word on how far it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from har2rpc.model import Capture

_SHOWS_PROGRESS_FROM = 50_000_000  # bytes

captures = click.argument("captures", metavar="CAPTURE…", nargs=-1, required=True)


def opened(captures: tuple[str, ...]) -> Capture:
    from har2rpc import pipeline

    sources = [sys.stdin.buffer if source == "-" else source for source in captures]
    return pipeline.open_capture(sources, progress=progress_bar())


def progress_bar() -> Any:
    """Tells how far a large file is read, on a terminal and nowhere else."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        if total >= _SHOWS_PROGRESS_FROM:
            end = "\n" if done >= total else ""
            click.echo(f"\rreading: {done * 100 // total} %{end}", err=True, nl=False)

    return tell
