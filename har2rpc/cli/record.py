"""`har2rpc record`: a capture from a real browser."""

from __future__ import annotations

import click

from har2rpc.cli.completion import complete_files
from har2rpc.cli.tables.console import print_line, print_notes
from har2rpc.model import Har2rpcError
from har2rpc.model.command_words import quoted_word


@click.command("record")
@click.argument("url")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="The HAR to write, e.g. contacts.har.",
    shell_complete=complete_files,
)
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(url: str, output: str, force: bool) -> None:
    """Records in a real browser: log in, do it once, close the window.

    It lists the calls as they happen. The file contains no password, cookie or header.
    Needs Chromium or Chrome, and: pip install "har2rpc[record]"
    """
    from har2rpc import recording
    from har2rpc.cli.files import check_output, is_stdout
    from har2rpc.cli.private_files import private_file
    from har2rpc.cli.tables.calls import live_line

    check_output(output, force=force)
    writer = recording.record(url, on_exchange=live_line, on_open=_print_task)
    if not len(writer):
        raise Har2rpcError(
            f"{url}: no request to Odoo was recorded; is this the address of an Odoo server?"
        )
    with private_file(output, force=force) as file:
        file.write(writer.har().encode("utf-8", "backslashreplace"))
    if not is_stdout(output):
        print_notes([f"written: {output}; next: har2rpc list {quoted_word(output)}"])


def _print_task() -> None:
    print_line("Log in, do it once in Odoo, then close the window.", err=True)
