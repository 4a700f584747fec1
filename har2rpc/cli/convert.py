"""`har2rpc convert`: the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from har2rpc.cli.arguments import captures_argument, open_captures, session_options
from har2rpc.cli.call_selection import (
    choose_calls,
    field_names,
    named_actions,
    named_inputs,
    override_options,
    select_calls,
    selection_options,
)
from har2rpc.cli.completion import complete_files, complete_targets
from har2rpc.cli.output import as_json_text, print_code
from har2rpc.cli.tables.console import counted, print_notes, print_product

if TYPE_CHECKING:
    from har2rpc.model import Connection


@click.command(
    "convert", short_help="Writes code that does the same: functions or connector actions."
)
@captures_argument
@click.option(
    "-t",
    "--target",
    default="python",
    show_default=True,
    help="A target's name, or your own FILE.j2.",
    shell_complete=complete_targets,
)
@selection_options
@session_options
@click.option("--verbatim", is_flag=True, help="The web client's own calls, untouched.")
@click.option("--no-inputs", is_flag=True, help="Keep every value as recorded.")
@override_options
@click.option("--keep-all", is_flag=True, help="Also send a form's defaults and computed values.")
@click.option(
    "--deep", is_flag=True, help="Also read the linked records that the client's reads included."
)
@click.option("--lookups", is_flag=True, help="Also search by name for records that are inputs.")
@click.option(
    "--flow",
    "as_flow",
    is_flag=True,
    help="One function for all of it, with its own inputs.",
)
@click.option(
    "--rows", is_flag=True, help="A script that repeats it for each row of a CSV file (--csv FILE)."
)
@click.option(
    "--fields", metavar="NAME,…", help="The fields that reads return, instead of the screen's."
)
@click.option(
    "--name",
    "action_names",
    metavar="N=NAME",
    multiple=True,
    help="The name of this call's action.",
)
@click.option(
    "--custom-domain/--no-custom-domain",
    default=None,
    help="Also a search that takes a whole domain, for each model.",
)
@click.option(
    "--connection",
    type=click.Choice(["constants", "inputs"]),
    help="Ask for address, database and user: one connector for many customers.",
)
@click.option(
    "--overrides",
    "override_files",
    metavar="FILE.json",
    shell_complete=complete_files,
    multiple=True,
    help="A file with all settings; options take precedence.",
)
@click.option(
    "--save-overrides",
    "save_to",
    metavar="FILE.json",
    shell_complete=complete_files,
    help="Write such a file with the current settings, to edit.",
)
@click.option(
    "--sheet",
    "as_sheet",
    is_flag=True,
    help="A sheet to paste from, a box for each field of a dialog (Markdown).",
)
@click.option("--reads", is_flag=True, help="Keep reads in a flow even if no step uses them.")
@click.option(
    "--doc",
    "docs",
    metavar="FILE",
    shell_complete=complete_files,
    multiple=True,
    help="A server's /doc-bearer/<model>.json: names arguments for JSON-2.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write to this file (all or nothing) instead of stdout.",
    shell_complete=complete_files,
)
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--copy", "to_clipboard", is_flag=True, help="Copy the output to the clipboard.")
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
    no_inputs: bool,
    named: tuple[str, ...],
    kept: tuple[str, ...],
    keep_all: bool,
    deep: bool,
    lookups: bool,
    as_flow: bool,
    rows: bool,
    fields: str | None,
    action_names: tuple[str, ...],
    custom_domain: bool | None,
    connection: Connection | None,
    override_files: tuple[str, ...],
    save_to: str | None,
    as_sheet: bool,
    reads: bool,
    docs: tuple[str, ...],
    output: str | None,
    force: bool,
    to_clipboard: bool,
) -> None:
    """Writes functions or connector actions that do the same through Odoo's API."""
    from har2rpc import pipeline
    from har2rpc.cli.files import check_output, is_stdout, read_text, write_whole
    from har2rpc.model import ConvertOptions, Overrides

    if rows and as_sheet:
        raise click.UsageError("--sheet does not support rows of a CSV file: use --rows or --sheet")
    if fields and verbatim:
        raise click.UsageError(
            "use --fields or --verbatim, not both: --verbatim leaves the fields untouched"
        )
    if len(override_files) > 1:
        raise click.UsageError("--overrides takes one file")
    if to_clipboard and output:
        raise click.UsageError("use --copy or -o, not both")
    for path in filter(None, (output, save_to)):
        check_output(path, captures, force=force)
    overrides = Overrides()
    for file in override_files:
        overrides = pipeline.read_overrides(*read_text(file))
    if verbatim and (overrides.fields or any(call.fields for call in overrides.calls.values())):
        raise click.UsageError("the overrides have fields, which --verbatim leaves untouched")
    capture = open_captures(captures, server, user)
    in_session = pipeline.has_session(target)
    calls, left_out = select_calls(
        capture, numbers, model, method, everything, in_session=in_session
    )
    print_notes(left_out)
    if not (numbers or model or method or everything or as_flow or output or "-" in captures):
        calls = choose_calls(capture, calls)
    if action_names:
        overrides = pipeline.with_names(overrides, named_actions(action_names, calls))
    options = ConvertOptions(
        verbatim=verbatim,
        client_calls=in_session,
        inputs=not no_inputs,
        keep_all=keep_all,
        deep=deep,
        lookups=lookups,
        fields=field_names(fields or ""),
        reads=reads or bool(numbers or model or method),
        input_names=named_inputs(named),
        keep=kept,
        overrides=overrides,
        custom_domain=custom_domain,
    )
    connection = connection or overrides.connection or "constants"
    if save_to:
        saved = pipeline.as_overrides(capture, calls, options, connection)
        write_whole(save_to, f"{as_json_text(saved)}\n", captures, force=force)
    convert = pipeline.flow if as_flow else pipeline.actions
    steps = convert(capture, calls, options)
    print_notes(filter(None, [pipeline.users_note(capture, pipeline.calls_of(steps))]))
    print_notes(pipeline.unconverted_notes(capture, calls or None, in_session=in_session))
    if as_sheet:
        boxes = pipeline.paste_boxes(capture, steps, target=target, connection=connection)
        text = pipeline.paste_sheet(boxes)
    else:
        text = pipeline.render(
            capture,
            steps,
            target=target,
            docs=map(read_text, docs),
            connection=connection,
            rows=rows,
        )
    if as_flow and not pipeline.knows_flows(target):
        print_notes([f"{target} does not support flows: it writes the single actions"])
    if output:
        _check_name(output, text, target)
        write_whole(output, text, captures, force=force)
        if not is_stdout(output):
            print_notes([_next_step(output, target, rows=rows, as_sheet=as_sheet)])
            if target == "mcp":
                print_product(_block(output, text, as_flow=as_flow), err=True)
    elif to_clipboard:
        from har2rpc.cli.clipboard import copy_text

        print_notes(
            [f"on the clipboard ({copy_text(text)}): {counted(len(text.splitlines()), 'line')}"]
        )
    else:
        print_code(text, "" if as_sheet else pipeline.language_of(target))
    print_notes(capture.skipped)


def _block(output: str, text: str, *, as_flow: bool) -> str:
    """The block to paste into a client's configuration, so that the client has the tools of this file."""
    import json
    import os

    from har2rpc import pipeline
    from har2rpc.cli.client_block import client_block

    words = [*(["--flow"] if as_flow else []), os.path.abspath(output)]
    return client_block(words, pipeline.tool_session([json.loads(text)]))


_RUN = {"py": "python", "sh": "bash", "mjs": "node", "php": "php"}

_ROWS_OPTION = {"locust": "--rows"}  # its own --csv writes statistics


def _check_name(output: str, text: str, target: str) -> None:
    """Raises Har2rpcError for a script with the name of a module that it imports: it would import itself."""
    from pathlib import Path

    from har2rpc.model import Har2rpcError
    from har2rpc.rendering.python.source import imported_modules
    from har2rpc.rendering.targets import find_target

    path, is_python = Path(output), find_target(target).language == "py"
    if is_python and path.suffix == ".py" and path.stem in imported_modules(text):
        other = path.with_name(f"odoo_{path.name}")
        raise Har2rpcError(
            f"{output}: the script imports {path.stem}, so under this name it would import itself; next: -o {other}"
        )


def _next_step(output: str, target: str, *, rows: bool, as_sheet: bool) -> str:
    """A sentence: what was written, and what to do with it."""
    import shutil

    from har2rpc.model import file_names
    from har2rpc.model.command_words import quoted_word
    from har2rpc.rendering.targets import find_target

    name = quoted_word(output)
    if as_sheet:
        return f"written: {output}; next: open it, and paste one box after the other"
    if target == "mcp":
        return (
            f"written: {output}; next: paste this into your client (har2rpc mcp serves it; with --write, "
            "tools that change data, too)"
        )
    program = "locust -f" if target == "locust" else _RUN.get(find_target(target).language)
    if program == "python" and not shutil.which(
        "python"
    ):  # Debian and macOS outside of environments
        program = "py" if file_names.ON_WINDOWS else "python3"
    secret = "ODOO_PASSWORD" if find_target(target).has_session else "ODOO_API_KEY"
    more = f" {_ROWS_OPTION.get(target, '--csv')} FILE.csv" if rows else ""
    run = (
        f"set {secret} and run {program} {name}{more}"
        if program
        else "import it; its notes say how"
    )
    return f"written: {output}; next: {run}"
