"""tools/odoo_tables.py: the rows of the version that is given are written, all others are kept."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from har_builder import ROOT

from har2rpc.odoo.versions import NEWEST, OLDEST, PUBLIC_METHODS

DATA = ROOT / "har2rpc" / "odoo" / "data"
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


def test_the_next_version_has_its_rows_before_it_is_known(tools: SimpleNamespace) -> None:
    given = sources(read={"params": ["fields="]}, new={"params": []})
    rows = tools.rows.orm_signatures(table(), NEWEST + 1, given)["models"]["base"]
    assert [{"from": 12, "to": NEWEST + 1, "params": ["fields="]}] == rows["read"]
    assert [{"from": NEWEST + 1, "to": NEWEST + 1, "params": []}] == rows["new"]
    parser = tools.tables._parser()
    assert NEWEST + 1 == parser.parse_args(["--version", str(NEWEST + 1)]).version


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


def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return content


def test_the_tables_have_rows_for_every_known_version() -> None:
    """Without them an argument has no name and an operator no proof, and nothing would say so."""
    methods = read("orm_signatures")["models"]["base"]
    for method in ("search_read", "read", "write", "create"):
        rows = [range(row["from"], row["to"] + 1) for row in methods[method]]
        missing = set(range(OLDEST, NEWEST + 1)).difference(*rows)
        assert not missing, f"{method}: run {TOOL.name} for {missing}"
    for name in ("orm_signatures", "domain_operators"):
        assert f"Odoo {OLDEST}-{NEWEST}" in read(name)["_about"], f"{name} was read off others"
    tables = {path.stem for path in DATA.glob("public_methods_*")}
    assert {f"public_methods_{version}" for version in PUBLIC_METHODS} == tables


def test_the_known_versions_are_the_same_in_help_and_papers() -> None:
    known = f"{OLDEST} to {NEWEST}"
    for path in ("docs/commands.md", "har2rpc/cli/domain.py"):
        assert known in (ROOT / path).read_text("utf-8"), path
