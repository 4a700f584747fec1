"""One loopback server for all tests of targets: each puts its own Odoo on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from har2rpc.proving.mock.server import serve


class Stage:
    """A running server; `app` answers."""

    url: str = ""
    app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        return self.app(environ, start_response)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """A running server without an application."""
    made = Stage()
    with serve(made) as made.url:
        yield made
