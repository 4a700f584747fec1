"""What is kept of a recording is convertible, slim, and holds no secret."""

import json

from har2rpc import pipeline
from har2rpc.recording.writer import HarWriter

CALL = {
    "id": 3,
    "jsonrpc": "2.0",
    "method": "call",
    "params": {
        "model": "res.users",
        "method": "create",
        "args": [{"name": "Ada", "login": "ada", "password": "planted-secret-1"}],
        "kwargs": {"context": {"uid": 2, "lang": "en_US"}},
    },
}
PAGE = """<html><script>var csrf_token = "planted-secret-2";
odoo.__session_info__ = {"uid": 2, "db": "prod", "username": "ada", "server_version": "19.0",
"browser_cache_secret": "planted-secret-3", "user_context": {"lang": "en_US"}};</script></html>"""


def add(
    writer: HarWriter, path: str, body: object, answer: object, http_method: str = "POST"
) -> None:
    as_text = [
        part if isinstance(part, str) or part is None else json.dumps(part)
        for part in (body, answer)
    ]
    writer.add(
        url=f"https://u:planted-secret-4@odoo.example.com{path}",
        http_method=http_method,
        body=as_text[0],
        status=200,
        answer=as_text[1],
        started=f"2026-11-23T20:00:0{len(writer)}.000+00:00",
        ms=12.5,
    )


def recording() -> HarWriter:
    writer = HarWriter()
    add(
        writer,
        "/web/login",
        "csrf_token=planted-secret-5&login=ada&password=planted-secret-6",
        "<html>",
    )
    add(writer, "/odoo?access_token=planted-secret-7", None, PAGE, "GET")
    add(
        writer,
        "/web/dataset/call_kw/res.users/create",
        CALL,
        {"jsonrpc": "2.0", "id": 3, "result": 7},
    )
    login = {"params": {"db": "prod", "login": "ada", "password": "planted-secret-8"}}
    add(
        writer,
        "/web/session/authenticate",
        login,
        {"result": {"uid": 2, "session_id": "planted-secret-9"}},
    )
    args = ["prod", 2, "planted-secret-10", "res.partner", "search_count", [[]]]
    external = {"params": {"service": "object", "method": "execute_kw", "args": args}}
    add(writer, "/jsonrpc", external, {"jsonrpc": "2.0", "id": 1, "result": 4})
    fields = [{"name": "old_pwd", "value": "planted-secret-11"}]
    add(writer, "/web/session/change_password", {"params": {"fields": fields}}, {"result": {}})
    add(writer, "/web/binary/upload", "--x\r\nplanted-secret-12\r\n--x--", "planted-secret-13")
    return writer


def test_no_secret_is_kept() -> None:
    assert "planted-secret" not in recording().har()


def test_what_tells_nothing_of_odoo_is_not_kept() -> None:
    writer = HarWriter()

    add(writer, "/web/assets/1/web.js", None, "code", "GET")
    add(writer, "/web/login", None, "<html>a page without a session</html>", "GET")

    assert 0 == len(writer)


def test_a_recording_is_a_capture(tmp_path) -> None:
    path = tmp_path / "recording.har"
    path.write_text(recording().har(), encoding="utf-8")

    capture = pipeline.open_capture([path])

    assert [("res.users", "create"), ("res.partner", "search_count")] == [
        (call.model, call.method) for call in capture.calls
    ]
    assert "https://odoo.example.com" == capture.session.get("url")
    assert "prod" == capture.session.get("db")
    assert {"name": "Ada", "login": "ada", "password": "***"} == capture.calls[0].args[0]
    assert 7 == capture.calls[0].fetch()


def test_layout_is_the_one_that_streams() -> None:
    lines = recording().har().splitlines()

    assert "      {" in lines and "      }," in lines
