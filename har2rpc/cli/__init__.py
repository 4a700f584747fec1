"""The command line: options in, stdout for the product, stderr for everything else, and the exit codes."""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from har2rpc.cli.tables.console import clean_refusals, print_crash, print_notes
from har2rpc.model import Har2rpcError
from har2rpc.version import __version__

# Name -> the module of this folder whose `command` it is, in the order in which a person meets them.
_COMMANDS = {
    "list": "list_calls",
    "whoami": "whoami",
    "convert": "convert",
    "targets": "targets",
    "verify": "verify",
    "mock": "mock",
    "redact": "redact",
    "domain": "domain",
    "record": "record",
    "ui": "ui",
    "mcp": "mcp",
}


class _Group(click.Group):
    """The command group: the only place that catches errors, with one form of message and exit code 1. Imports a command when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name; imports its module."""
        if name not in _COMMANDS:
            return None
        module = import_module(f"har2rpc.cli.{_COMMANDS[name]}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. Raises UsageError with a suggestion if there is none."""
        name = args[0]
        if not ctx.resilient_parsing and name not in _COMMANDS and not name.startswith("-"):
            from har2rpc.model.near_names import did_you_mean

            near = did_you_mean(name, _COMMANDS) or f"the commands are {', '.join(_COMMANDS)}"
            ctx.fail(f"no command {name!r}; {near}")
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Parses the options before the command's name."""
        with clean_refusals():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; a Har2rpcError becomes one line on stderr."""
        try:
            with clean_refusals():
                return super().invoke(ctx)
        except Har2rpcError as error:
            print_notes([_sentence(error)])
            ctx.exit(1)
        except BrokenPipeError:  # `har2rpc list … | head`
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="har2rpc")
def cli() -> None:
    """Turns what Odoo's web client did in a browser into code and connector actions.

    \b
    Record once: open the browser's Network tab, do it in Odoo, export all as
    HAR. Then:
      har2rpc list contacts.har                what was done
      har2rpc whoami contacts.har              url, database, uid
      har2rpc convert contacts.har             Python that does the same
      har2rpc convert -t locoia contacts.har   connector actions to paste
      har2rpc redact contacts.har -o safe.har  the capture without secrets

    A CAPTURE is a HAR (plain, gzip or zip), a folder of them, what the browser copies (cURL, fetch, PowerShell, the
    payload), several of these, or - for standard input.
    """


def _sentence(error: Har2rpcError) -> str:
    sentence = str(error)
    if "pip install" not in sentence:
        return sentence
    from har2rpc.cli.extras import for_this_environment

    return for_this_environment(sentence)


def main() -> None:
    """The `har2rpc` command."""
    import gc

    gc.freeze()  # imported modules and calls live to the end: collecting garbage
    gc.set_threshold(200_000, 50, 1000)  # among them cost a tenth of the time of a gigabyte
    sys.excepthook = print_crash
    _write_any_text()
    cli()


def _write_any_text() -> None:
    """Writes UTF-8 with `\\n` to pipes and files, whatever the code page; a terminal that lacks a letter gets its escape."""
    if not isinstance(sys.stdout, TextIOWrapper):
        return
    if sys.stdout.isatty():
        sys.stdout.reconfigure(errors="backslashreplace")
    else:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
