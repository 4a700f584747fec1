"""What convert makes inputs of, call by call, with the paths that its options take."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from har2rpc.cli.tables.console import clean
from har2rpc.model import Input, Link

_WIDEST = 40  # characters of a recorded value


def print_inputs(found: Mapping[int, Sequence[tuple[str, Input]]]) -> None:
    """A table: path, name, recorded value, why it is an input."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("path", overflow="fold")
    table.add_column("input", no_wrap=True)
    table.add_column("recorded", overflow="fold")
    table.add_column("why", overflow="fold")
    for rows in found.values():
        for path, made in rows:
            table.add_row(
                Text(clean(path)), Text(made.name), Text(clean(_shown(made))), Text(made.why, "dim")
            )
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    console.print()
    console.print(table)
    told = "convert --input PATH=NAME gives a value another name, or makes one an input; --keep PATH keeps it as recorded"
    console.print(Text(told, "dim"))


def _shown(made: Input) -> str:
    if made.type == "secret":
        return "***"
    text = json.dumps(made.example, ensure_ascii=False)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def print_links(found: Sequence[Link]) -> None:
    """A table: path, recorded id, and what it was in the answer of which call."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    console.print()
    if not found:
        console.print(Text("no value comes from an earlier call", "dim"))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("path", overflow="fold")
    table.add_column("recorded", justify="right", no_wrap=True)
    table.add_column("comes from", overflow="fold")
    for link in found:
        table.add_row(
            Text(clean(link.path)), Text(str(link.result.example)), Text(clean(_said(link)))
        )
    console.print(table)


def _said(link: Link) -> str:
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
    return f"the {link.model} that {call} made{number}"
