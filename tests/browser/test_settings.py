"""Inputs in place: what is set changes the code at once, is one file, and is the command line's as well."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from har_builder import call, page, product, written
from playwright.sync_api import Dialog, expect

from browser.bodies import ORDER, PHONE, Visitor
from har2rpc import mock, open_capture


def saved(visitor: Visitor, folder: Path) -> Path:
    """The file of overrides that the page downloads."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Save settings").click()
    assert "overrides.json" == download.value.suggested_filename
    path = folder / "overrides.json"
    download.value.save_as(path)
    return path


def test_what_is_set_changes_the_code_and_is_a_file_for_the_command_line(
    visitor: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.drop(PHONE)
    row = visitor.page.locator("#values [data-path='domain[0][2]']")
    row.get_by_label("Name").fill("number")
    expect(visitor.page.locator("#code-text")).to_contain_text("(number, *")
    row.get_by_text("Label, help, default").click()
    row.get_by_label("Label").fill("The number")
    expect(visitor.page.locator("#code-text")).to_contain_text("The number (required)")
    visitor.page.locator("#values [data-path=limit]").get_by_role(
        "button", name="Keep as recorded"
    ).click()
    expect(visitor.page.locator("#code-text")).to_contain_text('"limit": 80')
    visitor.page.get_by_text("Fields to return", exact=False).click()
    visitor.page.get_by_role("button", name="Only id and name").click()
    expect(visitor.page.locator("#code-text")).not_to_contain_text("activity_state")
    visitor.page.get_by_label("Ask for server, database and user").check()
    visitor.page.get_by_label("Also let users pass a whole domain").check()
    expect(visitor.page.locator("#code-text")).to_contain_text("def search_partners_by_custom")
    code = visitor.code
    saved(visitor, tmp_path)
    monkeypatch.chdir(tmp_path)
    line = visitor.command.replace(PHONE.name, str(PHONE))
    assert product(*shlex.split(line)[1:]) == code

    visitor.page.get_by_role("button", name="Reset").click()
    expect(visitor.page.locator("#code-text")).to_contain_text("(phone, *")
    visitor.page.set_input_files("#settings-input", str(tmp_path / "overrides.json"))
    expect(visitor.page.locator("#code-text")).to_contain_text("(number, *")
    assert code == visitor.code


def test_a_value_that_is_not_sent_becomes_an_input(visitor: Visitor) -> None:
    visitor.drop(ORDER)
    visitor.page.get_by_text("Not sent", exact=False).click()
    row = visitor.page.locator("#values [data-path='vals.validity_date']")
    expect(row).to_contain_text("the form's default")
    row.get_by_role("button", name="Make an input").click()
    expect(visitor.page.locator("#code-text")).to_contain_text("validity_date")
    assert "--overrides" in visitor.command


def test_a_name_that_cannot_be_is_a_sentence_and_the_page_goes_on(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    name = visitor.page.locator("#values [data-path='domain[0][2]']").get_by_label("Name")
    name.fill("not a name")
    expect(visitor.page.locator("#code-notes")).to_contain_text("is not a valid name")
    name.fill("number")
    expect(visitor.page.locator("#code-text")).to_contain_text("(number, *")


def test_a_file_of_another_capture_is_refused(visitor: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "overrides.json"
    path.write_text(json.dumps({"calls": {"5": {"of": "sale.order.write", "name": "x"}}}))
    visitor.drop(PHONE)
    visitor.page.set_input_files("#settings-input", str(path))
    expect(visitor.page.locator("#code-notes")).to_contain_text("another capture")
    path.write_text("{")
    visitor.page.set_input_files("#settings-input", str(path))
    expect(visitor.page.locator("#problem")).to_contain_text("not valid JSON")


def test_leaving_with_what_is_not_saved_asks_first(visitor: Visitor, tmp_path: Path) -> None:
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    visitor.drop(PHONE)
    visitor.page.locator("#values [data-path='domain[0][2]']").get_by_label("Name").fill("number")
    visitor.page.evaluate("setTimeout(() => location.reload(), 0)")
    visitor.page.wait_for_timeout(500)
    assert ["beforeunload"] == asked
    saved(visitor, tmp_path)
    visitor.page.evaluate("setTimeout(() => location.reload(), 0)")
    visitor.page.wait_for_timeout(500)
    assert ["beforeunload"] == asked


def test_another_capture_asks_first_where_something_is_not_saved(visitor: Visitor) -> None:
    answers = [False, True]
    visitor.page.on(
        "dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss()
    )
    visitor.drop(PHONE)
    visitor.page.locator("#values [data-path='domain[0][2]']").get_by_label("Name").fill("number")
    visitor.page.set_input_files("#file-input", str(ORDER))
    expect(visitor.page.locator("#code-text")).to_contain_text("(number, *")
    visitor.page.set_input_files("#file-input", str(ORDER))
    expect(visitor.page.locator("#code-text")).to_contain_text("create_sale_order")
    assert [] == answers and "--overrides" not in visitor.command


def test_a_connector_is_pasted_box_by_box(visitor: Visitor) -> None:
    visitor.visit("locoia")
    visitor.page.reload()
    visitor.page.wait_for_selector("html[data-ready]")
    visitor.drop(PHONE)
    part = visitor.page.get_by_role("region", name="Search Partners by Phone", exact=True)
    button = part.get_by_role("button", name="Request Body Template")
    button.click()
    expect(button).to_have_text("Copied ✓")
    assert (
        visitor.clipboard.startswith('{"jsonrpc"') and "{{ phone | jsonify }}" in visitor.clipboard
    )
    expect(part.locator(".done:not([hidden])")).to_have_count(1)
    expect(part).to_contain_text("1 of 7 copied, 4 optional")
    copy_next = part.get_by_role("button", name="Copy next")
    for label in ("Action Name", "Status"):  # from one place, what is optional last
        expect(copy_next).to_have_text(f"Copy next: {label}")
        copy_next.click()
    expect(part).to_contain_text("3 of 7 copied, 4 optional")
    assert "active" == visitor.clipboard
    refuse = "() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }"
    visitor.page.evaluate(refuse)
    copy_next.click()
    expect(part.get_by_role("button", name="Phone: Method")).to_have_text("Not copied")
    expect(part).to_contain_text("3 of 7 copied")
    visitor.page.evaluate("delete navigator.clipboard.writeText")
    part.get_by_text("With the recorded values").click()
    expect(part.get_by_label("with the recorded values")).to_contain_text('"jsonrpc": "2.0"')
    expect(visitor.page.locator("#code")).to_be_hidden()
    visitor.page.get_by_role("button", name="Show all of it as one JSON").click()
    expect(visitor.page.locator("#code")).to_be_visible()
    part.get_by_role("button", name="UI Form Schema").click()
    visitor.page.wait_for_timeout(100)
    assert "Phone Number" == json.loads(visitor.clipboard)["ui_form_schema"]["phone"]["title"]
    custom = visitor.page.get_by_role("region", name="Search Partners by Custom", exact=True)
    expect(custom).to_have_count(1)
    visitor.page.get_by_label("Also let users pass a whole domain").uncheck()
    expect(custom).to_have_count(0)


def test_code_is_run_against_the_capture(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    button = visitor.page.get_by_role("button", name="Run against this capture")
    if visitor.body.name == "site":
        expect(button).to_have_count(0)
        return
    button.click()
    expect(visitor.page.locator("#verdicts")).to_contain_text("Same answer", timeout=30_000)
    visitor.page.get_by_text("On my Odoo: reads only", exact=False).click()
    assert (
        "http://127.0.0.1:18019"
        == visitor.page.get_by_role("textbox", name="Address").input_value()
    )
    visitor.page.get_by_role("button", name="Run on my Odoo").click()
    expect(visitor.page.locator("#verdicts")).to_contain_text("fill in the API key")


def test_a_write_on_my_odoo_asks_each_time(visitor: Visitor, tmp_path: Path) -> None:
    if visitor.body.name == "site":
        return  # a tab runs no code
    path = written(tmp_path, page(), call("res.partner", "write", ([1], {"name": "A"})))
    asked: list[str] = []
    answers = [False, True, False]

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    visitor.page.on("dialog", answer)
    with mock(open_capture([path])) as (odoo, variables):
        visitor.drop(path)
        visitor.page.get_by_text("On my Odoo: reads only", exact=False).click()
        for name, key in (("Address", "URL"), ("Database", "DB"), ("API key", "API_KEY")):
            visitor.page.get_by_role("textbox", name=name).fill(variables[f"ODOO_{key}"])
        for times, words in enumerate(("Not run", "Same answer", "Not run"), 1):
            visitor.page.get_by_role("button", name="Run on my Odoo").click()
            expect(visitor.page.locator("#verdicts .verdict")).to_contain_text(
                words, timeout=30_000
            )
            assert times == len(asked) and "res.partner.write" in asked[-1]
        assert 1 == sum(request.method == "write" for request in odoo.received)
