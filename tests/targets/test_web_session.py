"""python-web: one login for all that it does, the calls as the client sent them, and each way in which none succeeds."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page

from targets.calls import CASES, CONTEXT
from targets.conftest import Stage
from targets.odoo_stub import KEY, SESSION_ID, Asked
from targets.running import able, code, run, stub, variables

pytestmark = pytest.mark.parametrize("target", able("python-web"))

LOG_IN_AGAIN = "the session has expired: log in again"


def answering(status: str, kind: str, text: str, **headers: str) -> Any:
    """A server that answers everything alike."""

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        body = text.encode()
        length = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response(status, [*length, *headers.items()])
        return [body]

    return answer


def session_info(**info: Any) -> str:
    """The answer to a login."""
    return json.dumps({"jsonrpc": "2.0", "id": 1, "result": info})


def test_the_clients_own_calls_are_sent(target: str, tmp_path: Path, stage: Stage) -> None:
    specification = {"name": {}, "country_id": {"fields": {"display_name": {}}}}
    search = {"domain": [["name", "ilike", "Azure"]], "specification": specification, "limit": 80}
    found = [{"id": 7, "name": "Azure", "country_id": {"id": 1, "display_name": "Chile"}}]
    entries = (
        call("res.partner", "web_search_read", [], search, result={"length": 1, "records": found}),
        call("res.partner", "web_read", [[7]], {"specification": specification}, result=found),
        call("res.partner", "web_save", [[7], {"phone": "1"}], {"specification": specification}),
        call(
            "res.partner",
            "web_save",
            [[], {"name": "New"}],
            {"specification": {}},
            result=[{"id": 8}],
        ),
    )
    text = code(tmp_path, target, page(), *entries, options=("--all",))
    answers = {
        "web_search_read": {"length": 1, "records": found},
        "web_read": found,
        "web_save": [{"id": 8}],
    }
    stage.app = odoo = stub(target, lambda asked: answers[asked.method])
    odoo.knows_clients = False
    ran = run(text, target, variables(stage.url, target), "--write")
    assert 0 == ran.status, ran.said
    context = {"context": CONTEXT}
    assert [
        Asked("web", "res.partner", "web_search_read", [], {**search, **context}),
        Asked("web", "res.partner", "web_read", [[7]], {"specification": specification, **context}),
        Asked(
            "web",
            "res.partner",
            "web_save",
            [[7], {"phone": "1"}],
            {"specification": {}, **context},
        ),
        Asked(
            "web",
            "res.partner",
            "web_save",
            [[], {"name": "New"}],
            {"specification": {}, **context},
        ),
    ] == odoo.asked
    assert ["authenticate"] == odoo.beside
    assert found == ran.printed["partners"] and 8 in ran.printed.values()
    given = run(
        text,
        target,
        variables(stage.url, target),
        then="search_partners_by_name('Deco', limit=5)",
    )
    assert (0, found) == (given.status, given.printed)
    assert [["name", "ilike", "Deco"]] == odoo.asked[-1].kwargs["domain"]
    assert 5 == odoo.asked[-1].kwargs["limit"]


def test_a_session_of_the_browser_needs_no_password(
    target: str, tmp_path: Path, stage: Stage
) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = odoo = stub(target, [])
    given = variables(stage.url, target, ODOO_PASSWORD="", ODOO_LOGIN="")
    assert 0 == run(text, target, {**given, "ODOO_SESSION_ID": SESSION_ID}).status
    assert ["get_session_info"] == odoo.beside and 1 == len(odoo.asked)
    ran = run(text, target, {**given, "ODOO_SESSION_ID": "0ld5e55104"})
    assert f"{LOG_IN_AGAIN} in the browser, and set ODOO_SESSION_ID" in ran.said
    assert (1, 1) == (ran.status, len(odoo.asked))
    ran = run(text, target, given)
    assert "set ODOO_DB, ODOO_LOGIN and ODOO_PASSWORD first, or ODOO_SESSION_ID" == ran.said


def test_a_login_with_two_factors_says_what_to_do(
    target: str, tmp_path: Path, stage: Stage
) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = answering("200 OK", "application/json", session_info(uid=None))
    ran = run(text, target, variables(stage.url, target))
    assert 1 == ran.status
    assert "two factors" in ran.said and "ODOO_SESSION_ID" in ran.said


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            answering("502 Bad Gateway", "text/html", "<h1>Bad Gateway</h1>"),
            "HTTP 502, not an Odoo response",
        ),
        (answering("200 OK", "text/html", "<h1>It works</h1>"), "HTTP 200, not an Odoo response"),
        (answering("303 See Other", "text/html", "", Location="/web/login?"), LOG_IN_AGAIN),
        (answering("302 Found", "text/html", "", Location="https://elsewhere/"), "redirects to"),
        (answering("200 OK", "application/json", "[1]"), "not an Odoo response"),
    ],
)
def test_what_is_no_answer_is_a_sentence(
    target: str, answer: Any, words: str, tmp_path: Path, stage: Stage
) -> None:
    text = code(tmp_path, target, page(), CASES[0].entry)
    stage.app = answer
    ran = run(text, target, variables(stage.url, target))
    assert 1 == ran.status
    assert words in ran.said and KEY not in ran.said


def test_a_server_that_is_not_there(target: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    text = code(tmp_path, target, page(), CASES[0].entry)
    ran = run(text, target, variables(url, target))
    assert 1 == ran.status and f"{url} does not respond" in ran.said
