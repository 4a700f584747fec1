"""The command line that does what is set on the page, so that a user can repeat it in a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from har2rpc.model.command_words import command_words


def number_ranges(numbers: Iterable[int]) -> str:
    """`1,3-5`, as `-n` takes it."""
    ranges: list[list[int]] = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def command_line(command: str, options: Sequence[str], files: Sequence[str]) -> str:
    """`har2rpc COMMAND OPTIONS FILES`, quoted as every shell takes it."""
    # What begins with a dash would be read as an option; a dash alone is standard input.
    names = [f"./{name}" if name.startswith("-") and name != "-" else name for name in files]
    return command_words(["har2rpc", command, *options, *names])
