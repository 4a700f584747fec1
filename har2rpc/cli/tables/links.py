"""Where the values come from that convert --flow takes from an earlier call."""

from __future__ import annotations

from collections.abc import Sequence

from har2rpc.cli.tables.console import clean
from har2rpc.model import Link


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
