"""No password, session id, key or token that a capture holds comes out again, anywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from generated.secrets_of import leaked, secrets_of
from har_builder import (
    CAPTURES,
    NO_CAPTURES,
    call,
    captures,
    exchange,
    har,
    page,
    rpc,
    run,
    search,
    targets,
    written,
)

from har2rpc import pipeline
from har2rpc.model import ConvertOptions, Har2rpcError


def planted(n: int) -> str:
    """A secret that cannot be there by accident."""
    return f"S3cr3t-{n:02}-Zq"


P = [planted(n) for n in range(100)]
HEADERS = [
    {"name": "Cookie", "value": f"session_id={P[1]}; td_id={P[2]}"},
    {"name": "Authorization", "value": f"Bearer {P[3]}"},
    {"name": "X-Openerp-Session-Id", "value": P[4]},
    {"name": "X-CSRF-Token", "value": P[5]},
]
SIGNED = f"?access_token={P[30]}&session_id={P[31]}&token={P[32]}&api_key={P[33]}"
FORM = f"csrf_token={P[6]}&login=admin&password={P[7]}&db=lab"


def raw(url: str, **more: Any) -> dict[str, Any]:
    params = {"model": "res.partner", "method": "read", "args": [[7]], "kwargs": {}}
    body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
    return exchange(url, body, {"jsonrpc": "2.0", "id": 1, "result": []}, **more)


PLACES: dict[str, dict[str, Any]] = {
    "request headers": raw("/web/dataset/call_kw", headers=HEADERS),
    "login form": exchange("/web/login", FORM, "<html>", status=303),
    "refused login form": exchange("/web/login", FORM, "<html>"),
    "authenticate": rpc(
        "/web/session/authenticate",
        {"db": "lab", "login": "admin", "password": P[8]},
        {"uid": 2, "db": "lab", "username": "admin", "session_id": P[9], "access_token": P[10]},
    ),
    "session info": page(browser_cache_secret=P[11], session_id=P[12], csrf_token=P[13]),
    "user info in the URL": raw(f"https://admin:{P[14]}@odoo.example/web/dataset/call_kw"),
    "query": raw(f"/web/dataset/call_kw/res.partner/read{SIGNED}"),
    "query of the page": exchange(f"/odoo{SIGNED}", answer="<html>"),
    "query of another route": rpc(f"/mail/data{SIGNED}", {"token": P[34]}),
    "fragment": raw(f"/web/dataset/call_kw#access_token={P[35]}"),
    "execute_kw": rpc(
        "/jsonrpc",
        {
            "service": "object",
            "method": "execute_kw",
            "args": ["lab", 2, P[15], "res.partner", "read", [[7]]],
        },
    ),
    "execute": rpc(
        "/jsonrpc",
        {
            "service": "object",
            "method": "execute",
            "args": ["lab", 2, P[16], "res.partner", "read", [7]],
        },
    ),
    "common.login": rpc(
        "/jsonrpc", {"service": "common", "method": "login", "args": ["lab", "admin", P[17]]}, 2
    ),
    "common.authenticate": rpc(
        "/jsonrpc",
        {"service": "common", "method": "authenticate", "args": ["lab", "admin", P[18], {}]},
        2,
    ),
    "db.create": rpc(
        "/jsonrpc",
        {"service": "db", "method": "create_database", "args": [P[19], "lab", False, "en", P[20]]},
    ),
    "new user": call("res.users", "create", ([{"name": "x", "password": P[21]}],), result=[9]),
    "new user in a form": call(
        "res.users",
        "web_save",
        ([], {"name": "x", "new_password": P[22], "line_ids": [[0, 0, {"api_key": P[23]}]]}),
        result=[{"id": 9, "new_password": P[24]}],
    ),
    "password changed": call("res.users", "change_password", (P[25], P[26])),
    "password wizard": call(
        "change.password.own", "web_save", ([], {"new_password": P[27], "confirm_password": P[28]})
    ),
    "password by write": call("res.users", "write", ([9], {"password": P[29]})),
    "onchange": call(
        "res.users",
        "onchange",
        ([], {"password": P[40]}, ["password"], {}),
        result={"value": {"password": P[41]}},
    ),
    "set_param": call("ir.config_parameter", "set_param", ("some.name", P[42])),
    "parameter by name": call(
        "ir.config_parameter", "set_param", (), {"key": "some.name", "value": P[43]}
    ),
    "parameter": call("ir.config_parameter", "create", ([{"key": "a.b", "value": P[44]}],)),
    "parameter by write": call("ir.config_parameter", "write", ([7], {"value": P[45]})),
    "identity check": call("res.users.identitycheck", "run_check", ([1],), {"password": P[46]}),
    "identity in the context": call(
        "res.users.identitycheck", "run_check", ([1],), {"context": {"password": P[47], "uid": 2}}
    ),
    "new API key": call(
        "res.users.apikeys.description",
        "make_key",
        ([1],),
        result={"type": "ir.actions.act_window", "context": {"default_key": P[48]}},
    ),
    "shown API key": call(
        "res.users.apikeys.show", "onchange", ([], {"key": P[49]}, [], {}), {"context": {"default_key": P[50], "uid": 2}}
    ),
    "two factors": call("auth_totp.wizard", "write", ([1], {"code": P[51], "secret": P[52]})),
    "two factors in a form": call(
        "auth_totp.wizard", "web_save", ([1], {"url": f"otpauth://totp/x?secret={P[53]}"})
    ),
    "mail server": call(
        "ir.mail_server", "create", ([{"smtp_user": "x", "smtp_pass": P[54]}],), result=[3]
    ),
    "payment provider": call(
        "payment.provider",
        "write",
        ([1], {"stripe_secret_key": P[55], "stripe_webhook_secret": P[56], "paypal_pdt_token": P[57]}),
    ),
    "searched": call(
        "res.users", "search_read", (), {"domain": [["signup_token", "=", P[58]]], "fields": []}
    ),
    "searched inside": call(
        "res.users",
        "web_search_read",
        (),
        {"domain": ["|", ["a", "any", [["access_token", "=", P[59]]]], ["b", "=", 1]], "specification": {}},
    ),
    "context": call("res.partner", "act", ([7],), {"context": {"access_token": P[60], "uid": 2}}),
    "default": call(
        "res.users", "create", ([{"name": "x"}],), {"context": {"default_password": P[61], "uid": 2}}
    ),
    "deep": call("x.y", "act", ([7], {"a": [{"b": {"password": {"x": [P[62]]}}}]})),
    "link in a value": call(
        "res.partner", "write", ([7], {"website": f"https://x.example/y?access_token={P[63]}"})
    ),
    "user info in a value": call(
        "res.partner", "write", ([7], {"website": f"https://me:{P[64]}@x.example/"})
    ),
    "answer": call("res.users", "read", ([2],), result=[{"id": 2, "password": P[65]}]),
    "error": call(
        "res.partner", "read", ([7],), error={"code": 200, "message": P[66], "data": {"debug": P[67]}}
    ),
    "broken body": exchange("/web/dataset/call_kw", f'{{"params": "{P[68]}', P[69]),
    "wrong body": rpc("/web/dataset/call_kw", {"password": P[70], "model": {"x": P[71]}}),
    "camel case": call("x.y", "act", ([7], {"apiKey": P[72], "accessToken": P[73], "clientSecret": P[74]})),
    "dashes": call("x.y", "act", ([7], {"api-key": P[75], "client-secret": P[76]})),
    "key as a list": call("res.users", "write", ([2], {"password": [P[77]]})),
    "settings": call(
        "res.config.settings", "web_save", ([], {"google_gmail_client_secret": P[80], "fcm_private_key": P[81]})
    ),
    "other words": call("x.y", "act", ([7], {"passphrase": P[82], "pin": P[83], "credentials": P[84]})),
}  # fmt: skip


COMMANDS: list[tuple[str, ...]] = [
    ("list", "--all"),
    ("list", "--json", "--all"),
    ("whoami",),
    ("whoami", "--json"),
    ("convert", "--all"),
    ("convert", "--all", "--verbatim"),
]
MODES = ((), ("--all",), ("--all", "--verbatim"), ("--all", "--no-inputs"), ("--all", "--keep-all"))


def leaks(command: tuple[str, ...], path: str, planted_there: list[str]) -> list[str]:
    result = run(*command, path)
    said = result.stdout + result.stderr
    assert said
    return [f"{' '.join(command)}: {secret}" for secret in planted_there if secret in said]


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_secret_does_not_come_out(place: str, tmp_path: Path) -> None:
    entry = PLACES[place]
    text = json.dumps(har(entry))
    there = [secret for secret in P if secret in text]
    assert there, "nothing is planted here"
    path = written(tmp_path, search(), entry)
    assert [] == [leak for command in COMMANDS for leak in leaks(command, path, there)]


@pytest.mark.parametrize("shell", ["sh", "powershell", "dotenv"])
def test_the_variables_for_a_shell_hold_no_secret(shell: str, tmp_path: Path) -> None:
    path = written(tmp_path, *PLACES.values())
    assert [] == leaks(("whoami", "--env", shell), path, P)


@pytest.mark.parametrize("target", targets())
def test_no_target_writes_a_secret(target: str, tmp_path: Path) -> None:
    path = written(tmp_path, *PLACES.values())
    there = sorted(set(P))
    commands = [("convert", "-t", target, *mode) for mode in MODES]
    assert [] == [leak for command in commands for leak in leaks(command, path, there)]


def test_secrets_do_not_come_out_of_a_damaged_file(tmp_path: Path) -> None:
    whole = json.dumps(har(*PLACES.values()), indent=2)
    path = tmp_path / "cut.har"
    for share in (0.2, 0.5, 0.93):
        path.write_text(whole[: int(len(whole) * share)])
        for command in (("list", "--all"), ("list", "--json", "--all"), ("whoami",)):
            result = run(*command, path)
            said = result.stdout + result.stderr
            assert [] == [secret for secret in P if secret in said]


@pytest.mark.parametrize(
    "text", ['{"password": "%s"', "password=%s", "curl -H 'Authorization: Bearer %s'", "%s"]
)
def test_secrets_do_not_come_out_of_what_is_no_capture(text: str, tmp_path: Path) -> None:
    path = tmp_path / "c.har"
    path.write_text("x" * 10 + text % P[0])
    result = run("list", path)
    assert 1 == result.exit_code
    assert P[0] not in result.stdout + result.stderr


def with_secrets() -> list[Any]:
    found = [pytest.param(p, id=p.relative_to(CAPTURES).as_posix()) for p in captures()]
    skip = pytest.mark.skip(reason=NO_CAPTURES)
    return found or [pytest.param(None, marks=skip, id="captures")]


@pytest.mark.parametrize("path", with_secrets())
def test_no_secret_of_a_recorded_capture_comes_out(path: Path) -> None:
    secrets = secrets_of(path)
    if not secrets:
        return  # nothing in it that could come out
    capture = pipeline.open_capture([path])
    said = [json.dumps(pipeline.as_known(capture)), *capture.skipped]
    said += [json.dumps(pipeline.as_listed(one)) for one in capture.calls]
    said += ["\n".join(repr(one) for one in capture.calls)]
    for verbatim in (False, True):
        if capture.calls:
            steps = pipeline.actions(capture, capture.calls, ConvertOptions(verbatim=verbatim))
            for target in ("python", "locoia"):
                said.append(pipeline.render(capture, steps, target=target))
    login = {capture.session.get("login")}  # of the demo databases: the password is the same word
    assert [] == leaked(secrets - login, "\n".join(said))


def test_recorded_captures_hold_secrets_to_look_for() -> None:
    if not captures():
        pytest.skip(NO_CAPTURES)
    assert sum(bool(secrets_of(path)) for path in captures()) >= 10


def test_an_error_names_no_secret() -> None:
    with pytest.raises(Har2rpcError) as error:
        pipeline.open_capture([f"/no/such/{P[0]}.har"])
    assert "there is no such file" in str(error.value)  # the name was the user's own
