"""What a person is told who does not know the names: help that fits, what was probably meant, an empty list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from har_builder import call, run, search, written

from har2rpc.cli import _COMMANDS
from har2rpc.model.near_names import did_you_mean

WIDTH = 80  # columns of a terminal


@pytest.fixture
def capture(tmp_path: Path) -> str:
    """Noise, a search, a button."""
    return written(
        tmp_path,
        call("res.partner", "get_views", result={"views": {}}),
        search(),
        call("sale.order", "action_confirm", ([7],), route="/web/dataset/call_button"),
    )


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))


def test_each_command_is_told_in_one_line() -> None:
    table = run("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert list(_COMMANDS) == [line.split()[0] for line in table]
    assert all(line.endswith(".") and not line.endswith("...") for line in table), table


@pytest.mark.parametrize("words", [(), *((name,) for name in _COMMANDS)])
def test_help_fits(words: tuple[str, ...]) -> None:
    lines = run(*words, "--help").stdout.splitlines()
    assert [] == [line for line in lines if len(line) > WIDTH]


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("lst", ["list", "whoami"], "did you mean list?"),
        ("res.partne", ["sale.order", "res.partner"], "did you mean res.partner?"),
        ("SALE.ORDER", ["sale.order"], "did you mean sale.order?"),
        ("phon", ["phone", "iphone"], "did you mean phone or iphone?"),
        ("xyzzy", ["list", "whoami"], ""),
        ("list", [], ""),
    ],
)
def test_what_was_meant(name: str, known: list[str], expected: str) -> None:
    assert expected == did_you_mean(name, known)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lst"], "no command 'lst'; did you mean list?"),
        (["xyzzy"], "no command 'xyzzy'; the commands are list, whoami"),
        (["convert", "-t", "pyton"], "no target 'pyton'; did you mean python"),
        (["convert", "--model", "res.partne"], "a model 'res.partne'; did you mean res.partner?"),
        (["convert", "--method", "action_confrm"], "did you mean action_confirm?"),
        (["verify", "--method", "*foo*"], "no call of a method '*foo*'; see har2rpc list --all"),
        (["convert", "--model", "s*", "--method", "*search*"], "you selected none of its 3 calls"),
    ],
)
def test_a_name_that_is_not_there(words: list[str], told: str, capture: str) -> None:
    result = run(*words, capture)
    assert result.exit_code in (1, 2) and "" == result.stdout
    assert told in result.stderr


def test_a_list_without_calls_says_what_to_do(capture: str) -> None:
    result = run("list", "--model", "res.partne", capture)
    assert "no call of a model 'res.partne'; did you mean res.partner?" in result.stderr
    assert "kind" not in result.stdout


def test_a_list_of_noise_alone_says_what_to_do(tmp_path: Path) -> None:
    noise = [call("res.partner", "get_views", result={"views": {}}) for _ in range(6)]
    result = run("list", written(tmp_path, *noise))
    assert "all of its 6 calls are noise (the client's own)" in result.stderr
    assert "6 more calls" in result.stdout


def shown(monkeypatch: pytest.MonkeyPatch, width: int, *words: str) -> list[str]:
    """The lines that a terminal of this width shows."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("FORCE_COLOR", "1")
    lines = re.sub(r"\x1b\[[\d;]*m", "", run(*words).stdout).splitlines()
    assert all(len(line) <= width for line in lines), lines
    return lines


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        (160, "# kind model method about ms outcome"),
        (100, "# kind model method about ms outcome"),
        (99, "# method about ms"),
        (60, "# method about ms"),
        (59, "# about"),
        (30, "# about"),
    ],
)
def test_a_narrow_terminal_keeps_what_was_done(
    width: int, headings: str, capture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = shown(monkeypatch, width, "list", capture)
    assert headings.split() == lines[0].split()
    rows = " ".join(" ".join(lines).split())
    assert ("Searched partners" if width > 30 else "Searched part") in rows
    assert ("…" in rows) == (width == 30)


def test_a_long_method_is_wrapped_at_its_underscores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "action_view_all_of_the_deliveries_of_it"
    capture = written(tmp_path, call("sale.order", name, ([7],)))
    lines = shown(monkeypatch, 72, "list", capture)
    words = [re.split(r"\s{2,}", line.strip()) for line in lines[2:4]]
    assert "action_view_all_of_" == words[0][1] and "the_deliveries_of_it" == words[1][0]
