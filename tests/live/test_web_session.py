"""What only a session of the web client gives, from real servers: a PDF, a workbook, a file; and why there is none."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
import os
import re
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
import requests
from har_builder import call, converted, exchange, form, page

from live.server import Server

pytestmark = pytest.mark.live

CONTENT = bytes(range(256)) * 40
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EXPIRED = "the session has expired: log in again"


@pytest.fixture(params=[19, 14])
def odoo(request: pytest.FixtureRequest) -> Server:
    """Each of the two servers."""
    found: Server = request.getfixturevalue("server" if request.param == 19 else "server_14")
    return found


def session_variables(odoo: Server, **more: str) -> dict[str, str]:
    """What a user sets."""
    who = {"ODOO_LOGIN": odoo.login, "ODOO_PASSWORD": odoo.password}
    return {"ODOO_URL": odoo.url, "ODOO_DB": odoo.db, **who, **more}


def ran(
    folder: Path, text: str, variables: dict[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    """The program, run in this folder."""
    folder.joinpath("program.py").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "program.py", *options],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def printed(folder: Path, text: str, variables: dict[str, str], *options: str) -> Any:
    """What it prints; it must have worked."""
    done = ran(folder, text, variables, *options)
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def code(folder: Path, *entries: dict[str, Any]) -> str:
    return converted(folder, page(), *entries, options=("-t", "python-web"))


def printing(report: str, record_id: int) -> dict[str, Any]:
    """A click on Print."""
    data = json.dumps([f"/report/pdf/{report}/{record_id}", "qweb-pdf"])
    fields = {
        "data": data,
        "context": json.dumps({"lang": "en_US"}),
        "csrf_token": "0",
        "token": "0",
    }
    return form("/report/download", fields, file_name="Quotation - S00001.pdf")


def logged_in(odoo: Server, login: str, password: str) -> requests.Session:
    """A browser."""
    browser = requests.Session()
    asked(browser, odoo, "/web/session/authenticate", db=odoo.db, login=login, password=password)
    return browser


def asked(browser: requests.Session, odoo: Server, path: str, **params: Any) -> Any:
    """The answer to a JSON-RPC request of a browser."""
    answer = browser.post(odoo.url + path, json={"jsonrpc": "2.0", "params": params}, timeout=60)
    assert "error" not in answer.json(), answer.text
    return answer.json().get("result")


def test_a_quotation_is_printed(odoo: Server, tmp_path: Path) -> None:
    browser = logged_in(odoo, odoo.login, odoo.password)
    if asked(browser, odoo, "/report/check_wkhtmltopdf") in ("install", "broken"):
        pytest.skip(f"{odoo.url} printed no PDF: it has no wkhtmltopdf")
    (order_id,) = odoo.ask("sale.order", "search", [], limit=1)
    text = code(tmp_path, printing("sale.report_saleorder", order_id))
    (name,) = [printed(tmp_path, text, session_variables(odoo))]
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    text = code(tmp_path, printing("sale.no_such_report", order_id))
    done = ran(tmp_path, text, session_variables(odoo))
    assert done.returncode and "OdooError: " in done.stderr
    assert odoo.password not in done.stderr.replace(odoo.login, "")


def test_partners_are_exported(odoo: Server, tmp_path: Path) -> None:
    ids = odoo.ask("res.partner", "search", [], limit=2)
    columns = [{"name": "name", "label": "Name", "type": "char"}]
    data = {
        "model": "res.partner",
        "fields": columns,
        "ids": ids,
        "domain": [],
        "groupby": [],
        "context": {"lang": "en_US"},
        "import_compat": False,
    }
    entry = form("/web/export/xlsx", {"data": json.dumps(data)}, file_name="res.partner.xlsx")
    text = code(tmp_path, entry)
    name = printed(tmp_path, text, session_variables(odoo))
    with zipfile.ZipFile(io.BytesIO((tmp_path / name).read_bytes())) as workbook:
        assert "xl/workbook.xml" in workbook.namelist()
        texts = workbook.read("xl/sharedStrings.xml").decode()
    for partner in odoo.ask("res.partner", "read", ids, fields=["name"]):
        assert partner["name"].replace("&", "&amp;") in texts


def test_a_file_goes_up_and_comes_back(odoo: Server, tmp_path: Path) -> None:
    odoo.is_clean = False
    (partner_id,) = odoo.ask("res.partner", "search", [], limit=1)
    fields = {"model": "res.partner", "id": str(partner_id), "csrf_token": "0"}
    text = code(tmp_path, form("/web/binary/upload_attachment", fields, "all bytes.bin"))
    (tmp_path / "content.bin").write_bytes(CONTENT)
    assert "--write" in ran(tmp_path, text, session_variables(odoo)).stderr
    done = printed(tmp_path, text, session_variables(odoo), "--write", "--file", "content.bin")
    attachment_id = done[0] if isinstance(done, list) else done
    (attachment,) = odoo.ask(
        "ir.attachment", "read", [attachment_id], fields=["datas", "res_id", "name"]
    )
    assert base64.b64decode(attachment["datas"]) == CONTENT
    assert (partner_id, "all bytes.bin") == (attachment["res_id"], attachment["name"])
    entry = exchange(f"/web/content/{attachment_id}?download=true", answer="", file_name="all.bin")
    name = printed(tmp_path, code(tmp_path, entry), session_variables(odoo))
    assert (tmp_path / name).read_bytes() == CONTENT


def test_why_there_is_no_session(odoo: Server, tmp_path: Path) -> None:
    text = code(tmp_path, call("res.partner", "search_count", [[]], result=1))
    wrong = session_variables(odoo, ODOO_PASSWORD="not this one")
    done = ran(tmp_path, text, wrong)
    assert 1 == done.returncode and "wrong login or password" in done.stderr
    assert "not this one" not in done.stderr
    done = ran(tmp_path, text, session_variables(odoo, ODOO_PASSWORD=odoo.api_key))
    assert 1 == done.returncode and "an API key is neither" in done.stderr
    browser = logged_in(odoo, odoo.login, odoo.password)
    session_id = browser.cookies["session_id"]
    variables = {"ODOO_URL": odoo.url, "ODOO_SESSION_ID": session_id}
    assert odoo.ask("res.partner", "search_count", []) == printed(tmp_path, text, variables)
    asked(browser, odoo, "/web/session/destroy")
    for entry in (None, printing("sale.report_saleorder", 1)):
        expired = code(tmp_path, entry) if entry else text
        done = ran(tmp_path, expired, variables)
        assert 1 == done.returncode and EXPIRED in done.stderr
        assert session_id not in done.stderr


def one_time_code() -> str:
    """What the app of a phone shows (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(TOTP_SECRET), moment, hashlib.sha1).digest()
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 10**6:06}"


def switch_on_two_factors(odoo: Server, login: str, password: str) -> None:
    """As a user does in the preferences: the code of the app, and the password once more."""
    browser = logged_in(odoo, login, password)

    def method(model: str, name: str, *args: Any, **kwargs: Any) -> Any:
        path = f"/web/dataset/call_kw/{model}/{name}"
        return asked(browser, odoo, path, model=model, method=name, args=args, kwargs=kwargs)

    uid = asked(browser, odoo, "/web/session/get_session_info")["uid"]
    values = {"user_id": uid, "secret": TOTP_SECRET, "code": one_time_code()}
    wizard = method("auth_totp.wizard", "create", values)
    context = {"context": {"code": values["code"]}}
    check = method("auth_totp.wizard", "enable", [wizard], **context)
    if check.get("res_model") == "res.users.identitycheck":
        method("res.users.identitycheck", "write", [check["res_id"]], {"password": password})
        context["context"]["password"] = password
        method("res.users.identitycheck", "run_check", [check["res_id"]], **context)


def test_a_second_factor_is_the_browsers(odoo: Server, tmp_path: Path) -> None:
    odoo.is_clean = False
    switch_on_two_factors(odoo, "demo", "demo")
    text = code(tmp_path, call("res.partner", "search_count", [[]], result=1))
    demo = session_variables(odoo, ODOO_LOGIN="demo", ODOO_PASSWORD="demo")
    try:
        done = ran(tmp_path, text, demo)
    finally:
        odoo.reset()
    assert 1 == done.returncode
    assert re.search("two factors.*ODOO_SESSION_ID", done.stderr, re.DOTALL), done.stderr
