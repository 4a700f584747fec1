"""A real Chromium records a page's requests to Odoo: to the mock always, to a live Odoo where one is up."""

import os
import shutil
import subprocess
import sys
import time

import pytest
from generated.running import converted, environment, run

from har2rpc import pipeline
from har2rpc.model import Exchange, Har2rpcError, Session
from har2rpc.proving.mock.app import RecordedOdoo
from har2rpc.proving.mock.server import serve
from har2rpc.recording import record

pytest.importorskip("playwright", reason="playwright is not installed: nothing was recorded")
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: nothing was recorded")

PAGE = b"""<!doctype html><title>Odoo</title><button onclick="search()">search</button>
<script>odoo = {}; odoo.__session_info__ = {"uid": 2, "db": "mock", "username": "ada"};
function search() {
  fetch("/web/dataset/call_kw/res.partner/search_count", {method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({id: 1, jsonrpc: "2.0", method: "call", params: {model: "res.partner",
      method: "search_count", args: [[["phone", "ilike", "555"]]], kwargs: {context: {uid: 2}}}})})
  .then(answer => answer.json()).then(answer => document.title = "done");
}</script>"""


def odoo_with_a_page(planted: list[str], *, seconds: float = 0):
    """The mock, which takes its time, and a page that calls it; `planted` gets the session's cookie."""
    odoo = RecordedOdoo((), Session(), secret="key")
    odoo.add_answer("res.partner", "search_count", [[["phone", "ilike", "555"]]], {}, 4)

    def app(environ, start_response):
        if environ["REQUEST_METHOD"] == "GET":
            cookie = ("Set-Cookie", f"session_id={odoo.new_session()}")
            start_response("200 OK", [("Content-Type", "text/html"), cookie])
            planted.append(cookie[1].partition("=")[2])
            return [PAGE]
        time.sleep(seconds)
        return odoo(environ, start_response)

    return app


@needs_chromium
def test_calls_are_reported_and_kept(tmp_path) -> None:
    exchanges: list[Exchange] = []
    planted: list[str] = []

    def person(page) -> None:
        page.click("button")
        page.wait_for_function("document.title == 'done'")

    with serve(odoo_with_a_page(planted)) as url:
        writer = record(f"{url}/web", on_exchange=exchanges.append, person=person, headless=True)

    path = tmp_path / "mock.har"
    path.write_text(writer.har(), encoding="utf-8")
    capture = pipeline.open_capture([path])
    assert [("search_count", [[["phone", "ilike", "555"]]], 4)] == [
        (call.method, call.args, call.fetch()) for call in capture.calls
    ]
    assert ("mock", "ada", url) == tuple(capture.session.get(key) for key in ("db", "login", "url"))
    assert 2 == len(exchanges)
    assert planted and not any(cookie in writer.har() for cookie in planted)


@needs_chromium
def test_what_was_recorded_becomes_code_that_the_same_odoo_answers(tmp_path) -> None:
    odoo = odoo_with_a_page([])

    def person(page) -> None:
        page.click("button")
        page.wait_for_function("document.title == 'done'")

    with serve(odoo) as url:
        writer = record(
            f"{url}/web", on_exchange=lambda exchange: None, person=person, headless=True
        )
        path = tmp_path / "mock.har"
        path.write_text(writer.har(), encoding="utf-8")
        code = converted(path)
        assert 4 == run(code, environment(url, 2, db="mock", secret="key"))
        with pytest.raises(
            Exception, match=r"never recorded: res\.partner\.search_count"
        ):  # the twin
            run(code.replace("555", "555 and one more"), environment(url, 2, "mock", "key"))


@needs_chromium
def test_an_answer_still_on_its_way_is_waited_for(tmp_path) -> None:
    with serve(odoo_with_a_page([], seconds=0.5)) as url:
        writer = record(
            f"{url}/web",
            on_exchange=lambda exchange: None,
            person=lambda page: page.click("button"),
            headless=True,
        )
    path = tmp_path / "mock.har"
    path.write_text(writer.har(), encoding="utf-8")
    assert [4] == [call.fetch() for call in pipeline.open_capture([path]).calls]


def test_a_browser_that_is_not_there_is_said() -> None:
    if subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, check=False
    ).returncode:
        pytest.skip("playwright's driver does not start on this system")
    with pytest.raises(Har2rpcError, match="no Chromium or Chrome could be started: "):
        record("https://odoo.example", on_exchange=print, executable="/nowhere/chromium")


def test_a_driver_that_does_not_start_is_said() -> None:
    """In a process of its own: old versions of playwright leave sockets open then."""
    done = subprocess.run(
        [sys.executable, "-m", "har2rpc", "record", "https://odoo.example", "-o", os.devnull],
        env={**os.environ, "PLAYWRIGHT_NODEJS_PATH": shutil.which("false") or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 1 == done.returncode
    assert "har2rpc: playwright could not start its driver: it ended at once; " in done.stderr


@needs_chromium
def test_an_address_that_does_not_answer_is_refused() -> None:
    with pytest.raises(Har2rpcError, match=r"http://127\.0\.0\.1:9: nothing could be opened"):
        record(
            "http://127.0.0.1:9",
            on_exchange=lambda exchange: None,
            person=lambda page: None,
            headless=True,
        )


@pytest.mark.live
@needs_chromium
@pytest.mark.skipif(
    not os.environ.get("ODOO19_URL"), reason="no live Odoo 19 (ODOO19_URL is not set)"
)
def test_a_live_odoo_is_recorded_and_the_password_is_not(tmp_path) -> None:
    login, password = os.environ.get("ODOO19_LOGIN", "admin"), os.environ.get(
        "ODOO19_PASSWORD", "admin"
    )
    base = os.environ["ODOO19_URL"]

    def person(page) -> None:
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        page.wait_for_url("**/odoo**")
        # After a reset the server builds its scripts again, and what is typed before the list is there is lost.
        page.set_default_timeout(120_000)
        page.goto(f"{base}/odoo/contacts")
        page.wait_for_selector(".o_kanban_record:not(.o_kanban_ghost), .o_data_row")
        page.type(".o_searchview_input", "555", delay=50)
        page.wait_for_selector(".o_searchview_autocomplete .o-dropdown-item")
        with page.expect_response("**/web_search_read"):
            page.keyboard.press("Enter")
        page.wait_for_timeout(500)

    writer = record(
        f"{base}/web/login", on_exchange=lambda exchange: None, person=person, headless=True
    )

    path = tmp_path / "live.har"
    path.write_text(writer.har(), encoding="utf-8")
    capture = pipeline.open_capture([path])
    assert login == capture.session.get("login")
    assert "res.partner" in {call.model for call in capture.calls if call.kind == "read"}
    assert f"password={password}" not in writer.har()
