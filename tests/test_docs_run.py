"""What the docs say to type or to write works: each command of a block on a recording of yours, and each Python block."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from har_builder import run
from test_docs import PAGES, SAMPLES, blocks

YOURS = {  # the recordings of the docs, which are no samples by name
    "contacts.har": "odoo19-chrome-create_partner.har",
    "order.har": "odoo19-chrome-create_and_confirm_sale_order.har",
}
ELSEWHERE = (  # what needs a server, waits for a person, or is run by another test
    *("har2rpc ui ", "har2rpc mock ", "har2rpc record ", "har2rpc domain ", "--url ", "--copy"),
    *("x.model.json", "staging.har", "samples/"),
)


def commands(page: str) -> list[str]:
    """The lines of a page that call har2rpc, also inside `$(…)`."""
    text = "\n".join(blocks(PAGES[page], r"(?:sh|console)?"))
    lines = re.findall(r"^(?:\$ |.*\$\()?(har2rpc [^\n#)]+)", text, re.MULTILINE)
    return [line for line in lines if not any(each in line for each in ELSEWHERE)]


PAGES_WITH_COMMANDS = [page for page in PAGES if commands(page)]
PYTHON_BLOCK = re.compile(
    r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.DOTALL | re.MULTILINE
)
PYTHON = [  # with what stands below it: the lines that it prints
    pytest.param(block, printed, id=f"{page}: {index}")
    for page in PAGES
    for index, (block, printed) in enumerate(PYTHON_BLOCK.findall(PAGES[page]))
    if re.search(r"^from har2rpc import", block, re.MULTILINE)
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a person works: their recordings are in it."""
    if not SAMPLES.is_dir():
        pytest.skip("the samples are not here: nothing was run")
    for name, sample in YOURS.items():
        shutil.copy(SAMPLES / sample, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_is_much_to_run() -> None:
    lines = [line for page in PAGES_WITH_COMMANDS for line in commands(page)]
    assert 20 <= len(lines) and 4 <= len(PYTHON)


@pytest.mark.parametrize("page", PAGES_WITH_COMMANDS)
def test_every_command_works(page: str, folder: Path) -> None:
    """In the order of the page: what one writes, a later one may read."""
    for line in commands(page):
        before, _, target = line.strip().partition(" > ")
        words = shlex.split(before)[1:]
        result = run(*words)
        assert 0 == result.exit_code, f"{line}: {result.stderr}"
        if target:
            (folder / target).write_text(result.stdout, "utf-8")
        if "-o" in words:
            assert (folder / words[words.index("-o") + 1]).stat().st_size, line
        else:
            assert result.stdout or "--check" in words, line


@pytest.mark.parametrize("block, printed", PYTHON)
def test_every_python_block_prints_what_stands_below_it(
    block: str, printed: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(compile(block, "docs", "exec"), {"__name__": "__main__"})
    shown = capsys.readouterr().out
    assert not printed or printed == shown
