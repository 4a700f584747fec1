"""The table of calls, and the line for each call while recording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from har2rpc.cli.tables.console import (
    SHORT,
    TINY,
    WIDE,
    cell,
    clean,
    open_console,
    print_line,
    wrapped_cell,
)
from har2rpc.cli.tables.session import version_line
from har2rpc.model import Call, Capture, Exchange
from har2rpc.odoo.sentences import requests_in_words
from har2rpc.odoo.servers import short_name

_KIND_STYLES = {"read": "cyan", "write": "yellow", "action": "magenta", "noise": "dim"}
_OUTCOMES = {"ok": "", "error": "refused", "none": "no result", "missing": "no answer in file"}

_LONGEST_NAME = 48  # columns: a long name must not push the numbers out
_BETWEEN = 5  # columns between two cells, in any version of rich


def print_table(
    capture: Capture, calls: Sequence[Call], *, noise_rules: bool = False, err: bool = False
) -> None:
    """Prints the calls as a table, each with its sentence. Below it: what was left out, routes that are not model calls, a guessed version.

    A column names the servers or databases if there are several. A narrow terminal keeps the sentence and drops what it
    says as well: the kind, the model, the outcome. With `noise_rules`, a last column says why a call is noise.
    """
    from rich import box
    from rich.table import Table

    from har2rpc.odoo.sentences import sentences

    console = open_console(err=err)
    is_wide, is_tiny = console.width >= WIDE, console.width < TINY
    has_servers = len({call.server for call in calls}) > 1 and not is_tiny
    noise_rules = noise_rules and any(call.noise_rule for call in calls) and not is_tiny
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    longest = max((len(str(call.n)) for call in calls), default=1)
    table.add_column("#", justify="right", no_wrap=True, min_width=longest)
    if is_wide:
        table.add_column("kind", no_wrap=True)
        table.add_column("model", no_wrap=True, max_width=_LONGEST_NAME)
    if not is_tiny:
        table.add_column("method", no_wrap=True, max_width=_LONGEST_NAME if is_wide else SHORT)
    table.add_column("about", overflow="fold", no_wrap=is_tiny, ratio=1)
    if not is_tiny:
        table.add_column("ms", justify="right", no_wrap=True)
    if is_wide:
        table.add_column("outcome", no_wrap=True)
    if has_servers:
        table.add_column("server", overflow="fold")
    if noise_rules:
        table.add_column("why noise", overflow="fold", ratio=1)
    for call, sentence in zip(calls, sentences(capture, calls), strict=True):
        style = _KIND_STYLES[call.kind]
        failed = "red" if call.outcome == "error" else ""
        cells = [cell(str(call.n))]
        if is_wide:
            cells += [cell(call.kind, style), cell(call.model), cell(call.method)]
        elif not is_tiny:
            cells.append(wrapped_cell(call.method, SHORT, style))
        about = cell(sentence, "" if is_wide else failed)
        if is_tiny:
            about.truncate(console.width - longest - _BETWEEN, overflow="ellipsis")
        cells.append(about)
        if not is_tiny:
            cells.append(cell("" if call.ms is None or call.ms < 0 else f"{call.ms:.0f}"))
        if is_wide:
            cells.append(cell(call.http_outcome or _OUTCOMES[call.outcome], failed or "dim"))
        if has_servers:
            cells.append(cell(short_name(call.server)))
        if noise_rules:
            cells.append(cell(call.noise_rule, "dim"))
        table.add_row(*cells)
    if calls:
        console.print(table)
    for line in _below(capture, calls):
        console.print(cell(line, "dim"))


def _below(capture: Capture, calls: Sequence[Call]) -> list[str]:
    lines = []
    numbers = {call.n for call in calls}
    hidden = [call for call in capture.calls if call.n not in numbers]
    if noise := sum(call.kind == "noise" for call in hidden):
        what = "call" if noise == 1 else "calls"
        lines.append(f"{noise} more {what} of the client's own: --all shows them")
    others = Counter(capture.other_routes).most_common()
    if others:
        counts = ", ".join(f"{route} {count}" for route, count in others[:8])
        more = f" and {len(others) - 8} more" if len(others) > 8 else ""
        lines.append(f"not model calls: {counts}{more}")
    lines += requests_in_words.not_in_code(capture.requests)
    for session in capture.sessions:
        guess = session.guesses.get("server_version")
        if guess and session.users:
            name = f"{short_name(session.server)}: " if session.server else ""
            lines.append(f"{name}Odoo {version_line(guess)}")
    return lines


def live_line(exchange: Exchange) -> None:
    """Prints one line on stderr for a call that was just recorded; nothing for other requests."""
    from har2rpc.odoo import classify, routes
    from har2rpc.odoo.sentences import sentence_alone

    recorded = routes.recognize(exchange, routes.json_body(exchange))
    if isinstance(recorded, routes.Recorded):
        call = classify.alone(recorded)
        text = f"{call.kind.ljust(6)} {call.model}.{call.method}  {clean(sentence_alone(call))}"
        print_line(text, color=None if call.kind == "noise" else _KIND_STYLES[call.kind], err=True)
