"""`har2rpc convert`: the code."""

from __future__ import annotations

import click

from har2rpc.cli.choosing import call_numbers
from har2rpc.cli.opening import captures, opened
from har2rpc.cli.saying import tell
from har2rpc.model import Har2rpcError


@click.command("convert")
@captures
@click.option(
    "-t",
    "--target",
    default="python",
    show_default=True,
    help="A target's name, or your own FILE.j2.",
)
@click.option(
    "-n", "--calls", "numbers", metavar="1,3-5", help="These calls, by their number in list."
)
@click.option("--model", metavar="GLOB", help="Only these models.")
@click.option("--method", metavar="GLOB", help="Only these methods.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also what the client did for itself, and refused calls.",
)
@click.option("--verbatim", is_flag=True, help="The web client's own calls, untouched.")
@click.option("--no-inputs", is_flag=True, help="Keep every value as recorded.")
@click.option("--keep-all", is_flag=True, help="Also send a form's defaults and computed values.")
@click.option(
    "--flow",
    "as_flow",
    is_flag=True,
    help="One script that does all of it, with inputs of its own.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write here (all or nothing) instead of stdout."
)
def command(
    captures: tuple[str, ...],
    target: str,
    numbers: str | None,
    model: str | None,
    method: str | None,
    everything: bool,
    verbatim: bool,
    no_inputs: bool,
    keep_all: bool,
    as_flow: bool,
    output: str | None,
) -> None:
    """The code: calls as functions or connector actions that do the same from outside."""
    from har2rpc import pipeline

    capture = opened(captures)
    wanted = None if numbers is None else call_numbers(numbers, len(capture.calls))
    calls = pipeline.select(
        capture, numbers=wanted, model=model, method=method, everything=everything
    )
    if wanted is None and not everything:
        calls, refused = pipeline.without_refused(calls)
        tell(refused)
    if not calls:
        raise Har2rpcError(pipeline.nothing_to_convert(capture))
    shaped = pipeline.flow if as_flow else pipeline.actions
    steps = shaped(capture, calls, verbatim=verbatim, inputs=not no_inputs, keep_all=keep_all)
    text = pipeline.render(capture, steps, target=target)
    if output:
        from har2rpc.files import write_whole

        write_whole(output, text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
    tell(capture.skipped)
