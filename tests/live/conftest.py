"""The live server for the tests of this folder, and what they proved, told at the end."""

from __future__ import annotations

import pytest

from live.fidelity import REPORT
from live.server import Server, configured, needed
from live.tally import TALLY

_SERVER = configured()


@pytest.fixture(scope="session")
def server() -> Server:
    """The running Odoo 19; without one the test is skipped, and says why."""
    return _running(_SERVER, 19)


@pytest.fixture(scope="session")
def server_14() -> Server:
    """The running Odoo 14, or a skip."""
    return _running(configured(14), 14)


def _running(server: Server | None, major: int) -> Server:
    if server is None:
        pytest.skip(
            f"no live Odoo {major}: {', '.join(needed(major))} are not set (.ci/run sets them)"
        )
    return server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much was proved."""
    if TALLY.calls:
        terminalreporter.section("proved live on Odoo 19")
        for line in TALLY.lines():
            terminalreporter.write_line(line)
    if REPORT.rows:
        terminalreporter.section("asked side by side with the browser")
        terminalreporter.write_line(REPORT.markdown())
