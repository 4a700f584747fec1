"""docs/doors.md: its examples give the calls that stand above them, and its table names every door there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from har_builder import ROOT, run

PAGE = (ROOT / "docs" / "doors.md").read_text("utf-8")
EXAMPLE = re.compile(r"<!-- door: (\S+) (\w+) -->\n```\w+\n(.*?)\n```", re.DOTALL)


@pytest.mark.parametrize("model, method, text", EXAMPLE.findall(PAGE))
def test_an_example_gives_its_call(model: str, method: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "door.txt"
    path.write_text(text, encoding="utf-8")
    (row,) = json.loads(run("list", "--json", path).stdout)
    assert (model, method) == (row["model"], row["method"]) and "noise" != row["kind"]
    assert 0 == run("convert", path).exit_code
    assert [row] == [
        {**each, "where": row["where"]}
        for each in json.loads(run("list", "--json", "-", stdin=text).stdout)
    ]


def test_there_are_examples_and_the_readme_leads_to_them() -> None:
    assert len(EXAMPLE.findall(PAGE)) >= 7 and PAGE.count("<!-- door:") == len(
        EXAMPLE.findall(PAGE)
    )
    assert "docs/doors.md" in (ROOT / "README.md").read_text("utf-8")
