"""What a person does: drop, see, tick, choose, copy. In both bodies."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from har_builder import call, har, page, product, search, written
from page.conversation import requests_alone
from playwright.sync_api import expect

from browser.bodies import ORDER, PHONE, SAMPLES, Visitor


def test_from_a_dropped_file_to_the_uid_and_to_code_in_the_clipboard(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    expect(visitor.page.locator("[data-fact=uid] .value")).to_have_text("2")
    visitor.page.get_by_role("button", name="Copy User ID").click()
    expect(visitor.page.locator("#announcement")).to_contain_text("copied")
    assert "2" == visitor.clipboard
    assert [5] == visitor.ticked()  # the list of all came with the page
    visitor.page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(visitor.page.locator("#copy-code")).to_have_text("Copied ✓")
    assert visitor.code == visitor.clipboard
    assert "def search_partners_by_phone(phone" in visitor.clipboard


def test_a_file_is_dropped_with_the_mouse_and_text_is_pasted(visitor: Visitor) -> None:
    visitor.drop_text("mine.har", json.dumps(har(page(), search())))
    assert "mine.har" in visitor.command
    visitor.page.get_by_role("button", name="Open another").click()
    payload = json.dumps(
        {"model": "res.partner", "method": "read", "args": [[7], ["name"]], "kwargs": {}}
    )
    visitor.page.fill(
        "#paste", json.dumps({"jsonrpc": "2.0", "method": "call", "params": json.loads(payload)})
    )
    visitor.page.get_by_role("button", name="Read it").click()
    visitor.page.wait_for_selector("#work:not([hidden])")
    assert "pasted.txt" in visitor.command and '"read"' in visitor.code


def test_a_folder_is_one_capture(visitor: Visitor, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    written(folder, page(), search(), name="a.har")
    written(folder, call("res.partner", "write", ([1], {"name": "x"})), name="b.har")
    visitor.page.set_input_files("#folder-input", folder)
    visitor.page.wait_for_selector("#work:not([hidden])")
    assert 2 == len(visitor.sentences())
    expect(visitor.page.locator("#files")).to_contain_text("a.har")


def test_what_the_client_did_for_itself_is_folded_away_with_its_reason(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    expect(visitor.page.locator("#noise-list")).to_be_hidden()
    visitor.page.locator("#noise-title").click()
    reasons = visitor.page.locator("#noise-list .more").all_text_contents()
    assert 3 == len(reasons) and all(reason.rpartition("·")[2].strip() for reason in reasons)


def test_the_unknown_says_how_to_find_it(visitor: Visitor, tmp_path: Path) -> None:
    visitor.drop(written(tmp_path, search()))
    expect(visitor.page.locator("[data-fact=db]")).to_contain_text("To find it:")


def test_on_paper_is_all_of_the_code_and_no_button(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    visitor.settled()
    visitor.page.emulate_media(media="print")
    expect(visitor.page.locator("#copy-code")).to_be_hidden()
    expect(visitor.page.locator("#call-list .sentence").last).to_be_visible()
    shown, whole = visitor.page.evaluate(
        "(({ clientHeight, scrollHeight }) => [clientHeight, scrollHeight])(document.getElementById('code'))"
    )
    assert shown >= whole > 500


def test_a_sample_is_one_click(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Search partners by phone").click()
    visitor.page.wait_for_selector("#work:not([hidden])")
    assert "search_partners_by_phone" in visitor.code


def test_ticks_flow_and_targets_change_the_code_at_once(visitor: Visitor, monkeypatch) -> None:
    monkeypatch.chdir(SAMPLES)
    visitor.drop(ORDER)
    assert [20, 21] == visitor.ticked()
    visitor.page.locator("label[for=how-flow]").click()
    for target in ("javascript", "n8n", "odoolib", "python"):
        visitor.choose(target)
        assert product(*shlex.split(visitor.command)[1:]) == visitor.code
        assert visitor.page.url.endswith(f"#{target}")
    assert "--flow" in visitor.command
    expect(visitor.page.locator("#call-list .linked")).to_have_count(1)
    assert visitor.page.locator("#links path").count() == 1
    visitor.page.get_by_role("checkbox", name="Convert call 21").uncheck()
    assert "action_confirm" not in visitor.code
    visitor.page.get_by_role("button", name="None", exact=True).click()
    expect(visitor.page.locator("#code-notes")).to_contain_text("Tick what you want")
    assert "" == visitor.code
    expect(visitor.page.locator("#copy-code")).to_be_disabled()


def test_the_keyboard_goes_on_where_a_capture_was_opened(visitor: Visitor) -> None:
    visitor.drop(ORDER)
    focused = "document.activeElement.closest('li')?.dataset.n ?? document.activeElement.id"
    assert "20" == visitor.page.evaluate(focused)
    visitor.page.keyboard.press("ArrowDown")
    assert "21" == visitor.page.evaluate(focused)
    visitor.page.get_by_role("button", name="Open another").click()
    assert "choose-files" == visitor.page.evaluate(focused)


def test_the_list_is_filtered_and_walked_with_the_keyboard(visitor: Visitor) -> None:
    visitor.drop(ORDER)
    count = len(visitor.sentences())
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("confirm")
    assert 1 == len(visitor.sentences()) < count
    visitor.page.fill("#filter", "")
    row = visitor.page.locator("[data-n='20'] .row")
    row.focus()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    assert [21] == visitor.ticked()
    visitor.page.keyboard.press("ArrowUp")
    visitor.page.keyboard.press(" ")
    assert [20, 21] == visitor.ticked()
    visitor.settled()
    visitor.page.keyboard.press("c")
    expect(visitor.page.locator("#copy-code")).to_have_text("Copied ✓")
    assert visitor.code == visitor.clipboard


def test_a_download_is_the_text(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    visitor.settled()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download", exact=True).click()
    assert "search_partners_by_phone.py" == download.value.suggested_filename
    assert visitor.code == Path(download.value.path()).read_text("utf-8")


def test_requests_without_any_call_choose_a_target_that_does_them(
    visitor: Visitor, tmp_path: Path
) -> None:
    path = requests_alone(tmp_path)
    visitor.drop(path)
    expect(visitor.page.locator("#without-calls")).to_contain_text("/report/download")
    assert visitor.page.url.endswith("#python-web") and "sale.report_saleorder" in visitor.code
    visitor.choose("python")
    assert "" == visitor.code
    expect(visitor.page.locator("#code-notes")).to_contain_text("python-web")


def test_a_target_that_was_chosen_for_requests_alone_does_not_stay(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.visit("n8n")
    visitor.page.reload()
    visitor.page.wait_for_selector("html[data-ready]")
    visitor.drop(requests_alone(tmp_path))
    assert visitor.page.url.endswith("#python-web")
    visitor.open_another()
    visitor.drop(PHONE)
    assert "-t n8n" in visitor.command and visitor.page.url.endswith("#n8n")


def test_several_servers_and_users_are_a_choice(visitor: Visitor, tmp_path: Path) -> None:
    other = search()
    other["request"]["url"] = other["request"]["url"].replace("odoo.example", "two.example")
    visitor.drop(written(tmp_path, search(), call("res.partner", "write", ([1], {}), uid=7), other))
    assert 2 == len(visitor.sentences())
    visitor.page.get_by_label("User", exact=True).select_option("7")
    expect(visitor.page.locator("#call-list li")).to_have_count(1)
    visitor.page.get_by_label("Server", exact=True).select_option("https://two.example")
    expect(visitor.page.locator("[data-fact=url] .value")).to_have_text("https://two.example")
    assert "--server" in visitor.command and "two.example" in visitor.code


def test_what_is_no_capture_says_what_to_do(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "x.har").write_text('{"log": {"entries": []}}')
    visitor.drop(tmp_path / "x.har")
    expect(visitor.page.locator("#problem")).to_contain_text("open the Network tab first")
    visitor.drop(PHONE)
    expect(visitor.page.locator("#problem")).to_be_hidden()


def test_a_damaged_capture_shows_what_is_left(visitor: Visitor, tmp_path: Path) -> None:
    text = json.dumps(har(page(), search(), search()))
    (tmp_path / "cut.har").write_text(text[: int(len(text) * 0.9)])
    visitor.drop(tmp_path / "cut.har")
    expect(visitor.page.locator("#notes-title")).to_contain_text("remark")
    assert visitor.sentences()


def test_a_copy_without_secrets_is_downloaded(visitor: Visitor, tmp_path: Path) -> None:
    entry = search()
    entry["request"]["headers"] = [{"name": "Cookie", "value": "session_id=0123456789abcdef"}]
    visitor.drop(written(tmp_path, entry))
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download a copy without secrets").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert "res.partner" in text and "0123456789abcdef" not in text
    expect(visitor.page.locator("#redact-report")).to_contain_text("removed")


def test_a_domain_is_read(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Read a domain").click()
    visitor.page.fill(
        "#domain-text", "[('name', 'ilike', 'azure'), ('id', '=', 12345678901234567890)]"
    )
    expect(visitor.page.locator("#domain-answer .words")).to_contain_text("azure")
    expect(visitor.page.locator("#domain-answer")).to_contain_text(
        '["id", "=", 12345678901234567890]'
    )
    visitor.page.fill("#domain-text", "[(")
    expect(visitor.page.locator("#domain-answer .problem")).to_be_visible()


def test_what_odoo_said_where_it_refused_is_beside_the_call(
    visitor: Visitor, tmp_path: Path
) -> None:
    said = "You cannot delete it.\nIt is posted."
    error = {"message": "x", "data": {"name": "odoo.exceptions.UserError", "message": said}}
    visitor.drop(written(tmp_path, call("account.move", "unlink", ([1],), error=error)))
    expect(visitor.page.locator("#call-list .sentence")).to_contain_text("You cannot delete it.")
    expect(visitor.page.locator("#refusal")).to_have_text(
        "Odoo refused it: You cannot delete it. (odoo.exceptions.UserError)"
    )


def test_the_answer_of_odoo_is_beside_the_call(visitor: Visitor) -> None:
    visitor.drop(PHONE)
    visitor.page.get_by_text("What Odoo answered", exact=True).click()
    expect(visitor.page.locator("#answer-text")).to_contain_text("length")


def test_the_url_chooses_the_target_and_holds_nothing_else(visitor: Visitor) -> None:
    visitor.visit("n8n")
    visitor.page.reload()
    visitor.page.wait_for_selector("html[data-ready]")
    visitor.drop(PHONE)
    assert "n8n-nodes-base" in visitor.code
    assert visitor.body.url + "#n8n" == visitor.page.url
