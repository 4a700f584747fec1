"""The docs as a site (`site/docs`): every link of every built page leads somewhere, and no page asks another host for anything."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from browser.static_host import serve_folder
from har_builder import ROOT

SITE = ROOT / "site" / "dist" / "docs"
TEXTS = sorted((ROOT / "docs").glob("*.md"))
PAPERS = {"architecture.md", "changelog.md", "contributing.md", "security.md"}  # of the top level
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
NOT_LOADED = {"canonical", "prev", "next", "alternate"}  # relations of <link> that only tell

pytestmark = pytest.mark.docs


@dataclass
class Page(HTMLParser):
    """What a built page links to, what it loads, and the anchors that it has."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        url = values.get(LOADED.get(tag, ""), "")
        if url and values.get("rel") not in NOT_LOADED:
            self.loads.append(url)


@cache
def read_page(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    return page


def built_pages() -> list[Path]:
    if not (SITE / "index.html").is_file():
        pytest.skip("the docs are not built (site/docs): nothing was looked at")
    return sorted(SITE.rglob("*.html"))


def leads_nowhere(path: Path, link: str) -> bool:
    """Whether a link of a page to the site has no file, or no anchor, at its end. Links to other hosts are not followed."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return False
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return True
    anchor = unquote(parts.fragment)
    return bool(anchor) and target.suffix == ".html" and anchor not in read_page(target).anchors


def test_every_link_leads_somewhere() -> None:
    pages = [path for path in built_pages() if path.name != "404.html"]  # its links have no place
    assert 30 <= len(pages)
    links = [(path, link) for path in pages for link in {*read_page(path).links}]
    loads = [(path, url) for path in pages for url in {*read_page(path).loads}]
    assert 1000 <= len(links)
    assert [] == [(path.name, url) for path, url in [*links, *loads] if leads_nowhere(path, url)]


def test_a_table_shows_bars_as_they_are_typed() -> None:
    commands = built_pages() and (SITE / "commands.html").read_text("utf-8")
    assert "<code>--env sh|powershell|dotenv</code>" in commands


def test_a_link_that_leads_nowhere_would_be_found() -> None:
    index = built_pages() and SITE / "index.html"
    assert not leads_nowhere(index, "commands.html#kinds")
    assert leads_nowhere(index, "commands.html#no-such-heading")
    assert leads_nowhere(index, "no-such-page.html")


def test_nothing_is_loaded_from_another_host() -> None:
    for path in built_pages():
        assert [] == [url for url in read_page(path).loads if urlsplit(url).netloc], path.name
        assert not re.search(r"fonts\.g|cdn|unpkg|analytics", path.read_text("utf-8")), path.name
    for path in SITE.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text("utf-8")), path


def test_a_browser_asks_no_other_host_and_finds_what_it_looks_for() -> None:
    built_pages()
    browser = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if browser is None:
        pytest.skip("no Chromium is here: the docs were not opened")
    playwright = pytest.importorskip("playwright.sync_api")
    with serve_folder(SITE, "/docs/") as url, playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 360, "height": 800})
        asked, errors = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        for name in ("index", "targets", "api-reference"):
            page.goto(f"{url}{name}.html", wait_until="networkidle")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{url}index.html", wait_until="networkidle")
        page.get_by_role("button", name="Search").first.click()
        page.wait_for_timeout(500)  # the field takes the keys once the window has faded in
        page.keyboard.type("pseudonyms")
        page.get_by_text(re.compile(r"^\d+ results$")).wait_for(timeout=10_000)
        chromium.close()
    assert [] == errors and 10 <= len(asked)
    assert [] == [each for each in asked if not each.startswith((url, "data:", "blob:"))]


def test_every_text_is_a_page_with_a_place_in_the_navigation() -> None:
    pages = {path.relative_to(SITE).with_suffix(".md").as_posix() for path in built_pages()}
    named = re.findall(
        r"^ +- (?:[\w -]+: )?([\w-]+\.md)$", (ROOT / "site/mkdocs.yml").read_text("utf-8"), re.M
    )
    assert len(named) == len(set(named))
    assert {path.name for path in TEXTS} | PAPERS == set(named)
    assert set(named) == pages - {"404.md"}
    links = read_page(SITE / "commands.html").links
    linked = {urlsplit(link).path.removeprefix("./") for link in links}
    assert {name.replace(".md", ".html") for name in named} - {"commands.html"} <= linked


def test_the_reference_has_every_public_name() -> None:
    import har2rpc

    built_pages()
    reference = SITE / "api-reference.html"
    missing = set(har2rpc.__all__) - {"__version__"}
    missing -= {anchor.removeprefix("har2rpc.") for anchor in read_page(reference).anchors}
    assert set() == missing


def test_the_search_knows_every_page() -> None:
    built_pages()
    index = yaml.safe_load((SITE / "search.json").read_text("utf-8"))
    assert {path.stem for path in TEXTS} <= {
        Path(urlsplit(item["location"]).path).stem or "index" for item in index["items"]
    }
