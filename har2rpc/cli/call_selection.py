"""The options that select calls, and the parsing of their values."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from har2rpc.cli.completion import complete_methods, complete_models, complete_numbers

if TYPE_CHECKING:
    from har2rpc.model import Call, Capture

_Command = TypeVar("_Command", bound=Callable[..., None])
_FEW = 8  # calls that are converted without a question


def selection_options(command: _Command) -> _Command:
    """The options `-n`, `--model`, `--method` and `--all`; their values go to `select_calls`."""
    return _with_options(
        command,
        (
            click.option(
                "-n",
                "--calls",
                "numbers",
                metavar="1,3-5",
                help="Only these calls, by their number in list.",
                shell_complete=complete_numbers,
            ),
            name_options,
            click.option(
                "--all",
                "everything",
                is_flag=True,
                help="Also noise (the client's own calls) and calls that Odoo rejected.",
            ),
        ),
    )


def name_options(command: _Command) -> _Command:
    """The options `--model` and `--method`."""
    return _with_options(
        command,
        (
            click.option(
                "--model",
                metavar="GLOB",
                help="Only these models (res.*).",
                shell_complete=complete_models,
            ),
            click.option(
                "--method",
                metavar="GLOB",
                help="Only these methods (*search*).",
                shell_complete=complete_methods,
            ),
        ),
    )


def override_options(command: _Command) -> _Command:
    """The options `--input` and `--keep`; the values of the first go to `named_inputs`."""
    return _with_options(
        command,
        (
            click.option(
                "--input",
                "named",
                metavar="PATH=NAME",
                multiple=True,
                help="Make this value an input of that name; list -v shows paths.",
            ),
            click.option(
                "--keep", "kept", metavar="PATH", multiple=True, help="Keep this value as recorded."
            ),
        ),
    )


def _with_options(command: _Command, options: Sequence[Callable[[_Command], _Command]]) -> _Command:
    for add_option in reversed(options):
        command = add_option(command)
    return command


def select_calls(
    capture: Capture,
    numbers: str | None,
    model: str | None,
    method: str | None,
    everything: bool,
    *,
    in_session: bool = False,
) -> tuple[list[Call], list[str]]:
    """The calls that the options name, and a note on those that were left out.

    Raises Har2rpcError if they name none, unless (`in_session`) the client's routes leave something to do.
    """
    from har2rpc import pipeline
    from har2rpc.model import Har2rpcError

    selected = (
        None
        if numbers is None
        else call_numbers(numbers, max((call.n for call in capture.calls), default=0))
    )
    calls = pipeline.select(
        capture, numbers=selected, model=model, method=method, everything=everything
    )
    notes: list[str] = []
    if selected is None and not everything:
        calls, notes = pipeline.without_refused(calls)
        if pipeline.holds_noise_alone(capture):
            notes.append(pipeline.noise_alone_note(capture))
    if not calls and not (in_session and pipeline.has_session_requests(capture)):
        raise Har2rpcError(pipeline.nothing_to_convert(capture, model=model, method=method))
    return calls, notes


def choose_calls(capture: Capture, calls: list[Call]) -> list[Call]:
    """The calls that a person at a terminal chooses from many; all calls, if there are few or nobody can be asked."""
    if len(calls) <= _FEW or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return calls
    from har2rpc.cli.tables.calls import print_table

    print_table(capture, calls, err=True)
    by_number = {call.n: call for call in calls}

    def chosen(text: str) -> list[Call]:
        if not text.strip():
            return calls
        numbers = call_numbers(text, max(by_number))
        unknown = [n for n in numbers if n not in by_number]
        if unknown:
            raise click.BadParameter(f"{unknown[0]} is not one of these numbers", param_hint="-n")
        return [by_number[n] for n in sorted(set(numbers))]

    question = f"Which of them? Numbers like 1,3-5; Enter for all {len(calls)}"
    answer: list[Call] = click.prompt(
        question, default="", show_default=False, value_proc=chosen, err=True
    )
    return answer


def call_numbers(text: str, most: int) -> list[int]:
    """Parses `1,3-5`; a range ends at `most + 1`. Any other text is a usage error (exit code 2)."""
    numbers: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()) or len(part) > 40:
            raise click.BadParameter(f"{text!r} is not a list such as 1,3-5", param_hint="-n")
        low, high = int(first), int(last or first)
        if low < 1 or high < low:
            raise click.BadParameter(f"{part.strip()!r} is not a call number", param_hint="-n")
        numbers += range(low, max(low, min(high, most + 1)) + 1)
    return numbers


def field_names(text: str) -> tuple[str, ...]:
    """Parses `id,name,phone`, each name once; an empty text has none. Any other text is a usage error (exit code 2)."""
    names = [name.strip() for name in text.split(",")] if text else []
    for name in names:
        if not (name.isidentifier() and name.isascii()):
            raise click.BadParameter(f"{name!r} is not a valid field name", param_hint="--fields")
    return tuple(dict.fromkeys(names))


def named_inputs(texts: Iterable[str]) -> dict[str, str]:
    """Parses several `PATH=NAME` into a dict. Any other text is a usage error (exit code 2)."""
    names = {}
    for text in texts:
        path, _, name = text.rpartition("=")
        if not (path and name):
            raise click.BadParameter(
                f"{text!r} is not PATH=NAME, such as 5:domain[0][2]=phone", param_hint="--input"
            )
        names[path] = name
    return names


def named_actions(texts: Iterable[str], calls: Sequence[Call]) -> dict[int, str]:
    """Parses several `N=NAME` into a dict by call number. Any other text is a usage error (exit code 2)."""
    names = {}
    numbers = {call.n for call in calls}
    for text in texts:
        number, _, name = text.partition("=")
        if not (number.isascii() and number.isdecimal() and len(number) < 10 and name):
            raise click.BadParameter(
                f"{text!r} is not N=NAME, such as 5=find_partners", param_hint="--name"
            )
        if int(number) not in numbers:
            raise click.BadParameter(
                f"{text}: call {number} is not one of the converted calls; see -n, --all",
                param_hint="--name",
            )
        names[int(number)] = name
    return names
