"""The one option of these tests: writing the goldens anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-goldens`: what was generated becomes what is expected; read the diff."""
    parser.addoption("--update-goldens", action="store_true", help="write tests/golden anew")
