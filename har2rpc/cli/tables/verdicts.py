"""Prints requests to the mock, a progress bar while code runs, and the table of verdicts."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from har2rpc.cli.tables.console import (
    SHORT,
    TINY,
    WIDE,
    cell,
    clean,
    counted,
    indented,
    open_console,
    print_line,
    wrapped_cell,
)
from har2rpc.model import Call

if TYPE_CHECKING:
    from har2rpc.proving.verdict import Status, Verdict

_STATUSES: dict[Status, tuple[str, str]] = {
    "same": ("same", "green"),
    "changed": ("same except for volatile fields", "green"),
    "different": ("different", "red"),
    "refused": ("refused", "red"),
    "skipped": ("skipped", "dim"),
}
_MOST = 20  # differences of one call: more are counted


def print_request(request: str, answer: str) -> None:
    """Prints one line on stderr for a request that the mock answered."""
    color = None if answer == "ok" else "red"
    print_line(f"{clean(request)}  {clean(answer)}", color=color, err=True)


@contextmanager
def progress(total: int) -> Iterator[Callable[[Call], None]]:
    """Shows a progress bar on stderr if that is a terminal; yields the function to call before each run."""
    if not sys.stderr.isatty():
        yield lambda call: None
        return
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=open_console(err=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        finished = 0

        def advance(call: Call) -> None:
            nonlocal finished
            label = escape(clean(f"{call.n} {call.model}.{call.method}"))
            bar.update(task, completed=finished, description=label)
            finished += 1

        yield advance


def print_verdicts(verdicts: Sequence[Verdict]) -> None:
    """The table, the differences under it, and a line that counts. A narrow terminal keeps the numbers and the verdicts."""
    from rich import box
    from rich.table import Table

    console = open_console()
    is_wide, is_tiny = console.width >= WIDE, console.width < TINY
    longest = max((len(str(verdict.call.n)) for verdict in verdicts), default=1)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("#", justify="right", no_wrap=True, min_width=longest)
    for heading in ("model",) * is_wide + ("method",) * (not is_tiny):
        table.add_column(heading, no_wrap=True)
    table.add_column("verdict", no_wrap=is_wide)
    table.add_column("why", overflow="fold", ratio=1)
    for verdict in verdicts:
        word, style = _STATUSES[verdict.status]
        call = verdict.call
        cells = [cell(str(call.n))]
        if is_wide:
            cells += [cell(call.model), cell(call.method)]
        elif not is_tiny:
            cells.append(wrapped_cell(call.method, SHORT))
        table.add_row(*cells, cell(word, style), cell(verdict.why, "dim"))
    console.print(table)
    for verdict in verdicts:
        if verdict.status == "different":
            for line in _differences(verdict):
                console.print(indented(line, "red"))
    counts = Counter(verdict.status for verdict in verdicts)
    summary = ", ".join(
        f"{counts[status]} {word}" for status, (word, _) in _STATUSES.items() if counts[status]
    )
    console.print(cell(f"{counted(len(verdicts), 'call')}: {summary}"))


def _differences(verdict: Verdict) -> list[str]:
    call, differences = verdict.call, verdict.differences
    lines = [f"{call.n} {clean(call.model)}.{clean(call.method)}:"]
    lines += [f"  {clean(str(difference))}" for difference in differences[:_MOST]]
    if len(differences) > _MOST:
        lines.append(f"  and {len(differences) - _MOST} more")
    return lines
