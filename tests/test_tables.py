"""tools/odoo_tables.py: the rows of the version that is given are written, all others are kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from har_builder import ROOT

TOOL = ROOT / "tools" / "odoo_tables.py"
RELEASE = 'version_info = (14, 0, 0, "final", 0, "")\n'


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import odoo_tables
    import table_rows

    return SimpleNamespace(tables=odoo_tables, rows=table_rows)


def table() -> dict[str, Any]:
    methods = {
        "read": [{"from": 12, "to": 19, "params": ["fields="]}],
        "gone": [{"from": 12, "to": 14, "params": []}],
    }
    return {"models": {"base": methods}}


def sources(**methods: Any) -> Any:
    return SimpleNamespace(orm_methods=lambda: {"base": methods})


def test_rows_of_other_versions_are_kept(tools: SimpleNamespace) -> None:
    given = sources(read={"params": ["fields=", "load="]}, new={"params": ["x"], "model": True})
    rows = tools.rows.orm_signatures(table(), 14, given)["models"]["base"]
    assert {
        "gone": [{"from": 12, "to": 13, "params": []}],
        "new": [{"from": 14, "to": 14, "params": ["x"], "model": True}],
        "read": [
            {"from": 12, "to": 13, "params": ["fields="]},
            {"from": 14, "to": 14, "params": ["fields=", "load="]},
            {"from": 15, "to": 19, "params": ["fields="]},
        ],
    } == rows


def test_the_same_sources_change_nothing(tools: SimpleNamespace) -> None:
    given = sources(read={"params": ["fields="]}, gone={"params": []})
    new = tools.rows.orm_signatures(table(), 14, given)
    assert table() == new and [] == tools.tables.differences("t", table(), new)


def test_a_difference_is_told_row_by_row(tools: SimpleNamespace) -> None:
    new = tools.rows.orm_signatures(table(), 14, sources(read={"params": ["fields="]}))
    lines = tools.tables.differences("t", table(), new)
    assert 2 == len(lines) and all("base.gone" in line for line in lines)


def test_without_sources_or_server_it_says_what_it_needs() -> None:
    run = subprocess.run(
        [sys.executable, str(TOOL), "--version", "19"], capture_output=True, text=True, cwd=ROOT
    )
    assert 2 == run.returncode and "give --sources, or --url" in run.stderr


def test_sources_of_another_version_are_refused(tmp_path: Path) -> None:
    (tmp_path / "odoo").mkdir()
    (tmp_path / "odoo" / "release.py").write_text(RELEASE, "utf-8")
    command = [sys.executable, str(TOOL), "--version", "19", "--sources", str(tmp_path), "--check"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert 2 == run.returncode and "is not Odoo 19" in run.stderr
