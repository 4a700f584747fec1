"""The tables of inputs, decisions and links, with the paths that the options of convert take."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from har2rpc.cli.tables.console import cell, open_console
from har2rpc.model import Decision, Input, Json, Link

if TYPE_CHECKING:
    from rich.table import Table

_WIDEST = 40  # characters of a recorded value
_BECOMES = {
    "input": "sent as input",
    "literal": "sent as recorded",
    "form": "asked from the form",
    "nothing": "not sent",
}


def print_inputs(inputs: Mapping[int, Sequence[tuple[str, Input]]]) -> None:
    """Prints a table: path, name, recorded value, why it is an input."""
    table = _table()
    table.add_column("path", overflow="fold")
    table.add_column("input", no_wrap=True)
    table.add_column("recorded", overflow="fold")
    table.add_column("why", overflow="fold")
    for rows in inputs.values():
        for path, param in rows:
            recorded = "***" if param.type == "secret" else _short(param.example)
            table.add_row(cell(path), cell(param.name), cell(recorded), cell(param.why, "dim"))
    console = open_console()
    console.print()
    console.print(table)
    hint = "convert --input PATH=NAME renames an input or makes a value one; --keep PATH keeps it as recorded"
    console.print(cell(hint, "dim"))


def print_decisions(decisions: Mapping[int, Sequence[Decision]]) -> None:
    """Prints a table of the values of saved forms, lines included: path, value, what becomes of it, why."""
    console = open_console()
    console.print()
    if not any(decisions.values()):
        console.print(cell("none of these calls saves a form", "dim"))
        return
    table = _table()
    table.add_column("path", overflow="fold")
    table.add_column("recorded", overflow="fold")
    table.add_column("becomes", no_wrap=True)
    table.add_column("why", overflow="fold")
    for n, of_call in decisions.items():
        with_lines = _with_lines(of_call)
        for decision in of_call:
            is_sent_by_line = decision.becomes == "input" and decision.path in with_lines
            is_told = decision.n and f"call {decision.n}" not in decision.reason
            source = f" (call {decision.n})" if is_told else ""
            table.add_row(
                cell(f"{n}:{decision.path}"),
                cell(_short(decision.value)),
                cell(
                    "sent, line by line" if is_sent_by_line else _BECOMES[decision.becomes],
                    "dim" if decision.becomes == "nothing" else "",
                ),
                cell(decision.reason + source, "dim"),
            )
    console.print(table)


def _with_lines(decisions: Sequence[Decision]) -> set[str]:
    """The paths of the values that contain lines: their decisions are made value by value."""
    return {decision.path.rpartition("[")[0] for decision in decisions}


def print_links(links: Sequence[Link]) -> None:
    """Prints a table: path, recorded id, and which part of which answer it comes from."""
    console = open_console()
    console.print()
    if not links:
        console.print(cell("no value comes from an earlier call", "dim"))
        return
    table = _table()
    table.add_column("path", overflow="fold")
    table.add_column("recorded", justify="right", no_wrap=True)
    table.add_column("comes from", overflow="fold")
    for link in links:
        table.add_row(cell(link.path), cell(str(link.result.example)), cell(_source(link)))
    console.print(table)


def _table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)


def _short(value: Json) -> str:
    """A recorded value, cut if it is long. Secrets were masked when the capture was read."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _source(link: Link) -> str:
    """What the id was, as a person would say it."""
    call, result = f"call {link.source}", link.result
    if result.what == "only":
        return f"the one {link.model} that {call} found"
    if result.what == "action" and result.field == "domain":
        return f"the records that the action of {call} lists"
    if result.what == "action" and result.field:
        return f"the records that the action of {call} is about ({result.field})"
    if result.what == "action":
        return f"the {link.model} that the action of {call} opens"
    if result.what == "field" and result.field != "id":
        number = f", number {result.item + 1}" if result.item is not None else ""
        return f"{result.field} of what {call} saved{number}"
    number = f", number {result.record + 1}" if result.record else ""
    return f"the {link.model} that {call} created{number}"
