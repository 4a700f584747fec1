"""What is said where a package of an extra is not installed, and the call that needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from har2rpc.cli import ui
from har2rpc.proving.mock import server
from har2rpc.recording import browser
from har2rpc.rendering.python import source


def _without(package: str, do: Callable[[], Any], *, used_by: str = "") -> None:
    """Does this where the package cannot be imported; the module that uses it is imported again."""
    gone = {name: None for name in (*sys.modules, package) if f"{name}.".startswith(f"{package}.")}
    with patch.dict(sys.modules, gone):
        sys.modules.pop(used_by, None)
        do()


def _serve() -> None:
    with server.serve(lambda environ, start_response: []):
        pass


def _open_page() -> None:
    result = CliRunner().invoke(ui.command, ["--no-browser"], standalone_mode=False)
    assert result.exception
    raise result.exception


def _record() -> None:
    browser.record("https://odoo.example", on_exchange=print)


MISSING_PACKAGES: tuple[tuple[str, Callable[[], Any]], ...] = (
    ("cli/ui.py", lambda: _without("flask", _open_page, used_by="har2rpc.page.loopback")),
    ("proving/mock/server.py", lambda: _without("cheroot", _serve, used_by="har2rpc.proving.mock.connection")),
    ("recording/browser.py", lambda: _without("playwright", _record)),
    ("rendering/python/source.py", lambda: _without("black", lambda: source.format_source("x = 1", "x.py"))),
)  # fmt: skip
