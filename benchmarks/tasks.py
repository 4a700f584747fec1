"""How long a person takes for three tasks on the page: the user ID, an n8n workflow, a Locoia action box by box.

    site/build && python benchmarks/tasks.py

It drives the Chromium that is installed (headless) on the built site, served on loopback, from a file that is dropped. A
person is written as pauses: 2 s to look at a new view, 1 s to decide, 1 s for a click, 2.5 s to switch to another window
and paste there. Between them the page takes its own time. Nobody was timed with a watch.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
LOOK, DECIDE, CLICK, PASTE = 2.0, 1.0, 1.0, 2.5  # seconds


class Person:
    """Somebody who looks, decides, clicks and pastes, and whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.pastes = 0

    def look(self) -> None:
        self.page.wait_for_timeout(1000 * LOOK)

    def click(self, place: Locator, *, decide: bool = True) -> None:
        self.page.wait_for_timeout(1000 * (CLICK + DECIDE * decide))
        place.click()
        self.clicks += 1
        self.page.wait_for_selector("html:not([data-busy])", state="attached")

    def paste(self) -> None:
        self.page.wait_for_timeout(1000 * PASTE)
        self.pastes += 1

    def drop(self, capture: Path) -> None:
        self.page.set_input_files("#file-input", str(capture))
        self.page.wait_for_selector("#work:not([hidden])", timeout=60_000)
        self.page.wait_for_selector("html:not([data-busy])", state="attached")
        self.look()


@contextmanager
def task(browser: Browser, url: str, capture: Path, name: str) -> Iterator[Person]:
    """One task from the file to its end, in a browser of its own; prints what it took."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
    person = Person(page)
    begin = time.perf_counter()
    person.drop(capture)
    yield person
    seconds = time.perf_counter() - begin
    print(f"{name}: {seconds:.1f} s, {person.clicks} clicks, {person.pastes} pastes", flush=True)
    context.close()


def boxes(person: Person, names: list[str], *, is_all: bool) -> None:
    """Copies and pastes the boxes of these actions: those that are needed, or all."""
    for name in names:
        part = person.page.get_by_role("region", name=name, exact=True)
        button = part.locator(".paste-next button")
        person.look()
        while button.is_enabled() and (is_all or "(optional)" not in (button.text_content() or "")):
            before = button.text_content()
            person.click(button, decide=False)
            while button.text_content() == before:
                person.page.wait_for_timeout(20)
            person.paste()


def main() -> None:
    """The command."""
    from browser.static_host import serve_folder

    capture = ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    phone, custom = "Search Partners by Phone", "Search Partners by Custom"
    with sync_playwright() as driver, serve_folder(ROOT / "site" / "dist", "/page/") as url:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with task(browser, url, capture, "user ID, copied") as person:
            person.click(person.page.get_by_role("button", name="Copy User ID"))
        with task(browser, url, capture, "n8n workflow") as person:
            person.click(person.page.locator("label[for=target-n8n]"))
            person.look()
            person.click(person.page.locator("#copy-code"))
            person.paste()
        for names in ([phone], [phone, custom]):
            for is_all in (False, True):
                which = "all boxes" if is_all else "needed boxes"
                title = f"Locoia, {' and '.join(names)}, {which}"
                with task(browser, url, capture, title) as person:
                    person.click(person.page.locator("label[for=target-locoia]"))
                    boxes(person, names, is_all=is_all)
        browser.close()


if __name__ == "__main__":
    main()
