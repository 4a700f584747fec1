"""Boxes that are copied one after the other: what is copied stays ticked, and the button stays where it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from browser.bodies import PHONE, Body, Visitor

ACTION = "Search Partners by Phone"


@pytest.fixture
def part(visitor: Visitor) -> Locator:
    """The boxes of an action, with Locoia chosen."""
    visitor.drop(PHONE)
    visitor.choose("locoia")
    visitor.settled()
    return visitor.page.get_by_role("region", name=ACTION, exact=True)


def copied(visitor: Visitor, part: Locator) -> Iterator[str]:
    """Presses the button until nothing is left; what the clipboard holds each time."""
    button = part.get_by_role("button", name="Copy next")
    while button.count():
        label = button.text_content()
        button.click()
        expect(part.locator(".paste-next button")).not_to_have_text(label or "")
        yield visitor.clipboard


def test_what_an_action_needs_comes_first_and_is_counted(visitor: Visitor, part: Locator) -> None:
    expect(part).to_contain_text("7 boxes, 4 optional")
    texts = []
    for text in copied(visitor, part):
        texts.append(text)
        if len(texts) == 7:
            expect(part).to_contain_text("All 7 copied, 4 optional")
    assert 11 == len(texts) and "search_partners_by_phone" == texts[0]
    expect(part).to_contain_text("All 7 copied, 4 of 4 optional")
    expect(part.get_by_role("button", name="All copied ✓")).to_be_disabled()


def test_the_button_that_copies_stays_where_it_is(visitor: Visitor, part: Locator) -> None:
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    part.scroll_into_view_if_needed()
    edges = [
        part.locator(".paste-next button").bounding_box()["y"]
        - part.locator(".paste-next").bounding_box()["y"]
        for _ in copied(visitor, part)
    ]
    assert max(edges) - min(edges) < 2, edges  # it wraps under no name


def test_copied_boxes_stay_ticked_until_their_text_changes(visitor: Visitor, part: Locator) -> None:
    for _ in copied(visitor, part):
        pass
    visitor.choose("n8n")
    visitor.settled()
    visitor.choose("locoia")
    visitor.settled()
    expect(part.locator(".done:not([hidden])")).to_have_count(11)
    name = visitor.page.locator("#values [data-path='domain[0][2]']").get_by_label("Name")
    name.fill("number")
    expect(part).not_to_contain_text("All 7 copied")
    left = list(copied(visitor, part))
    assert 0 < len(left) < 11 and all("number" in text for text in left)
    visitor.open_another()
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.drop(PHONE)
    visitor.settled()
    expect(part).to_contain_text("7 boxes, 4 optional")


def test_the_boxes_of_the_connector_are_copied_in_order_too(
    visitor: Visitor, part: Locator
) -> None:
    visitor.page.get_by_text("The connector, once").last.click()
    once = visitor.page.locator("details.paste-part")
    assert "Odoo" == next(copied(visitor, once))
    expect(once).to_contain_text("1 of 7 copied")


def test_a_key_copies_the_next_box(visitor: Visitor, part: Locator) -> None:
    visitor.page.locator("[data-n='5'] .row").focus()
    for count in (1, 2):
        visitor.page.keyboard.press("c")
        expect(part).to_contain_text(f"{count} of 7 copied")
    assert "active" == visitor.clipboard


def test_on_paper_no_box_is_cut(visitor: Visitor, part: Locator) -> None:
    visitor.page.emulate_media(media="print", color_scheme="dark")
    cut = visitor.page.evaluate(
        "[...document.querySelectorAll('#sheet section .paste-text')].filter((text) => text.scrollHeight > text.clientHeight + 1).length"
    )
    ink = visitor.page.evaluate("getComputedStyle(document.body).color")
    assert (0, "rgb(34, 31, 46)") == (cut, ink)


def test_a_narrow_window_shows_the_button_below_the_name(chromium: Browser, body: Body) -> None:
    visitor = Visitor(chromium, body, viewport={"width": 360, "height": 740})
    visitor.drop(PHONE)
    visitor.choose("locoia")
    visitor.settled()
    part = visitor.page.get_by_role("region", name=ACTION, exact=True)
    part.get_by_role("button", name="UI Form Schema").scroll_into_view_if_needed()
    button = part.locator(".paste-next button")
    expect(button).to_be_in_viewport(ratio=1)
    assert button.evaluate(
        "(node) => { const { x, y, width, height } = node.getBoundingClientRect();"
        " return document.elementFromPoint(x + width / 2, y + height / 2) === node; }"
    )
    assert 360 >= visitor.page.evaluate("document.documentElement.scrollWidth")
    visitor.close()
