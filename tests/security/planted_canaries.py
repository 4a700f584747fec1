"""A capture of each version of Odoo with a canary in every place and of every kind in which a secret may stand."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

from har_builder import ODOO, ROOT, call, exchange, page, rpc, search

from security.canary_search import Canaries
from security.planted_texts import in_code, in_paths, in_phrases, in_texts, in_uploads

VERSIONS = range(14, 20)
TABLE: dict[str, Any] = json.loads(
    (ROOT / "har2rpc" / "odoo" / "data" / "secret_fields.json").read_text("utf-8")
)
TELLING = """x_password newPassword x_api_key apiKey api-key client_secret x_passwort x_kennwort api_schluessel zugangsdaten
    geheimnis mot_de_passe mdp cle_api clé_privée jeton x_contraseña clave_api x_clave senha chave_api segredo chiave_api
    segreto credenziali wachtwoord api_sleutel toegangscode otp passphrase smtp_pass security_code private_key""".split()


def planted(version: int) -> list[dict[str, Any]]:
    """The entries of the capture, in order."""
    new = Canaries()
    opening = page(
        server_version=f"{version}.0", browser_cache_secret=new.new(), csrf_token=new.new()
    )
    return [
        opening,
        search(),
        *_in_fields(new, version),
        *_in_methods(new),
        *_in_imports(new, version),
        *_in_domains(new),
        *in_texts(new),
        *in_phrases(new),
        *in_paths(new),
        *in_code(new),
        *in_uploads(new),
        *_in_answers(new),
        *_in_sessions(new),
        *_around_calls(new),
    ]


def _in_fields(new: Canaries, version: int) -> list[dict[str, Any]]:
    """By the names of fields: of Odoo's modules, of one model, and names that tell."""
    everywhere = {name: new.new() for name in TABLE["everywhere"]}
    telling = {name: new.new() for name in TELLING}
    save = "web_save" if version >= 17 else "write"
    entries = [
        call("res.config.settings", "create", ([everywhere],), result=8),
        call("x.y", save, ([7], telling), result=[{"id": 7}]),
        call("x.y", "act", ([7],), {name: new.new() for name in TELLING}),
        call("x.y", "create", ({"line_ids": [[0, 0, {"password": new.new()}], [1, 3, {"token": new.new()}]]},), result=3),
        call("x.y", "create", ({"deep": [{"b": {"password": {"x": [new.new()]}}}]},), result=3),
        call("x.y", "act", ([7], [{"name": "password", "value": new.new()}, {"key": "a.api_key", "value": new.new()}])),
        call("x.y", "act", ([7], {"tokens": {new.plain(): True}, f"sk_live_{new.plain()}": 1})),
        call("res.users", "create", ([{"name": "x"}],), {"context": {"default_password": new.new(), "uid": 2}}, result=9),
        call("x.y", "act", ([7],), {"context": {"access_token": new.new(), "uid": 2}}),
        call("res.users", "onchange", ([], {"password": new.new()}, ["password"], {}), result={"value": {"password": new.new()}}),
    ]  # fmt: skip
    for model, names in TABLE["of_models"].items():
        entries.append(call(model, "write", ([7], {name: new.new() for name in names})))
    return entries


def _in_methods(new: Canaries) -> list[dict[str, Any]]:
    """By model and method."""
    parameter = "ir.config_parameter"
    return [
        call(parameter, "set_param", ("some.name", new.new())),
        call(parameter, "set_param", (), {"key": "some.name", "value": new.new()}),
        call(parameter, "get_param", ("some.name", new.new()), result=new.new()),
        call(parameter, "create", ([{"key": "a.b", "value": new.new()}],), result=4),
        call(parameter, "write", ([4], {"value": new.new()})),
        call(parameter, "name_create", (new.new(),), result=[4, new.new()]),
        call(parameter, "search_read", (), {"domain": [["value", "=", new.new()]], "fields": []}, result=[{"id": 4, "value": new.new()}]),
        call("ir.default", "set", ("res.users", "password", new.new())),
        call("res.users", "change_password", (new.new(), new.new())),
        call("change.password.own", "web_save", ([], {"new_password": new.new(), "confirm_password": new.new()})),
        call("res.users.identitycheck", "run_check", ([1],), {"password": new.new()}),
        call("res.users.identitycheck", "run_check", ([1],), {"context": {"password": new.new(), "uid": 2}}),
        call("res.users.apikeys", "write", ([1], {"key": new.new()})),
        call("res.users.apikeys", "_generate", ("rpc", "x"), result=new.new()),
        call("res.users.apikeys.description", "make_key", ([1],), result={"type": "ir.actions.act_window", "res_model": "res.users.apikeys.show", "context": {"default_key": new.new()}}),
        call("res.users.apikeys.show", "onchange", ([], {"key": new.new()}, [], {}), {"context": {"default_key": new.new(), "uid": 2}}),
        call("auth_totp.wizard", "write", ([1], {"code": new.new(), "secret": new.new(), "url": f"otpauth://totp/x?secret={new.plain()}"})),
        call("x.y", "set_api_key", ([7], new.new())),
        call("x.y", "get_access_token", ([7],), result=new.new()),
    ]  # fmt: skip


def _in_imports(new: Canaries, version: int) -> list[dict[str, Any]]:
    """The password column of a list of users: sent by a program, and previewed and imported by a person."""
    rows = [["u1", new.new()], ["u2", new.new()], ["u3", new.new()]]
    columns = [list(column) for column in zip(*rows, strict=True)]
    preview = {"headers": ["Login", "Password"], "matches": {"0": ["login"], "1": ["password"]}}
    preview |= {"preview": columns, "header_types": {}} if version >= 15 else {"preview": rows}
    options = {
        "has_headers": True,
        "skip": 0,
        "fallback_values": {"password": {"value": new.new()}},
    }
    execute = "execute_import" if version >= 15 else "do"
    imports = "base_import.import"
    arguments = ([3], ["login", "password"], ["login", "password"], options)
    return [
        call("res.users", "load", (["login", "password"], [["u", new.new()]]), result={"ids": [1], "messages": []}),
        call("res.users", "load", (), {"fields": ["child_ids/api_key"], "data": [[new.new()]]}, result={"ids": [1]}),
        call(imports, "create", ({"res_model": "res.users"},), result=3),
        call(imports, "parse_preview", ([3], options), {"count": 10}, result=preview),
        call(imports, execute, arguments, {"dryrun": False}, result={"messages": [], "ids": [1, 2, 3]}),
        call("res.users", "export_data", ([2], ["login", "password"]), result={"datas": [["admin", new.new()]]}),
    ]  # fmt: skip


def _in_domains(new: Canaries) -> list[dict[str, Any]]:
    domains: list[Any] = [
        [["signup_token", "=", new.new()]],
        ["|", ["a", "=", 1], ["partner_id.access_token", "in", [new.new(), new.new()]]],
        [["a", "any", [["access_token", "not ilike", new.new()]]]],
        [["api_key_ids.key", "=", new.new()], ["ir_server_id.smtp_user", "=", new.new()]],
    ]
    text = f"[('partner_id.access_token', '=', '{new.plain()}'), ('token', 'in', ['a', '{new.plain()}'])]"
    return [
        *(
            call("x.y", "search_read", (), {"domain": domain, "fields": ["name"]}, result=[])
            for domain in domains
        ),
        call("ir.filters", "create", ({"domain": text, "context": f"{{'default_password': '{new.plain()}'}}"},), result=5),
        call("ir.filters", "create_or_replace", ({"domain": json.dumps([["access_token", "=", new.new()]])},), result=5),
        call("res.users", "name_search", ("x",), {"args": [["password", "=", new.new()]]}, result=[]),
        call("x.y", "read_group", ([["token", "=", new.new()]], ["token"], ["token"]),
             result=[{"token": new.new(), "token_count": 1, "__domain": [["token", "=", new.new()]]}]),
    ]  # fmt: skip


def _in_answers(new: Canaries) -> list[dict[str, Any]]:
    record = {
        "id": 2,
        "name": "M",
        "password": new.new(),
        "access_token": new.new(),
        "pin": new.new(),
    }
    secret, other = new.new(), new.plain()
    data = {"name": "odoo.exceptions.UserError", "message": secret, "arguments": [secret]}
    trace = {"debug": f"Traceback (most recent call last):\n  x\nUserError: {secret}"}
    error = {"code": 200, "message": f"wrong: {secret}", "data": {**data, **trace}}
    said = {"name": "odoo.exceptions.UserError", "message": f"{other} is too short"}
    refusal = {"code": 200, "message": "Odoo Server Error", "data": said}
    return [
        call("res.users", "read", ([2], ["name", "password", "access_token", "pin"]), result=[record]),
        call("res.users", "web_read", ([2],), {"specification": {"password": {}}}, result=[{**record, "password": new.new()}]),
        call("res.users", "web_search_read", (), {"domain": [], "specification": {"name": {}, "password": {}}}, result={"length": 1, "records": [{**record, "password": new.new()}]}),
        call("res.partner", "message_read", ([7],), result=[{"body": f"/x?access_token={new.plain()}"}]),
        call("res.users", "write", ([2], {"password": secret}), error=error),
        call("res.users", "write", ([2], {"new_password": other}), error=refusal),
    ]  # fmt: skip


def _in_sessions(new: Canaries) -> list[dict[str, Any]]:
    """What opens a session, in each protocol."""
    login = {"db": "lab", "login": "admin", "password": new.new()}
    session = {
        "uid": 2,
        "db": "lab",
        "username": "admin",
        "session_id": new.new(),
        "access_token": new.new(),
    }
    called = ["lab", 2, new.new(), "res.users", "write", [[2], {"password": new.new()}]]
    xml = (
        "<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName><params><param><value><string>db</string>"
        f"</value></param><param><value><int>2</int></value></param><param><value><string>{new.plain()}</string></value>"
        "</param></params></methodCall>"
    )
    return [
        rpc("/web/session/authenticate", login, session),
        exchange("/web/login", f"csrf_token={new.plain()}&login=admin&password={new.plain()}&db=lab", "<html>", status=303),
        rpc("/jsonrpc", {"service": "common", "method": "authenticate", "args": ["lab", "admin", new.new(), {}]}, 2),
        rpc("/jsonrpc", {"service": "object", "method": "execute_kw", "args": called}),
        rpc("/jsonrpc", {"service": "object", "method": "execute", "args": ["lab", 2, new.new(), "x.y", "read", [7]]}),
        rpc("/jsonrpc", {"service": "db", "method": "create_database", "args": [new.new(), "lab", False, "en", new.new()]}),
        rpc("/web/session/change_password", {"fields": [{"name": "old_pwd", "value": new.new()}, {"name": "new_password", "value": new.new()}]}),
        exchange("/xmlrpc/2/object", xml),
        exchange("/xmlrpc/2/object", _xml_call("K", "ir.config_parameter", "set_param", "a.secret", new.plain())),
        exchange("/xmlrpc/2/object", _xml_call("K", "ir.config_parameter", "get_param", "a.secret"), _xml_answer(new.plain())),
        exchange("/xmlrpc/2/object", _xml_call(f"<![CDATA[{new.plain()}]]>", "x.y", "read", "7"), _xml_answer("x")),
        exchange("/json/2/ir.config_parameter/get_param", {"key": "a.secret"}, json.dumps(new.new())),
        rpc("/jsonrpc", {"service": "db", "method": "change_admin_password", "args": [new.new(), new.new()]}),
        exchange("/json/2/res.users/write", {"ids": [2], "vals": {"password": new.new()}}, True),
    ]  # fmt: skip


def _xml_call(key: str, model: str, method: str, *args: str) -> str:
    given = "".join(f"<value><string>{arg}</string></value>" for arg in args)
    values = (
        "<string>lab</string>",
        "<int>2</int>",
        f"<string>{key}</string>",
        model,
        f"<string>{method}</string>",
    )
    params = [*values, f"<array><data>{given}</data></array>"]
    return (
        "<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName><params>"
        + "".join(f"<param><value>{param}</value></param>" for param in params)
        + "</params></methodCall>"
    )


def _xml_answer(text: str) -> str:
    return f"<methodResponse><params><param><value><string>{text}</string></value></param></params></methodResponse>"


def _around_calls(new: Canaries) -> list[dict[str, Any]]:
    """Headers, cookies, URLs, storage, messages of websockets, packed bodies."""
    headers = [
        {"name": "Cookie", "value": f"session_id={new.plain()}; td_id={new.plain()}"},
        {"name": "Authorization", "value": f"Bearer {new.plain()}"},
        {"name": "X-Openerp-Session-Id", "value": new.plain()},
        {"name": "Referer", "value": f"{ODOO}/web?access_token={new.plain()}"},
        {"name": "Refresh", "value": f"0;url=/my/orders/7?access_token={new.plain()}"},
        {"name": "Sec-WebSocket-Protocol", "value": f"bearer, {new.plain()}"},
        {"name": "X-OTP", "value": new.plain()},
    ]
    read = {"model": "res.partner", "method": "read", "args": [[7]], "kwargs": {}}
    body = {"jsonrpc": "2.0", "params": read, "id": 1}
    answer = {"jsonrpc": "2.0", "id": 1, "result": [{"id": 7, "password": new.plain()}]}
    raw = json.dumps(answer).encode()
    packed = exchange("/web/dataset/call_kw", body, "x")
    packed["response"]["content"] |= {"text": base64.b64encode(raw).decode(), "encoding": "base64"}
    zipped = exchange("/web/dataset/call_kw", body, "x")
    zipped["response"]["content"] |= {
        "text": base64.b64encode(gzip.compress(raw)).decode(),
        "encoding": "base64",
    }
    query = f"?access_token={new.plain()}&session_id={new.plain()}&api_key={new.plain()}"
    return [
        exchange(f"https://admin:{new.plain()}@odoo.example/web/dataset/call_kw{query}", body, answer, headers=headers),
        exchange(f"/odoo{query}#token={new.plain()}", answer=f'<script>odoo = {{csrf_token: "{new.plain()}"}};</script>'),
        packed,
        zipped,
        _of_type("image/png", packed),
        _of_type("text/css", exchange("/x", body, answer)),
        exchange(f"/web/login?redirect=/my/orders/7?access_token={new.plain()}", answer="<html>"),
        {**search(), "_sentHeaders": [["Authorization", new.plain()]]},
        {**search(), "_webSocketMessages": [{"type": "send", "opcode": 2, "data": base64.b64encode(raw).decode()}]},
        {**search(), "_webSocketMessages": [{"type": "send", "data": json.dumps({"password": new.plain()})}]},
        {**search(), "_localStorage": [{"name": "anything", "value": new.plain()}]},
    ]  # fmt: skip


def _of_type(mime_type: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The same entry with an answer that says it is something else."""
    content = {**entry["response"]["content"], "mimeType": mime_type}
    return {**entry, "response": {**entry["response"], "content": content}}
