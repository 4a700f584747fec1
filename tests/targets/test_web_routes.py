"""python-web: the routes that name no method, as they arrive at a server with a reading of its own; and what it refuses."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import pytest
from har_builder import call, converted, exchange, form, page, rpc, run, written

from har2rpc import pipeline
from har2rpc.proving.mock.server import serve

PDF = b"%PDF-1.7 a page"
TOKEN = "70e3o9"
EXPIRED = "the session has expired: log in again"
PRINTED = form(
    "/report/download",
    {
        "data": json.dumps(["/report/pdf/sale.report_saleorder/7", "qweb-pdf"]),
        "context": '{"lang": "en_US", "uid": 2}',
        "token": "dummy",
        "csrf_token": "5ec2e7",
    },
    file_name="Quotation.pdf",
)


class Arrived(NamedTuple):
    """One request behind the login."""

    path: str
    kind: str
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """Of a form."""
        return dict(parse_qsl(self.body.decode()))


class Pages:
    """A web client's pages: a login, the page with the token, and one answer for all else."""

    def __init__(
        self, answer: bytes, kind: str = "application/pdf", status: str = "200 OK"
    ) -> None:
        self.arrived: list[Arrived] = []
        self.logins = 0
        self._answer, self._kind, self._status = answer, kind, status

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers, status, kind = [], "200 OK", "application/json"
        if path == "/web/session/authenticate":
            self.logins += 1
            headers = [("Set-Cookie", "session_id=c00k1e; Path=/")]
            answer = json.dumps({"jsonrpc": "2.0", "id": 1, "result": {"uid": 2}}).encode()
        elif environ.get("HTTP_COOKIE") != "session_id=c00k1e":
            status, answer, headers = "303 SEE OTHER", b"", [("Location", "/web/login")]
        elif path == "/web":
            answer, kind = f'<script>odoo = {{csrf_token: "{TOKEN}",}}'.encode(), "text/html"
        else:
            sent = f"{path}?{query}" if query else path
            self.arrived.append(Arrived(sent, environ.get("CONTENT_TYPE", ""), body))
            answer, kind, status = self._answer, self._kind, self._status
        start_response(
            status, [*headers, ("Content-Type", kind), ("Content-Length", str(len(answer)))]
        )
        return [answer]


class Ran(NamedTuple):
    """What a program did in its folder."""

    status: int
    printed: Any
    said: str


def program(
    folder: Path, variables: dict[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    """The program that lies in this folder, run there."""
    return subprocess.run(
        [sys.executable, "program.py", *options],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def done(
    folder: Path, pages: Any, *entries: Any, options: tuple[str, ...] = (), flow: bool = False
) -> Ran:
    """The program for these entries, run as its user would."""
    text = converted(
        folder, page(), *entries, options=("-t", "python-web", *(["--flow"] if flow else []))
    )
    folder.joinpath("program.py").write_text(text, encoding="utf-8")
    with serve(pages) as url:
        given = {"ODOO_URL": url, "ODOO_DB": "db", "ODOO_LOGIN": "ann", "ODOO_PASSWORD": "s3cr3t!"}
        process = program(folder, given, *options)
    assert "s3cr3t!" not in process.stdout + process.stderr
    printed = json.loads(process.stdout) if process.returncode == 0 else None
    return Ran(process.returncode, printed, process.stderr)


def test_a_report_is_printed_twice_with_one_login(tmp_path: Path) -> None:
    other = json.loads(json.dumps(PRINTED).replace("report_saleorder/7", "report_saleorder/9"))
    ran = done(tmp_path, pages := Pages(PDF), PRINTED, other)
    assert 0 == ran.status, ran.said
    assert [PDF, PDF] == [tmp_path.joinpath(name).read_bytes() for name in ran.printed.values()]
    assert 1 == pages.logins
    assert ["/report/download"] * 2 == [one.path for one in pages.arrived]
    datas = [json.loads(one.fields["data"]) for one in pages.arrived]
    assert [[f"/report/pdf/sale.report_saleorder/{n}", "qweb-pdf"] for n in (7, 9)] == datas
    assert {"lang": "en_US"} == json.loads(pages.arrived[0].fields["context"])
    assert {TOKEN} == {one.fields["csrf_token"] for one in pages.arrived}


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        (Pages(b"<html>Hello</html>", "text/html"), "HTTP 200, not a file"),
        (Pages(b"no report", "application/pdf"), "what Odoo printed is not a PDF"),
        (
            Pages(
                html.escape(
                    json.dumps({"code": 0, "message": "Odoo Server Error"})[:-1]
                    + ', "data": {"name": "odoo.exceptions.UserError", "message": "No \\"paper\\""}}'
                ).encode(),
                "text/html",
                "500 INTERNAL SERVER ERROR",
            ),
            'odoo.exceptions.UserError: No "paper"',
        ),
        (
            Pages(b"Session expired (invalid CSRF token)", "text/html", "400 BAD REQUEST"),
            EXPIRED,
        ),
    ],
)
def test_what_is_no_report_is_a_sentence(pages: Pages, words: str, tmp_path: Path) -> None:
    ran = done(tmp_path, pages, PRINTED)
    assert 1 == ran.status and words in ran.said.rpartition("OdooError: ")[2]
    assert not list(tmp_path.glob("*.pdf"))


def test_an_attachment_is_downloaded(tmp_path: Path) -> None:
    entry = exchange("/web/content/33?download=true", answer="", file_name="Terms.docx")
    pages = Pages(b"bytes", "application/octet-stream")
    ran = done(tmp_path, pages, entry)
    assert 0 == ran.status, ran.said
    assert b"bytes" == (tmp_path / ran.printed).read_bytes() and ran.printed.endswith(".docx")
    assert ["/web/content/33?download=true"] == [one.path for one in pages.arrived]


def test_a_file_is_uploaded_with_write_alone(tmp_path: Path) -> None:
    fields = {"folder_id": "7", "csrf_token": "5ec2e7"}
    entry = form("/documents/upload_attachment", fields, "a.pdf")
    (tmp_path / "new.bin").write_bytes(b"\x00\xffnew")
    pages = Pages(b'[{"id": 5, "filename": "a.pdf"}]', "text/html")
    ran = done(tmp_path, pages, entry, options=("--file", "new.bin"))
    assert (1, 0) == (ran.status, pages.logins) and "--write" in ran.said
    ran = done(tmp_path, pages, entry, options=("--write", "--file", "new.bin"))
    assert (0, [{"id": 5, "filename": "a.pdf"}]) == (ran.status, ran.printed), ran.said
    body = pages.arrived[0].body
    assert b'name="ufile"; filename="a.pdf"\r\n\r\n\x00\xffnew\r\n' in body
    for name, value in {**fields, "csrf_token": TOKEN}.items():
        assert f'name="{name}"\r\n\r\n{value}\r\n'.encode() in body
    refused = Pages(b'[{"error": "You are not allowed to upload here."}]', "text/html")
    ran = done(tmp_path, refused, entry, options=("--write", "--file", "new.bin"))
    assert 1 == ran.status and "a.pdf: You are not allowed" in ran.said


def test_json_routes_and_forms_are_sent_as_the_page_did(tmp_path: Path) -> None:
    params = {"barcode": "WH-IN-1", "silent": False}
    scanned = rpc("/stock_barcode/scan_from_main_menu", params)
    pages = Pages(b'{"jsonrpc": "2.0", "id": 1, "result": {"warning": "none"}}', "application/json")
    assert "--write" in done(tmp_path, pages, scanned).said
    ran = done(tmp_path, pages, scanned, options=("--write",))
    assert (0, {"warning": "none"}) == (ran.status, ran.printed), ran.said
    assert params == json.loads(pages.arrived[0].body)["params"]
    sent = form("/website/form/crm.lead", {"contact_name": "Ann", "csrf_token": "5ec2e7"})
    pages = Pages(b'{"id": 3}', "text/html")
    ran = done(tmp_path, pages, sent, options=("--write",))
    assert (0, '{"id": 3}') == (ran.status, ran.printed), ran.said
    assert {"contact_name": "Ann", "csrf_token": TOKEN} == pages.arrived[0].fields


def test_in_a_flow_what_was_made_is_printed(tmp_path: Path) -> None:
    made = call(
        "sale.order", "web_save", ([], {"partner_id": 3}), {"specification": {}}, result=[{"id": 7}]
    )
    text = converted(tmp_path, page(), made, PRINTED, options=("-t", "python-web", "--flow"))
    compile(text, "flow.py", "exec")
    assert "order = print_order(order_id)" in text
    assert 'save(order, "order.pdf")' in text
    assert (
        "not in the code"
        not in run("convert", "-t", "python-web", written(tmp_path, page(), made, PRINTED)).stderr
    )
    assert "not in the code" in run("convert", written(tmp_path, page(), made, PRINTED)).stderr


def test_an_address_with_a_token_stays_out_and_is_named(tmp_path: Path) -> None:
    entry = form("/my/orders/7/accept/0123456789abcdef0123456789abcdef", {"name": "Ann"})
    read = call("sale.order", "read", [[7], ["name"]], result=[])
    result = run("convert", "-t", "python-web", written(tmp_path, page(), read, entry))
    assert "not in the code: /my/orders/<id>/accept" in result.stderr
    assert "0123456789abcdef" not in result.stdout


def test_the_mock_serves_what_was_recorded(tmp_path: Path) -> None:
    """The program of a capture runs against the capture: a PDF and a workbook in form, the upload's answer."""
    fields = {"model": "res.partner", "id": "7", "csrf_token": "5ec2e7"}
    answer = [{"filename": "a.pdf", "id": 5}]
    upload = form("/web/binary/upload_attachment", fields, "a.pdf", answer=json.dumps(answer))
    scanned = rpc("/stock_barcode/scan_from_main_menu", {"barcode": "WH"})
    path = written(tmp_path, page(), PRINTED, upload, scanned)
    text = run("convert", "-t", "python-web", path).stdout
    tmp_path.joinpath("program.py").write_text(text, encoding="utf-8")
    tmp_path.joinpath("new.bin").write_bytes(b"new")
    capture = pipeline.open_capture([path])
    with pipeline.mock(capture) as (_, variables):
        process = program(tmp_path, variables, "--write", "--file", "new.bin")
        assert 0 == process.returncode, process.stderr
        printed = json.loads(process.stdout)
        assert 5 == printed["attachment_id"]
        assert tmp_path.joinpath(printed["report"]).read_bytes().startswith(b"%PDF")
        tmp_path.joinpath("program.py").write_text(text.replace("sale.report", "other.report"))
        process = program(tmp_path, variables, "--write", "--file", "new.bin")
        assert "This report was never recorded: other.report_saleorder" in process.stderr
