"""JSON-2 and XML-RPC as input: what their requests call, and what their answers and refusals tell.

Requests are written by `xmlrpc.client.dumps` or by hand, as programs send them; what is right stands beside them.
"""

from __future__ import annotations

import io
import json
import xmlrpc.client
from pathlib import Path
from typing import Any

import pytest
from har_builder import exchange, har, product, run, written

from har2rpc.model import Capture, Har2rpcError
from har2rpc.odoo import xml_messages
from har2rpc.pipeline import open_capture

SECRET = "0123456789abcdef0123456789abcdef01234567"


def json2(model: str, method: str, body: Any, answer: Any = None, **more: Any) -> dict[str, Any]:
    return exchange(f"/json/2/{model}/{method}", body, answer, **more)


def xml(path: str, method: str, *args: Any, answer: str | None = None) -> dict[str, Any]:
    return exchange(path, xmlrpc.client.dumps(args, method, allow_none=True), answer)


def xml_answer(value: Any) -> str:
    return xmlrpc.client.dumps((value,), methodresponse=True, allow_none=True)


def fault(code: Any, text: str) -> str:
    return xmlrpc.client.dumps(xmlrpc.client.Fault(code, text))


def opened(*entries: dict[str, Any]) -> Capture:
    return open_capture([io.BytesIO(json.dumps(har(*entries)).encode())])


@pytest.mark.parametrize(
    "method, body, args, kwargs",
    [
        ("search_read", {"domain": [], "fields": ["name"]}, [], {"domain": [], "fields": ["name"]}),
        ("read", {"ids": [7], "fields": ["name"]}, [[7]], {"fields": ["name"]}),
        ("write", {"ids": [7], "vals": {"name": "x"}}, [[7], {"name": "x"}], {}),
        ("write", {"vals": {"name": "x"}}, [[], {"name": "x"}], {}),
        ("create", {"vals_list": [{"name": "x"}]}, [[{"name": "x"}]], {}),
        ("name_create", {"name": "x"}, ["x"], {}),
        ("action_confirm", {"ids": [7]}, [[7]], {}),
        ("context_get", {}, [], {}),
        ("load", {"fields": ["name"], "data": [["x"]]}, [["name"], [["x"]]], {}),
    ],
)
def test_json2_has_its_arguments_by_name(
    method: str, body: dict[str, Any], args: list[Any], kwargs: dict[str, Any]
) -> None:
    (call,) = opened(json2("res.partner", method, {**body, "context": {"lang": "de_DE"}})).calls
    assert ("/json/2", "res.partner", method) == (call.route, call.model, call.method)
    assert (args, kwargs, {"lang": "de_DE"}) == (call.args, call.kwargs, call.context)
    assert "https://odoo.example" == call.url


def test_json2_below_a_prefix_and_without_a_body() -> None:
    entry = json2("res.users", "context_get", {})
    del entry["request"]["postData"]
    entry["request"]["url"] = "https://x.example/erp/json/2/res.users/context_get?db=a"
    (call,) = opened(entry).calls
    assert ("https://x.example/erp", "context_get", []) == (call.url, call.method, call.args)


@pytest.mark.parametrize(
    "status, answer, outcome, result",
    [
        (200, [{"id": 7}], "ok", [{"id": 7}]),
        (200, False, "ok", False),
        (200, "null", "none", None),
        (200, {"error": "a key of the answer"}, "ok", {"error": "a key of the answer"}),
        (422, {"name": "odoo.exceptions.UserError", "message": "no\nmore"}, "error", None),
        (404, "<html>no database</html>", "missing", None),
    ],
)
def test_answers_of_json2(status: int, answer: Any, outcome: str, result: Any) -> None:
    (call,) = opened(json2("res.partner", "read", {"ids": [7]}, answer, status=status)).calls
    assert (outcome, result) == (call.outcome, call.fetch())
    if outcome == "error":
        assert ("odoo.exceptions.UserError", "no") == (call.refusal, call.refusal_words)
    assert ("HTTP 404" if status == 404 else "") == call.http_outcome


def test_json2_tells_the_version() -> None:
    assert "19 or later" == str(opened(json2("res.partner", "read", {"ids": [7]})).session.version)


PROGRAM = ("lab", 2, SECRET, "res.partner", "search_read", [[["name", "=", "a & b <é>"]]])


@pytest.mark.parametrize("path", ["/xmlrpc/2/object", "/xmlrpc/object", "/erp/xmlrpc/2/object"])
def test_xml_rpc_is_read_like_jsonrpc(path: str) -> None:
    kwargs = {"fields": ["name"], "limit": 5, "context": {"lang": "de_DE"}}
    capture = opened(xml(path, "execute_kw", *PROGRAM, kwargs, answer=xml_answer([{"id": 7}])))
    (call,) = capture.calls
    assert ("res.partner", "search_read", "read", 2) == (
        call.model,
        call.method,
        call.kind,
        call.uid,
    )
    assert [[["name", "=", "a & b <é>"]]] == call.args
    assert ({"fields": ["name"], "limit": 5}, {"lang": "de_DE"}) == (call.kwargs, call.context)
    assert ("ok", [{"id": 7}]) == (call.outcome, call.fetch())
    assert ("lab", 2) == (capture.session.get("db"), capture.session.get("uid"))
    assert SECRET not in repr(capture)


def test_values_that_json_does_not_have() -> None:
    values = {
        "a": None,
        "b": xmlrpc.client.DateTime("20260131T10:20:30"),
        "c": xmlrpc.client.Binary(b"\x00\xff"),
        "d": 1.5,
        "e": True,
    }
    entry = xml("/xmlrpc/2/object", "execute", "lab", 2, "s", "res.partner", "write", [7], values)
    (call,) = opened(entry).calls
    wanted = {"a": None, "b": "2026-01-31 10:20:30", "c": "AP8=", "d": 1.5, "e": True}
    assert [[7], wanted] == call.args


def test_login_through_xml_rpc_tells_who() -> None:
    capture = opened(
        xml(
            "/xmlrpc/2/common",
            "authenticate",
            "lab",
            "me@x.example",
            SECRET,
            {},
            answer=xml_answer(6),
        ),
        xml("/xmlrpc/2/object", "execute_kw", "lab", 6, *PROGRAM[2:]),
    )
    session = capture.session
    assert ("lab", "me@x.example", 6) == tuple(map(session.get, ("db", "login", "uid")))
    assert SECRET not in repr(capture)


TRACE = 'Traceback (most recent call last):\n  File "x", line 1\n'


@pytest.mark.parametrize(
    "code, text, name, words",
    [
        (
            1,
            f"{TRACE}ValueError: Invalid field 'nam'\n",
            "builtins.ValueError",
            "Invalid field 'nam'",
        ),
        (1, f"{TRACE}odoo.exceptions.UserError: no more\n", "odoo.exceptions.UserError", "no more"),
        (2, "You cannot\nat all", "odoo.exceptions.UserError", "You cannot"),
        (3, "Access Denied", "odoo.exceptions.AccessDenied", "Access Denied"),
        (4, "not yours", "odoo.exceptions.AccessError", "not yours"),
        ("warning -- UserError\n\nsaid so", "", "odoo.exceptions.UserError", "said so"),
    ],
)
def test_faults_are_refusals(code: Any, text: str, name: str, words: str) -> None:
    (call,) = opened(
        xml("/xmlrpc/2/object", "execute_kw", *PROGRAM, answer=fault(code, text))
    ).calls
    assert ("error", name, words) == (call.outcome, call.refusal, call.refusal_words)


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><methodCall><methodName>execute_kw</methodName></methodCall>',
        '<?xml version="1.0"?><!DOCTYPE methodCall SYSTEM "file:///etc/passwd"><methodCall/>',
        "<methodCall>" + "<array><data><value>" * 5000,
        "<methodCall><methodName>execute_kw</methodName><params><param><value><int>x</int></value>",
        "not XML",
        "<methodCall><params><param><value><array><data>"
        + "<value><array><data>" * 300
        + "</data></array></value>" * 300
        + "</data></array></value></param></params><methodName>a</methodName></methodCall>",
    ],
)
def test_hostile_xml_is_a_sentence(body: str) -> None:
    assert xml_messages.request_body(body, "object") is None
    with pytest.raises(Har2rpcError, match="its body is not XML-RPC"):
        opened(exchange("/xmlrpc/2/object", body))


def test_an_old_program_becomes_json2(tmp_path: Path) -> None:
    path = written(tmp_path, xml("/xmlrpc/2/object", "execute_kw", *PROGRAM, {"limit": 5}))
    code = product("convert", "-t", "python-json2", path)
    assert (
        '"search_read"' in code
        and '{"domain": [["name", "=", name]], "limit": limit}' in " ".join(code.split())
    )
    assert SECRET not in code


def test_what_is_no_call_of_them_is_no_call(tmp_path: Path) -> None:
    path = written(tmp_path, xml("/xmlrpc/2/common", "version"))
    assert 1 == run("list", path).exit_code


def test_redacted_it_still_converts_and_has_no_credential(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        xml("/xmlrpc/2/object", "execute_kw", *PROGRAM, answer=xml_answer([])),
        json2("res.users", "write", {"ids": [2], "vals": {"password": SECRET}}, True),
    )
    out = tmp_path / "safe.har"
    run("redact", path, "-o", out, "--only-calls")
    assert SECRET not in out.read_text("utf-8")
    rows = json.loads(product("list", "--json", out))
    assert ["search_read", "write"] == [row["method"] for row in rows]
    assert "a & b <é>" in json.dumps(rows[0], ensure_ascii=False)
