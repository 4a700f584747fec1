"""`har2rpc verify`: checks that the output of convert does what the browser did."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

import click

from har2rpc.cli.arguments import captures_argument, open_captures, session_options
from har2rpc.cli.call_selection import (
    named_inputs,
    override_options,
    select_calls,
    selection_options,
)
from har2rpc.cli.completion import complete_files, complete_targets
from har2rpc.cli.output import as_json_text
from har2rpc.cli.tables.console import print_notes, print_product
from har2rpc.model import Capture, Har2rpcError

_LONGEST = (
    400  # characters of a line: a long text in one call must not push another call out of sight
)


@click.command(
    "verify", short_help="Runs the output of convert and compares it with the recording."
)
@captures_argument
@click.option(
    "-t",
    "--target",
    default="python",
    show_default=True,
    help="What to run: Python, bash, JavaScript, PHP.",
    shell_complete=complete_targets,
)
@selection_options
@session_options
@click.option("--verbatim", is_flag=True, help="The web client's own calls, untouched.")
@override_options
@click.option(
    "--overrides",
    "override_file",
    metavar="FILE.json",
    shell_complete=complete_files,
    help="A file with all settings, as for convert.",
)
@click.option("--url", metavar="URL", help="A live server, instead of the capture itself.")
@click.option("--db", metavar="NAME", help="Its database (default: the capture's).")
@click.option("--writes", is_flag=True, help="Also calls that change data; asks first.")
@click.option("--json", "as_json", is_flag=True, help="One object per call, for programs.")
def command(
    captures: tuple[str, ...],
    target: str,
    numbers: str | None,
    model: str | None,
    method: str | None,
    everything: bool,
    server: str | None,
    user: str | None,
    verbatim: bool,
    named: tuple[str, ...],
    kept: tuple[str, ...],
    override_file: str | None,
    url: str | None,
    db: str | None,
    writes: bool,
    as_json: bool,
) -> None:
    """Runs the output of convert, call by call, and compares the answers and the saved values with the recording.

    It runs against the capture itself, served on loopback, or against a live server (--url). The credential comes from
    the environment: ODOO_API_KEY (a password works, too). ODOO_UID or ODOO_LOGIN selects another user than the recorded
    one. The exit code is 1 if an answer differs or a call is refused. Needs: pip install "har2rpc[prove]"
    """
    from har2rpc import pipeline
    from har2rpc.cli.files import read_text
    from har2rpc.cli.tables.verdicts import print_verdicts, progress

    overrides = pipeline.read_overrides(*read_text(override_file)) if override_file else None
    capture = open_captures(captures, server, user)
    calls, left_out = select_calls(capture, numbers, model, method, everything)
    capture = pipeline.part_of(capture, calls)
    left_out += filter(None, [pipeline.users_note(capture, calls)])
    live = _server_variables(capture, url, db, target) if url else None
    if writes and not _confirm(pipeline.would_change(capture, calls), live):
        raise Har2rpcError("nothing was run: you did not agree to the writes")
    with progress(len(calls)) as on_call:
        verdicts = list(
            pipeline.verify(
                capture,
                calls,
                target=target,
                verbatim=verbatim,
                input_names=named_inputs(named),
                keep=kept,
                overrides=overrides,
                server=live,
                writes=writes,
                on_call=on_call,
            )
        )
    if as_json:
        print_product(as_json_text([pipeline.as_verified(verdict) for verdict in verdicts]))
    else:
        print_verdicts(verdicts)
    print_notes([*left_out, *capture.skipped])
    if not all(verdict.is_fine for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _server_variables(capture: Capture, url: str, db: str | None, target: str) -> Mapping[str, str]:
    """The variables that generated code reads, for a live server."""
    from har2rpc.proving.live_server import server_address

    secrets = _secrets(url, target)
    name = db or os.environ.get("ODOO_DB") or capture.session.get("db")
    if not name:
        raise Har2rpcError(f"{url}: name its database with --db: the capture does not contain it")
    login, uid = os.environ.get("ODOO_LOGIN", ""), os.environ.get("ODOO_UID", "")
    if not (login or uid):
        login, uid = capture.session.get("login") or "", str(capture.session.get("uid") or "")
    variables = {
        "ODOO_URL": server_address(url),
        "ODOO_DB": str(name),
        **secrets,
        "ODOO_ALLOW_HTTP": os.environ.get("ODOO_ALLOW_HTTP", ""),
    }
    return {**variables, "ODOO_LOGIN": str(login), "ODOO_UID": uid}


def _secrets(url: str, target: str) -> dict[str, str]:
    """Asks for the credential: a key, or for a session of the web client a password or the browser's session."""
    from har2rpc import pipeline

    names, words = ["ODOO_API_KEY"], "an API key (or a password) of the user"
    if pipeline.has_session(target):
        names, words = ["ODOO_PASSWORD", "ODOO_SESSION_ID"], "the password of the user"
    secrets = {name: os.environ[name] for name in names if os.environ.get(name)}
    if not secrets:
        raise Har2rpcError(f"{url}: set {names[0]} first: {words}")
    return secrets


def _confirm(changes: list[str], server: Mapping[str, str] | None) -> bool:
    """Lists the changes and asks whether to make them; on the capture's own mock they need no confirmation."""
    if not changes or server is None:
        return True
    where = f"{server['ODOO_URL']}, database {server['ODOO_DB']}"
    sentences = [f"this will be done on {where}:", *(change[:_LONGEST] for change in changes)]
    print_notes(sentences, most=None)
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    return click.confirm("Do it?", err=True)
