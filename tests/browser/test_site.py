"""What the site alone does: it works without a network, offers a new version, and takes a large capture."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from har_builder import ROOT
from playwright.sync_api import Browser, expect

from browser.bodies import SITE, Body, Visitor
from browser.static_host import serve_folder

PHONE = ROOT / "samples" / "odoo19-chrome-search_partner_by_phone.har"

pytestmark = pytest.mark.skipif(
    not (SITE / "index.html").is_file(),
    reason="the site is not built (site/build): nothing was tried",
)


def test_it_works_without_its_server(chromium: Browser) -> None:
    with serve_folder(SITE, "/x/") as url:
        visitor = Visitor(chromium, Body("site", url))
    visitor.page.reload()  # the server is gone
    visitor.page.wait_for_selector("html[data-ready]", timeout=60_000)
    expect(visitor.page.locator("#docs")).to_be_hidden()
    visitor.page.get_by_role("button", name="Search partners by phone").click()
    visitor.page.wait_for_selector("#work:not([hidden])")
    assert "search_partners_by_phone" in visitor.code
    with visitor.page.expect_download():
        visitor.page.get_by_role("button", name="Download a copy without secrets").click()
    visitor.close()


def test_a_new_version_is_offered_and_taken_with_reload(chromium: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    shutil.copytree(SITE, folder)
    with serve_folder(folder) as url:
        visitor = Visitor(chromium, Body("site", url))
        worker = folder / "sw.js"
        text = worker.read_text("utf-8")
        worker.write_text(text.replace('const VERSION = "', 'const VERSION = "new '), "utf-8")
        visitor.page.reload()
        button = visitor.page.get_by_role("button", name="Reload")
        expect(button).to_be_visible(timeout=20_000)
        button.click()
        expect(button).to_have_count(0, timeout=20_000)
        visitor.page.wait_for_selector("html[data-ready]", timeout=60_000)
        assert ["har2rpc new"] == [name[:11] for name in visitor.page.evaluate("caches.keys()")]
        visitor.close()


def test_every_file_comes_with_the_policy_and_what_is_not_of_the_site_does_not(
    chromium: Browser,
) -> None:
    with serve_folder(SITE, "/x/") as url:
        visitor = Visitor(chromium, Body("site", url))
        told = visitor.page.evaluate(
            "async () => Promise.all(['', 'worker.mjs', 'page.css', 'pyodide/pyodide.mjs', 'no'].map(async (path) => {"
            " const answer = await fetch(path); return [answer.status, answer.headers.get('Content-Security-Policy')]; }))"
        )
        visitor.close()
    assert [200, 200, 200, 200, 404] == [status for status, _ in told]
    assert all(policy.startswith("default-src 'none'; script-src 'self'") for _, policy in told)


def test_the_docs_beside_it_can_be_read_and_the_page_itself_gets_nothing_of_them(
    chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "dist"
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns("docs"))
    (folder / "docs").mkdir()
    (folder / "docs" / "index.html").write_text("<h1>Docs</h1><script src='a.js'></script>")
    (folder / "docs" / "a.js").write_text("document.title = 'loaded'")
    with serve_folder(folder, "/x/") as url:
        visitor = Visitor(chromium, Body("site", url))
        status = "async () => (await fetch('docs/index.html')).status"
        assert 404 == visitor.page.evaluate(status)
        expect(visitor.page.get_by_role("link", name="Docs")).to_have_attribute("href", "docs/")
        visitor.page.goto(url + "docs/")
        assert visitor.page.evaluate("navigator.serviceWorker.controller !== null")
        assert ("Docs", "loaded") == (visitor.page.inner_text("h1"), visitor.page.title())
        visitor.close()


def test_what_is_too_large_for_a_tab_names_the_command_line(
    chromium: Browser, tmp_path: Path
) -> None:
    large, padded = tmp_path / "large.har", tmp_path / "padded.har"
    with large.open("wb") as file:
        file.truncate(1_600_000_000)
    padded.write_text(PHONE.read_text("utf-8") + " " * 301_000_000, "utf-8")
    with serve_folder(SITE) as url:
        visitor = Visitor(chromium, Body("site", url))
        visitor.page.set_input_files("#file-input", str(large))
        expect(visitor.page.locator("#problem")).to_contain_text("har2rpc ui FILE")
        visitor.drop(padded)
        assert "search_partners_by_phone" in visitor.code
        visitor.page.get_by_role("button", name="Download a copy without secrets").click()
        expect(visitor.page.locator("#redact-report")).to_contain_text("har2rpc redact FILE")
        visitor.close()


def test_reading_is_ended_with_cancel(chromium: Browser, tmp_path: Path) -> None:
    entries = PHONE.read_text("utf-8")
    large = tmp_path / "large.har"
    start = entries.index("[", entries.index('"entries"')) + 1
    inside = entries[start : entries.rindex("]")]
    inside = inside[: inside.rindex("}") + 1]
    with large.open("w") as file:
        file.write(entries[:start])
        file.write(",".join([inside] * 300))
        file.write("]}}")
    with serve_folder(SITE) as url:
        visitor = Visitor(chromium, Body("site", url))
        visitor.page.set_input_files("#file-input", str(large))
        visitor.page.get_by_role("button", name="Cancel").click()
        expect(visitor.page.locator("#start")).to_be_visible()
        visitor.drop(PHONE)
        assert "search_partners_by_phone" in visitor.code
        visitor.close()
