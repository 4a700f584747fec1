"""The public API: what `from har2rpc import …` gives, and that nothing of ours takes its names away."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from har_builder import ROOT, search, written
from test_arrows import PACKAGE, modules

import har2rpc

USE = """
import sys
from har2rpc import actions, flow, mock, open_capture, render, select, verify
capture = open_capture([sys.argv[1]])
print(render(capture, actions(capture)))
for _ in range(2):
    from har2rpc import ConvertOptions, Har2rpcError, actions, flow, render, select, verify
    calls = select(capture, method="*search*")
    assert render(capture, actions(capture, calls, ConvertOptions(verbatim=True)), target="json")
    assert render(capture, flow(capture), target="python")
assert [verdict.status for verdict in verify(capture, calls)] == ["same"], "verify"
with mock(capture) as (odoo, variables):
    assert variables["ODOO_URL"].startswith("http://127.0.0.1")
"""


def test_it_is_imported_used_and_imported_again(tmp_path: Path) -> None:
    path = written(tmp_path, search())
    run = subprocess.run(
        [sys.executable, "-c", USE, path], capture_output=True, text=True, cwd=ROOT, timeout=120
    )
    assert 0 == run.returncode, run.stderr[-2000:]
    assert "def search_partners" in run.stdout


def test_importing_the_package_alone_loads_nothing_of_it() -> None:
    code = "import sys, har2rpc; print([m for m in sys.modules if m.startswith('har2rpc.')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert "['har2rpc.version']" == run.stdout.strip()


@pytest.mark.parametrize("name", har2rpc.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    thing = getattr(har2rpc, name)
    assert name in dir(har2rpc)
    assert isinstance(thing, str) or thing.__doc__, name


def test_what_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        har2rpc.nothing  # noqa: B018  # asking for it is the test


def test_no_module_has_the_name_of_a_public_function_beside_it() -> None:
    """A submodule overwrites the function of its name in the package as soon as it is imported."""
    twins = []
    for path in modules():
        if path.name != "__init__.py":
            continue
        beside = {other.stem for other in path.parent.glob("*.py")} | {
            folder.name for folder in path.parent.iterdir() if (folder / "__init__.py").exists()
        }
        package = ".".join(["har2rpc", *path.parent.relative_to(PACKAGE).parts])
        tree = ast.parse(path.read_text("utf-8"))
        names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        names |= set(getattr(importlib.import_module(package), "__all__", ()))
        twins += [f"{package}.{name}" for name in sorted(names & beside)]
    assert [] == twins
