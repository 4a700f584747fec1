"""What a shell completes, asked as click's scripts for bash, zsh and fish ask it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from har_builder import ROOT, call, search, targets, written

from har2rpc.cli import _COMMANDS, cli


def completed(*words: str) -> list[tuple[str, str, str | None]]:
    """Kind, word and help of each suggestion for the last word."""
    shell = ShellComplete(cli, {}, "har2rpc", "_HAR2RPC_COMPLETE")
    found = shell.get_completions(list(words[:-1]), words[-1])
    return [(item.type, item.value, item.help) for item in found]


def values(*words: str) -> list[str]:
    return [value for _, value, _ in completed(*words)]


@pytest.fixture
def capture(tmp_path: Path) -> str:
    """Noise, two searches, a button."""
    return written(
        tmp_path,
        call("res.partner", "get_views", result={"views": {}}),
        search(),
        search("crm.lead", [["name", "ilike", "x"]]),
        call("sale.order", "action_confirm", ([7],), route="/web/dataset/call_button"),
    )


def test_commands() -> None:
    assert list(_COMMANDS) == values("")
    assert ["convert"] == values("con")


@pytest.mark.parametrize("option", ["-t", "--target"])
def test_targets_with_their_summaries(option: str) -> None:
    found = completed("convert", option, "")
    assert targets() == sorted(name for _, name, _ in found)
    assert all(words for _, _, words in found)
    assert [("file", "./mine.py.j2", None)] == completed("convert", option, "./mine.py.j2")


@pytest.mark.parametrize("command", ["list", "whoami", "convert", "verify", "mock", "redact", "ui"])
def test_captures_are_files(command: str) -> None:
    assert [("file", "cont", None)] == completed(command, "cont")


@pytest.mark.parametrize(
    ("command", "option"),
    [("convert", "-o"), ("convert", "--overrides"), ("convert", "--doc"), ("redact", "-o")],
)
def test_files_of_options(command: str, option: str) -> None:
    assert [("file", "x", None)] == completed(command, option, "x")


def test_numbers_of_the_capture_before_them(capture: str) -> None:
    expected = [
        ("plain", "2", "res.partner.web_search_read"),
        ("plain", "3", "crm.lead.web_search_read"),
        ("plain", "4", "sale.order.action_confirm"),
    ]
    assert expected == completed("convert", capture, "-n", "")
    assert ["2,3"] == values("convert", capture, "-n", "2,3")
    assert ["2-4"] == values("convert", capture, "-t", "curl", "-n", "2-4")


def test_models_and_methods_of_the_capture(capture: str) -> None:
    assert ["res.partner", "crm.lead", "sale.order"] == values("list", capture, "--model", "")
    assert ["crm.lead"] == values("convert", capture, "--model", "crm")
    assert ["action_confirm"] == values("list", capture, "--method", "act")


def test_what_cannot_be_read_completes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bad.har"
    path.write_text("Dear all")
    for words in ([str(path)], [str(tmp_path / "missing.har")], ["-"], []):
        assert [] == values("convert", *words, "-n", "")


def test_no_captured_text_steers_the_terminal(tmp_path: Path) -> None:
    capture = written(tmp_path, call("res.partner", "x\x1b[8m"), search())
    found = [*completed("convert", capture, "-n", ""), *completed("list", capture, "--method", "")]
    assert found and "\x1b" not in str(found) and "\\x1b" not in str(found)


@pytest.mark.parametrize(
    ("shell", "check"),
    [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])],
)
def test_the_script_for_a_shell_is_one(shell: str, check: list[str], tmp_path: Path) -> None:
    script = tmp_path / "script"
    variables = {**os.environ, "_HAR2RPC_COMPLETE": f"{shell}_source"}
    command = [
        sys.executable,
        "-c",
        "import sys; sys.argv[0] = 'har2rpc'; from har2rpc.cli import main; main()",
    ]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    assert "_HAR2RPC_COMPLETE=" in done.stdout and "har2rpc" in done.stdout
    line = f"_HAR2RPC_COMPLETE={shell}_source har2rpc"
    assert line in (ROOT / "docs" / "terminal.md").read_text("utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here: its script was written, and not read by it")
    script.write_text(done.stdout, encoding="utf-8")
    subprocess.run([shell, *check, str(script)], check=True, timeout=60)
