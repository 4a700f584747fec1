"""What is different where a person sits at a terminal: colors, a question, a hint, the clipboard. Run on a real one (pty)."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from base64 import b64decode
from pathlib import Path

import pytest
from har_builder import product, run, search, written

SECONDS = 60
COLORS = re.compile(r"\x1b\[[\d;]*m")


def at_a_terminal(*words: str, typed: str = "", waits_for: str = "", **variables: str) -> str:
    """What the terminal is sent, line ends as in a file; `typed` once `waits_for` is there."""
    master, slave = pty.openpty()
    environment = {"PATH": "/nowhere", "TERM": "xterm", "LC_ALL": "C.UTF-8", **variables}
    process = subprocess.Popen(
        [sys.executable, "-m", "har2rpc", *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        close_fds=True,
    )
    os.close(slave)
    shown, until = b"", time.monotonic() + SECONDS
    with process:
        while time.monotonic() < until:
            if not select.select([master], [], [], 1)[0]:
                continue
            try:
                piece = os.read(master, 65536)
            except OSError:  # Linux's end of a terminal
                break
            if not piece:
                break
            shown += piece
            if typed and waits_for.encode() in shown:
                os.write(master, typed.encode())
                typed = ""
        process.kill()
    os.close(master)
    return shown.decode("utf-8").replace("\r\n", "\n")


@pytest.fixture
def few(tmp_path: Path) -> str:
    return written(tmp_path, search())


@pytest.fixture
def many(tmp_path: Path) -> str:
    """Twelve searches."""
    folder = tmp_path / "many"
    folder.mkdir()
    return written(folder, *(search(domain=[["name", "=", f"n{at}"]]) for at in range(12)))


@pytest.mark.parametrize("target", ["python", "javascript", "curl", "n8n"])
def test_code_has_colors_and_is_the_same_text(target: str, few: str) -> None:
    shown = at_a_terminal("convert", "-t", target, few)
    assert COLORS.search(shown)
    assert product("convert", "-t", target, few) == COLORS.sub("", shown)


def test_no_colors_for_who_wants_none_and_for_a_pipe(few: str) -> None:
    assert not COLORS.search(at_a_terminal("convert", few, NO_COLOR="1"))
    assert not COLORS.search(product("convert", few))


def test_of_many_calls_some_are_chosen(many: str) -> None:
    shown = at_a_terminal("convert", many, typed="40\n2,4-5\n", waits_for="Enter for all 12")
    assert "40 is not one of these numbers" in shown
    code = product("convert", "-n", "2,4-5", many)
    assert COLORS.sub("", shown).endswith(code)


def test_enter_takes_all(many: str) -> None:
    shown = at_a_terminal("convert", many, typed="\n", waits_for="Enter for all 12")
    assert COLORS.sub("", shown).endswith(product("convert", many))


@pytest.mark.parametrize("words", [("-n", "2"), ("--all",), ("--model", "res.*"), ("--flow",)])
def test_who_has_said_it_is_not_asked(words: tuple[str, ...], many: str) -> None:
    assert "Which of them" not in at_a_terminal("convert", *words, many)


def test_few_are_not_asked_about_nor_a_pipe(few: str, many: str, tmp_path: Path) -> None:
    assert "Which of them" not in at_a_terminal("convert", few)
    assert "Which of them" not in run("convert", many).stderr
    assert "Which of them" not in at_a_terminal("convert", many, "-o", str(tmp_path / "x.py"))


def test_standard_input_that_is_a_terminal_is_told_how_it_ends(few: str) -> None:
    text = Path(few).read_text("utf-8")
    shown = at_a_terminal("list", "-", typed=f"{text}\n\x04\x04", waits_for="then Ctrl-D")
    assert "paste what you copied, then Ctrl-D" in shown


def test_the_terminal_takes_the_clipboard(few: str) -> None:
    shown = at_a_terminal("convert", "--copy", few)
    found = re.search(r"\x1b\]52;c;([\w+/=]+)\x07", shown)
    assert found and product("convert", few) == b64decode(found[1]).decode("utf-8")
    assert "on the clipboard (the terminal)" in shown and "import requests" not in shown


def test_tmux_is_asked_to_hand_it_on(few: str) -> None:
    shown = at_a_terminal("convert", "--copy", few, TMUX="/tmp/x,1,0")
    assert "\x1bPtmux;\x1b\x1b]52;c;" in shown


@pytest.mark.parametrize(
    ("name", "variables"),
    [("pbcopy", {}), ("wl-copy", {"WAYLAND_DISPLAY": "x"}), ("xclip", {"DISPLAY": ":0"})],
)
def test_a_program_takes_the_clipboard(
    name: str, variables: dict[str, str], few: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    program = tmp_path / "bin" / name
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n/bin/cat > '{kept}'\n")
    program.chmod(0o755)
    for variable in ("SSH_TTY", "SSH_CONNECTION", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in {**variables, "PATH": str(program.parent)}.items():
        monkeypatch.setenv(variable, value)
    result = run("convert", "--copy", few)
    assert (0, "") == (result.exit_code, result.stdout)
    assert f"on the clipboard ({name})" in result.stderr
    assert product("convert", few) == kept.read_text("utf-8")


def test_nobody_takes_it(few: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("convert", "--copy", few)
    assert (1, "") == (result.exit_code, result.stdout)
    assert "install wl-copy or xclip, or use -o" in result.stderr


def test_copy_and_a_file_are_two_places(few: str, tmp_path: Path) -> None:
    result = run("convert", "--copy", "-o", str(tmp_path / "x.py"), few)
    assert 2 == result.exit_code and "use --copy or -o, not both" in result.stderr


@pytest.mark.parametrize("width", [40, 60, 80, 99])
@pytest.mark.parametrize("command", ["targets", "whoami", "redact --report", "list", "list -v"])
def test_no_line_is_wider_than_the_terminal_and_words_stay_whole(
    command: str, width: int, few: str
) -> None:
    words = [*command.split(), *([few] if command != "targets" else [])]
    shown = COLORS.sub("", at_a_terminal(*words, COLUMNS=str(width)))
    lines = shown.splitlines()
    assert lines and [] == [line for line in lines if len(line) > width]
    if command in ("targets", "whoami"):
        assert product(*words).split() == shown.split()


@pytest.mark.parametrize("width", [40, 60])
def test_a_narrow_terminal_keeps_numbers_and_verdicts(width: int, many: str) -> None:
    pytest.importorskip("cheroot")
    shown = COLORS.sub("", at_a_terminal("verify", "-n", "2,11", many, COLUMNS=str(width)))
    rows = re.findall(r"^ *(\d+) (?!calls).*\b(same)\b", shown, re.M)
    assert [("2", "same"), ("11", "same")] == rows
