"""The Odoo that answers from a capture: what was recorded, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests

from har2rpc.model import Call, Fact, Session, VersionRange, Where, answer_of
from har2rpc.proving.mock.app import RecordedOdoo
from har2rpc.proving.mock.recordings import CallRequest
from har2rpc.proving.mock.server import serve

CONTEXT = {"lang": "en_US", "uid": 2}
CREDENTIALS = ["lab", 2, "key"]
PARTNERS = [{"id": 7, "name": "Zoë"}]
DOMAIN = [["is_company", "=", True], ["color", "=", 1]]


def call(method: str, args: list[Any], kwargs: dict[str, Any], result: Any, **more: Any) -> Call:
    facts = {
        "n": 1,
        "where": Where("some.har", 1),
        "url": "http://odoo.example",
        "route": "/web/dataset/call_kw",
        "model": "res.partner",
        "context": CONTEXT,
        "uid": 2,
        "kind": "read",
        "outcome": "ok",
        "started": "",
        "ms": 1.0,
    }
    return Call(**facts | more, method=method, args=args, kwargs=kwargs, fetch=answer_of(result))


RECORDED = [
    call("search_read", [], {"domain": DOMAIN, "limit": 80}, PARTNERS),
    call("action_archive", [[7]], {}, None, outcome="none"),
    call("unlink", [[7]], {}, None, outcome="error"),
    call("read", [[9]], {}, None, outcome="missing"),
    call("read", [[8]], {}, None, outcome="missing"),
    call("read", [[8]], {}, [{"id": 8}]),
    call("search_count", [[]], {}, 1),
    call("search_count", [[]], {}, 2),
    call("name_get", [[7]], {}, [[7, "Zoë"]], context={}),
]
FACTS = {"url": "http://odoo.example", "db": "lab", "login": "me", "uid": 2}


def session(**more: Any) -> Session:
    facts = {key: Fact(value, "some.har#1") for key, value in (FACTS | more).items()}
    return Session(facts=facts, users={2: 9})


@pytest.fixture(params=["19.0", "14.0"])
def odoo(request: pytest.FixtureRequest) -> Iterator[tuple[RecordedOdoo, str]]:
    app = RecordedOdoo(RECORDED, session(server_version=request.param), secret="key")
    with serve(app) as url:
        yield app, url


@pytest.fixture
def app(odoo: tuple[RecordedOdoo, str]) -> RecordedOdoo:
    return odoo[0]


@pytest.fixture
def url(odoo: tuple[RecordedOdoo, str]) -> str:
    return odoo[1]


def log_in(browser: requests.Session, url: str) -> dict[str, Any]:
    params = {"db": "lab", "login": "me", "password": "key"}
    info = post(f"{url}/web/session/authenticate", params, browser)["result"]
    assert {"uid": 2, "db": "lab", "username": "me"}.items() <= info.items()
    return info


def post(url: str, params: dict[str, Any], browser: Any = requests) -> dict[str, Any]:
    body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 5}
    with browser.post(url, json=body, timeout=60) as response:
        assert 200 == response.status_code
        answer = response.json()
    assert {"jsonrpc": "2.0", "id": 5}.items() <= answer.items()
    return answer


def service(url: str, name: str, method: str, *args: Any) -> dict[str, Any]:
    return post(f"{url}/jsonrpc", {"service": name, "method": method, "args": list(args)})


def execute_kw(url: str, method: str, *rest: Any, model: str = "res.partner") -> dict[str, Any]:
    return service(url, "object", "execute_kw", *CREDENTIALS, model, method, *rest)


def error(answer: dict[str, Any]) -> tuple[str, str]:
    assert "result" not in answer and "Odoo Server Error" == answer["error"]["message"]
    data = answer["error"]["data"]
    assert {"name", "debug", "message", "arguments", "context"} == set(data)
    return data["name"], data["message"]


def never(what: str) -> tuple[str, str]:
    return "odoo.exceptions.UserError", f"This call was never recorded: {what}"


SEARCH = {"domain": DOMAIN, "limit": 80, "context": CONTEXT}


def test_the_recorded_call_gets_the_recorded_answer(url: str, app: RecordedOdoo) -> None:
    assert PARTNERS == execute_kw(url, "search_read", [], SEARCH)["result"]
    assert [CallRequest("res.partner", "search_read", [], SEARCH)] == app.received


def test_the_uid_of_the_context_and_the_spelling_do_not_matter(url: str) -> None:
    other = {"context": {"uid": 6, "lang": "en_US"}, "limit": 80.0, "domain": DOMAIN}
    assert PARTNERS == execute_kw(url, "search_read", [], other)["result"]
    other["context"] = {"lang": "en_US"}
    assert PARTNERS == execute_kw(url, "search_read", [], other)["result"]


@pytest.mark.parametrize(
    "twin",
    [
        {"limit": 81},
        {"limit": "80"},
        {"limit": 0},
        {"limit": None},
        {"offset": 1},
        {"order": "name"},
        {"domain": []},
        {"domain": [["is_company", "=", 1], ["color", "=", 1]]},
        {"domain": [["is_company", "=", True], ["color", "=", True]]},
        {"domain": list(reversed(DOMAIN))},
        {"context": {}},
        {"context": {"lang": "fr_FR", "uid": 2}},
        {"context": CONTEXT | {"active_test": False}},
    ],
    ids=str,
)
def test_a_twin_is_refused(url: str, app: RecordedOdoo, twin: dict[str, Any]) -> None:
    answer = execute_kw(url, "search_read", [], SEARCH | twin)
    assert never("res.partner.search_read") == error(answer)
    assert [CallRequest("res.partner", "search_read", [], SEARCH | twin)] == app.received


@pytest.mark.parametrize(
    "said", [{"offset": 0}, {"offset": False}, {"order": ""}, {"order": None}], ids=str
)
def test_what_a_search_means_anyway_may_be_said(url: str, said: dict[str, Any]) -> None:
    assert PARTNERS == execute_kw(url, "search_read", [], SEARCH | said)["result"]


@pytest.mark.parametrize("said", [{"limit": False}, {"limit": None}, {"context": {}}], ids=str)
def test_no_limit_and_no_context_are_none(said: dict[str, Any]) -> None:
    app = RecordedOdoo([call("search", [[]], {}, [7], context={})], session(), secret="key")
    with serve(app) as url:
        assert [7] == execute_kw(url, "search", [[]], said)["result"]
        twin = execute_kw(url, "search", [[]], said | {"limit": 1})
        assert never("res.partner.search") == error(twin)


def test_of_a_method_that_is_no_search_every_argument_tells() -> None:
    app = RecordedOdoo([call("give", [], {"limit": False}, 7, context={})], session(), secret="key")
    with serve(app) as url:
        assert 7 == execute_kw(url, "give", [], {"limit": False})["result"]
        assert never("res.partner.give") == error(execute_kw(url, "give", []))


def test_another_model_or_method_is_refused(url: str) -> None:
    other = execute_kw(url, "search_read", [], SEARCH, model="res.users")
    assert never("res.users.search_read") == error(other)
    assert never("res.partner.search") == error(execute_kw(url, "search", [], SEARCH))


def test_none_is_an_answer_without_a_result(url: str) -> None:
    answer = execute_kw(url, "action_archive", [[7]], {"context": CONTEXT})
    assert {"jsonrpc": "2.0", "id": 5} == answer


def test_a_recorded_error_is_an_error(url: str) -> None:
    expected = ("odoo.exceptions.UserError", "recorded as an error: res.partner.unlink")
    assert expected == error(execute_kw(url, "unlink", [[7]], {"context": CONTEXT}))


def test_an_answer_that_is_not_in_the_capture(url: str) -> None:
    expected = ("odoo.exceptions.UserError", "no answer in the capture: res.partner.read")
    assert expected == error(execute_kw(url, "read", [[9]], {"context": CONTEXT}))
    assert [{"id": 8}] == execute_kw(url, "read", [[8]], {"context": CONTEXT})["result"]


def test_asked_again_it_answers_in_recorded_order_and_then_the_last(url: str) -> None:
    answers = [execute_kw(url, "search_count", [[]], {"context": CONTEXT}) for _ in range(3)]
    assert [1, 2, 2] == [answer["result"] for answer in answers]


def test_execute_spreads_its_arguments(url: str) -> None:
    answer = service(url, "object", "execute", *CREDENTIALS, "res.partner", "name_get", [7])
    assert [[7, "Zoë"]] == answer["result"]
    assert [[7, "Zoë"]] == execute_kw(url, "name_get", [[7]])["result"]


def test_arguments_by_position_are_the_same_by_name() -> None:
    named = {"domain": DOMAIN, "fields": ["name"], "limit": 80}
    recorded = [call("search_read", [], named, PARTNERS, context={})]
    who = (*CREDENTIALS, "res.partner", "search_read")
    with serve(RecordedOdoo(recorded, session(), secret="key")) as url:
        answer = service(url, "object", "execute", *who, DOMAIN, ["name"], 0, 80)
        assert PARTNERS == answer["result"]
        twins = [(["name"], 0, 81), (["id"], 0, 80), (["name"], 80, 80), (["name"], 0, 80, "", 1)]
        for twin in twins:
            answer = service(url, "object", "execute", *who, DOMAIN, *twin)
            assert never("res.partner.search_read") == error(answer), twin


def test_a_read_by_position_is_the_same_by_name() -> None:
    recorded = [call("read", [[7]], {"fields": ["name"]}, PARTNERS, context={})]
    who = (*CREDENTIALS, "res.partner", "read")
    with serve(RecordedOdoo(recorded, session(), secret="key")) as url:
        assert PARTNERS == service(url, "object", "execute", *who, [7], ["name"])["result"]
        for twin in (([8], ["name"]), ([7], ["id"]), ([7],)):
            answer = service(url, "object", "execute", *who, *twin)
            assert never("res.partner.read") == error(answer), twin


def test_a_call_made_by_a_translation_can_be_added(url: str, app: RecordedOdoo) -> None:
    kwargs = {"fields": ["name"], "context": {"lang": "en_US"}}
    assert never("res.partner.read") == error(execute_kw(url, "read", [[7]], kwargs))
    app.add_answer("res.partner", "read", [[7]], kwargs, PARTNERS)
    app.add_answer("res.partner", "action_unarchive", [[7]], {}, None)
    assert PARTNERS == execute_kw(url, "read", [[7]], kwargs)["result"]
    assert "result" not in (answer := execute_kw(url, "action_unarchive", [[7]]))
    assert "error" not in answer


@pytest.mark.parametrize("tail", ["", "/", "/res.partner/search_read", "/res.users/nonsense"])
def test_the_web_route_looks_at_the_body_alone(url: str, tail: str) -> None:
    params = {"model": "res.partner", "method": "search_read", "args": [], "kwargs": SEARCH}
    route = f"{url}/web/dataset/call_kw{tail}"
    with requests.Session() as browser:
        log_in(browser, url)
        assert PARTNERS == post(route, params, browser)["result"]
        twin = post(route, params | {"args": [1]}, browser)
        assert never("res.partner.search_read") == error(twin)
        del params["kwargs"]
        assert "builtins.TypeError" == error(post(route, params, browser))[0]


def test_the_web_route_needs_a_session(url: str, app: RecordedOdoo) -> None:
    params = {"model": "res.partner", "method": "search_read", "args": [], "kwargs": SEARCH}
    with requests.Session() as browser:
        refused = post(f"{url}/web/dataset/call_kw", params, browser)["error"]
        assert (100, "Odoo Session Expired") == (refused["code"], refused["message"])
        browser.cookies.set("session_id", "made up")
        assert 100 == post(f"{url}/web/dataset/call_kw", params, browser)["error"]["code"]
        browser.cookies.clear()
        info = log_in(browser, url)
        again = post(f"{url}/web/session/get_session_info", {}, browser)["result"]
        assert info == again
    assert [] == app.received


def test_a_wrong_password_opens_no_session(url: str) -> None:
    for who in (("lab", "me", "wrong"), ("lab", "you", "key")):
        params = dict(zip(("db", "login", "password"), who, strict=True))
        answer = post(f"{url}/web/session/authenticate", params)
        assert ("odoo.exceptions.AccessDenied", "Access Denied") == error(answer)


def test_the_old_list_routes_answer_as_the_method_does() -> None:
    rows = {"length": 1, "records": PARTNERS}
    old = [
        call("search_read", [], {}, rows, route="/web/dataset/search_read"),
        call("read", [[7]], {}, {"value": PARTNERS[0]}, route="/web/dataset/load"),
    ]
    with serve(RecordedOdoo(old, session(), secret="key")) as url:
        kwargs = {"context": CONTEXT}
        assert PARTNERS == execute_kw(url, "search_read", [], kwargs)["result"]
        assert PARTNERS == execute_kw(url, "read", [[7]], kwargs)["result"]


def test_login(url: str) -> None:
    assert 2 == service(url, "common", "login", "lab", "me", "key")["result"]
    assert 2 == service(url, "common", "authenticate", "lab", "me", "key", {})["result"]
    assert service(url, "common", "login", "lab", "me", "wrong")["result"] is False
    assert service(url, "common", "login", "lab", "you", "key")["result"] is False
    no_db = ("psycopg2.OperationalError", 'database "nodb" does not exist')
    assert no_db == error(service(url, "common", "login", "nodb", "me", "key"))


def test_what_the_session_does_not_know_is_not_checked() -> None:
    with serve(RecordedOdoo(RECORDED, Session(), secret="key")) as url:
        assert 2 == service(url, "common", "login", "any", "one", "key")["result"]
        assert service(url, "common", "login", "any", "one", "wrong")["result"] is False


@pytest.mark.parametrize(
    ("credentials", "name"),
    [
        (["lab", 2, "wrong"], "odoo.exceptions.AccessDenied"),
        (["lab", 2, ""], "odoo.exceptions.AccessDenied"),
        (["lab", 3, "key"], "odoo.exceptions.AccessDenied"),
        (["lab", False, "key"], "odoo.exceptions.AccessDenied"),
        (["nodb", 2, "key"], "psycopg2.OperationalError"),
    ],
    ids=str,
)
def test_wrong_credentials_are_refused(url: str, credentials: list[Any], name: str) -> None:
    rest = ["res.partner", "search_read", [], SEARCH]
    assert name == error(service(url, "object", "execute_kw", *credentials, *rest))[0]


def test_a_uid_may_be_a_string(url: str) -> None:
    rest = ["res.partner", "search_read", [], SEARCH]
    answer = service(url, "object", "execute_kw", "lab", "2", "key", *rest)
    assert PARTNERS == answer["result"]


@pytest.mark.parametrize(("version", "major", "code"), [("18.0", 18, 200), ("19.0", 19, 0)])
def test_version_and_the_code_of_errors(version: str, major: int, code: int) -> None:
    with serve(RecordedOdoo([], session(server_version=version), secret="key")) as url:
        info = service(url, "common", "version")["result"]
        assert (version, major) == (info["server_version"], info["server_version_info"][0])
        assert code == execute_kw(url, "read", [[7]])["error"]["code"]


@pytest.mark.parametrize(
    ("span", "version", "code"),
    [
        (VersionRange(17, None), "19.0", 0),
        (VersionRange(16, 18), "18.0", 200),
        (VersionRange(None, 15), "15.0", 200),
        (VersionRange(), "19.0", 0),
    ],
    ids=str,
)
def test_the_newest_of_a_guessed_range_is_played(
    span: VersionRange, version: str, code: int
) -> None:
    guesses = {"server_version": Fact(span, "call 1 is web_save")}
    facts = {key: Fact(value, "some.har#1") for key, value in FACTS.items()}
    played = Session(facts=facts, guesses=guesses)
    with serve(RecordedOdoo([], played, secret="key")) as url:
        info = service(url, "common", "version")["result"]
        assert (version, version) == (info["server_version"], info["server_serie"])
        assert code == execute_kw(url, "read", [[7]])["error"]["code"]
        there = requests.post(f"{url}/json/2/res.partner/read", json={}, timeout=9).status_code
        assert (401 if version == "19.0" else 404) == there


def test_a_saas_version_is_played_as_it_is_written() -> None:
    with serve(RecordedOdoo([], session(server_version="saas~18.3"), secret="key")) as url:
        info = service(url, "common", "version")["result"]
        assert ("saas~18.3", "saas~18.3") == (info["server_version"], info["server_serie"])
        assert ["saas~18", 3] == info["server_version_info"][:2]


def test_each_known_login_is_its_own_user() -> None:
    logins = {2: "me", 6: "demo"}
    personal = {uid: {"login": Fact(login, "some.har#1")} for uid, login in logins.items()}
    played = replace(session(), personal=personal, users={2: 9, 6: 1})
    with serve(RecordedOdoo([], played, secret="key")) as url:
        for login, uid in (("me", 2), ("demo", 6), ("boss", False)):
            assert uid == service(url, "common", "login", "lab", login, "key")["result"]


@pytest.mark.parametrize(
    ("method", "args"),
    [("execute_kw", [*CREDENTIALS, "m", "read"]), ("execute_kw", None), ("exec", CREDENTIALS)],
    ids=str,
)
def test_a_malformed_call_is_an_error(url: str, method: str, args: Any) -> None:
    params = {"service": "object", "method": method, "args": args}
    assert error(post(f"{url}/jsonrpc", params))[0].startswith("builtins.")


@pytest.mark.parametrize("version", ["18.0", "19.0"])
def test_requests_that_are_no_json_rpc(version: str) -> None:
    json_type, form = {"Content-Type": "application/json"}, {"Content-Type": "text/plain"}
    wrong_type = 415 if version == "19.0" else 400
    with serve(RecordedOdoo([], session(server_version=version), secret="key")) as url:
        for path, body, headers, status in (
            ("/jsonrpc", b'{"params": {', json_type, 400),
            ("/jsonrpc", b"\xff", json_type, 400),
            ("/jsonrpc", b"[]", json_type, 400),
            ("/jsonrpc", b"{}", form, wrong_type),
            ("/web/dataset/call_kw", b"{}", form, wrong_type),
            ("/web/dataset/call_kwargs", b"{}", json_type, 404),
            ("/web", b"{}", json_type, 404),
        ):
            with requests.post(url + path, data=body, headers=headers, timeout=60) as response:
                assert (path, status) == (path, response.status_code)
