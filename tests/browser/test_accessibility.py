"""Whoever and whatever one looks with: axe finds nothing in both themes, and nothing is cut at any width."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from har_builder import call, page, search, written
from playwright.sync_api import Browser

from browser.bodies import ORDER, PHONE, Body, Visitor

WIDTHS = (360, 768, 1280, 2560)


def axe() -> str:
    """axe-core's text. It is evaluated by the test, which the page's policy does not concern."""
    packages = os.environ.get("NODE_PACKAGES", "")
    path = Path(packages, "node_modules", "axe-core", "axe.min.js")
    if not (packages and path.is_file()):
        pytest.skip("NODE_PACKAGES names no folder with axe-core: the page was not looked at")
    return path.read_text("utf-8")


@pytest.fixture(scope="module", params=["light", "dark"])
def visitor(chromium: Browser, body: Body, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    visitor = Visitor(chromium, body, color_scheme=request.param, reduced_motion="reduce")
    yield visitor
    visitor.close()
    assert [] == visitor.errors


def states(visitor: Visitor, folder: Path) -> Iterator[str]:
    """The page as it is met, one state after the other."""
    yield "the start"
    visitor.page.get_by_text("How do I record?").click()
    (folder / "x.har").write_text("{}")
    visitor.drop(folder / "x.har")
    yield "a problem"
    visitor.drop(ORDER)
    visitor.settled()
    yield "a capture"
    visitor.page.locator("label[for=how-flow]").click()
    runs = ["On my Odoo: reads only"] if visitor.body.name == "ui" else []
    for title in ("Not sent", "19 calls the client made", "What Odoo answered", *runs):
        visitor.page.locator("summary", has_text=title).click()
    visitor.page.locator("summary", has_text="Label, help, default").first.click()
    if runs:
        visitor.page.get_by_role("button", name="Run against this capture").click()
        visitor.page.wait_for_selector(".verdict", timeout=30_000)
    visitor.settled()
    yield "everything open"
    visitor.page.get_by_role("button", name="Open another").click()
    visitor.drop(PHONE)
    visitor.choose("locoia")
    visitor.page.locator("summary", has_text="Fields to return").click()
    visitor.settled()
    yield "boxes to paste"
    visitor.page.get_by_role("button", name="Open another").click()
    other = search()
    other["request"]["url"] = other["request"]["url"].replace("odoo.example", "two.example")
    refused = call(
        "res.partner",
        "unlink",
        ([1],),
        error={
            "message": "Odoo Server Error",
            "data": {"name": "odoo.exceptions.UserError", "message": "no"},
        },
    )
    visitor.drop(
        written(
            folder, page(), search(), call("res.partner", "write", ([1], {}), uid=7), refused, other
        )
    )
    visitor.settled()
    visitor.page.get_by_text("Tried to delete", exact=False).click()
    visitor.page.wait_for_selector("#refusal:not([hidden])")
    yield "several servers, a refused call"
    visitor.page.get_by_role("button", name="Read a domain").click()
    visitor.page.fill("#domain-text", "[('a', 'ilikee', 1)]")
    visitor.page.wait_for_timeout(300)
    yield "a domain"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in the states of the page, each with its state."""

    violations: list[object]
    cut: list[object]


@pytest.fixture(scope="module")
def seen(visitor: Visitor, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """The page is gone through once for both tests."""
    script = axe()
    seen = Seen([], [])
    for state in states(visitor, tmp_path_factory.mktemp("states")):
        visitor.page.evaluate(script)
        result = visitor.page.evaluate("axe.run({resultTypes: ['violations']})")
        seen.violations.extend(
            (state, violation["id"], [node["target"] for node in violation["nodes"]][:3])
            for violation in result["violations"]
        )
        for width in WIDTHS:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            wide = visitor.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                seen.cut.append((state, width, wide))
        visitor.page.set_viewport_size({"width": 1440, "height": 1000})
    visitor.page.get_by_role("button", name="Close").click()
    visitor.page.get_by_role("button", name="Open another").click()
    return seen


def test_axe_finds_nothing(seen: Seen) -> None:
    assert [] == seen.violations


def test_nothing_is_cut_at_any_width(seen: Seen) -> None:
    assert [] == seen.cut


def contrast(one: str, other: str) -> float:
    """The contrast of two colors (`#rrggbb`), as WCAG 2 has it."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_colors_of_code_stand_out(visitor: Visitor) -> None:
    """axe does not see what a highlight paints."""
    colors = visitor.page.evaluate(
        "['paper', 'keyword', 'string', 'number', 'comment', 'name'].map((name) =>"
        " getComputedStyle(document.documentElement).getPropertyValue(`--code-${name}`).trim())"
    )
    assert all(contrast(colors[0], color) >= 4.5 for color in colors[1:]), colors


def test_the_keyboard_reaches_everything_that_is_offered(visitor: Visitor) -> None:
    visitor.drop(ORDER)
    visitor.choose("python")
    visitor.page.locator("#tick-all").click()  # with the search of the list
    visitor.page.locator("label[for=how-single]").click()  # a flow takes no whole domain
    visitor.settled()
    visitor.page.evaluate("document.body.focus()")
    reached = set()
    for _ in range(90):
        visitor.page.keyboard.press("Tab")
        name = visitor.page.evaluate(
            "(document.activeElement.id || document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
        )
        if name in reached and name == "Skip to the content":
            break
        reached.add(name)
    expected = {
        "filter",
        "tick-all",
        "copy-code",
        "download-code",
        "target-python",
        "code",
        "custom-domain",
        "connection",
        "copy-command",
        "open-settings",
        "to-details",
        "to-code",
        "redact",
        *(["run-capture"] if visitor.body.name == "ui" else []),
    }
    assert set() == expected - reached


def test_motion_is_left_out_where_it_is_not_wanted(visitor: Visitor) -> None:
    assert (
        visitor.page.evaluate(
            "getComputedStyle(document.querySelector('button')).transitionDuration"
        )
        == "0s"
    )
