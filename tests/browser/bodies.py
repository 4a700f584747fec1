"""The two bodies of the page, each served on loopback while a block runs, and what a person does with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from har_builder import ROOT

from har2rpc import pipeline
from har2rpc.page.loopback import application
from har2rpc.page.uploads import OpenPages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SITE = ROOT / "site" / "dist"
SAMPLES = ROOT / "samples"
PHONE = SAMPLES / "odoo19-chrome-search_partner_by_phone.har"
ORDER = SAMPLES / "odoo19-chrome-create_and_confirm_sale_order.har"


@dataclass(frozen=True, slots=True)
class Body:
    """Where a body is, and which of the two."""

    name: str
    url: str


@contextmanager
def loopback_body() -> Iterator[Body]:
    """What `har2rpc ui` serves."""
    pages = OpenPages()
    app, path = application(pages)
    try:
        with pipeline.serve(app) as url:
            yield Body("ui", url + path)
    finally:
        pages.close_all()


@contextmanager
def site_body() -> Iterator[Body]:
    """The site as `site/build` puts it together, under a path as on a static host."""
    if not (SITE / "index.html").is_file():
        pytest.skip("the site is not built (site/build): nothing was tried")
    from browser.static_host import serve_folder

    with serve_folder(SITE, "/a-repository/") as url:
        yield Body("site", url)


class Visitor:
    """A person with the page open in a browser of their own; errors of the page are collected."""

    def __init__(self, browser: Browser, body: Body, **context: object) -> None:
        self.context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 1000}, **context}
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if said.type == "error" else None
        )
        self.body = body
        self.visit()

    def visit(self, target: str = "") -> None:
        self.page.goto(self.body.url + (f"#{target}" if target else ""))
        self.page.wait_for_selector("html[data-ready]", timeout=60_000)

    def drop(self, *paths: str | Path) -> None:
        """Gives files to the page as the button does, and waits for the list."""
        self.page.set_input_files("#file-input", [str(path) for path in paths])
        self.page.wait_for_selector("#work:not([hidden]), #problem:not([hidden])", timeout=60_000)

    def open_another(self) -> None:
        """Goes back to where a capture is dropped, if one is open."""
        if self.page.locator("#open-another").is_visible():
            self.page.locator("#open-another").click()

    def drop_text(self, name: str, text: str) -> None:
        """Drops a file on the page with the mouse, as the browser says it."""
        transfer = self.page.evaluate_handle(
            "([name, text]) => { const t = new DataTransfer(); t.items.add(new File([text], name)); return t; }",
            [name, text],
        )
        self.page.dispatch_event("body", "drop", {"dataTransfer": transfer})
        self.page.wait_for_selector("#work:not([hidden]), #problem:not([hidden])")

    def choose(self, target: str) -> None:
        """Chooses a target in the switch or in the list."""
        radio = self.page.locator(f"#target-{target}")
        if radio.count():
            self.page.locator(f"label[for=target-{target}]").click()
        else:
            self.page.get_by_label("Other targets").select_option(target)

    def settled(self) -> None:
        """Waits until the text belongs to what is ticked and chosen."""
        self.page.wait_for_selector("html:not([data-busy])", state="attached")

    @property
    def code(self) -> str:
        self.settled()
        return self.page.evaluate("document.getElementById('code-text').textContent")

    @property
    def command(self) -> str:
        self.settled()
        return self.page.text_content("#command") or ""

    @property
    def clipboard(self) -> str:
        return self.page.evaluate("navigator.clipboard.readText()")

    def sentences(self) -> list[str]:
        """What stands in the list, without what the filter hides."""
        self.page.wait_for_selector("#call-list:not([aria-busy=true])", state="attached")
        return self.page.evaluate(
            "[...document.querySelectorAll('#call-list li')].filter((li) => !li.hidden)"
            ".map((li) => li.querySelector('.sentence').textContent)"
        )

    def ticked(self) -> list[int]:
        return self.page.evaluate(
            "[...document.querySelectorAll('li > input:checked')].map((box) => Number(box.parentElement.dataset.n))"
        )

    def close(self) -> None:
        self.context.close()
