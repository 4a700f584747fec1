"""What people read in the terminal: the table of calls, the session, the lines that set variables."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from har2rpc.model import Call, Capture, Exchange
from har2rpc.odoo.subjects import subject

_KIND_STYLES = {"read": "cyan", "write": "yellow", "action": "magenta", "noise": "dim"}
_OUTCOMES = {"ok": "", "error": "refused", "none": "no result", "missing": "no answer in file"}
_LABELS = {
    "url": "url",
    "db": "database",
    "uid": "uid",
    "login": "login",
    "name": "name",
    "server_version": "version",
    "lang": "language",
    "tz": "time zone",
    "company_ids": "companies",
}
_HOW_TO_FIND = {
    "url": "the address bar, up to the first single slash",
    "db": "open /web?debug=1: the menu of the user shows it; or record again with the page load",
    "uid": "open Preferences while recording, or har2rpc whoami on a file with the page load",
    "login": "the name typed into the login page; or record again with the page load",
    "server_version": "Settings, at the bottom; or record again with the page load",
}


def print_table(capture: Capture, calls: Sequence[Call]) -> None:
    """The calls as a table; under it, what was left out and the routes that are no model calls."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("#", justify="right", no_wrap=True)
    for heading in ("kind", "model", "method"):
        table.add_column(heading, no_wrap=True)
    table.add_column("about", overflow="fold", ratio=1)
    table.add_column("ms", justify="right", no_wrap=True)
    table.add_column("outcome", no_wrap=True)
    for call in calls:
        style = _KIND_STYLES[call.kind]
        outcome = Text(_OUTCOMES[call.outcome], "red" if call.outcome == "error" else "dim")
        table.add_row(
            str(call.n),
            Text(call.kind, style),
            Text(_clean(call.model)),
            Text(_clean(call.method)),
            Text(_clean(subject(call))),
            "" if call.ms is None or call.ms < 0 else f"{call.ms:.0f}",
            outcome,
        )
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    console.print(table)
    for line in _below(capture, calls):
        console.print(Text(line, "dim"))


def _below(capture: Capture, calls: Sequence[Call]) -> list[str]:
    lines = []
    shown = {call.n for call in calls}
    hidden = [call for call in capture.calls if call.n not in shown]
    if noise := sum(call.kind == "noise" for call in hidden):
        deeds = "call" if noise == 1 else "calls"
        lines.append(f"{noise} more {deeds} that the client made for itself: --all shows them")
    others = Counter(capture.other_routes).most_common()
    if others:
        told = ", ".join(f"{_clean(route)} {count}" for route, count in others[:8])
        more = f" and {len(others) - 8} more" if len(others) > 8 else ""
        lines.append(f"no model calls: {told}{more}")
    return lines


def live_line(exchange: Exchange) -> None:
    """One line on stderr for a call that was just heard; nothing for what is none."""
    from har2rpc.odoo import kinds, routes

    recorded = routes.recognise(exchange, routes.json_body(exchange))
    if isinstance(recorded, routes.Recorded):
        call = kinds.alone(recorded)
        style = {"read": "cyan", "write": "yellow", "action": "magenta"}.get(call.kind)
        text = f"{call.kind.ljust(6)} {_clean(call.model)}.{_clean(call.method)}  {_clean(subject(call))}"
        click.echo(click.style(text, fg=style, dim=style is None), err=True)


def print_session(known: Mapping[str, Any]) -> None:
    """One line a fact, with the place it was read from; for the unknown, how to find it."""
    for key, label in _LABELS.items():
        value = known[key]
        if value is not None:
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            click.echo(f"{label.ljust(10)} {_clean(text)}  ({_clean(known['found_in'][key])})")
        elif key in known["perhaps"]:
            click.echo(f"{label.ljust(10)} perhaps {_clean(str(known['perhaps'][key]))}")
        elif key in _HOW_TO_FIND:
            click.echo(f"{label.ljust(10)} unknown: {_HOW_TO_FIND[key]}")
    if len(known["users"]) > 1:
        told = ", ".join(f"{user['uid']} ({user['calls']} calls)" for user in known["users"])
        click.echo(f"several users: uid {told}")


def environment(known: Mapping[str, Any], shell: str) -> str:
    """The variables that generated code reads, as lines for a shell or a .env file.

    The secret is never in a capture's output: its line is there to be filled in.
    """
    values = {
        "ODOO_URL": known["url"],
        "ODOO_DB": known["db"],
        "ODOO_LOGIN": known["login"],
        "ODOO_UID": known["uid"],
        "ODOO_API_KEY": None,
    }
    return "\n".join(_assignment(name, value, shell) for name, value in values.items())


def _assignment(name: str, value: Any, shell: str) -> str:
    comment = "# fill in" if value is None else ""
    text = "" if value is None else _clean(str(value))
    if shell == "powershell":
        quoted = "'" + re.sub("['‘’‚‛]", lambda quote: quote[0] * 2, text) + "'"
        line = f"$env:{name} = {quoted}"
    elif shell == "dotenv":
        plain = re.fullmatch(r"[\w@%+:,./-]*", text, re.ASCII)
        quoted = text if plain else '"' + re.sub(r'([\\"$`])', r"\\\1", text) + '"'
        line = f"{name}={quoted}"
    else:
        line = f"export {name}={shlex.quote(text) if text else ''}"
    return f"{line}  {comment}" if comment else line


def _clean(text: str) -> str:
    """Captured text for a terminal: one line, no control sequences."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
