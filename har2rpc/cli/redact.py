"""`har2rpc redact`: the same capture without secrets."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from har2rpc.cli.arguments import captures_argument, progress_printer
from har2rpc.cli.completion import complete_files
from har2rpc.cli.output import as_json_text
from har2rpc.cli.tables.console import counted, print_notes, print_product
from har2rpc.model.command_words import quoted_word

if TYPE_CHECKING:
    from har2rpc.model import RedactionReport

_PROCESSES = 2  # each takes as much memory as this one


@click.command("redact", short_help="Writes the same capture without secrets, still convertible.")
@captures_argument
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    shell_complete=complete_files,
    help="The HAR to write (.gz and .zip are packed); a folder for several captures.",
)
@click.option("--slim", is_flag=True, help="Drop static files, view architectures and images.")
@click.option("--only-calls", is_flag=True, help="Keep only Odoo calls and the session.")
@click.option(
    "--pseudonyms", is_flag=True, help="Replace people's names, addresses and numbers, too."
)
@click.option("--report", is_flag=True, help="Print what was removed and what is doubtful.")
@click.option("--json", "in_json", is_flag=True, help="The report as JSON.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if there are secrets.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
def command(
    captures: tuple[str, ...],
    output: str | None,
    slim: bool,
    only_calls: bool,
    pseudonyms: bool,
    report: bool,
    in_json: bool,
    check: bool,
    force: bool,
) -> None:
    """Writes the same capture without secrets; you can still read and convert it.

    Passwords, keys, tokens, cookies and session ids become tags (redacted-1a2b3c4d5e), equal ones equal tags. A doubt is
    something that looks like a secret but was left in place: read --report before you send the file to anyone.
    """
    from har2rpc import pipeline
    from har2rpc.cli.files import is_stdout
    from har2rpc.cli.private_files import private_output
    from har2rpc.pipeline.processes import usable_processors

    if check and output:
        raise click.UsageError("--check writes nothing: leave -o out")
    if not (output or check or report or in_json):
        raise click.UsageError("name a file with -o, or use --check or --report")
    sources = [sys.stdin.buffer if source == "-" else source for source in captures]
    redaction = pipeline.redact(
        sources,
        private_output(output, captures, force=force) if output else None,
        slim=slim,
        only_calls=only_calls,
        pseudonyms=pseudonyms,
        progress=progress_printer(),
        processes=min(_PROCESSES, usable_processors()),
    )
    if in_json:
        print_product(as_json_text(pipeline.as_redacted(redaction)), err=is_stdout(output))
    elif report or check:
        from har2rpc.cli.tables.redaction import print_report

        print_report(redaction, to_stderr=is_stdout(output))
    print_notes(redaction.notes)
    if output and not is_stdout(output):
        print_notes([_next_step(redaction, output)])
    if check and redaction.removed:
        click.get_current_context().exit(1)


def _next_step(report: RedactionReport, output: str) -> str:
    removed = sum(tally.count for tally in report.removed)
    doubts = sum(tally.count for tally in report.doubts)
    seen = f"; {counted(doubts, 'doubt')}, see --report" if doubts else ""
    gone = f"{counted(removed, 'secret')} removed{seen}"
    return f"written: {output} ({gone}); next: har2rpc list {quoted_word(output)}"
