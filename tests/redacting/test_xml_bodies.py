"""Calls and answers of XML-RPC: each secret goes where it stands, and what is equal to one elsewhere stays."""

from __future__ import annotations

import pytest

from har2rpc.redacting.findings import Findings
from har2rpc.redacting.xml_bodies import message_of, redact_xml_rpc

PATH = "/xmlrpc/2/object"


def written(*values: str) -> str:
    params = "".join(f"<param>\n<value>{value}</value>\n</param>" for value in values)
    return f"<?xml version='1.0'?>\n<methodCall><methodName>execute_kw</methodName><params>{params}</params></methodCall>"


def call(model: str, method: str, *args: str) -> str:
    given = f"<array><data>{''.join(f'<value>{arg}</value>' for arg in args)}</data></array>"
    return written("lab", "<int>2</int>", "admin", model, f"<string>{method}</string>", given)


def redacted(text: str, asked: str = "") -> str:
    message = message_of(PATH, asked or text)
    return redact_xml_rpc(text, message, Findings(b"x"), "body", is_answer=bool(asked))


@pytest.mark.parametrize(
    "value", ["S3cret-a", "<string>S3cret-a</string>", "<string><![CDATA[S3cret-a]]></string>"]
)
def test_what_the_method_tells(value: str) -> None:
    text = call("ir.config_parameter", "set_param", "<string>a.b</string>", value)
    tag = Findings(b"x").tag("S3cret-a")
    key = Findings(b"x").tag("admin")
    assert text.replace("S3cret-a", tag).replace(">admin<", f">{key}<") == redacted(text)


def test_a_secret_leaves_its_equals() -> None:
    """The key is "admin", and so is a login; a password is "lab", and so is the database."""
    values = (
        "<struct>"
        + "".join(
            f"<member><name>{name}</name><value><string>{value}</string></value></member>"
            for name, value in (
                ("login", "admin"),
                ("password", "lab"),
                ("name", "a &amp; b"),
                ("token", "x &lt; y9"),
            )
        )
        + "</struct>"
    )
    text = redacted(call("res.users", "write", "<int>2</int>", values))
    assert "<value>lab</value>" in text and "<string>admin</string>" in text and "a &amp; b" in text
    assert 1 == text.count(">lab<") and "x &lt; y9" not in text and 3 == text.count("redacted-")


def test_an_answer_is_that_of_its_call() -> None:
    answer = "<methodResponse><params><param><value><string>plainword</string></value></param></params></methodResponse>"
    assert "plainword" not in redacted(answer, call("ir.config_parameter", "get_param", "a.b"))
    assert answer == redacted(answer, call("res.partner", "get_name", "a.b"))
    assert answer == redacted(answer, call("ir.config_parameter", "get_param", "web.base.url"))


@pytest.mark.parametrize(
    "text",
    [
        "<methodCall>",
        "<!DOCTYPE x><methodCall><params/></methodCall>",
        "<methodCall><a></methodCall>",
    ],
)
def test_what_is_not_xml_stays(text: str) -> None:
    assert text == redacted(text)
