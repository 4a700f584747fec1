"""The command line: options in, stdout for the product, stderr for everything else, and the exit codes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from har2rpc import __version__
from har2rpc.model import Har2rpcError

if TYPE_CHECKING:
    from har2rpc.model import Capture

_SHOWS_PROGRESS_FROM = 50_000_000  # bytes

captures = click.argument("captures", metavar="CAPTURE…", nargs=-1, required=True)


class _Group(click.Group):
    """The one place that catches: one message form, exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what is raised on purpose becomes one line on stderr."""
        try:
            return super().invoke(ctx)
        except Har2rpcError as error:
            click.echo(f"har2rpc: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:  # `har2rpc list … | head`
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="har2rpc")
def cli() -> None:
    """Turns what Odoo's web client did in a browser into code and connector actions.

    \b
    Record once: open the browser's Network tab, do it in Odoo, export all as HAR. Then:
      har2rpc list contacts.har              what was done, and what the client did for itself
      har2rpc whoami contacts.har            url, database, uid: what every integration asks first
      har2rpc convert contacts.har           Python that does the same through /jsonrpc
      har2rpc convert -t locoia contacts.har connector actions to paste

    A CAPTURE is a HAR (plain, gzip or zip), a folder of them, what the browser copies (cURL, fetch, PowerShell, the
    payload), several of these, or - for standard input.
    """


@cli.command("list")
@captures
@click.option("--json", "as_json", is_flag=True, help="One object a call, for programs.")
@click.option("--all", "everything", is_flag=True, help="Also what the client did for itself.")
@click.option("--model", metavar="GLOB", help="Only these models (res.*).")
@click.option("--method", metavar="GLOB", help="Only these methods (*search*).")
def list_calls(
    captures: tuple[str, ...],
    as_json: bool,
    everything: bool,
    model: str | None,
    method: str | None,
) -> None:
    """What was done: every call with its number, kind, subject and outcome.

    Numbers count all calls of the capture and never depend on a filter: give them to `convert -n`.
    """
    from har2rpc import pipeline

    capture = _opened(captures)
    if not capture.calls:
        raise Har2rpcError(
            f"{', '.join(capture.files)}: a session, but no Odoo call; see har2rpc whoami"
        )
    calls = pipeline.select(capture, model=model, method=method, everything=everything)
    if as_json:
        # A call a line, written as it comes: the list of a gigabyte is not held as text.
        for position, call in enumerate(calls):
            row = _json(pipeline.as_listed(call), indent=None)
            click.echo(f"{',' if position else '['}\n{row}", nl=False)
        click.echo("\n]" if calls else "[]")
    else:
        from har2rpc.listing import print_table

        print_table(capture, calls)
    _tell(capture.skipped)


@cli.command()
@captures
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
@click.option(
    "--env",
    type=click.Choice(["sh", "powershell", "dotenv"]),
    help="The lines that set the variables which generated code reads.",
)
def whoami(captures: tuple[str, ...], as_json: bool, env: str | None) -> None:
    """Who was logged in where: url, database, uid, login, version; and where each was found."""
    from har2rpc import listing, pipeline

    capture = _opened(captures)
    known = pipeline.as_known(capture)
    if as_json:
        click.echo(_json(known))
    elif env:
        click.echo(listing.environment(known, env))
    else:
        listing.print_session(known)
    _tell(capture.skipped)


@cli.command()
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
    "-o", "--output", metavar="FILE", help="Write here (all or nothing) instead of stdout."
)
def convert(
    captures: tuple[str, ...],
    target: str,
    numbers: str | None,
    model: str | None,
    method: str | None,
    everything: bool,
    verbatim: bool,
    no_inputs: bool,
    keep_all: bool,
    output: str | None,
) -> None:
    """The code: calls as functions or connector actions that do the same from outside."""
    from har2rpc import pipeline

    capture = _opened(captures)
    wanted = None if numbers is None else _numbers(numbers, len(capture.calls))
    calls = pipeline.select(
        capture, numbers=wanted, model=model, method=method, everything=everything
    )
    if wanted is None and not everything:
        calls, refused = pipeline.without_refused(calls)
        _tell(refused)
    if not calls:
        raise Har2rpcError(pipeline.nothing_to_convert(capture))
    steps = pipeline.actions(
        capture, calls, verbatim=verbatim, inputs=not no_inputs, keep_all=keep_all
    )
    text = pipeline.render(capture, steps, target=target)
    if output:
        from har2rpc.files import write_whole

        write_whole(output, text)
    else:
        click.echo(text, nl=not text.endswith("\n"))
    _tell(capture.skipped)


@cli.command()
@click.argument("url")
@click.option(
    "-o", "--output", metavar="FILE", required=True, help="The HAR to write, e.g. contacts.har."
)
def record(url: str, output: str) -> None:
    """Records in a real browser: log in, do it once, close the window.

    The calls are listed as they happen. What is written holds no password, cookie or header.
    Needs Chromium or Chrome, and: pip install 'har2rpc[record]'
    """
    from har2rpc import listing, recording
    from har2rpc.files import write_whole

    click.echo("Log in, do it once in Odoo, then close the window.", err=True)
    tape = recording.record(url, heard=listing.live_line)
    if not len(tape):
        raise Har2rpcError(f"{url}: nothing of Odoo was heard; is it an Odoo?")
    write_whole(output, tape.har())
    click.echo(f"written: {output}; next: har2rpc list {output}", err=True)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One object a target.")
@click.option("--show", metavar="NAME", help="Print a target's template, to start your own from.")
def targets(as_json: bool, show: str | None) -> None:
    """What can be written: name and summary of each target."""
    from har2rpc.rendering.targets import find_target
    from har2rpc.rendering.targets import targets as all_targets

    if show:
        click.echo(find_target(show).source, nl=False)
        return
    known = all_targets()
    if as_json:
        rows = [{"name": target.name, "summary": target.summary} for target in known]
        click.echo(_json(rows))
        return
    width = max(len(target.name) for target in known)
    for target in known:
        click.echo(f"{target.name.ljust(width)}  {target.summary}")


def _json(value: Any, indent: int | None = 2) -> str:
    """JSON text; half an emoji, which UTF-8 has no word for, is an escape."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _opened(captures: tuple[str, ...]) -> Capture:
    from har2rpc import pipeline

    sources = [sys.stdin.buffer if source == "-" else source for source in captures]
    return pipeline.open_capture(sources, progress=_progress())


def _progress() -> Any:
    """Tells how far a large file is read, on a terminal and nowhere else."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        if total >= _SHOWS_PROGRESS_FROM:
            end = "\n" if done >= total else ""
            click.echo(f"\rreading: {done * 100 // total} %{end}", err=True, nl=False)

    return tell


def _tell(sentences: Any) -> None:
    for sentence in sentences:
        click.echo(f"har2rpc: {sentence}", err=True)


def _numbers(text: str, most: int) -> list[int]:
    """`1,3-5` as numbers. Wrong ones are a wrong use: exit code 2."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or len(part) > 40:
            raise click.BadParameter(f"{text!r} is no list like 1,3-5", param_hint="-n")
        low, high = int(first), int(last or first)
        if low < 1 or high < low:
            raise click.BadParameter(f"{part.strip()!r} is no number of a call", param_hint="-n")
        found += range(low, max(low, min(high, most + 1)) + 1)
    return found


def main() -> None:
    """The `har2rpc` command."""
    import gc

    gc.freeze()  # nothing imported goes away; and calls are kept to the end: looking for rubbish
    gc.set_threshold(200_000, 50, 1000)  # among them cost a tenth of the time of a gigabyte
    cli()


if __name__ == "__main__":
    main()
