"""`har2rpc ui`: the page, on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from contextlib import ExitStack, suppress

import click

from har2rpc.cli.completion import complete_files
from har2rpc.cli.tables.console import print_line

_SECONDS = 3600  # for one request: a capture of gigabytes that is uploaded, read or redacted


@click.command("ui", short_help="Serves the page: what was done, to tick, with the code beside it.")
@click.argument("captures", metavar="[CAPTURE…]", nargs=-1, shell_complete=complete_files)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Default: any free port.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(captures: tuple[str, ...], port: int, no_browser: bool) -> None:
    """Serves the page: what was done as a list to tick, and the code beside it.

    It opens CAPTURE, and any capture that you drop on it. It is served on loopback until Ctrl-C; the printed address
    contains a random key and is the only way in. Dropped captures are kept in a temporary folder of yours until the
    page ends. Unlike the page in a browser tab, it can run the code: against the capture, and on your Odoo.
    Needs: pip install "har2rpc[ui]"
    """
    from har2rpc import pipeline
    from har2rpc.model import Har2rpcError

    try:
        from har2rpc.page.loopback import application
    except ImportError as error:
        raise Har2rpcError('the page needs Flask: pip install "har2rpc[ui]"') from error
    from har2rpc.page.uploads import OpenPages

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the folders are removed
    with ExitStack() as open_files:
        paths = [_path_of(capture, open_files) for capture in captures]
        pages = OpenPages(paths, captures)
        open_files.callback(pages.close_all)
        app, path = application(pages)
        with (
            suppress(KeyboardInterrupt),
            pipeline.serve(app, port, seconds=_SECONDS, largest_body=0) as url,
        ):
            print_line(url + path)
            print_line("serving the page; Ctrl-C ends it", err=True)
            if not no_browser:
                click.launch(url + path)
            threading.Event().wait()
        print_line(err=True)


def _path_of(capture: str, open_files: ExitStack) -> str:
    """Keeps standard input in a file that only the user can read, as long as the page is served."""
    if capture != "-":
        return capture
    folder = open_files.enter_context(tempfile.TemporaryDirectory(prefix="har2rpc-"))  # mode 0700
    path = os.path.join(folder, "stdin")
    with open(path, "wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path
