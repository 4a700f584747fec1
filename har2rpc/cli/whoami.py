"""`har2rpc whoami`: who was logged in where."""

from __future__ import annotations

import click

from har2rpc.cli.opening import captures, opened
from har2rpc.cli.saying import as_json_text, tell


@click.command("whoami")
@captures
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
@click.option(
    "--env",
    type=click.Choice(["sh", "powershell", "dotenv"]),
    help="The lines that set the variables which generated code reads.",
)
def command(captures: tuple[str, ...], as_json: bool, env: str | None) -> None:
    """Who was logged in where: url, database, uid, login, version; and where each was found."""
    from har2rpc import listing, pipeline

    capture = opened(captures)
    known = pipeline.as_known(capture)
    if as_json:
        click.echo(as_json_text(known))
    elif env:
        click.echo(listing.environment(known, env))
    else:
        listing.print_session(known)
    tell(capture.skipped)
