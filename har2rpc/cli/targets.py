"""`har2rpc targets`: what can be written."""

from __future__ import annotations

import click

from har2rpc.cli.completion import complete_targets
from har2rpc.cli.output import as_json_text
from har2rpc.cli.tables.console import print_entry, print_product
from har2rpc.model.visible import visible


@click.command("targets")
@click.option("--json", "as_json", is_flag=True, help="One object per target.")
@click.option(
    "--show",
    metavar="NAME",
    help="Print a target's template, to start your own from.",
    shell_complete=complete_targets,
)
def command(as_json: bool, show: str | None) -> None:
    """Lists what convert can write: name and summary of each target."""
    from har2rpc.rendering.targets import find_target, list_targets

    if show:
        print_product(visible(find_target(show).source))
        return
    known = list_targets()
    if as_json:
        rows = [{"name": target.name, "summary": target.summary} for target in known]
        print_product(as_json_text(rows))
        return
    width = max(len(target.name) for target in known)
    for target in known:
        print_entry(f"{target.name.ljust(width)}  ", target.summary)
