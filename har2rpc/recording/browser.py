"""Drives the installed Chromium or Chrome with playwright while a person works in it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.odoo import urls
from har2rpc.recording.writer import HarWriter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

_T = TypeVar("_T")

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
    on_exchange: Callable[[Exchange], None],
    on_open: Callable[[], None] = lambda: None,
    person: Callable[[Page], None] | None = None,
    headless: bool = False,
    executable: str | None = None,
) -> HarWriter:
    """Opens the browser at `url` and keeps its requests to Odoo until its last window is closed.

    `on_open` is called once the page is there, and `on_exchange` for everything kept, as it happens. `person` takes the
    place of one (in tests): it gets the page, and the recording ends when it returns. Raises Har2rpcError if playwright
    or a browser is missing, or if nothing answers at `url`.
    """
    writer = HarWriter()
    with _playwright() as playwright:
        browser = _launch(playwright, executable, headless)
        context = browser.new_context(no_viewport=True)
        listener = _Listener(writer, on_exchange)
        context.on("request", listener.on_request)
        context.on("requestfinished", listener.on_finished)
        context.on("requestfailed", listener.on_failed)
        page = _open_page(browser, context, url)
        on_open()
        if person is not None:
            person(page)
            _wait_for_answers(page, listener)
        else:
            _wait_until_closed(context)
        listener.is_closing = True
        browser.close()
    return writer


@contextmanager
def _playwright() -> Iterator[Playwright]:
    """Playwright with its driver, a program of its own (Node.js) that may not start on this system."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise Har2rpcError('recording needs playwright: pip install "har2rpc[record]"') from error
    try:
        playwright = sync_playwright().start()
    except (
        Exception
    ) as error:  # if the driver ends at once, what playwright raises depends on its version
        reason = _first_line(error) if isinstance(error, Error) else "it ended at once"
        raise Har2rpcError(
            f"playwright could not start its driver: {reason}; what it prints above may say what it lacks, "
            "else run `playwright --version` to see"
        ) from error
    try:
        yield playwright
    finally:
        playwright.stop()


def _launch(playwright: Playwright, executable: str | None, headless: bool) -> Browser:
    from playwright.sync_api import Error

    path = executable or next(filter(None, map(shutil.which, _BROWSERS)), None)
    try:
        return playwright.chromium.launch(
            executable_path=path,
            channel=None if path else "chrome",
            headless=headless,
            args=[*_QUIET, *(["--no-sandbox"] if _is_root() else [])],
        )
    except Error as error:
        reason = _first_line(error)
        raise Har2rpcError(
            f"no Chromium or Chrome could be started: {reason}; install one, or start it yourself to see why"
        ) from error


def _open_page(browser: Browser, context: BrowserContext, url: str) -> Page:
    from playwright.sync_api import Error

    page = context.new_page()
    try:
        page.goto(url, wait_until="commit")
    except Error as error:
        browser.close()
        raise Har2rpcError(f"{url}: nothing could be opened: {_first_line(error)}") from error
    return page


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def _wait_until_closed(context: BrowserContext) -> None:
    """Waits, without keeping the events from coming, until the person has closed the last window."""
    from playwright.sync_api import Error

    while context.pages:
        try:
            context.pages[0].wait_for_timeout(200)
        except (Error, IndexError):  # that window is gone; another may be open
            time.sleep(0.05)


def _wait_for_answers(page: Page, listener: _Listener) -> None:
    """Waits for answers that are still on their way, up to a time limit."""
    until = time.monotonic() + _PATIENCE
    while listener.pending and time.monotonic() < until:
        page.wait_for_timeout(20)


class _Listener:
    """Writes each finished request. A body that the browser has let go of is left out, not the call."""

    def __init__(self, writer: HarWriter, on_exchange: Callable[[Exchange], None]) -> None:
        self._writer, self._on_exchange = writer, on_exchange
        self.is_closing = False
        self.pending: set[Request] = set()
        """Requests to Odoo that are not written yet."""

    def on_request(self, request: Request) -> None:
        """One request that was sent."""
        if urls.interest_in(request.url, request.method):
            self.pending.add(request)

    def on_finished(self, request: Request) -> None:
        """One request that was answered."""
        if self.is_closing:
            return
        status, answer = 0, None
        if (response := _value_or_none(request.response)) is not None:
            status = response.status
            answer = _value_or_none(response.text)
        self._write(request, status, answer)

    def on_failed(self, request: Request) -> None:
        """One request that was cancelled or broke: the call happened, its answer is unknown."""
        if not self.is_closing:
            self._write(request, 0, None)

    def _write(self, request: Request, status: int, answer: str | None) -> None:
        timing = request.timing
        started = timing["startTime"] / 1000 if timing["startTime"] > 0 else time.time()
        exchange = self._writer.add(
            url=request.url,
            http_method=request.method,
            body=_value_or_none(lambda: request.post_data),
            status=status,
            answer=answer,
            started=datetime.fromtimestamp(started, UTC).isoformat(timespec="milliseconds"),
            ms=round(max(0.0, timing["responseEnd"]), 3),
        )
        self.pending.discard(request)
        if exchange is not None:
            self._on_exchange(exchange)


def _value_or_none(value: Callable[[], _T]) -> _T | None:
    """What the browser answers; None where it no longer has it, or where it is not text."""
    from playwright.sync_api import Error

    try:
        return value()
    except (Error, UnicodeDecodeError):
        return None


def _is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0
