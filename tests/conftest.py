"""The one option of these tests (writing the goldens anew), and how the properties look for what breaks them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples in every run, however busy the machine: what is red on one is red on all, and stays red until it is
# mended. `pytest --hypothesis-profile explore` tries others in each run; what it finds becomes an @example.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.register_profile("explore", settings.get_profile("repeatable"), derandomize=False)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-goldens`: what was generated becomes what is expected; read the diff."""
    parser.addoption("--update-goldens", action="store_true", help="write tests/golden anew")
