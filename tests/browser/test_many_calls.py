"""Five thousand calls: plain nodes, filtered and scrolled; the browser's own search sees all of them."""

from __future__ import annotations

import json

from har_builder import har, page, search
from playwright.sync_api import Browser

from browser.bodies import Visitor, loopback_body

COUNT = 5000


def test_five_thousand_calls_are_filtered_and_found(chromium: Browser) -> None:
    calls = [search(domain=[["name", "ilike", f"name{n}"]]) for n in range(COUNT)]
    with loopback_body() as body:
        visitor = Visitor(chromium, body)
        visitor.drop_text("many.har", json.dumps(har(page(), *calls)))
        assert COUNT == len(visitor.sentences())
        visitor.page.fill("#filter", "name4999")
        assert 1 == len(visitor.sentences())
        visitor.page.fill("#filter", "")
        assert COUNT == len(visitor.sentences())
        assert visitor.page.evaluate("window.find('name4321')")
        visitor.close()
