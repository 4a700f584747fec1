"""The tables of `har2rpc/odoo/data/` against real servers: what a server tells of operators, models and methods."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from generated.recorded import ROOT

from live.server import Server

pytestmark = pytest.mark.live


def _check(server: Server) -> None:
    command = [sys.executable, str(ROOT / "tools" / "odoo_tables.py"), "--check"]
    command += ["--version", str(server.major), "--url", server.url, "--db", server.db]
    run = subprocess.run(
        [*command, "--login", server.login],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "ODOO_API_KEY": server.api_key},
    )
    assert 0 == run.returncode, run.stdout[-2000:] + run.stderr[-2000:]
    assert f"Odoo {server.major}: the tables are right" in run.stdout


def test_the_tables_are_right_for_19(server: Server) -> None:
    _check(server)


def test_the_tables_are_right_for_14(server_14: Server) -> None:
    _check(server_14)
