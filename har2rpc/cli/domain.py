"""`har2rpc domain`: explains a search domain, checks it, and writes it for Python and JSON."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from har2rpc.cli.output import as_json_text
from har2rpc.cli.tables.console import print_line, print_notes, print_product
from har2rpc.model import Har2rpcError
from har2rpc.model.text_files import decoded


@click.command("domain")
@click.argument("domain")
@click.option(
    "--odoo", metavar="VERSION", default="", help="Check for this version, 12 to 19 (default: 19)."
)
@click.option("--json", "as_json", is_flag=True, help="One object, for programs.")
@click.pass_context
def command(ctx: click.Context, domain: str, odoo: str, as_json: bool) -> None:
    """Explains a search domain and checks whether Odoo accepts it.

    DOMAIN is JSON or Python, a file that contains it, or - for standard input. The exit code is 1 if that version of
    Odoo refuses the domain.
    """
    from har2rpc import pipeline

    try:
        pipeline.odoo_version(odoo)
    except Har2rpcError as error:
        raise click.BadParameter(str(error), param_hint="--odoo") from None
    explanation = pipeline.explain(_text(domain), odoo)
    if as_json:
        print_product(as_json_text(pipeline.as_explained(explanation)))
    else:
        from har2rpc.cli.tables.domain import explanation_lines, mistake_lines

        if explanation.accepted:
            for line in explanation_lines(explanation):
                print_line(line)
        print_notes(mistake_lines(explanation))
    if not explanation.accepted:
        ctx.exit(1)


def _text(source: str) -> str:
    """The domain itself, or the text of the file of that name."""
    try:
        if source == "-":
            return decoded(sys.stdin.buffer.read())
        if source.lstrip()[:1] not in ("[", "(", "{", '"', "'", ""):
            path = Path(source)
            if path.suffix or path.exists():
                return decoded(path.read_bytes())
    except UnicodeDecodeError as error:
        raise Har2rpcError(f"{source}: not UTF-8 text, from byte {error.start} on") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Har2rpcError(
            f"{source[:80]}: {why}; give a domain, a file that holds one, or -"
        ) from None
    return source
