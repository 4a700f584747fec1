"""`har2rpc list`: what was done, call by call."""

from __future__ import annotations

import click

from har2rpc.cli.arguments import captures_argument, open_captures, session_options
from har2rpc.cli.call_selection import name_options
from har2rpc.cli.output import as_json_text
from har2rpc.cli.tables.console import print_line, print_notes, print_piece, print_product
from har2rpc.model import Capture, Har2rpcError, Json


@click.command(
    "list", short_help="Lists what was done: each call's number, kind, subject and outcome."
)
@captures_argument
@click.option("--json", "as_json", is_flag=True, help="One object per call, for programs.")
@click.option(
    "--all", "everything", is_flag=True, help="Also noise: what the client did for itself."
)
@click.option(
    "--requests",
    "as_requests",
    is_flag=True,
    help="Instead of calls: requests to other routes (reports, uploads, forms).",
)
@name_options
@session_options
@click.option(
    "-v",
    "--verbose",
    count=True,
    help="Also each call's inputs, with their paths for convert, and why a call is noise; "
    "-vv: the decision on each value of a saved form.",
)
@click.option("--flow", "as_flow", is_flag=True, help="Also where linked values come from.")
def command(
    captures: tuple[str, ...],
    as_json: bool,
    everything: bool,
    as_requests: bool,
    model: str | None,
    method: str | None,
    server: str | None,
    user: str | None,
    verbose: int,
    as_flow: bool,
) -> None:
    """Lists what was done: each call with its number, kind, subject and outcome.

    Numbers count all calls of the capture, whatever you filter: pass them to `convert -n`.
    """
    from har2rpc import pipeline

    capture = open_captures(captures, server, user)
    if as_requests or (not capture.calls and capture.requests):
        _print_requests(capture, as_json=as_json, as_requests=as_requests)
        return
    if not capture.calls:
        first_skipped = f"; {capture.skipped[0]}" if capture.skipped else ""
        raise Har2rpcError(
            f"{', '.join(capture.files)}: a session, but no Odoo call; see har2rpc whoami{first_skipped}"
        )
    calls = pipeline.select(capture, model=model, method=method, everything=everything)
    inputs = pipeline.find_inputs(capture, calls) if verbose else {}
    decisions = pipeline.find_decisions(capture, calls) if verbose > 1 else {}
    links = pipeline.find_links(capture, pipeline.without_refused(calls)[0]) if as_flow else []
    if as_json:
        has_servers = len({call.server for call in capture.calls}) > 1
        # A call a line, written as it comes: the list of a gigabyte is not held as text.
        rows = zip(calls, pipeline.sentences(capture, calls), strict=True)
        for position, (call, sentence) in enumerate(rows):
            more: dict[str, Json] = {"about": sentence}
            if has_servers:
                more["server"] = call.server
            if verbose:
                more["noise_rule"] = call.noise_rule or None
                more["inputs"] = pipeline.as_inputs(inputs[call.n])
            if verbose > 1:
                more["decisions"] = pipeline.as_decided(call.n, decisions[call.n])
            if as_flow:
                more["links"] = pipeline.as_linked([link for link in links if link.n == call.n])
            row = as_json_text({**pipeline.as_listed(call), **more}, indent=None)
            print_piece(f"{',' if position else '['}\n{row}")
        print_product("\n]" if calls else "[]")
    else:
        from har2rpc.cli.tables.calls import print_table

        if not calls:
            print_notes([pipeline.nothing_chosen(capture, model=model, method=method)])
        print_table(capture, calls, noise_rules=bool(verbose))
        if verbose or as_flow:
            from har2rpc.cli.tables.inputs import print_decisions, print_inputs, print_links

            if inputs:
                print_inputs(inputs)
            if verbose > 1:
                print_decisions(decisions)
            if as_flow:
                print_links(links)
    alone = not everything and pipeline.holds_noise_alone(capture)
    if as_json:
        print_notes(pipeline.unconverted_notes(capture))
    print_notes([*capture.skipped, *([pipeline.noise_alone_note(capture)] if alone else [])])


def _print_requests(capture: Capture, *, as_json: bool, as_requests: bool) -> None:
    """Prints the requests to routes that are not model calls: all there is in a capture without calls."""
    from har2rpc import pipeline

    notes = pipeline.unconverted_notes(capture)
    if as_json:
        rows = [pipeline.as_request(request) for request in capture.requests]
        print_product(as_json_text(rows if as_requests else []))
        print_notes(notes)
    else:
        for line in notes or ["there are no requests to other routes"]:
            print_line(line)
    print_notes(capture.skipped)
