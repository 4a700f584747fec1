"""Drives the Chromium or Chrome that is installed, with playwright, while a person works in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.odoo import urls
from har2rpc.recording.writer import Tape

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request

_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
_QUIET = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE = 5.0  # seconds


def record(
    url: str,
    *,
    heard: Callable[[Exchange], None],
    person: Callable[[Page], None] | None = None,
    headless: bool = False,
    executable: str | None = None,
) -> Tape:
    """Opens the browser at `url` and keeps what it says to Odoo until its last window is closed.

    `heard` is called for everything kept, as it happens. `person` stands in for one (in tests): it gets the page, and
    the recording ends when it returns. Raises Har2rpcError where playwright or a browser is missing, or nothing
    answers at `url`.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise Har2rpcError("recording needs playwright: pip install 'har2rpc[record]'") from error
    path = executable or next(filter(None, map(shutil.which, _BROWSERS)), None)
    tape = Tape()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=path,
                channel=None if path else "chrome",
                headless=headless,
                args=[*_QUIET, *(["--no-sandbox"] if _is_root() else [])],
            )
        except Error as error:
            said = str(error).strip().splitlines()[0]
            raise Har2rpcError(f"no Chromium or Chrome could be started: {said}") from error
        context = browser.new_context(no_viewport=True)
        listener = _Listener(tape, heard)
        context.on("request", listener.began)
        context.on("requestfinished", listener.finished)
        context.on("requestfailed", listener.failed)
        page = context.new_page()
        try:
            page.goto(url, wait_until="commit")
        except Error as error:
            browser.close()
            said = str(error).strip().splitlines()[0]
            raise Har2rpcError(f"{url}: nothing could be opened: {said}") from error
        if person is not None:
            person(page)
            _until_answered(page, listener)
        else:
            _until_closed(context)
        listener.is_closing = True
        browser.close()
    return tape


def _until_closed(context: BrowserContext) -> None:
    """Waits, without keeping the events from coming, until the person has closed the last window."""
    from playwright.sync_api import Error

    while context.pages:
        try:
            context.pages[0].wait_for_timeout(200)
        except (Error, IndexError):  # that window is gone; another may be open
            time.sleep(0.05)


def _until_answered(page: Page, listener: _Listener) -> None:
    """Waits for the answers that are still on their way, but not for ever."""
    until = time.monotonic() + _PATIENCE
    while listener.waiting and time.monotonic() < until:
        page.wait_for_timeout(20)


class _Listener:
    """Takes each finished request down. A body that the browser has let go of is left out, not the call."""

    def __init__(self, tape: Tape, heard: Callable[[Exchange], None]) -> None:
        self._tape, self._heard = tape, heard
        self.is_closing = False
        self.waiting: set[Request] = set()
        """Requests to Odoo that are not on the tape yet."""

    def began(self, request: Request) -> None:
        """One request that was sent."""
        if urls.worth_reading(request.url, request.method):
            self.waiting.add(request)

    def finished(self, request: Request) -> None:
        """One request that was answered."""
        if self.is_closing:
            return
        status, answer = 0, None
        if (response := self._asked(request.response)) is not None:
            status = response.status
            answer = self._asked(response.text)
        self._take(request, status, answer)

    def failed(self, request: Request) -> None:
        """One request that was cancelled or broke: the call was made, no answer is known."""
        if not self.is_closing:
            self._take(request, 0, None)

    def _take(self, request: Request, status: int, answer: str | None) -> None:
        timing = request.timing
        begun = timing["startTime"] / 1000 if timing["startTime"] > 0 else time.time()
        exchange = self._tape.add(
            url=request.url,
            http_method=request.method,
            body=self._asked(lambda: request.post_data),
            status=status,
            answer=answer,
            started=datetime.fromtimestamp(begun, UTC).isoformat(timespec="milliseconds"),
            ms=round(max(0.0, timing["responseEnd"]), 3),
        )
        self.waiting.discard(request)
        if exchange is not None:
            self._heard(exchange)

    @staticmethod
    def _asked(ask: Callable[[], Any]) -> Any:
        from playwright.sync_api import Error

        try:
            return ask()
        except (Error, UnicodeDecodeError):
            return None


def _is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0
