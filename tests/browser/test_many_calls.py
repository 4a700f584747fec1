"""Five thousand calls: plain nodes, filtered and scrolled without waiting; the browser's own search sees all of them."""

from __future__ import annotations

import json
import time

from har_builder import har, page, search
from playwright.sync_api import Browser

from browser.bodies import Body, Visitor, loopback_body

COUNT = 5000


def test_five_thousand_calls_are_filtered_and_scrolled(chromium: Browser) -> None:
    with loopback_body() as body:
        visitor = _with_calls(chromium, body)
        milliseconds = visitor.page.evaluate(
            "() => { const box = document.getElementById('filter'); const begin = performance.now();"
            " box.value = 'name4999'; box.dispatchEvent(new Event('input')); document.body.offsetHeight;"
            " return performance.now() - begin; }"
        )
        assert 1 == len(visitor.sentences())
        visitor.page.fill("#filter", "")
        frames = visitor.page.evaluate(
            "() => new Promise((resolve) => { const times = []; let last = performance.now(); let n = 0;"
            " const step = (now) => { times.push(now - last); last = now; scrollBy(0, 700);"
            " if (++n < 90) requestAnimationFrame(step); else resolve(times.sort((a, b) => a - b)); };"
            " requestAnimationFrame(step); })"
        )
        seen = visitor.page.evaluate("window.find('name4321')")
        visitor.close()
    p95 = frames[int(len(frames) * 0.95)]
    print(f"filter {milliseconds:.0f} ms, scroll p95 {p95:.1f} ms")
    assert seen
    assert milliseconds <= 600 and p95 <= 66, "twice what a machine at rest needs"


def _with_calls(chromium: Browser, body: Body) -> Visitor:
    calls = [search(domain=[["name", "ilike", f"name{n}"]]) for n in range(COUNT)]
    visitor = Visitor(chromium, body)
    begin = time.monotonic()
    visitor.drop_text("many.har", json.dumps(har(page(), *calls)))
    assert COUNT == len(visitor.sentences())
    print(f"listed after {time.monotonic() - begin:.1f} s")
    return visitor
