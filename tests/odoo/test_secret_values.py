"""Values without their secrets: by name, by model and method, in domains, columns and texts; the rest stays."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.odoo.secret_messages import Message, masked_reply, masked_request
from har2rpc.odoo.secret_methods import has_secret_answer, masked_answer, masked_call
from har2rpc.odoo.secret_texts import is_api_key
from har2rpc.odoo.secret_values import mask_text, mask_value

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJlLW9mLWl0"


@pytest.mark.parametrize(
    "value, masked",
    [
        ({"password": "x", "a": 1}, {"password": "***", "a": 1}),
        ({"line_ids": [[0, 0, {"api_key": "x"}]]}, {"line_ids": [[0, 0, {"api_key": "***"}]]}),
        ({"password": {"x": ["y"]}}, {"password": {"x": ["***"]}}),
        ({"pin": 4711}, {"pin": "***"}),
        ({"default_password": "x"}, {"default_password": "***"}),
        ({"name": "password", "value": "x"}, {"name": "password", "value": "***"}),
        ({"key": "mail.api_key", "value": "x"}, {"key": "mail.api_key", "value": "***"}),
        ({JWT: 1}, {"***": 1}),
        ({"secrets": {"S3cret-1": 1, "S3cret-2": 2}}, {"secrets": {"***": 1, "****": 2}}),
        ([["password", "=", "x"]], [["password", "=", "***"]]),
        ([["partner_id.access_token", "in", ["x"]]], [["partner_id.access_token", "in", ["***"]]]),
        ([["a", "any", [["token", "=", "x"]]]], [["a", "any", [["token", "=", "***"]]]]),
        ({"domain": ["token", "=", "x"]}, {"domain": ["token", "=", "***"]}),
        (
            {"domain": "[('user_id.token', 'in', ['x', 'y']), ('a', '=', 'b')]"},
            {"domain": "[('user_id.token', 'in', ['***', '***']), ('a', '=', 'b')]"},
        ),
        ({"context": "{'default_api_key': 'x'}"}, {"context": "{'default_api_key': '***'}"}),
        ({"json": '{"a": {"password": "x"}}'}, {"json": '{"a": {"password": "***"}}'}),
        ({"json": r'{"a": "{\"token\": \"x\"}"}'}, {"json": r'{"a": "{\"token\": \"***\"}"}'}),
        ({"session_id": "0f1e2d3c4b5a69788796a5b4c3d2e1f0"}, {"session_id": "***"}),
        ({"access_token:day": "x"}, {"access_token:day": "***"}),
        ({"res_model": "res.users.apikeys.show", "context": {"default_key": "x"}},) * 2,
    ],
)  # fmt: skip
def test_secrets_in_values(value: Any, masked: Any) -> None:
    if value is masked:
        masked = {**value, "context": {"default_key": "***"}}
    assert masked == mask_value(value, "x.y")


@pytest.mark.parametrize(
    "value",
    [
        ["session_id", "name", "state"],
        {"fields": ["access_token", "name", "partner_id"]},
        {"groupby": ["token", "in", "state"][:2]},
        {"session_id": [12, "POS/0012"], "token_id": 5, "token_ids": [[6, 0, [1, 2]]]},
        {"payment_token": [5, "Visa"], "tokens": [{"id": 5, "display_name": "Visa"}]},
        {"specification": {"access_token": {}, "password": {}}},
        {"password": {"type": "char", "string": "Password", "readonly": False}},
        {"password": True, "pin": 0, "otp": 1, "token": False, "secret": ""},
        {"x_api_key": 4711, "token_count": "3", "password_policy": {"minlength": 8}},
        {"password": "1"},
        [["session_id", "ilike", "POS/0012"], ["session_id", "=", 7]],
        {"body": "See [[token]] and {{ object.access_token }}: `?access_token=${TOKEN}`"},
        {"code": "print(1)", "key": "website.homepage"},
        {"code": "fields.Char('Password', help='At least 8 characters')"},
        {"code": "self.mapped('access_token', 'name'); getattr(self, 'api_key', 'x')"},
        {"code": "account.account_token = f\"{account.account_token.split('+')[0]}+disabled\""},
        {"code": "token: str = kwargs['token']; data['password'] = request.params"},
        {"code": "cr.execute('SELECT 1', 'x'); odoo.execute_kw('res.partner', 'read', [[7]])"},
        {
            "arch": '<field name="password" string="New password" value="1"/><a name="token_action" type="object"/>'
        },
        {"body": "To reset your password\nopen this page: https://o.example/web/reset"},
        {"body": "<meta name='viewport' content='width=device-width'/> the password is: secret"},
        {"hash": "0f1e2d3c4b5a", "name": "x"},
        {"res_model": "res.partner", "domain": [["value", "=", "x"]]},
    ],
)
def test_what_is_no_secret_stays(value: Any) -> None:
    assert value == mask_value(value, "x.y")


@pytest.mark.parametrize(
    "text, masked",
    [
        ("https://x.com/a?access_token=abc&b=1, and more", "https://x.com/a?access_token=***&b=1, and more"),
        ("<a href='/x?a=1&amp;access_token=abc'>b</a>", "<a href='/x?a=1&amp;access_token=***'>b</a>"),
        ("/x?redirect=%2Fweb%3Faccess_token%3Dabc%26a%3D1", "/x?redirect=%2Fweb%3Faccess_token%3D***%26a%3D1"),
        ("https://s3.x/y?X-Amz-Signature=abc", "https://s3.x/y?X-Amz-Signature=***"),
        ("https://me:pw@x.com/", "https://me:***@x.com/"),
        ("otpauth://totp/x?secret=ABC", "otpauth://totp/x?secret=***"),
        ("curl -H 'Authorization: Bearer abcdefgh1'", "curl -H 'Authorization: Bearer ***'"),
        ("X-Api-Key: abc123def", "X-Api-Key: ***"),
        (f"see {JWT} there", "see *** there"),
        ("-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
         "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----"),
        ("https://hooks.slack.com/services/T0001/B0001/abcdefghijkl", "https://hooks.slack.com/services/***"),
        ("password=abc db=x", "password=*** db=x"),
        ("0123456789abcdef0123456789abcdef01234567", "***"),
        ("https://x.com/a?token=", None),
        ("https://x.com/a?name=token", None),
        ("me@x.com: hello", None),
        ("http://x.com:8069/a@b", None),
        ("12:30@noon", None),
        ("The password: ask Anna.", None),
    ],
)  # fmt: skip
def test_secrets_in_texts(text: str, masked: str | None) -> None:
    assert (text if masked is None else masked) == mask_text(text)


def test_a_checksum_is_no_key() -> None:
    assert is_api_key("0" * 40, "key") and not is_api_key("0" * 40, "checksum")
    assert [["checksum", "=", "0" * 40]] == mask_value([["checksum", "=", "0" * 40]], "x.y")


CALLS: dict[str, tuple[str, str, list[Any], list[Any]]] = {
    "set_param": ("ir.config_parameter", "set_param", ["a.b", "x"], ["a.b", "***"]),
    "harmless": ("ir.config_parameter", "set_param", ["web.base.url", "x"], ["web.base.url", "x"]),
    "default of get_param": ("ir.config_parameter", "get_param", ["a", "x"], ["a", "***"]),
    "name_create": ("ir.config_parameter", "name_create", ["x"], ["***"]),
    "default": ("ir.default", "set", ["res.users", "password", "x", 2], ["res.users", "password", "***", 2]),
    "harmless default": ("ir.default", "set", ["res.users", "lang", "x"], ["res.users", "lang", "x"]),
    "columns": (
        "res.users", "load",
        [["login", "password", "child_ids/api_key"], [["u", "x", "y"]]],
        [["login", "password", "child_ids/api_key"], [["u", "***", "***"]]],
    ),
    "password": ("res.users", "change_password", ["x", "y"], ["***", "***"]),
    "own method": ("x.y", "set_api_key", [[7], "x"], [[7], "***"]),
    "settings of one model": ("ir.mail_server", "write", [[7], {"smtp_user": "x"}], [[7], {"smtp_user": "***"}]),
    "the same elsewhere": ("x.y", "write", [[7], {"smtp_user": "x"}], [[7], {"smtp_user": "x"}]),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_secrets_by_model_and_method(name: str) -> None:
    model, method, args, masked = CALLS[name]
    assert (masked, {}) == masked_call(model, method, args, {})


def test_columns_by_name() -> None:
    kwargs = {"fields": ["login", "password"], "data": [["u", "x"]], "context": {"lang": "x"}}
    assert {**kwargs, "data": [["u", "***"]]} == masked_call("res.users", "load", [], kwargs)[1]


@pytest.mark.parametrize(
    "call, result, masked",
    [
        (("ir.config_parameter", "get_param", ["a.b"]), "x", "***"),
        (("ir.config_parameter", "get_param", ["web.base.url"]), "x", "x"),
        (("res.users.apikeys", "_generate", []), "x", "***"),
        (("x.y", "get_access_token", [[7]]), "x", "***"),
        (
            ("res.users.apikeys.description", "make_key", [[1]]),
            {"res_model": "res.users.apikeys.show", "context": {"default_key": "x"}},
            {"res_model": "res.users.apikeys.show", "context": {"default_key": "***"}},
        ),
        (
            ("res.users", "export_data", [[1], ["login", "password"]]),
            {"datas": [["u", "x"]]},
            {"datas": [["u", "***"]]},
        ),
        (
            ("base_import.import", "parse_preview", [[3]]),
            {"headers": ["a", "b"], "header_types": {}, "matches": {"1": ["password"]}, "preview": [["u1", "u2"], ["x", "y"]]},
            {"headers": ["a", "b"], "header_types": {}, "matches": {"1": ["password"]}, "preview": [["u1", "u2"], ["***", "***"]]},
        ),
        (
            ("base_import.import", "parse_preview", [[3]]),
            {"headers": ["a", "Password"], "headers_type": {}, "preview": [["u1", "x"], ["u2", "y"]]},
            {"headers": ["a", "Password"], "headers_type": {}, "preview": [["u1", "***"], ["u2", "***"]]},
        ),
        (("res.users", "fields_get", []), {"password": {"type": "char"}}, {"password": {"type": "char"}}),
        (("res.users", "read", [[2]]), [{"id": 2, "password": "x"}], [{"id": 2, "password": "***"}]),
    ],
)  # fmt: skip
def test_secrets_in_answers(call: tuple[str, str, Any], result: Any, masked: Any) -> None:
    assert masked == masked_answer(*call, result)
    assert not has_secret_answer(*call) or result != masked


def test_messages() -> None:
    service = {"service": "object", "method": "execute_kw"}
    body = {
        "params": {
            **service,
            "args": ["lab", 2, 4711, "res.users", "write", [[2], {"password": "x"}]],
        }
    }
    masked = masked_request(Message.of("/jsonrpc", body), body)
    assert ["lab", 2, "***", "res.users", "write", [[2], {"password": "***"}]] == masked["params"][
        "args"
    ]
    body = {"ids": [2], "vals": {"password": "x"}}
    assert {**body, "vals": {"password": "***"}} == masked_request(
        Message.of("/json/2/res.users/write", body), body
    )
    body = {"params": {"db": "lab", "login": "admin", "password": "x"}, "id": 1}
    masked = masked_request(Message.of("/web/session/authenticate", body), body)
    assert {"db": "lab", "login": "admin", "password": "***"} == masked["params"]
    reply = {"jsonrpc": "2.0", "result": {"session_id": "x", "uid": 2}}
    assert {"session_id": "***", "uid": 2} == masked_reply(
        Message("/web/session/authenticate"), reply
    )["result"]
