"""Every place in a capture that tells who was logged in where, and what each of them is worth."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from har_builder import call, exchange, har, page, rpc, search

from har2rpc import pipeline
from har2rpc.model import Session, VersionRange


def session(*entries: dict[str, Any]) -> Session:
    source = io.BytesIO(json.dumps(har(*entries)).encode())
    return pipeline.open_capture([source]).session


def facts(*entries: dict[str, Any]) -> dict[str, Any]:
    return {key: fact.value for key, fact in session(*entries).facts.items()}


def html(before: str, info: Any) -> dict[str, Any]:
    return exchange("/web", answer=f"<script>var x = 1; {before}{json.dumps(info)};</script>")


INFO = {"uid": 6, "db": "lab", "username": "demo", "name": "Marc", "server_version": "14.0"}
FOUND = {"uid": 6, "db": "lab", "login": "demo", "name": "Marc", "server_version": "14.0"}


@pytest.mark.parametrize(
    "entry",
    [
        html("odoo.__session_info__ = ", INFO),
        html("odoo.session_info = ", INFO),
        html("odoo.session_info=", json.dumps(INFO)),  # Odoo 12: a text of JSON
        html('var s = "session_info"; odoo.__session_info__ = {}; odoo.__session_info__ = ', INFO),
        rpc("/web/session/get_session_info", {}, INFO),
        rpc("/erp/web/session/get_session_info", {}, INFO),
        rpc("/web/session/authenticate", {"db": "other", "login": "other", "password": "x"}, INFO),
    ],
    ids=["15+", "up to 14", "12", "decoys", "get_session_info", "mounted", "authenticate"],
)
def test_session_info_is_found(entry: dict[str, Any]) -> None:
    found = facts(entry)
    assert FOUND == {key: found.get(key) for key in FOUND}


def test_the_login_page_has_a_decoy_without_a_user() -> None:
    decoy = html("odoo.__session_info__ = ", {"uid": None, "db": "lab", "is_system": False})
    assert {"url", "lang"} == set(facts(decoy, call("a", "read", uid=None)))
    assert 2 == facts(decoy, search())["uid"]


def test_a_refused_login_says_nothing() -> None:
    params = {"db": "lab", "login": "intruder", "password": "x"}
    refused = rpc("/web/session/authenticate", params, error={"message": "no"})
    assert {"url", "uid", "lang"} == set(facts(refused, search()))
    asked = {"service": "common", "method": "login", "args": ["lab", "intruder", "x"]}
    assert "login" not in facts(rpc("/jsonrpc", asked, False), search())


def test_an_accepted_login_tells_all_but_the_password() -> None:
    asked = {"service": "common", "method": "authenticate", "args": ["lab", "demo", "x", {}]}
    found = facts(rpc("/jsonrpc", asked, 6), call("a", "read", uid=6))
    assert ("lab", "demo", 6) == tuple(found[key] for key in ("db", "login", "uid"))


def test_the_login_form_is_a_fact_only_where_it_was_accepted() -> None:
    form = "login=demo&password=x&db=lab"
    accepted = session(exchange("/web/login", form, "", status=303), search())
    assert "demo" == accepted.get("login") and "db" not in accepted.facts
    assert "lab" == accepted.guesses["db"].value
    refused = session(exchange("/web/login", form, "<html>"), search())
    assert "login" not in refused.facts and "demo" == refused.guesses["login"].value


def test_the_user_who_made_the_calls_is_the_user() -> None:
    """A page of one user and calls of another: what was personal of the first is not told."""
    found = facts(page(uid=2, login="admin"), call("a", "read", uid=6), call("a", "read", uid=6))
    assert 6 == found["uid"] and "lab" == found["db"]
    assert "login" not in found and "name" not in found


def test_two_users_are_not_mixed() -> None:
    found = facts(page(uid=2, login="admin"), page(uid=6, login="demo", name="Marc"), search())
    assert (2, "admin", "Mitchell") == (found["uid"], found["login"], found["name"])


@pytest.mark.parametrize(
    "url, version",
    [
        ("wss://odoo.example/websocket?version=19.0-2", "19.0"),
        ("/bus/websocket_worker_bundle?v=18.0-7", "18.0"),
        ("wss://odoo.example/websocket?version=saas-19.5-1", "saas~19.5"),
        ("wss://odoo.example/websocket?version=saas~18.3-2", "saas~18.3"),
        ("/bus/websocket_worker_bundle?v=saas%7E18.3-7", "saas~18.3"),
        ("wss://odoo.example/websocket?version=1.0.7", None),
        ("wss://odoo.example/websocket?version=2.0-1", None),
    ],
)
def test_the_websocket_tells_the_version(url: str, version: str | None) -> None:
    assert version == session(exchange(url), search()).get("server_version")


@pytest.mark.parametrize(
    "info, version, major",
    [
        ({"server_version": "saas~18.3"}, "saas~18.3", 18),
        ({"server_version": "saas-18.3"}, "saas~18.3", 18),
        (
            {"server_version": "", "server_version_info": ["saas~18", 3, 0, "final", 0, ""]},
            "saas~18.3",
            18,
        ),
        ({"server_version": None, "server_version_info": [17, 0, 0, "final", 0, "e"]}, "17.0", 17),
        ({"server_version": None, "server_version_info": [17]}, None, 19),
    ],
)
def test_a_version_is_a_text_or_a_list(
    info: dict[str, Any], version: str | None, major: int
) -> None:
    found = session(page(**info), call("a", "formatted_read_group"))
    assert version == found.get("server_version")
    assert major == (found.version.first or found.major)


@pytest.mark.parametrize(
    "entry",
    [
        rpc("/web/webclient/version_info", {}, {"server_version": "saas~18.3"}),
        rpc("/web/webclient/version_info", {}, {"server_version_info": ["saas~18", 3, 0]}),
        exchange("/web/version", answer={"version": "saas~18.3", "version_info": []}),
        exchange("/json/version", answer={"version_info": ["saas~18", 3, 0, "final", 0, ""]}),
        rpc(
            "/jsonrpc",
            {"service": "common", "method": "version", "args": []},
            {"server_version": "saas~18.3", "server_serie": "saas~18.3"},
        ),
    ],
)
def test_a_version_route_tells_a_saas_version(entry: dict[str, Any]) -> None:
    assert "saas~18.3" == facts(entry, search())["server_version"]


def test_the_page_says_the_version_better_than_a_url() -> None:
    socket = exchange("/bus/websocket_worker_bundle?v=18.0-7")
    assert (
        "saas~18.2" == facts(socket, page(server_version="saas~18.2"), search())["server_version"]
    )


@pytest.mark.parametrize(
    "entries, versions, why",
    [
        ([call("a", "formatted_read_group")], "19 or later", "call 1 is formatted_read_group"),
        ([call("a", "read"), call("a", "web_save")], "17 or later", "call 2 is web_save"),
        ([call("a", "get_views")], "16 or later", "call 1 is get_views"),
        ([call("a", "load_views")], "15 or earlier", "call 1 is load_views"),
        (
            [rpc("/web/dataset/search_read", {"model": "a", "domain": [], "fields": []})],
            "15 or earlier",
            "call 1 is /web/dataset/search_read",
        ),
        ([search()], "17 or later", "call 1 is web_search_read with `specification`"),
        (
            [call("a", "web_search_read", (), {"domain": [], "fields": ["name"]})],
            "16 or earlier",
            "call 1 is web_search_read with `fields`",
        ),
        (
            [call("a", "get_views"), call("a", "web_read_group", (), {"fields": ["x"]})],
            "16 to 18",
            "call 1 is get_views, call 2 is web_read_group with `fields`",
        ),
        (
            [call("a", "get_views"), call("a", "web_search_read", (), {"fields": ["x"]})],
            "16",
            "call 1 is get_views, call 2 is web_search_read with `fields`",
        ),
        # What the newest way tells comes before what an old module still does.
        ([call("a", "web_save"), call("a", "load_views")], "17 or later", "call 1 is web_save"),
    ],
)
def test_calls_only_suggest_a_range_of_versions(
    entries: list[dict[str, Any]], versions: str, why: str
) -> None:
    found = session(*entries)
    assert "server_version" not in found.facts
    guess = found.guesses["server_version"]
    assert (versions, why) == (str(guess.value), guess.found_in)
    assert found.version == guess.value


@pytest.mark.parametrize(
    "entry",
    [
        call("a", "read"),
        call("a", "web_save", error={"message": "no such method"}),
        rpc(
            "/jsonrpc",
            {
                "service": "object",
                "method": "execute_kw",
                "args": ["lab", 2, "k", "a", "load_views", [[]]],
            },
        ),
    ],
    ids=["any version's", "refused", "a program's"],
)
def test_what_tells_nothing_of_the_version(entry: dict[str, Any]) -> None:
    found = session(entry)
    assert (VersionRange(), None) == (found.version, found.major)
    assert "server_version" not in {**found.facts, **found.guesses}


@pytest.mark.parametrize(
    "version, major",
    [
        ("19.0", 19),
        ("saas~18.2", 18),
        ("17.0+e", 17),
        ("14.0-20231205", 14),
        ("²", None),
        ("9" * 5_000, None),
    ],
)
def test_the_major_version(version: str, major: int | None) -> None:
    assert major == session(page(server_version=version), search()).major


def test_the_servers_path_is_part_of_its_url() -> None:
    mounted = call("a", "read", route="https://x.example:8443/erp/web/dataset/call_kw")
    assert "https://x.example:8443/erp" == facts(mounted)["url"]


@pytest.mark.parametrize(
    "host, db",
    [
        ("shop.odoo.com", "shop"),
        ("www.odoo.com", None),
        ("my-shop.dev.odoo.com", "my-shop"),
        ("www.x.com", None),
    ],
)
def test_a_host_name_only_suggests_the_database(host: str, db: str | None) -> None:
    found = session(call("a", "read", route=f"https://{host}/web/dataset/call_kw"))
    assert "db" not in found.facts
    assert db == (found.guesses["db"].value if "db" in found.guesses else None)


def test_companies_are_those_that_were_ticked() -> None:
    ticked = call("a", "read", (), {"context": {"uid": 2, "allowed_company_ids": [3, 1]}})
    assert [3, 1] == facts(page(), ticked)["company_ids"]
    assert [1] == facts(page(), search())["company_ids"]
    old = page(user_companies={"current_company": [4, "Four"], "allowed_companies": []})
    assert [4] == facts(old, search())["company_ids"]
