"""`har2rpc mock`: an Odoo that answers from a capture."""

from __future__ import annotations

import threading

import click

from har2rpc.cli.arguments import captures_argument, open_captures, session_options
from har2rpc.cli.tables.console import print_line, print_notes


@click.command("mock", short_help="Serves a capture on loopback, as an Odoo of its version.")
@captures_argument
@session_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any free port.")
@click.option("--key", metavar="KEY", help="Its password and API key (default: a random one).")
@click.option(
    "--host",
    "hosts",
    metavar="NAME",
    multiple=True,
    help="Also accept this host name, such as a container's.",
)
def command(
    captures: tuple[str, ...],
    server: str | None,
    user: str | None,
    port: int,
    key: str | None,
    hosts: tuple[str, ...],
) -> None:
    """Serves the capture on loopback as an Odoo of its version, until Ctrl-C.

    It answers the recorded calls, as the client and as convert makes them (through /jsonrpc, /xmlrpc/2, JSON-2 and the
    web client's login), and refuses everything else in Odoo's words. It prints the lines that set the variables of
    generated code; the key is a new one at each start. It accepts requests for localhost (and --host NAME), and none from
    web pages of other sites. Needs: pip install "har2rpc[prove]"
    """
    from har2rpc import pipeline
    from har2rpc.cli.tables.session import assignment, own_shell
    from har2rpc.cli.tables.verdicts import print_request

    if key == "":
        raise click.BadParameter("an empty key would let everybody in", param_hint="--key")
    capture = open_captures(captures, server, user)
    print_notes(capture.skipped)
    with pipeline.mock(capture, port=port, key=key or "", hosts=hosts) as (odoo, variables):
        odoo.on_request = print_request
        for name, value in variables.items():
            print_line(assignment(name, value, own_shell()))
        print_line("serving; Ctrl-C ends it", err=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print_line(err=True)
