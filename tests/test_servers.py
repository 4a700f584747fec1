"""Captures of several servers, databases and users: nothing of one ever serves another, and a person chooses."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, call, exchange, page, product, rpc, run, search, views, written

import har2rpc
from har2rpc import Har2rpcError, actions, open_capture, render, select, verify
from har2rpc.pipeline import mock

OTHER = "https://other.example"


def at(server: str, entry: dict[str, Any]) -> dict[str, Any]:
    """The same entry at another server."""
    path = entry["request"]["url"].partition("://")[2].partition("/")[2]
    return {**entry, "request": {**entry["request"], "url": f"{server}/{path}"}}


def executed(db: str, uid: int, *args: Any) -> dict[str, Any]:
    params = {"service": "object", "method": "execute_kw", "args": [db, uid, "key", *args]}
    return rpc("/jsonrpc", params, [])


@pytest.fixture
def two_servers(tmp_path: Path) -> str:
    return written(
        tmp_path,
        page(db="lab", login="admin", uid=2),
        views("res.partner", {"phone": {"type": "char", "string": "Phone of the lab"}}),
        at(OTHER, page(db="shop", login="seller", uid=7, server_version="17.0")),
        search(domain=[["name", "ilike", "first"]]),
        at(OTHER, search(domain=[["phone", "ilike", "second"]], context={"uid": 7})),
    )


def known(*args: Any) -> dict[str, Any]:
    return json.loads(product("whoami", "--json", *args))


def facts_of(session: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(session[key] for key in ("url", "db", "uid", "login", "server_version"))


LAB = ("https://odoo.example", "lab", 2, "admin", "19.0")
SHOP = (OTHER, "shop", 7, "seller", "17.0")


def test_whoami_tells_each_server_with_its_own_facts(two_servers: str) -> None:
    servers = known(two_servers)["servers"]
    assert [LAB, SHOP] == [facts_of(session) for session in servers]
    assert ["https://odoo.example", OTHER] == [session["server"] for session in servers]
    text = product("whoami", two_servers)
    first, second = text.split("\n\n")
    assert first.startswith("https://odoo.example\nurl ") and "lab" in first and "shop" not in first
    assert second.startswith(f"{OTHER}\nurl ") and "shop" in second and "lab" not in second


def test_whoami_of_one_of_them_has_the_shape_of_one(two_servers: str) -> None:
    alone = known("--server", "other", two_servers)
    assert SHOP == facts_of(alone)
    assert "servers" not in alone and "server" not in alone


def test_two_files_of_two_servers_are_not_mixed(tmp_path: Path) -> None:
    one = written(tmp_path, page(db="lab"), search(), name="a.har")
    other = written(tmp_path, at(OTHER, search(context={"uid": 7})), name="b.har")
    shop, lab = known(one, other)["servers"]  # in order of their first calls
    assert ("https://odoo.example", "lab", "admin") == (lab["url"], lab["db"], lab["login"])
    assert (OTHER, None, None, None) == tuple(
        shop[key] for key in ("url", "db", "login", "server_version")
    )


def test_list_shows_a_column_only_where_there_are_several(two_servers: str) -> None:
    table = product("list", two_servers)
    assert "server" in table.splitlines()[0]
    assert ["odoo.example", "other.example"] == [
        line.split()[-1] for line in table.splitlines()[2:4]
    ]
    rows = json.loads(product("list", "--json", two_servers))
    assert [(2, "https://odoo.example"), (3, OTHER)] == [(row["n"], row["server"]) for row in rows]
    one = product("list", "--server", "odoo.example", two_servers)
    assert "server" not in one.splitlines()[0] and "other.example" not in one
    (row,) = json.loads(product("list", "--json", "--server", "other", two_servers))
    assert 3 == row["n"] and "server" not in row


def test_inputs_are_listed_with_the_metadata_of_their_own_server(two_servers: str) -> None:
    two, three = json.loads(product("list", "--json", "-v", two_servers))
    assert ["name", "phone"] == [two["inputs"][0]["name"], three["inputs"][0]["name"]]
    assert "Phone of the lab" not in product("convert", "-n", "3", two_servers)
    lab = written(
        Path(two_servers).parent,
        page(),
        views("res.partner", {"phone": {"type": "char", "string": "Phone of the lab"}}),
        search(),
        at(OTHER, search()),
        name="lab.har",
    )
    assert "Phone of the lab" in product("convert", "-n", "2", lab)
    assert "Phone of the lab" not in product("convert", "-n", "3", lab)


@pytest.mark.parametrize(
    "command", [("convert",), ("verify",), ("mock",), ("whoami", "--env", "sh")], ids=" ".join
)
def test_what_needs_one_server_asks_for_it(command: tuple[str, ...], two_servers: str) -> None:
    refused = run(*command, two_servers)
    assert (1, "") == (refused.exit_code, refused.stdout)
    assert refused.stderr.splitlines()[-1] == (
        "har2rpc: these calls went to several servers: https://odoo.example (2 calls) and "
        "https://other.example (1 call); choose one with --server"
    )


def test_code_of_one_server_has_its_address_database_and_user(two_servers: str) -> None:
    by_name = product("convert", "--server", "shop", two_servers)
    assert by_name == product("convert", "-n", "3", two_servers), "its number tells the server"
    tree = ast.parse(by_name)
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert {OTHER, "shop", 7} <= constants
    assert not {"https://odoo.example", "lab"} & constants


@pytest.mark.parametrize(
    "name",
    ["https://other.example", "other.example", "shop", f"{OTHER}/shop", "OTHER.example/", "oth"],
)
def test_a_server_is_named_by_any_part_that_no_other_has(name: str, two_servers: str) -> None:
    assert SHOP == facts_of(known("--server", name, two_servers))


def test_a_name_of_none_or_of_several_is_refused(two_servers: str) -> None:
    both = "https://odoo.example and https://other.example"
    none = run("list", "--server", "nothing", two_servers)
    assert (
        1,
        f"har2rpc: --server 'nothing' matches no server of the capture: it has {both}\n",
    ) == (
        none.exit_code,
        none.stderr,
    )
    several = run("list", "--server", "example", two_servers)
    assert f"har2rpc: --server 'example' matches several: {both}; write more of the name\n" == (
        several.stderr
    )
    one = written(Path(two_servers).parent, page(), search(), name="one.har")
    assert "it has https://odoo.example/lab\n" in run("list", "--server", "shop", one).stderr
    assert 0 == run("list", "--server", "lab", one).exit_code


def test_a_number_of_another_server_is_refused(two_servers: str) -> None:
    refused = run("convert", "--server", "shop", "-n", "2", two_servers)
    assert 1 == refused.exit_code
    assert "no call 2; of this server and user it has 1 call" in refused.stderr


def test_verify_and_mock_play_the_chosen_server(two_servers: str) -> None:
    verdicts = json.loads(product("verify", "--json", "--server", "shop", two_servers))
    assert [(3, "same")] == [(verdict["n"], verdict["status"]) for verdict in verdicts]
    with mock(open_capture([two_servers], server="shop")) as (odoo, variables):
        assert ("shop", "seller", "7") == tuple(
            variables[name] for name in ("ODOO_DB", "ODOO_LOGIN", "ODOO_UID")
        )
        assert not odoo.recordings.has_answer(_request("first"))
        assert odoo.recordings.has_answer(_request("second", uid=7, field="phone"))


def _request(text: str, uid: int = 2, field: str = "name") -> Any:
    from har2rpc.proving.mock.recordings import CallRequest

    body = json.loads(search(domain=[[field, "ilike", text]])["request"]["postData"]["text"])
    kwargs = {**body["params"]["kwargs"], "context": {"uid": uid}}
    return CallRequest("res.partner", "web_search_read", [], kwargs)


def test_a_change_on_one_server_makes_no_noise_of_another(tmp_path: Path) -> None:
    """What is read after a write is its consequence, unless another server was asked."""
    read = call("res.partner", "web_read", ([7],), {"specification": {"name": {}, "city": {}}})
    write = call("res.partner", "write", ([7], {"name": "X"}))
    for other, kinds in ((read, ["write", "noise"]), (at(OTHER, read), ["write", "read"])):
        path = written(tmp_path, page(), write, other)
        rows = json.loads(product("list", "--json", "--all", path))
        assert kinds == [row["kind"] for row in rows]


def restamped(name: str, second: int) -> bytes:
    """A sample whose entries come two seconds apart: two of them interleave."""
    capture = json.loads((ROOT / "samples" / name).read_text("utf-8"))
    for number, entry in enumerate(capture["log"]["entries"]):
        seconds = 2 * number + second
        time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        entry["startedDateTime"] = f"2026-01-01T{time}.000Z"
    return json.dumps(capture).encode("utf-8")


@pytest.mark.parametrize("options", [(), ("--flow",), ("--keep-all",), ("-t", "mcp")], ids=str)
def test_code_is_the_same_whatever_another_server_did_meanwhile(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    names = (
        "odoo19-chrome-invoice_sale_order.har",
        "odoo14-chrome-create_and_confirm_sale_order.har",
    )
    paths = [tmp_path / name for name in names]
    for second, path in enumerate(paths):
        path.write_bytes(restamped(path.name, second))
    rows = json.loads(product("list", "--json", *paths))
    order = [row["server"] for row in rows]
    assert len(set(order)) == 2 < len([1 for a, b in pairwise(order) if a != b])
    for path, server in zip(paths, ("odoo19", "odoo14"), strict=True):
        alone = product("convert", *options, path)
        beside = product("convert", *options, "--server", server, *paths)
        assert without_numbers(alone) == without_numbers(beside)


def without_numbers(code: str) -> str:
    """Calls have other numbers in a larger capture."""
    head = r"\.har, calls? [\d, a-z]+ \((entry|entries) [^)]+\)"
    return re.sub(r"\bcall \d+|-n \d+", "call N", re.sub(head, ".har, calls", code))


# Databases of one server


def test_databases_of_one_server_are_told_apart_by_the_page_before_a_call(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        search(domain=[["name", "ilike", "zero"]]),
        page(db="lab"),
        search(domain=[["name", "ilike", "one"]]),
        page(db="shop", login="seller", uid=7),
        search(domain=[["name", "ilike", "two"]], context={"uid": 7}),
        page(db="lab"),
        search(domain=[["name", "ilike", "three"]]),
    )
    lab, shop = known(path)["servers"]
    assert ("lab", "admin", 3) == (lab["db"], lab["login"], lab["users"][0]["calls"])
    assert ("shop", "seller", 1) == (shop["db"], shop["login"], shop["users"][0]["calls"])
    rows = json.loads(product("list", "--json", path))
    assert ["lab", "lab", "shop", "lab"] == [row["server"].rpartition("/")[2] for row in rows]
    assert "odoo.example/lab" in product("list", path)
    assert "'shop'" in repr(product("convert", "--server", "shop", path)).replace('"', "'")


def test_a_program_names_the_database_with_every_call(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        executed("lab", 2, "res.partner", "read", [[7]]),
        executed("shop", 5, "res.partner", "read", [[8]]),
        executed("lab", 2, "res.partner", "read", [[9]]),
    )
    assert [("lab", 2), ("shop", 5)] == [(s["db"], s["uid"]) for s in known(path)["servers"]]
    assert [1, 3] == [
        row["n"] for row in json.loads(product("list", "--json", "--server", "lab", path))
    ]


def test_a_file_without_a_page_of_its_own_is_of_the_only_database(tmp_path: Path) -> None:
    one = written(tmp_path, page(db="lab"), search(), name="a.har")
    bare = written(tmp_path, search(domain=[["name", "ilike", "x"]]), name="b.har")
    assert "lab" == known(one, bare)["db"]
    other = written(tmp_path, page(db="shop", uid=7), search(context={"uid": 7}), name="c.har")
    of_all = known(one, bare, other)["servers"]
    assert {"lab", "shop", None} == {session["db"] for session in of_all}, "nobody knows which"
    unknown = next(session for session in of_all if session["db"] is None)
    assert "https://odoo.example/?" == unknown["server"]
    assert 1 == len(json.loads(product("list", "--json", "--server", "?", one, bare, other)))


# What is one server all the same


@pytest.mark.parametrize(
    "entry",
    [
        at("http://odoo.example", page()),
        at("https://ODOO.example:443", page()),
        exchange("/fr/web/login", "login=admin&password=x", "", status=303),
        exchange("wss://odoo.example/websocket?version=19.0-2"),
    ],
    ids=["http", "port", "language", "websocket"],
)
def test_other_addresses_of_the_same_server(entry: dict[str, Any], tmp_path: Path) -> None:
    found = known(written(tmp_path, entry, search()))
    assert "https://odoo.example" == found["url"]
    assert "admin" == found["login"] or "19.0" == found["server_version"]


def test_a_payload_without_an_address_is_of_the_only_server(tmp_path: Path) -> None:
    path = written(tmp_path, page(), search(), name="a.har")
    payload = tmp_path / "payload.txt"
    payload.write_text(search()["request"]["postData"]["text"], "utf-8")
    found = known(path, payload)
    assert ("https://odoo.example", 2) == (found["url"], found["users"][0]["calls"])


def test_a_page_beside_the_calls_is_told_but_never_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, page(), search(), at(OTHER, page(db="shop", uid=7)))
    assert ["lab", "shop"] == [session["db"] for session in known(path)["servers"]]
    assert "server" not in product("list", path).splitlines()[0]
    assert '"lab"' in product("convert", path)
    assert "ODOO_DB=lab" in product("whoami", "--env", "sh", path)


# Users


@pytest.fixture
def two_users(tmp_path: Path) -> str:
    return written(
        tmp_path,
        page(uid=2, login="admin"),
        *[search(domain=[["name", "ilike", word]]) for word in ("a", "b")],
        page(uid=6, login="demo", name="Marc"),
        call("res.partner", "write", ([7], {"name": "X"}), uid=6),
        search("res.country", [["name", "ilike", "c"]], context={"uid": 6, "lang": "fr_FR"}),
        name="users.har",
    )


def captured_uid(code: str) -> Any:
    tree = ast.parse(code)
    values = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return ast.literal_eval(values["CAPTURED_UID"])


def test_the_user_of_the_code_is_the_user_of_its_calls(two_users: str) -> None:
    done = run("convert", "-n", "3", two_users)
    assert (6, "") == (captured_uid(done.stdout), done.stderr)
    assert "as user 6 on" in done.stdout
    assert 2 == captured_uid(product("convert", "-n", "1", two_users))


def test_calls_of_two_users_are_told_above_the_code_and_beside_it(two_users: str) -> None:
    done = run("convert", "-n", "1-3", two_users)
    assert 2 == captured_uid(done.stdout)
    assert "# Recorded as user 6 (demo); this code runs as user 2 (admin)." in done.stdout
    assert "as users 2 and 6 on" in done.stdout
    assert done.stderr == (
        "har2rpc: call 3 was made by user 6 (demo), the others by user 2 (admin); the code runs as that user "
        "(--user chooses another)\n"
    )
    flow = run("convert", "--flow", "-n", "1-3", two_users)
    assert "Recorded as user 6 (demo); this code runs as user 2 (admin)." in flow.stdout
    for target in (
        "curl",
        "javascript",
        "postman",
        "bruno",
        "parts",
        "n8n",
        "locoia",
        "openapi",
        "mcp",
        "json",
    ):
        text = run("convert", "-t", target, "-n", "1-3", two_users).stdout
        assert "Recorded as user 6 (demo)" in text, target


def test_of_two_users_with_as_many_calls_the_note_and_the_code_name_the_same(
    tmp_path: Path,
) -> None:
    """What a flow drops does not count: the user of what is left is the one that all places name."""
    made = call("res.partner", "create", ({"name": "X"},), result=7, uid=6)
    archived = call("res.country", "action_archive", ([3],), uid=2)
    reads = [search(domain=[["name", "ilike", w]], context={"uid": 6}) for w in ("a", "b", "c")]
    path = written(tmp_path, page(), page(uid=6, login="demo"), *reads, made, archived)
    for options in ((), ("--flow",)):
        done = run("convert", *options, path)
        uid = captured_uid(done.stdout)
        other = {2: "user 6 (demo)", 6: "user 2 (admin)"}[uid]
        assert f"Recorded as {other}; this code runs as user {uid} " in done.stdout
        assert f"the others by user {uid} " in done.stderr


@pytest.mark.parametrize("user", ["6", "demo", "DEMO"])
def test_a_user_is_chosen_by_uid_or_login(user: str, two_users: str) -> None:
    done = run("convert", "--user", user, two_users)
    assert (6, "") == (captured_uid(done.stdout), done.stderr)
    assert [3, 4] == [
        row["n"] for row in json.loads(product("list", "--json", "--user", user, two_users))
    ]
    found = known("--user", user, two_users)
    assert (6, "demo", "Marc") == (found["uid"], found["login"], found["name"])
    assert "ODOO_LOGIN=demo" in product("whoami", "--env", "sh", "--user", user, two_users)


def test_a_user_who_is_none_is_refused_with_those_there_are(two_users: str) -> None:
    refused = run("convert", "--user", "boss", two_users)
    assert (
        1,
        "har2rpc: --user 'boss' is not a user of the capture: it has user 2 (admin) and user 6 (demo)\n",
    ) == (
        refused.exit_code,
        refused.stderr,
    )


def test_the_same_uid_on_two_servers_is_two_users(two_servers: str) -> None:
    path = written(
        Path(two_servers).parent,
        page(uid=2, login="admin"),
        search(),
        at(OTHER, page(db="shop", uid=2, login="seller")),
        at(OTHER, search()),
        name="same.har",
    )
    assert ["admin"] == [s["login"] for s in [known("--user", "admin", path)]]
    assert "choose one with --server" in run("convert", "--user", "2", path).stderr
    assert '"shop"' in product("convert", "--user", "seller", path)


def test_the_environment_is_that_of_one_user_and_says_so(two_users: str) -> None:
    done = run("whoami", "--env", "sh", two_users)
    assert "ODOO_UID=2" in done.stdout and "--user chooses another" in done.stderr


def test_captured_names_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b]0;x\x07\nhar2rpc: all fine\ud800"
    path = written(
        tmp_path,
        page(db=evil, login=evil),
        search(),
        executed("lab", 6, "res.partner", "read", [[7]]),
        page(db=evil, login="demo", uid=6),
        search(context={"uid": 6}),
    )
    asked = [("convert", path), ("list", path), ("list", "--user", "x", path), ("whoami", path)]
    asked.append(("convert", "-n", "1,3", path))
    for command in asked:
        said = run(*command)
        lines = said.stdout.splitlines() if command[0] != "convert" else []
        lines += said.stderr.splitlines()
        assert lines and "all fine" in said.stderr + said.stdout
        assert all(line.isprintable() for line in lines)
        assert not any(line.startswith("har2rpc: all fine") for line in lines)


# In Python


def test_the_api_takes_servers_and_users(two_servers: str, two_users: str) -> None:
    whole = open_capture([two_servers])
    assert [3] == [each.n for each in select(whole, server="shop")]
    assert [3] == [each.n for each in select(whole, user="seller")]
    assert 2 == len(whole.sessions) and whole.session is whole.sessions[0]
    for refused in (lambda: actions(whole), lambda: list(verify(whole, select(whole)))):
        with pytest.raises(Har2rpcError, match="choose one with --server"):
            refused()
    with pytest.raises(Har2rpcError, match="choose one with --server"), mock(whole):
        pass
    part = open_capture([two_servers], server="shop")
    assert (("shop", 7), [3]) == (
        (part.session.get("db"), part.session.get("uid")),
        [each.n for each in part.calls],
    )
    assert OTHER in render(whole, actions(whole, select(whole, server="shop")))
    assert {6} == {each.uid for each in har2rpc.open_capture([two_users], user=6).calls}
