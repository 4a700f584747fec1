"""What came instead of an answer, and what Odoo said where it refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, exchange, product, run, written

PARAMS = {"model": "res.partner", "method": "read", "args": [[7]], "kwargs": {}}


def answered(status: int, text: str | None) -> dict[str, Any]:
    return exchange("/web/dataset/call_kw", {"params": PARAMS}, text, status=status)


@pytest.mark.parametrize(
    "status, text, said",
    [
        (429, "<html><title>429 Too Many Requests</title></html>", "HTTP 429"),
        (502, "<html>Bad Gateway</html>", "HTTP 502"),
        (303, None, "HTTP 303 (login?)"),
        (302, "", "HTTP 302 (login?)"),
        (200, '<html><form action="/web/login">', "HTTP 200, a page (login?)"),
        (200, "<html>maintenance", "HTTP 200, a page"),
        (200, None, "missing"),
        (0, None, "missing"),
    ],
)
def test_what_came_instead_of_an_answer(
    status: int, text: str | None, said: str, tmp_path: Path
) -> None:
    path = written(tmp_path, answered(status, text))
    (row,) = json.loads(product("list", "--json", path))
    assert said == row["outcome"] and "refusal" not in row
    shown = "no answer in file" if said == "missing" else said
    for option in ((), ("-v",)):
        assert shown in run("list", *option, path).stdout


def refused(name: str, message: str, values: Any = None) -> dict[str, Any]:
    error = {
        "code": 200,
        "message": "Odoo Server Error",
        "data": {"name": name, "message": message},
    }
    return call("res.partner", "write", ([7], values or {"name": "x"}), error=error)


@pytest.mark.parametrize(
    "name, message, told, listed",
    [
        ("odoo.exceptions.AccessError", "Not yours.\n\nAsk", ": Not yours.", "Not yours."),
        ("odoo.http.SessionExpiredException", "Session expired", ": Session expired", "Session expired"),
        ("builtins.TypeError", "f() got 'x'", " (TypeError): f() got 'x'", "f() got 'x'"),
        ("werkzeug.exceptions.NotFound", "404 Not Found: gone", " (NotFound): 404 Not Found: gone", "404"),
        ("odoo.exceptions.UserError", "\x1b[31mred", ": \\x1b[31mred", "red"),
    ],
)  # fmt: skip
def test_a_refusal_has_the_first_line_of_what_odoo_said(
    name: str, message: str, told: str, listed: str, tmp_path: Path
) -> None:
    path = written(tmp_path, refused(name, message))
    assert f"and Odoo refused{told}" in " ".join(run("list", path).stdout.split())
    (row,) = json.loads(product("list", "--json", path))
    assert "error" == row["outcome"] and row["refusal"].startswith(f"{name}: ")
    assert (
        listed in row["refusal"]
        and "\n" not in row["refusal"]
        and "\x1b" not in product("list", "--json", path)
    )


def test_no_secret_of_the_call_comes_with_the_refusal(tmp_path: Path) -> None:
    name = "builtins.ValueError"
    path = written(
        tmp_path,
        refused(name, "pass-7-Zq is too short", {"password": "pass-7-Zq"}),
        refused(name, "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2ln is old"),
    )
    said = run("list", path).stdout + product("list", "--json", path)
    assert "pass-7-Zq" not in said and "eyJzdWIiOiIxIn0" not in said
