"""A login that Odoo refused is said, and never its password."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from har_builder import exchange, rpc, run, search, written

PASSWORD = "hunter-22"  # not a real one


def refused(words: str) -> dict[str, Any]:
    data = {"name": "odoo.exceptions.AccessDenied", "message": words}
    return {"code": 200, "message": "Odoo Server Error", "data": data}


def by_route(words: str = "Access Denied") -> dict[str, Any]:
    params = {"db": "demo", "login": "eve", "password": PASSWORD}
    return rpc("/web/session/authenticate", params, error=refused(words))


def by_service(method: str, result: Any = False) -> dict[str, Any]:
    args = ["demo", "eve", PASSWORD, *([{}] if method == "authenticate" else [])]
    return rpc("/jsonrpc", {"service": "common", "method": method, "args": args}, result)


def by_form(status: int = 200, **more: str) -> dict[str, Any]:
    form = urlencode({"login": "eve", "password": PASSWORD, "csrf_token": "x", **more})
    entry = exchange("/web/login", form, "<html>Wrong login/password</html>")
    entry["response"]["status"] = status
    entry["request"]["postData"]["mimeType"] = "application/x-www-form-urlencoded"
    return entry


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (by_route(), "the login as eve was refused: Access Denied"),
        (by_service("login"), "the login as eve was refused"),
        (by_service("authenticate"), "the login as eve was refused"),
        (by_form(), "the login as eve was refused: the login page appeared again"),
        (by_form(login="\x1b[8meve"), "the login as"),
    ],
)
def test_it_is_told_with_its_place(entry: dict[str, Any], told: str, tmp_path: Path) -> None:
    path = written(tmp_path, entry, search())
    for command in ("list", "whoami", "convert"):
        result = run(command, path)
        assert f"har2rpc: small.har#1: {told}" in result.stderr
        assert PASSWORD not in result.stderr + result.stdout and "\x1b" not in result.stderr
    alone = run("whoami", written(tmp_path, entry))
    assert told in alone.stderr and PASSWORD not in alone.stderr


def test_words_that_repeat_the_password_are_kept_back(tmp_path: Path) -> None:
    said = run("list", written(tmp_path, by_route(f"no user with {PASSWORD}"), search())).stderr
    assert "the login as eve was refused" in said and PASSWORD not in said


@pytest.mark.parametrize(
    "entry",
    [
        rpc("/web/session/authenticate", {"db": "d", "login": "eve"}, {"uid": 7}),
        by_service("login", 7),
        by_form(303),
        exchange("/web/login", "redirect=%2Fweb", "<html>Log in</html>"),
        rpc("/jsonrpc", {"service": "common", "method": "version", "args": []}, False),
        rpc("/web/session/get_session_info", {}, error=refused("Session expired")),
    ],
)
def test_what_is_no_refused_login_is_not_told(entry: dict[str, Any], tmp_path: Path) -> None:
    assert "was refused" not in run("list", written(tmp_path, entry, search())).stderr
