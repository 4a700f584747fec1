"""The command line that the page shows."""

from __future__ import annotations

import shlex

import pytest

from har2rpc.cli.call_selection import call_numbers
from har2rpc.page.command_line import command_line, number_ranges


@pytest.mark.parametrize(
    "numbers, text",
    [([5], "5"), ([3, 4, 5, 9], "3-5,9"), ([2, 1, 1], "1-2"), ([1, 3, 5], "1,3,5")],
)
def test_numbers_are_written_as_n_takes_them(numbers: list[int], text: str) -> None:
    assert text == number_ranges(numbers)
    assert sorted(set(numbers)) == call_numbers(text, 9)


@pytest.mark.parametrize("name", ["a b.har", "it's.har", "$(x).har", "-rf", "é.har"])
def test_whatever_a_file_is_called_it_stays_one_argument(name: str) -> None:
    words = shlex.split(command_line("convert", ["-t", "n8n"], [name]))
    assert ["har2rpc", "convert", "-t", "n8n"] == words[:4]
    assert words[4].removeprefix("./") == name and not words[4].startswith("-")


def test_a_dash_alone_is_standard_input() -> None:
    assert "har2rpc convert -" == command_line("convert", [], ["-"])
