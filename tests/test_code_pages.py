"""docs/python.md and docs/shell.md: what they show of your own code runs beside what is generated."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from har_builder import ROOT, product

from har2rpc import mock, open_capture

SAMPLE = ROOT / "samples" / "odoo19-chrome-create_partner.har"
OWN = {  # the file that is imported, and how yours is run
    "python": ("create_partner.py", [sys.executable, "own.py"]),
    "shell": ("create_partner.sh", ["bash", "own.sh"]),
}
TARGETS = {
    "python": "python python-json2 python-xmlrpc odoolib odoolib-json2 odooly odoorpc".split(),
    "shell": ["curl", "curl-json2"],
}


def example(page: str) -> str:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    (found,) = re.findall(rf"<!-- {page}: {SAMPLE.stem} -->\n```\w+\n(.*?)^```", text, re.S | re.M)
    return str(found)


@pytest.mark.parametrize(
    "page, target", [(page, each) for page in TARGETS for each in TARGETS[page]]
)
def test_an_example_runs_with_every_target_of_its_page(
    page: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not SAMPLE.is_file():
        pytest.skip("the samples are not here: nothing was run")
    assert f"`{target}`" in (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    name, command = OWN[page]
    (tmp_path / name).write_text(product("convert", "-n", "12", "-t", target, SAMPLE), "utf-8")
    (tmp_path / command[1]).write_text(example(page), "utf-8")
    with mock(open_capture([SAMPLE])) as (_, variables):
        for key, value in variables.items():
            monkeypatch.setenv(key, value)
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8"
        )
    assert (0, "") == (done.returncode, done.stderr)
    assert re.fullmatch(r"partner \d+\n", done.stdout)
