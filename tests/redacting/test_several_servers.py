"""Several servers, databases and users: each keeps its calls and its facts, and each one's names are no secrets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from har_builder import ODOO, call, exchange, page, product, run, search
from test_servers import OTHER, at, executed

from redacting.redacting import body_of, entries_of, redacted, redacted_text
from redacting.test_same_output import SAMPLES

STATIC = exchange("/web/assets/a.js", answer="x")
TWO_SERVERS = (
    page(db="lab", login="admin", uid=2),
    STATIC,
    at(OTHER, page(db="shop", login="seller", uid=7, server_version="17.0")),
    search(domain=[["name", "ilike", "first"]]),
    at(OTHER, search(domain=[["phone", "ilike", "second"]], context={"uid": 7})),
)
THERE_AND_BACK = (
    page(db="lab"),
    search(domain=[["name", "ilike", "one"]]),
    page(db="shop", login="seller", uid=7),
    STATIC,
    search(domain=[["name", "ilike", "two"]], context={"uid": 7}),
    page(db="lab"),
    search(domain=[["name", "ilike", "three"]]),
)
TWO_USERS = (
    page(login="admin", uid=2),
    search(),
    STATIC,
    page(login="demo", uid=6),
    search(domain=[["name", "ilike", "x"]], context={"uid": 6}),
)
PROGRAM = (
    executed("lab", 2, "res.partner", "read", [[7]]),
    executed("shop", 5, "res.partner", "read", [[8]]),
)


def code_of(path: Path) -> str:
    """What convert makes of it, without the numbers of its entries."""
    return re.sub(r"c\.har#\d+| \((entry|entries) [^)]+\)", "#N", product("convert", path))


def said_of(path: Path) -> list[Any]:
    """What list and whoami say of a capture, without the numbers of entries."""
    rows = json.loads(product("list", "--json", "--all", path))
    known = json.loads(product("whoami", "--json", path))
    return [
        [{key: value for key, value in row.items() if key != "where"} for row in rows],
        [
            {key: value for key, value in one.items() if key not in ("found_in", "perhaps")}
            for one in known.get("servers", [known])
        ],
    ]


@pytest.mark.parametrize("options", [(), ("--only-calls", "--slim")], ids=["whole", "calls"])
@pytest.mark.parametrize(
    "entries",
    [TWO_SERVERS, THERE_AND_BACK, TWO_USERS, PROGRAM],
    ids=["servers", "databases", "users", "program"],
)
def test_each_call_stays_with_its_server_and_user(
    entries: tuple[dict[str, Any], ...], options: tuple[str, ...], tmp_path: Path
) -> None:
    written_entries = entries_of(redacted(tmp_path, *entries, options=options))
    dropped = sum(entry is STATIC for entry in entries) if options else 0
    assert len(entries) - dropped == len(written_entries)
    assert said_of(tmp_path / "c.har") == said_of(tmp_path / "out" / "c.har")


def test_the_login_and_host_of_the_second_server_stay_though_they_are_a_password(
    tmp_path: Path,
) -> None:
    """A secret goes wherever it stands; one that is also a name of the capture where its place tells alone."""
    login = "seller-17@shop"
    saved = call("res.users", "write", ([2], {"password": login}))
    text = redacted(
        tmp_path, *TWO_SERVERS[:2], at(OTHER, page(db="shop", login=login, uid=7)), search(), saved
    )
    assert login not in json.dumps(body_of(entries_of(text)[-1]))
    servers = json.loads(product("whoami", "--json", tmp_path / "out" / "c.har"))["servers"]
    assert ["admin", login] == [server["login"] for server in servers]


def test_the_login_of_the_second_user_stays_though_it_is_a_password(tmp_path: Path) -> None:
    saved = call("res.users", "write", ([6], {"password": "demo-user-6"}))
    renamed = json.loads(json.dumps([*TWO_USERS, saved]).replace('\\"demo\\"', '\\"demo-user-6\\"'))
    text = redacted(tmp_path, *renamed)
    assert "demo-user-6" not in json.dumps(body_of(entries_of(text)[-1]))
    assert said_of(tmp_path / "c.har")[1] == said_of(tmp_path / "out" / "c.har")[1]
    assert 0 == run("list", "--user", "demo-user-6", tmp_path / "out" / "c.har").exit_code


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".har"], ids=str)
def test_code_of_the_calls_alone_is_the_code_of_the_capture(path: Path, tmp_path: Path) -> None:
    redacted_text(tmp_path, path.read_text("utf-8"), ("--only-calls",))
    before, after = (code_of(tmp_path / name) for name in ("c.har", "out/c.har"))
    assert before == after


def test_the_action_that_opened_a_page_is_kept_with_the_calls(tmp_path: Path) -> None:
    menu = {"res_model": "res.partner", "domain": [["customer_rank", ">", 0]]}
    body = {"jsonrpc": "2.0", "method": "call", "params": {"action_id": 5}}
    loaded = exchange(
        "/web/action/load", json.dumps(body), answer=json.dumps({"jsonrpc": "2.0", "result": menu})
    )
    found = search(domain=["&", *menu["domain"], ["name", "ilike", "azu"]])
    text = redacted(tmp_path, page(), STATIC, loaded, found, options=("--only-calls",))
    assert [f"{ODOO}/web/action/load"] == [
        entry["request"]["url"] for entry in entries_of(text)[1:-1]
    ]
    before, after = (code_of(tmp_path / name) for name in ("c.har", "out/c.har"))
    assert before == after
