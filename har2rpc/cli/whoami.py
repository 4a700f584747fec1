"""`har2rpc whoami`: who was logged in where, from a capture or from the server itself."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from har2rpc.cli.arguments import open_captures, session_options
from har2rpc.cli.completion import complete_files
from har2rpc.cli.output import as_json_text
from har2rpc.cli.tables.console import print_line, print_notes, print_product
from har2rpc.model import Har2rpcError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from har2rpc.model import Fact, Json


@click.command(
    "whoami", short_help="Shows who was logged in where: URL, database, uid, login, version."
)
@click.argument("captures", metavar="CAPTURE…", nargs=-1, shell_complete=complete_files)
@session_options
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
@click.option(
    "--env",
    type=click.Choice(["sh", "powershell", "dotenv"]),
    help="Lines that set the variables of generated code.",
)
@click.option("--url", metavar="URL", help="Ask this server instead of a capture.")
@click.option("--db", metavar="NAME", help="With --url: its database.")
@click.option("--login", metavar="LOGIN", help="With --url: the login of the user.")
def command(
    captures: tuple[str, ...],
    server: str | None,
    user: str | None,
    as_json: bool,
    env: str | None,
    url: str | None,
    db: str | None,
    login: str | None,
) -> None:
    """Shows who was logged in where (URL, database, uid, login, version), and where each fact was found.

    It lists several servers or databases one by one; --env needs a single one.

    With --url it asks a live server, as a first test of the connection. It reads the password or API key from
    ODOO_API_KEY, or asks for it on a terminal.
    """
    from har2rpc import pipeline
    from har2rpc.cli.tables.session import environment, print_sessions

    guesses: list[Mapping[str, Fact]] = [{}]
    if url:
        if server or user:
            raise click.UsageError(
                "--server and --user are for a CAPTURE; --url needs --db and --login"
            )
        known = _from_server(url, db, login, captures)
    else:
        if db or login:
            raise click.UsageError("--db and --login need the --url of a server")
        if not captures:
            raise click.UsageError("give a CAPTURE, or the --url of a server to ask")
        capture = open_captures(captures, server, user)
        print_notes(capture.skipped)
        if env and not as_json:
            capture = pipeline.one_server(capture)
            print_notes(filter(None, [pipeline.users_note(capture, capture.calls)]))
        known = pipeline.as_known(capture)
        guesses = [session.guesses for session in capture.sessions]
    if as_json:
        print_product(as_json_text(known))
    elif env:
        for line in environment(known, env):
            print_line(line)
    else:
        print_sessions(known.get("servers", [known]), guesses)


def _from_server(
    url: str, db: str | None, login: str | None, captures: tuple[str, ...]
) -> dict[str, Json]:
    from har2rpc import pipeline

    if captures:
        raise click.UsageError("a CAPTURE or the --url of a server, not both")
    if not (db and login):
        raise click.UsageError("--url needs --db and --login")
    secret = os.environ.get("ODOO_API_KEY")
    if not secret and sys.stdin.isatty():
        secret = click.prompt("Password or API key", hide_input=True, err=True)
    if not secret:
        raise Har2rpcError(
            f"{url}: set ODOO_API_KEY first: an API key (or the password) of {login}"
        )
    allow_http = os.environ.get("ODOO_ALLOW_HTTP") == "1"
    return pipeline.probe_server(url, db, login, secret, allow_http=allow_http)
