"""The page's server: who is let in, what it keeps and where, and that it goes with the page."""

from __future__ import annotations

import json
import stat
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from har_builder import har, search, written
from werkzeug.test import Client, TestResponse

from har2rpc import pipeline
from har2rpc.page.loopback import application
from har2rpc.page.uploads import OpenPages

HOST = "http://127.0.0.1:8123"
TOKEN = "the-token"


class Browser:
    """A browser with the page open: its requests bring the Origin along."""

    def __init__(self, pages: OpenPages) -> None:
        app, self.path = application(pages, token=TOKEN)
        self._client = Client(app)
        self.page = f"{self.path}pages/{uuid4()}"

    def request(self, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Origin": HOST, **more.pop("headers", {})}
        base = more.pop("base_url", HOST)
        headers = {name: value for name, value in headers.items() if value is not None}
        return self._client.open(
            path, method=method, base_url=base, headers=headers, buffered=True, **more
        )

    def upload(self, path: str, content: bytes, group: int = 0) -> int:
        url = f"{self.page}/files/{group}/{path}"
        return self.request(
            "PUT", url, input_stream=BytesIO(content), content_length=len(content)
        ).status_code

    def ask(self, **message: Any) -> Any:
        response = self.request("POST", f"{self.page}/messages", data=json.dumps(message))
        return json.loads(response.get_data(as_text=True).splitlines()[-1])


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenPages]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    pages = OpenPages()
    yield pages
    pages.close_all()


@pytest.fixture
def browser(pages: OpenPages) -> Browser:
    return Browser(pages)


CAPTURE = json.dumps(har(search())).encode()


def test_a_dropped_capture_is_opened_converted_and_copied(browser: Browser) -> None:
    assert 204 == browser.upload("a.har", CAPTURE)
    assert ["a.har"] == browser.ask(do="open")["files"]
    view = browser.ask(do="convert", calls=[1], target="python")
    assert "def search_partners" in view["text"] and view["command"].endswith(" a.har")
    (name,) = browser.ask(do="redact")["written"]
    copy = browser.request("GET", f"{browser.page}/copies/{name}")
    assert b"res.partner" in copy.data and "attachment" in copy.headers["Content-Disposition"]


def test_a_folder_is_one_source_and_other_files_in_it_are_passed_over(browser: Browser) -> None:
    for name in ("folder/a.har", "folder/deep/b.har"):
        assert 204 == browser.upload(name, CAPTURE, group=3)
    assert 204 == browser.upload("folder/notes.txt", b"no capture", group=3)
    reply = browser.ask(do="open")
    assert 2 == len(reply["calls"]) and "notes.txt" in reply["notes"][0]
    assert browser.ask(do="convert", calls=[1], target="n8n")["command"].endswith(" folder")


def test_two_files_of_one_name_stand_beside_each_other(browser: Browser) -> None:
    for group in (0, 1):
        assert 204 == browser.upload("a.har", CAPTURE, group)
    assert 2 == len(browser.ask(do="open")["calls"])


def test_captures_named_at_the_start_are_opened_with_the_names_that_were_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    written(tmp_path / "in", search())
    pages = OpenPages(["in/small.har"])
    browser = Browser(pages)
    beginning = browser.request("GET", f"{browser.path}begin.json").json
    assert beginning["given"] and pipeline.as_targets() == beginning["targets"]
    assert ["small.har"] == browser.ask(do="open", given=True)["files"]
    assert "in/small.har" in browser.ask(do="convert", calls=[1], target="python")["command"]
    pages.close_all()


@pytest.mark.parametrize(
    "path",
    [
        "../a.har",
        "x/../../a.har",
        "%2e%2e/a.har",
        "a%00.har",
        "x%5C..%5Ca.har",
        "%2Fetc%2Fa",
        "a" * 300,
    ],
)
def test_no_upload_leads_out_of_its_folder(browser: Browser, tmp_path: Path, path: str) -> None:
    assert browser.upload(path, CAPTURE) in (308, 400, 404)
    assert [] == [file for file in tmp_path.rglob("*") if file.is_file()]


def test_the_page_cannot_name_files_of_the_computer(browser: Browser, tmp_path: Path) -> None:
    path = written(tmp_path, search())
    assert 204 == browser.upload("mine.har", CAPTURE)
    assert ["mine.har"] == browser.ask(do="open", sources=[path], names=["x"])["files"]
    browser.ask(do="redact", output=str(tmp_path))
    assert not (tmp_path / "mine-redacted.har").exists()
    for name in ("..%2Fuploads%2F0%2Fmine.har", "..", "none.har"):
        assert browser.request("GET", f"{browser.page}/copies/{name}").status_code in (400, 404)


def test_uploads_are_the_users_alone_and_go_with_the_page(
    browser: Browser, pages: OpenPages, tmp_path: Path
) -> None:
    browser.upload("folder/a.har", CAPTURE)
    (folder,) = tmp_path.iterdir()
    (file,) = folder.rglob("*.har")
    assert [0o700, 0o600] == [stat.S_IMODE(path.stat().st_mode) for path in (folder, file)]
    assert 204 == browser.request("DELETE", f"{browser.page}/files").status_code
    assert [] == [file for file in tmp_path.rglob("*") if file.is_file()]
    browser.upload("a.har", CAPTURE)
    assert 204 == browser.request("POST", f"{browser.page}/close").status_code
    assert [] == list(tmp_path.iterdir())


def test_of_too_many_pages_the_oldest_is_closed(pages: OpenPages, tmp_path: Path) -> None:
    for _ in range(20):
        Browser(pages).upload("a.har", CAPTURE)
    assert 16 == len(list(tmp_path.iterdir()))


@pytest.mark.parametrize("path", ["/", "/wrong/", "/begin.json", "/the-toke/", f"/{TOKEN}x/"])
def test_without_the_token_there_is_nothing(browser: Browser, path: str) -> None:
    assert 404 == browser.request("GET", path).status_code


@pytest.mark.parametrize(
    "host", ["http://evil.example:8123", "http://127.0.0.1:9", "http://127.0.0.1"]
)
def test_another_host_is_refused(browser: Browser, host: str) -> None:
    response = browser.request(
        "GET", browser.path, base_url=host, environ_overrides={"SERVER_PORT": "8123"}
    )
    assert 403 == response.status_code


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "http://127.0.0.1:9", "https://127.0.0.1:8123"]
)
@pytest.mark.parametrize(
    "method, path",
    [("POST", "messages"), ("PUT", "files/0/a.har"), ("DELETE", "files"), ("POST", "close")],
)
def test_what_asks_for_something_must_come_from_the_page(
    browser: Browser, method: str, path: str, origin: str | None
) -> None:
    response = browser.request(
        method, f"{browser.page}/{path}", data="{}", headers={"Origin": origin}
    )
    assert 403 == response.status_code


def test_another_page_cannot_embed_what_is_here(browser: Browser) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert 403 == browser.request("GET", browser.path, headers=headers).status_code


@pytest.mark.parametrize("path", ["", "page.css", "main.mjs", "begin.json", "nothing"])
def test_every_answer_has_the_policy(browser: Browser, path: str) -> None:
    headers = browser.request("GET", browser.path + path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert ("nosniff", "no-store") == (headers["X-Content-Type-Options"], headers["Cache-Control"])


def test_modules_and_styles_have_types_that_a_browser_takes(browser: Browser) -> None:
    assert "javascript" in browser.request("GET", f"{browser.path}main.mjs").content_type
    assert "text/css" in browser.request("GET", f"{browser.path}page.css").content_type


def test_a_message_that_is_none_is_answered(browser: Browser) -> None:
    for text in (b"", b"\xff", b"[" * 100_000, b"{}", b'"x"'):
        response = browser.request("POST", f"{browser.page}/messages", data=text)
        assert "error" in json.loads(response.data.splitlines()[-1])


def test_samples_are_offered(browser: Browser) -> None:
    offered = browser.request("GET", f"{browser.path}begin.json").json["samples"]
    assert 3 == len(offered)
    sample = browser.request("GET", f"{browser.path}samples/{offered[0]['file']}")
    assert 200 == sample.status_code and sample.data.lstrip().startswith(b"{")
    assert 404 == browser.request("GET", f"{browser.path}samples/README.md").status_code
