"""The table "what counts as a call", row by row, and the outcomes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from har2rpc.model import Exchange, Where
from har2rpc.odoo import answers, routes, urls

ME = {"uid": 2, "lang": "en_US"}
D = "/web/dataset"


def posted(path: str, params: Any, answer: str | None = None, **more: Any) -> Exchange:
    url = path if "://" in path else f"https://odoo.example{path}"
    body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1})
    return Exchange(Where("c.har", 1), url, "POST", body, 200, answer, **more)


def recognised(path: str, params: Any) -> Any:
    exchange = posted(path, params)
    return routes.recognize(exchange, routes.json_body(exchange))


def kw(**more: Any) -> dict[str, Any]:
    return {"model": "m", "method": "go", "args": [[7]], "kwargs": {"a": 1, "context": ME}, **more}


def program(method: str, *args: Any, service: str = "object") -> dict[str, Any]:
    return {"service": service, "method": method, "args": list(args)}


# path, params → route, method, args, kwargs, context, uid
TABLE: list[tuple[str, Any, tuple[Any, ...]]] = [
    (f"{D}/call_kw", kw(), (f"{D}/call_kw", "go", [[7]], {"a": 1}, ME, 2)),
    (f"{D}/call_kw/m/go", kw(), (f"{D}/call_kw", "go", [[7]], {"a": 1}, ME, 2)),
    (f"{D}/call_kw/x/other", kw(), (f"{D}/call_kw", "go", [[7]], {"a": 1}, ME, 2)),
    (f"{D}/call_kw?debug=1", kw(), (f"{D}/call_kw", "go", [[7]], {"a": 1}, ME, 2)),
    (f"{D}/call_button", kw(), (f"{D}/call_button", "go", [[7]], {"a": 1}, ME, 2)),
    (f"{D}/call_button/m/go", kw(), (f"{D}/call_button", "go", [[7]], {"a": 1}, ME, 2)),
    # Odoo 12: the context is the last positional argument
    (
        f"{D}/call_button",
        {"model": "m", "method": "go", "domain_id": None, "context_id": 1, "args": [[7], ME]},
        (f"{D}/call_button", "go", [[7]], {}, ME, 2),
    ),
    (
        f"{D}/call_button",
        {"model": "m", "method": "go", "args": [[7]]},
        (f"{D}/call_button", "go", [[7]], {}, {}, None),
    ),
    (f"{D}/call", kw(), (f"{D}/call", "go", [[7]], {}, {}, None)),
    (
        f"{D}/search_read",
        {"model": "m", "fields": ["a"], "domain": [], "limit": 80, "sort": "a", "context": ME},
        (
            f"{D}/search_read",
            "search_read",
            [],
            {"domain": [], "fields": ["a"], "limit": 80, "order": "a"},
            ME,
            2,
        ),
    ),
    (f"{D}/search_read", {"model": "m"}, (f"{D}/search_read", "search_read", [], {}, {}, None)),
    (
        f"{D}/load",
        {"model": "m", "id": 7, "fields": ["a"]},
        (f"{D}/load", "read", [[7]], {}, {}, None),
    ),
    (
        f"{D}/resequence",
        {"model": "m", "ids": [3, 1], "field": "rank", "offset": 4, "context": ME},
        (f"{D}/resequence", "resequence", [[3, 1]], {"field": "rank", "offset": 4}, ME, 2),
    ),
    (
        f"{D}/resequence",
        {"model": "m", "ids": [3]},
        (f"{D}/resequence", "resequence", [[3]], {}, {}, None),
    ),
    (
        "/jsonrpc",
        program("execute_kw", "db", 5, "key", "m", "go", [[7]], {"a": 1, "context": {"lang": "x"}}),
        ("/jsonrpc", "go", [[7]], {"a": 1}, {"lang": "x"}, 5),
    ),
    (
        "/jsonrpc",
        program("execute_kw", "db", "5", "key", "m", "go", [[7]]),
        ("/jsonrpc", "go", [[7]], {}, {}, 5),
    ),
    ("/jsonrpc", program("execute_kw", "db", 5, "k", "m", "go"), ("/jsonrpc", "go", [], {}, {}, 5)),
    (
        "/jsonrpc",
        program("execute", "db", 5, "key", "m", "go", [7], "x"),
        ("/jsonrpc", "go", [[7], "x"], {}, {}, 5),
    ),
]


@pytest.mark.parametrize("path, params, expected", TABLE, ids=lambda value: str(value)[:60])
def test_each_route_is_read_as_the_table_says(path: str, params: Any, expected: Any) -> None:
    found = recognised(path, params)
    actual = (found.route, found.method, found.args, found.kwargs, found.context, found.uid)
    assert (expected, "m") == (actual, found.model)


@pytest.mark.parametrize(
    "url, server",
    [
        ("https://x.com/web/dataset/call_kw", "https://x.com"),
        ("https://x.com/erp/web/dataset/call_kw/a/b", "https://x.com/erp"),
        ("http://x.com:8069/a/b/jsonrpc", "http://x.com:8069/a/b"),
        ("https://x.com/erp/web/dataset/call_kw?x=/web/dataset/call_kw", "https://x.com/erp"),
    ],
)
def test_the_mount_path_belongs_to_the_server(url: str, server: str) -> None:
    params = program("execute_kw", "d", 2, "k", "m", "go") if "jsonrpc" in url else kw()
    assert server == recognised(url, params).url


@pytest.mark.parametrize(
    "url, server",
    [
        ("https://x.com/odoo/action-1", "https://x.com"),
        ("https://x.com/erp/web?debug=1", "https://x.com/erp"),
        ("wss://x.com/websocket?version=19.0-2", "https://x.com"),
        ("https://me:pw@x.com:1/web/login", "https://x.com:1"),
        ("https://x.com/shop/7", "https://x.com"),
    ],
)
def test_the_server_of_a_page(url: str, server: str) -> None:
    assert server == urls.server_url(url)


@pytest.mark.parametrize(
    "path, params",
    [
        ("/web/dataset/call_kwargs", kw()),
        ("/web/dataset/callkw", kw()),
        ("/mail/data", {}),
        ("/jsonrpc", program("login", "db", "me", "pw", service="common")),
        ("/jsonrpc", program("list", service="db")),
        ("/jsonrpc", program("exec_workflow", "db", 2, "k", "m", "go")),
    ],
)
def test_other_routes_are_no_calls(path: str, params: Any) -> None:
    assert None is recognised(path, params)


@pytest.mark.parametrize(
    "params, skipped",
    [
        ([1], "without params"),
        (None, "without params"),
        ({}, "without a model or method"),
        (kw(model=7), "without a model or method"),
        (kw(method=""), "without a model or method"),
        (kw(args=json.loads("[" * 300 + "]" * 300)), "nested deeper"),
    ],
)
def test_what_looks_like_a_call_and_is_none_is_told(params: Any, skipped: str) -> None:
    assert recognised("/web/dataset/call_kw", params).startswith("c.har#1: ")
    assert skipped in recognised("/web/dataset/call_kw", params)


@pytest.mark.parametrize("uid", [True, False, 0, -1, "x", None, 2.0, [2]])
def test_what_is_no_uid_is_none(uid: Any) -> None:
    assert None is recognised(f"{D}/call_kw", kw(kwargs={"context": {"uid": uid}})).uid


@pytest.mark.parametrize("filler", ["", "x" * 20_000], ids=["small", "large"])
@pytest.mark.parametrize(
    "answer, outcome",
    [
        ('{"jsonrpc": "2.0", "id": 1, "result": ["%s"]}', "ok"),
        ('{"jsonrpc": "2.0", "id": 1, "result": null, "x": "%s"}', "ok"),
        ('{"jsonrpc": "2.0", "id": null, "error": {"message": "%s"}}', "error"),
        ('{"jsonrpc": "2.0", "id": 1, "x": "%s"}', "none"),
        ('{"jsonrpc": "2.0", "id": 1, "result": ["%s', "missing"),
        ('<html>"result": %s</html>', "missing"),
        ('["%s"]', "missing"),
        ('{"x": "%s"}', "missing"),
    ],
)
def test_outcomes_are_told_from_the_answer(answer: str, outcome: str, filler: str) -> None:
    assert outcome == answers.outcome_of(posted("/jsonrpc", {}, answer % filler))


def test_no_answer_is_missing() -> None:
    assert "missing" == answers.outcome_of(posted("/jsonrpc", {}, None))
    assert "missing" == answers.outcome_of(posted("/jsonrpc", {}, ""))


@pytest.mark.parametrize(
    "url, method, interest",
    [
        ("https://x.com/web/dataset/call_kw", "POST", "head"),
        ("https://x.com/web/login", "POST", True),
        ("https://x.com/web/session/authenticate", "POST", True),
        ("https://x.com/web/action/load", "POST", "head"),
        ("https://x.com/odoo", "GET", True),
        ("https://x.com/web/assets/1/web.assets.min.js", "GET", False),
        ("https://x.com/web/image?model=x&id=7", "GET", False),
        ("https://x.com/a.PNG?x=1", "GET", True),
        ("data:image/png;base64,AAAA", "GET", False),
        ("https://x.com/web/dataset/call_kw", "OPTIONS", False),
    ],
)
def test_what_is_of_interest(url: str, method: str, interest: bool) -> None:
    assert interest == urls.interest_in(url, method)


@pytest.mark.parametrize(
    ("model", "method"),
    [
        ("res.partner/unlink?x=", "read"),
        ("res.partner", "read/../unlink"),
        ("res.partner\x1b[2K", "read"),
        ("Res.Partner", "read"),
        ("res partner", "read"),
        ("res.partner", "r\u0435ad"),  # Cyrillic
        ("res.partner", "7read"),
        ("res.partner", "read\n"),
        ("res.partner\n", "read"),
        ("res.partner", "read\0"),
        ("..", "read"),
        ("res..partner", "read"),
        (".res.partner", "read"),
    ],
)
def test_what_no_odoo_can_have_called_is_refused_with_a_word(model: str, method: str) -> None:
    named = {"model": model, "method": method, "args": [], "kwargs": {}}
    sql = {"service": "object", "method": "execute_kw", "args": ["db", 2, "key", model, method, []]}
    for route, params in (("/web/dataset/call_kw/res.partner/read", named), ("/jsonrpc", sql)):
        said = recognised(route, params)
        assert isinstance(said, str) and said.endswith("; left out") and "name" in said
