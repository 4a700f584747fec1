"""One loopback server for all tests of generated code: each puts its own Odoo on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generated.running import Stage
from har2rpc.proving.mock.server import serve


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """A running server without an application."""
    made = Stage()
    with serve(made) as made.url:
        yield made
