"""A secret in each place and of each kind, planted, redacted, and looked for in every encoding."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, exchange, har, page, rpc, run, search
from test_secrets import PLACES, P

from redacting.redacting import answer_of, body_of, entries_of, left_in, redacted, redacted_text

S = 'Zx9-planted/K&y+"1"'  # of every kind of character that an encoding changes
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLW9mLWl0"
HEX = "0123456789abcdef0123456789abcdef01234567"
PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASC-PLANTED\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize("place", [name for name in PLACES if name not in ("error", "broken body")])
def test_a_secret_of_the_output_corpus_is_gone_from_the_file(place: str, tmp_path: Path) -> None:
    entry = PLACES[place]
    planted = [secret for secret in P if secret in json.dumps(har(entry))]
    if place in ("wrong body", "new API key"):
        planted = planted[:1]
    assert planted
    assert [] == left_in(redacted(tmp_path, search(), entry), planted)


def headers(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def with_answer_headers(*pairs: tuple[str, str]) -> dict[str, Any]:
    entry = search()
    entry["response"]["headers"] = headers(*pairs)
    return entry


def with_members(**members: Any) -> dict[str, Any]:
    return {**search(), **members}


def with_request(**members: Any) -> dict[str, Any]:
    entry = search()
    entry["request"].update(members)
    return entry


def packed(text: str, *, is_gzip: bool) -> dict[str, Any]:
    raw = gzip.compress(text.encode()) if is_gzip else text.encode()
    entry = search()
    entry["response"]["content"].update(text=base64.b64encode(raw).decode(), encoding="base64")
    return entry


SECRET = "Sx7-hunter2-Planted"
KINDS: dict[str, dict[str, Any]] = {
    "cookie": exchange("/web", answer="x", headers=headers(("Cookie", f"cids=1; mine={SECRET}"))),
    "set-cookie": with_answer_headers(("Set-Cookie", f"session_id={SECRET}; Path=/; HttpOnly")),
    "authorization": exchange("/web", headers=headers(("Authorization", f"Bearer {SECRET}"))),
    "basic": exchange(
        "/web",
        headers=headers(("authorization", "Basic " + base64.b64encode(b"me:" + SECRET.encode()).decode())),
    ),
    "own header": exchange("/web", headers=headers(("X-Acme-Api-Key", SECRET))),
    "location": with_answer_headers(("Location", f"/web?debug=1&access_token={SECRET}")),
    "referer": exchange("/web", headers=headers(("Referer", f"https://o.example/x?token={SECRET}#a"))),
    "cookies": with_request(cookies=[{"name": "session_id", "value": SECRET}]),
    "query string": with_request(queryString=[{"name": "access_token", "value": SECRET}]),
    "parameters": with_request(
        postData={"mimeType": "x", "params": [{"name": "password", "value": SECRET}]}
    ),
    "storage": with_members(_localStorage=[{"name": "anything", "value": SECRET}]),
    "initiator": with_members(_initiator={"url": f"https://o.example/?session_id={SECRET}"}),
    "websocket": with_members(
        _webSocketMessages=[{"type": "send", "data": json.dumps({"password": SECRET})}]
    ),
    "redirect": {**search(), "response": {"status": 302, "redirectURL": f"/a?api_key={SECRET}"}},
    "form": exchange("/web/login", f"login=a&password={SECRET}"),
    "multipart": exchange(
        "/web/binary",
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{SECRET}\r\n--b--',
    ),
    "xml-rpc": exchange(
        "/xmlrpc/2/object",
        "<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName><params>"
        "<param><value><string>db</string></value></param><param><value><int>2</int></value></param>"
        f"<param><value><string>{SECRET}</string></value></param></params></methodCall>",
    ),
    "json-2": exchange("/json/2/res.users/write", {"ids": [2], "vals": {"password": SECRET}}, True),
    "get_param": call("ir.config_parameter", "get_param", ("a.b",), result=SECRET),
    "make_key": call(
        "res.users.apikeys.description", "make_key", ([1],), result={"context": {"default_key": SECRET}}
    ),
    "master password": rpc(
        "/jsonrpc", {"service": "db", "method": "drop", "args": [SECRET, "lab"]}
    ),
    "page": exchange("/odoo", answer=f'<script>var odoo = {{csrf_token: "{SECRET}"}};</script>'),
    "hidden input": exchange("/x", answer=f'<input type="hidden" name="csrf_token" value="{SECRET}"/>'),
    "link in a text": call(
        "res.partner", "read", ([1],), result=[{"comment": f"<a href='https://x.y/?a=1&amp;access_token={SECRET}'>"}]
    ),
    "signed URL": call(
        "x.y", "read", ([1],), result=[{"url": f"https://s3.example/x?X-Amz-Signature={SECRET}&a=1"}]
    ),
    "user and password": call("x.y", "act", ([1], f"git clone https://me:{SECRET}@git.example/x")),
    "bearer in a text": call("x.y", "act", ([1], f"curl -H 'Authorization: Bearer {SECRET}'")),
    "base64": packed(json.dumps({"result": {"password": SECRET}}), is_gzip=False),
    "gzip": packed(json.dumps({"result": {"password": SECRET}}), is_gzip=True),
    "cut": exchange("/web/dataset/call_kw", "{}", '{"result": [{"api_key": "' + SECRET),
    "key twice": exchange(
        "/web/dataset/call_kw", f'{{"params": {{"password": "{SECRET}", "password": "x"}}}}', "{}"
    ),
    "escaped name": exchange("/web/dataset/call_kw", f'{{"params": {{"p\\u0061ssword": "{SECRET}"}}}}', "{}"),
    "repeated": [
        call("res.users", "write", ([2], {"password": SECRET}))
        | {"comment": f"they typed {SECRET}", "_custom": {SECRET: 1}}
    ][0],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_in_each_place_is_gone(kind: str, tmp_path: Path) -> None:
    text = redacted(tmp_path, search(), KINDS[kind])
    assert [] == left_in(text, [SECRET])
    assert "redacted-" in text or kind in ("base64", "gzip")
    assert 0 == run("redact", "--check", tmp_path / "out" / "c.har").exit_code
    assert 1 == run("redact", "--check", tmp_path / "c.har").exit_code


@pytest.mark.parametrize("secret", [JWT, HEX, PEM, "sk_live_4eC39HqLyjWDarjtT1zdp7dc"], ids=str)
def test_a_secret_is_known_by_its_shape_alone(secret: str, tmp_path: Path) -> None:
    text = redacted(tmp_path, call("x.y", "read", ([1],), result=[{"harmless": secret}]))
    body = secret.split("-----")[2] if secret is PEM else secret
    assert [] == left_in(text, [body])


def test_a_secret_is_found_in_every_spelling(tmp_path: Path) -> None:
    elsewhere = {"deep": json.dumps({"a": json.dumps([S])})}
    text = redacted(
        tmp_path,
        call("res.users", "write", ([2], {"password": S})),
        call("x.y", "act", ([1],), result=[elsewhere, S]),
        exchange(f"/x?q={S.replace('&', '%26').replace('+', '%2B')}", answer=f"<p>{S}</p>"),
        packed(f"a body that says {S}", is_gzip=True),
    )
    assert [] == left_in(text, [S])
    said = gzip.decompress(base64.b64decode(entries_of(text)[3]["response"]["content"]["text"]))
    assert S not in said.decode() and b"redacted-" in said


def test_equal_secrets_are_equal_and_others_are_not(tmp_path: Path) -> None:
    entries = entries_of(
        redacted(
            tmp_path,
            call("res.users", "write", ([2], {"password": SECRET})),
            call("res.users", "write", ([3], {"password": SECRET})),
            call("res.users", "write", ([4], {"password": SECRET + "x"})),
        )
    )
    first, second, third = (body_of(entry)["params"]["args"][1]["password"] for entry in entries)
    assert first == second != third
    again = redacted(tmp_path, call("res.users", "write", ([2], {"password": SECRET})))
    assert first not in again, "a tag tells nothing of its secret from one run to the next"


def test_a_password_that_is_the_login_leaves_the_login(tmp_path: Path) -> None:
    params = {"db": "lab", "login": "admin", "password": "admin"}
    entries = entries_of(
        redacted(
            tmp_path,
            exchange("/web/login", "login=admin&password=admin&db=lab"),
            rpc("/web/session/authenticate", params, {"uid": 2, "username": "admin"}),
            call(
                "res.users", "search_read", (), {"domain": [["login", "=", "admin"]], "fields": []}
            ),
        )
    )
    assert "login=admin&password=redacted-" in entries[0]["request"]["postData"]["text"]
    left = body_of(entries[1])["params"]
    assert "admin" == left["login"] and left["password"].startswith("redacted-")
    assert "admin" == answer_of(entries[1])["result"]["username"]
    assert ["login", "=", "admin"] == body_of(entries[2])["params"]["kwargs"]["domain"][0]


def test_a_password_that_is_the_database_leaves_the_database(tmp_path: Path) -> None:
    name = "Company2026-prod"
    params = {"db": name, "login": "admin", "password": name}
    text = redacted(
        tmp_path, page(db=name), rpc("/web/session/authenticate", params, {"uid": 2, "db": name})
    )
    left = body_of(entries_of(text)[1])["params"]
    assert name == left["db"] and left["password"].startswith("redacted-")
    assert name == answer_of(entries_of(text)[1])["result"]["db"]
    report = json.loads(run("redact", "--json", tmp_path / "c.har").stdout)
    assert any("common word" in doubt["kind"] for doubt in report["doubts"])


def test_a_password_that_is_the_name_of_a_field_leaves_the_field(tmp_path: Path) -> None:
    entry = call(
        "res.users", "write", ([2], {"password": "x_studio_9"}), result=[{"x_studio_9": 5}]
    )
    left = entries_of(redacted(tmp_path, entry))[0]
    assert {"x_studio_9": 5} == answer_of(left)["result"][0]
    assert body_of(left)["params"]["args"][1]["password"].startswith("redacted-")


def test_a_number_becomes_a_number_of_as_many_digits(tmp_path: Path) -> None:
    args = ["lab", 2, 4711, "res.users", "read", [[2]]]
    text = redacted(
        tmp_path, rpc("/jsonrpc", {"service": "object", "method": "execute_kw", "args": args})
    )
    assert ["lab", 2, 9999] == body_of(entries_of(text)[0])["params"]["args"][:3]


HARMLESS: dict[str, Any] = {
    "password_policy": {"minlength": 8},
    "token_count": 3,
    "session_id": [12, "POS/0012"],
    "api_key_ids": [{"id": 1, "name": "mine"}],
    "checksum": HEX,
    "active": True,
    "otp_required": False,
    "password": {"type": "char", "string": "Password", "readonly": False},
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_no_secret_stays(name: str, tmp_path: Path) -> None:
    result = [{name: HARMLESS[name], "id": 1}]
    left = entries_of(redacted(tmp_path, call("x.y", "read", ([1],), result=result)))[0]
    assert result == answer_of(left)["result"]


def test_a_list_of_three_fields_stays(tmp_path: Path) -> None:
    fields = ["access_token", "name", "state"]
    left = entries_of(redacted(tmp_path, call("x.y", "read", ([1], fields), result=[])))[0]
    assert [[1], fields] == body_of(left)["params"]["args"]


def test_what_stands_around_the_entries_is_redacted(tmp_path: Path) -> None:
    pages = [
        {"id": "p", "title": f"https://o.example/web?access_token={SECRET}", "pageTimings": {}}
    ]
    text = redacted(tmp_path, search(), pages=pages, comment="mine")
    assert [] == left_in(text, [SECRET])
    assert "mine" == json.loads(text)["log"]["comment"]


def test_a_capture_without_secrets_is_copied_byte_for_byte(tmp_path: Path) -> None:
    text = json.dumps(har(search(), search("res.users")), indent=2) + "\n"
    assert text == redacted_text(tmp_path, text)
    one_line = json.dumps(har(search()), separators=(",", ":"))
    assert one_line == redacted_text(tmp_path, one_line)
