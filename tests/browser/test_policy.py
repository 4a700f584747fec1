"""Nothing leaves: the page and its worker each try to reach a second server, and fail; a capture is text everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from har_builder import call, har, page, search
from playwright.sync_api import Browser
from security.hostile_texts import TEXTS

from browser.bodies import PHONE, SITE, Body, Visitor, site_body
from browser.static_host import canary

REACH = """async (url) => {
  const tries = {
    fetch: () => fetch(url + "/fetch", {mode: "no-cors"}),
    post: () => fetch(url + "/post", {method: "POST", body: "secret", mode: "no-cors"}),
    beacon: async () => { if (!navigator.sendBeacon(url + "/beacon", "secret")) throw new Error("no"); },
    image: () => new Promise((resolve, reject) => {
      const image = new Image(); image.onload = resolve; image.onerror = reject; image.src = url + "/image.png"; }),
    script: () => import(url + "/script.mjs"),
    socket: () => new Promise((resolve, reject) => {
      const socket = new WebSocket(url.replace("http", "ws") + "/socket"); socket.onopen = resolve; socket.onerror = reject; }),
    form: async () => {
      const form = document.createElement("form"); form.action = url + "/form"; form.target = "_blank";
      document.body.append(form); form.submit(); throw new Error("see the canary"); },
    style: () => new Promise((resolve, reject) => {
      const link = document.createElement("link"); link.rel = "stylesheet"; link.href = url + "/style.css";
      link.onload = resolve; link.onerror = reject; document.head.append(link); }),
  };
  const reached = [];
  for (const [name, attempt] of Object.entries(tries)) {
    try { await attempt(); reached.push(name); } catch {}
  }
  return reached;
}"""


def test_the_page_reaches_no_other_server(chromium: Browser, body: Body) -> None:
    visitor = Visitor(chromium, body)
    with canary() as (url, hits):
        reached = visitor.page.evaluate(REACH, url)
        visitor.page.wait_for_timeout(300)
    visitor.close()
    assert [] == hits
    assert reached in ([], ["beacon"])  # a beacon that the policy stops says that it was queued


def test_the_worker_reaches_no_other_server(chromium: Browser) -> None:
    with site_body() as body, canary() as (url, hits):
        visitor = Visitor(chromium, body)
        (worker,) = visitor.page.workers
        said = worker.evaluate(
            "(url) => fetch(url + '/worker', {mode: 'no-cors'}).then(() => 'reached', String)", url
        )
        imported = worker.evaluate(
            "(url) => import(url + '/x.mjs').then(() => 'reached', String)", url
        )
        visitor.close()
    assert [] == hits and "reached" not in (said, imported)


def test_an_attempt_without_the_policy_would_be_seen(chromium: Browser) -> None:
    with canary() as (url, hits):
        context = chromium.new_context()
        blank = context.new_page()
        blank.goto(f"{url}/page")
        blank.evaluate("(url) => fetch(url + '/fetch', {mode: 'no-cors'})", url)
        context.close()
    assert "/fetch" in hits


STORED = """async () => ({
  kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie,
         ...(await indexedDB.databases()).map(({ name }) => name)].filter(Boolean),
  cached: (await Promise.all((await caches.keys()).map(async (name) =>
    (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat(),
})"""


def test_nothing_of_a_capture_is_stored(chromium: Browser, body: Body) -> None:
    visitor = Visitor(chromium, body)
    before = visitor.page.evaluate(STORED)
    visitor.drop(PHONE)
    visitor.settled()
    assert before == visitor.page.evaluate(STORED)
    files = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file()}
    files = {name for name in files if not name.startswith("docs/")}  # beside the page: site/docs
    cached = {url.removeprefix(visitor.body.url) for url in before["cached"]}
    assert [] == before["kept"] and cached == (files - {"sw.js"} if body.name == "site" else set())
    visitor.close()


HOSTILE = [
    "<img src=x onerror=\"document.title='hacked'\">",
    "<script>document.title='hacked'</script>",
    "javascript:document.title='hacked'",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "\u202eevil\u0007\x1b[31m",
    "</code></pre><h1>hacked</h1>",
    "\ud83d half an emoji",
]


def hostile_entries(text: str) -> list[dict[str, Any]]:
    """Calls with a text wherever a capture may have one."""
    return [
        page(db=text, login=text, name=text),
        search(domain=[["name", "ilike", text]]),
        call("res.partner", "write", ([1], {"name": text, text: text})),
        call("res.partner", "read", ([1], ["name"]), result=[{"id": 1, "name": text}]),
        call(
            f"res.{text}",
            "write",
            ([1], {"name": "x"}),
            error={"message": text, "data": {"name": text, "message": text}},
        ),
    ]


def corpus() -> list[str]:
    """The texts of the hostile corpus, some hundred to a capture."""
    texts = [text for text in TEXTS.values() if len(text) < 2_000]
    return ["\n".join(texts[at : at + 100]) for at in range(0, len(texts), 100)]


@pytest.fixture(scope="module")
def one_visitor(chromium: Browser, body: Body) -> Iterator[Visitor]:
    """Who opens one hostile capture after the other."""
    visitor = Visitor(chromium, body)
    yield visitor
    visitor.close()


@pytest.mark.parametrize("text", [*HOSTILE, *corpus()])
def test_a_hostile_capture_is_text_everywhere(one_visitor: Visitor, text: str) -> None:
    visitor = one_visitor
    visitor.errors.clear()
    visitor.open_another()
    visitor.drop_text("hostile.har", json.dumps(har(*hostile_entries(text))))
    for target in ("python", "locoia", "n8n", "curl", "openapi"):
        visitor.choose(target)
        visitor.settled()
    if not visitor.page.locator("#answer").get_attribute("open"):
        visitor.page.get_by_text("What Odoo answered", exact=True).click()
    visitor.page.wait_for_timeout(100)
    assert "har2rpc" == visitor.page.title()
    assert 0 == visitor.page.locator("h1:has-text('hacked'), main img, main script").count()
    assert [] == visitor.errors
