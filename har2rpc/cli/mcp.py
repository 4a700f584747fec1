"""`har2rpc mcp`: the actions as tools of a Model Context Protocol server."""

from __future__ import annotations

import os
from contextlib import suppress

import click

from har2rpc.cli.arguments import captures_argument, open_captures, session_options
from har2rpc.cli.call_selection import (
    field_names,
    named_inputs,
    override_options,
    select_calls,
    selection_options,
)
from har2rpc.cli.client_block import client_block
from har2rpc.cli.completion import complete_files
from har2rpc.cli.tables.console import counted, print_line, print_notes, print_product


@click.command("mcp", short_help="Serves the actions as tools for AI clients (MCP, over stdio).")
@captures_argument
@click.option("--write", "writes", is_flag=True, help="Also tools that change data.")
@click.option("--flow", "as_flow", is_flag=True, help="One tool for all of it.")
@selection_options
@session_options
@override_options
@click.option(
    "--overrides",
    "override_file",
    metavar="FILE.json",
    shell_complete=complete_files,
    help="A file with all settings, as for convert.",
)
@click.option(
    "--fields", metavar="NAME,…", help="The fields that reads return, instead of the screen's."
)
@click.option("--lookups", is_flag=True, help="Also search by name for records that are inputs.")
@click.option(
    "--config", "as_config", is_flag=True, help="Print the block to paste into a client, and exit."
)
def command(
    captures: tuple[str, ...],
    writes: bool,
    as_flow: bool,
    numbers: str | None,
    model: str | None,
    method: str | None,
    everything: bool,
    server: str | None,
    user: str | None,
    named: tuple[str, ...],
    kept: tuple[str, ...],
    override_file: str | None,
    fields: str | None,
    lookups: bool,
    as_config: bool,
) -> None:
    """Serves the actions as tools of the Model Context Protocol, over standard input and output.

    CAPTURE is a capture, or a file from convert -t mcp or -t json. An AI client starts this command; --config prints the
    block to paste into the client's configuration. It calls Odoo as generated code does, with ODOO_URL, ODOO_DB,
    ODOO_UID (or ODOO_LOGIN) and ODOO_API_KEY. Without --write it offers only tools that change nothing.
    Needs: pip install "har2rpc[mcp]"
    """
    from har2rpc import pipeline
    from har2rpc.cli.files import read_text
    from har2rpc.model import ConvertOptions, Overrides
    from har2rpc.version import __version__

    if "-" in captures:
        raise click.UsageError("standard input carries the protocol: name a file")
    if any(are_documents := [_is_document(path) for path in captures]):
        _check_documents(are_documents)
        documents = [
            pipeline.read_tool_document(*read_text(path), as_flow=as_flow) for path in captures
        ]
    else:
        overrides = pipeline.read_overrides(*read_text(override_file)) if override_file else None
        options = ConvertOptions(
            fields=field_names(fields or ""),
            lookups=lookups,
            reads=bool(numbers or model or method),
            input_names=named_inputs(named),
            keep=kept,
            overrides=overrides or Overrides(),
        )
        capture = open_captures(captures, server, user)
        calls, notes = select_calls(capture, numbers, model, method, everything)
        convert = pipeline.flow if as_flow else pipeline.actions
        documents = [pipeline.as_tool_document(capture, convert(capture, calls, options))]
        print_notes([*notes, *capture.skipped])
    tools, session = pipeline.tools_of(documents), pipeline.tool_session(documents)
    offered = pipeline.offered_tools(tools, writes=writes)
    if as_config:
        print_product(client_block(_own_words(), session))
        return
    whom = pipeline.tool_connection(session, os.environ)
    if left_out := len(tools) - len(offered):
        print_notes(
            [f"left out {counted(left_out, 'tool')} that change data: use --write to offer them"]
        )
    print_line(
        f"serving {counted(len(offered), 'tool')} of {whom.url}, database {whom.db}", err=True
    )
    secrets = {name: value for name, value in os.environ.items() if name.startswith("SECRET_")}
    with suppress(KeyboardInterrupt):
        pipeline.serve_tools(offered, whom, secrets, version=__version__)


def _is_document(path: str) -> bool:
    """Whether a file is a document of convert; one that cannot be read is not, and reading it as a capture says why."""
    from har2rpc import pipeline

    try:
        with open(path, "rb") as file:
            return pipeline.is_tool_document(file.read(200))
    except (OSError, ValueError):
        return False


def _check_documents(are_documents: list[bool]) -> None:
    """Raises UsageError for documents next to captures, and for options that only make sense for a capture."""
    if not all(are_documents):
        raise click.UsageError("captures and documents cannot be served together")
    context = click.get_current_context()
    for option in context.command.params:
        is_chosen = bool(context.params.get(option.name or ""))
        if is_chosen and option.name not in ("captures", "writes", "as_flow", "as_config"):
            raise click.UsageError(f"{option.opts[-1]} is for captures: pass it to convert")


def _own_words() -> list[str]:
    """The command line without `--config`, with absolute paths of its files."""
    context = click.get_current_context()
    words: list[str] = []
    for option in context.command.params:
        value = context.params[option.name or ""]
        if not isinstance(option, click.Option) or option.name == "as_config" or not value:
            continue
        if option.is_flag:
            words.append(option.opts[-1])
            continue
        for each in value if isinstance(value, tuple) else [value]:
            text = os.path.abspath(each) if option.name == "override_file" else str(each)
            words += [option.opts[-1], text]
    return [*words, *map(os.path.abspath, context.params["captures"])]
