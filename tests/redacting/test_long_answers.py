"""Long answers are looked through for their words first: with `ahocorasick_rs` and without it the same is found."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from har_builder import call

from har2rpc.odoo.secret_words import has_secret_word
from har2rpc.redacting import shapes
from redacting.redacting import left_in, redacted

SECRET = "Sx7hunter2Planted0"
ROWS = [{"id": n, "country_code": "BE", "token_count": n, "shipping_key": "a"} for n in range(900)]
KINDS: dict[str, Any] = {
    "name": {"deep": [{"newPassword": SECRET}]},
    "name in another language": {"contraseña_api": SECRET},
    "name of one model": {"lines": [{"smtp_user": SECRET}]},
    "session": {"session_id": SECRET},
    "cookie of a command": {"note": f"curl https://a.example -H 'Cookie: session_id={SECRET}'"},
    "authorization": {"headers": {"Authorization": SECRET}},
    "label": {"label": "API Key", "value": SECRET},
    "action": {"res_model": "res.users.apikeys.show", "context": {"default_key": SECRET}},
    "parameter": {"res_model": "ir.config_parameter", "context": {"default_value": SECRET}},
    "text": {"note": json.dumps({"a": json.dumps({"token": SECRET})})},
    "setting": {"note": f"[options]\nadmin_passwd = {SECRET}\n"},
    "sentence": {"note": f"<p>Your new password is {SECRET}.</p>"},
    "sentence with an escape": {"note": f"Passwort \u2192 {SECRET}"},
    "second line": {"note": f"x\npin: {SECRET}\ny"},
    "table": {
        "note": f"<tr><th>A</th><th>Password</th></tr>\n<tr><td>a</td><td>{SECRET}</td></tr>"
    },
    "element": {"note": f"<a><password>{SECRET}</password></a>"},
    "escaped attribute": {"note": f"<a data-x='{{&quot;password&quot;: &quot;{SECRET}&quot;}}'>"},
    "pair": {"note": f"requests.get(url, auth=('me', \"{SECRET}\"))"},
    "pair in JSON": {"auth": ["me", SECRET]},
    "option": {"note": f"http -a me:{SECRET} GET a.example"},
    "file": {"note": f"login;password\nme;{SECRET}\n"},
    "path": {"note": f"see https://a.example/survey/start/{SECRET}"},
    "hook": {"note": f"https://hooks.zapier.com/hooks/catch/1/{SECRET}"},
}


@pytest.fixture(params=["with the extra", "without it"])
def extra(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "without it":
        monkeypatch.setitem(sys.modules, "ahocorasick_rs", None)
    for one in (shapes.anchors, shapes._hints):
        one.cache_clear()
    yield
    for one in (shapes.anchors, shapes._hints):
        one.cache_clear()


@pytest.mark.parametrize("kind", KINDS)
def test_a_secret_in_a_long_answer_is_gone(kind: str, tmp_path: Path, extra: None) -> None:
    entry = call("x.y", "read", ([7],), result=[*ROWS, KINDS[kind]])
    text = redacted(tmp_path, entry)
    assert [] == left_in(text, [SECRET]) and "redacted-" in text


def test_a_file_in_base64_is_packed_again(tmp_path: Path, extra: None) -> None:
    file = base64.b64encode(f"login;password\nme;{SECRET}\n".encode()).decode()
    text = redacted(tmp_path, call("x.y", "read", ([7],), result=[*ROWS, {"datas": file}]))
    answer = json.loads(json.loads(text)["log"]["entries"][-1]["response"]["content"]["text"])
    rest = base64.b64decode(answer["result"][-1]["datas"]).decode()
    assert rest.startswith("login;password\nme;redacted-") and SECRET not in rest


def test_of_a_description_what_is_assigned_in_its_code_is_gone(tmp_path: Path, extra: None) -> None:
    described = {"password": {"type": "char", "string": "Password"}, "api_key": {"type": "char"}}
    views = {"form": {"arch": f"<field name='a' context=\"{{'default_password': '{SECRET}'}}\"/>"}}
    answer = {"models": {"x.y": described}, "views": views, "more": ROWS}
    text = redacted(tmp_path, call("x.y", "get_views", (), {"views": []}, result=answer))
    assert [] == left_in(text, [SECRET]) and 1 == text.count("redacted-")
    assert json.dumps(json.dumps(described))[2:-2] in text


def test_a_long_answer_without_one_is_not_walked(extra: None) -> None:
    text = json.dumps([*ROWS, {"name": "pass token", "password_policy": "a b"}])
    assert not has_secret_word("x.y", text, shapes.find_hints)
    assert not has_secret_word("x.y", text)
