"""The live server for the tests of this folder, and what they proved, told at the end."""

from __future__ import annotations

import pytest

from live.server import NEEDED, Server, configured
from live.tally import TALLY

_SERVER = configured()


@pytest.fixture(scope="session")
def server() -> Server:
    """The running Odoo 19; without one the test is skipped, and says why."""
    if _SERVER is None:
        pytest.skip(f"no live Odoo: {', '.join(NEEDED)} are not set (.ci/run sets them)")
    return _SERVER


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much was proved."""
    if TALLY.calls:
        terminalreporter.section("proved live on Odoo 19")
        for line in TALLY.lines():
            terminalreporter.write_line(line)
