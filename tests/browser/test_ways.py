"""The ways through the page: what is wrong is in sight, nothing open is lost by mistake, each part leads to the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from har_builder import har, page, search
from playwright.sync_api import Dialog, expect

from browser.bodies import ORDER, PHONE, Visitor

FOCUS = "document.activeElement.closest('[data-path]')?.dataset.path ?? document.activeElement.id"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


def test_what_is_wrong_is_in_sight_and_can_be_dismissed(visitor: Visitor, tmp_path: Path) -> None:
    visitor.page.set_viewport_size({"width": 1280, "height": 600})
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    visitor.drop(tmp_path / "x.pdf")
    expect(visitor.page.locator("#problem")).to_be_in_viewport(ratio=1)
    visitor.page.get_by_role("button", name="Dismiss").click()
    expect(visitor.page.locator("#problem")).to_be_hidden()
    assert "choose-files" == visitor.page.evaluate(FOCUS)
    visitor.drop(PHONE)
    visitor.settled()
    (tmp_path / "overrides.json").write_text("{")
    visitor.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    visitor.page.set_input_files("#settings-input", str(tmp_path / "overrides.json"))
    expect(visitor.page.locator("#problem")).to_be_in_viewport(ratio=1)


def test_a_domain_that_is_pasted_is_read(visitor: Visitor) -> None:
    visitor.page.fill("#paste", ' [("phone", "ilike", "555")]')
    visitor.page.get_by_role("button", name="Read it").click()
    expect(visitor.page.locator("#domain .words")).to_have_text('phone contains "555"')
    visitor.page.keyboard.press("Escape")
    visitor.page.evaluate(PASTE, '["&", ["a", "=", 1], ["b", "=", 2]]')
    expect(visitor.page.locator("#domain .words")).to_contain_text("a is 1")
    expect(visitor.page.locator("#problem")).to_be_hidden()


def test_one_goes_back_to_what_is_open(visitor: Visitor) -> None:
    expect(visitor.page.locator("#go-back")).to_be_hidden()
    visitor.drop(ORDER)
    name = visitor.page.locator("#values input.name").first
    name.fill("customer_id")
    visitor.page.get_by_role("button", name="Open another").click()
    visitor.page.get_by_role("button", name="Back to what is open").click()
    expect(visitor.page.locator("#go-back")).to_be_hidden()
    assert "customer_id" in visitor.code and "customer_id" == name.input_value()


def test_a_paste_by_mistake_asks_before_it_ends_what_is_open(visitor: Visitor) -> None:
    asked: list[str] = []
    answers = [False, True]

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    visitor.page.on("dialog", answer)
    visitor.drop(PHONE)
    text = json.dumps(har(page(), search()))
    visitor.page.evaluate(PASTE, text)
    assert PHONE.name in visitor.command
    visitor.page.evaluate(PASTE, text)
    expect(visitor.page.locator("#files")).to_have_text("pasted.txt")
    assert 2 == len(asked)
    visitor.open_another()
    visitor.page.evaluate(PASTE, text)  # where one begins nothing is lost
    expect(visitor.page.locator("#work")).to_be_visible()
    assert 2 == len(asked) and "" == visitor.page.input_value("#paste")


def test_a_click_on_a_ticked_call_looks_at_it_and_keeps_the_others(visitor: Visitor) -> None:
    visitor.drop(ORDER)
    visitor.page.locator("[data-n='21'] .row").click()
    assert [20, 21] == visitor.ticked()
    expect(visitor.page.locator("#details-title")).to_contain_text("21")
    visitor.page.locator("[data-n='3'] .row").click()
    assert [3] == visitor.ticked()


def test_the_code_and_the_inputs_lead_to_each_other(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.drop(PHONE)
    visitor.choose("locoia")
    visitor.settled()
    visitor.page.get_by_role("button", name="Inputs and fields").click()
    assert "domain[0][2]" == visitor.page.evaluate(FOCUS)
    expect(visitor.page.locator("#details-title")).to_be_in_viewport()
    visitor.page.get_by_role("button", name="Back to the code").click()
    assert "target-locoia" == visitor.page.evaluate(FOCUS)
    expect(visitor.page.locator("#code-title")).to_be_in_viewport()


@pytest.mark.parametrize("flow", [False, True], ids=["single actions", "a flow"])
def test_a_whole_domain_is_offered_where_something_is_searched(
    visitor: Visitor, flow: bool
) -> None:
    visitor.drop(ORDER)
    visitor.settled()
    choice = visitor.page.get_by_label("Also let users pass a whole domain")
    expect(choice).to_be_hidden()
    visitor.page.get_by_role("button", name="All", exact=True).click()
    expect(choice).to_be_visible()
    if flow:
        visitor.page.locator("label[for=how-flow]").click()
        expect(choice).to_be_hidden()
        return
    choice.check()
    visitor.settled()
    visitor.page.get_by_role("button", name="None", exact=True).click()
    visitor.page.get_by_role("checkbox", name="Convert call 20").check()
    visitor.settled()
    expect(choice).to_be_visible()  # what is set can be taken back
    visitor.page.get_by_role("button", name="Reset").click()
    expect(choice).to_be_hidden()
    assert "open-settings" == visitor.page.evaluate(FOCUS)


def test_remarks_on_the_capture_stand_before_the_calls(visitor: Visitor, tmp_path: Path) -> None:
    text = json.dumps(har(page(), search(), search()))
    (tmp_path / "cut.har").write_text(text[: int(len(text) * 0.9)])
    visitor.drop(tmp_path / "cut.har")
    before = "document.getElementById('notes').compareDocumentPosition(document.getElementById('call-list'))"
    assert visitor.page.evaluate(before) & 4  # it follows
    expect(visitor.page.locator("#notes-title")).to_be_visible()


def test_the_targets_stand_in_one_line(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.drop(PHONE)
    places = [visitor.page.locator(f"#targets > {each}") for each in ("div", "select")]
    first, last = (place.bounding_box() for place in places)
    assert first["y"] < last["y"] + last["height"] / 2 < first["y"] + first["height"]
