"""Both bodies of the page in a real Chromium: `har2rpc ui` on loopback, and the site, where Python runs in the tab."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from browser.bodies import Body, Visitor, loopback_body, site_body

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder are marked `browser`."""
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium or Chrome that is installed."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip("no Chromium is here: the page was not tried")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session", params=["ui", "site"])
def body(request: pytest.FixtureRequest) -> Iterator[Body]:
    """Each of the two bodies, served on loopback."""
    with (loopback_body if request.param == "ui" else site_body)() as served:
        yield served


@pytest.fixture
def visitor(chromium: Browser, body: Body) -> Iterator[Visitor]:
    """A person with one of the bodies open, who saw no error."""
    visitor = Visitor(chromium, body)
    yield visitor
    visitor.close()
    assert [] == visitor.errors
