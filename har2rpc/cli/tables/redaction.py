"""Prints the report of a redaction: kinds, places and counts."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from har2rpc.cli.tables.console import SHORT, WIDE, cell, open_console, print_line, wrapped_cell
from har2rpc.model import RedactionReport, Tally


def print_report(report: RedactionReport, *, to_stderr: bool) -> None:
    """What was removed, and what looks like a secret and stayed."""
    _print_tallies("removed", report.removed, to_stderr)
    _print_tallies("doubt", report.doubts, to_stderr)
    if not report.removed:
        print_line("nothing to remove", err=to_stderr)


def _print_tallies(title: str, tallies: Sequence[Tally], to_stderr: bool) -> None:
    if not tallies:
        return
    console = open_console(err=to_stderr)
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in (title, "where", "first in"):
        table.add_column(name, overflow="fold")
    table.add_column("count", justify="right")
    for tally in tallies:
        where = cell(tally.where) if console.width >= WIDE else wrapped_cell(tally.where, SHORT)
        table.add_row(cell(tally.kind), cell(tally.place), where, str(tally.count))
    console.print(table)
