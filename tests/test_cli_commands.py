"""The commands and their options: names and shapes are a contract with people outside."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from har_builder import (
    TEMPLATES,
    call,
    converted,
    har,
    page,
    product,
    rpc,
    search,
    targets,
    views,
    written,
)

LISTED = "n where route model method kind args kwargs context uid outcome started ms about".split()


@pytest.fixture
def capture(tmp_path: Path) -> str:
    """A page load, noise, two searches, a create, a refused delete and a button."""
    refusal = {"code": 200, "message": "Odoo Server Error", "data": {"name": "x", "message": "no"}}
    return written(
        tmp_path,
        page(),
        call("res.partner", "get_views", result={"views": {}}),
        search(),
        search("crm.lead", [["name", "ilike", "x"]]),
        call("res.partner", "web_save", ([], {"name": "Zoë"}), result=[{"id": 9}]),
        call("res.partner", "unlink", ([9],), error=refusal),
        call("sale.order", "action_confirm", ([7],), route="/web/dataset/call_button"),
        rpc("/mail/data", {}),
    )


def listed(*args: str) -> list[dict[str, Any]]:
    return json.loads(product("list", "--json", *args))


def test_list_json_has_the_keys_of_the_contract(capture: str) -> None:
    rows = listed("--all", capture)
    refusal = rows[4].pop("refusal")
    assert "" == refusal  # `x` is not the name of an exception
    assert [LISTED] * 6 == [list(row) for row in rows]
    context = {"lang": "en_US", "uid": 2}
    expected = {
        "n": 4,
        "where": "small.har#5",
        "route": "/web/dataset/call_kw",
        "model": "res.partner",
        "method": "web_save",
        "kind": "write",
        "args": [[], {"name": "Zoë"}],
        "kwargs": {},
        "context": context,
        "uid": 2,
        "outcome": "ok",
        "started": "2026-01-01T00:00:04.000Z",
        "ms": 12,
        "about": "Created partner Zoë",
    }
    assert expected == rows[3]
    assert ["noise", "read", "read", "write", "write", "action"] == [r["kind"] for r in rows]
    assert "error" == rows[4]["outcome"]


def test_numbers_do_not_depend_on_filters(capture: str) -> None:
    numbers = {row["where"]: row["n"] for row in listed("--all", capture)}
    assert [1, 2, 3, 4, 5, 6] == list(numbers.values())
    for options, expected in (
        ((), [2, 3, 4, 5, 6]),
        (("--model", "res.*"), [2, 4, 5]),
        (("--model", "res.partner", "--method", "web_*"), [2, 4]),
        (("--method", "*search*"), [2, 3]),
        (("--all", "--method", "get_views"), [1]),
        (("--model", "RES.*"), []),
        (("--model", "res"), []),
    ):
        rows = listed(*options, capture)
        assert expected == [row["n"] for row in rows]
        assert all(numbers[row["where"]] == row["n"] for row in rows)


def test_several_files_are_one_capture_in_recorded_order(tmp_path: Path) -> None:
    late = written(tmp_path, search("b.b"), name="late.har")
    early = tmp_path / "early.har"
    early.write_text(json.dumps(har(search("a.a"))).replace("2026-01-01", "2025-01-01"))
    expected = [(1, "early.har#1", "a.a"), (2, "late.har#1", "b.b")]
    for order in ((late, str(early)), (str(early), late)):
        assert expected == [(row["n"], row["where"], row["model"]) for row in listed(*order)]


def test_the_table_is_for_people(capture: str) -> None:
    table = product("list", capture)
    lines = [line.split() for line in table.splitlines()]
    assert ["#", "kind", "model", "method", "about", "ms", "outcome"] == lines[0]
    assert ["2", "read", "res.partner", "web_search_read"] == lines[2][:4]
    assert "Searched partners: phone contains 555" in table
    assert "Created partner Zoë" in table and "Confirmed sale order 7" in table
    assert "refused" in table and "get_views" not in table
    assert "1 more call of the client's own: --all shows them" in table
    assert "not model calls: /mail/data 1" in table
    assert "get_views" in product("list", "--all", capture)


def test_targets_are_listed_with_their_summaries() -> None:
    rows = json.loads(product("targets", "--json"))
    assert targets() == sorted(row["name"] for row in rows)
    assert all(["name", "summary"] == list(row)[:2] and row["summary"] for row in rows)
    table = product("targets")
    assert [row["name"] for row in rows] == [line.split()[0] for line in table.splitlines()]
    for row in rows:
        assert f"{row['name']} " in table and row["summary"] in table


@pytest.mark.parametrize("name", targets())
def test_show_prints_the_template_as_it_is(name: str) -> None:
    (template,) = TEMPLATES.glob(f"{name}.*.j2")
    assert template.read_text("utf-8") == product("targets", "--show", name)
    assert template.read_text("utf-8").startswith("{#")


def functions(code: str) -> list[str]:
    defined = [n.name for n in ast.parse(code).body if isinstance(n, ast.FunctionDef)]
    return [name for name in defined if name not in ("call", "execute_kw", "server", "uid")]


@pytest.mark.parametrize(
    "options, expected",
    [
        ((), ["search_partners_by_phone", "search_leads_by_name", "create_partner", "confirm_sale_order"]),
        (("-n", "3"), ["search_leads_by_name"]),
        (("--calls", "2-3"), ["search_partners_by_phone", "search_leads_by_name"]),
        (("-n", "6, 2"), ["search_partners_by_phone", "confirm_sale_order"]),
        (("-n", "5"), ["delete_partner"]),
        (("-n", "1"), ["describe_partner_fields"]),
        (("--model", "crm.*"), ["search_leads_by_name"]),
        (("--method", "action_*"), ["confirm_sale_order"]),
        (("--verbatim", "-n", "2"), ["web_search_read_partner"]),
        (("--no-inputs", "-n", "2"), ["search_partners_by_phone"]),
    ],
    ids=lambda value: " ".join(value) or "all",
)  # fmt: skip
def test_convert_takes_the_calls_that_were_chosen(options, expected, capture: str) -> None:
    assert expected == functions(product("convert", *options, capture))


def test_all_takes_noise_and_refused_calls_too(capture: str) -> None:
    found = functions(product("convert", "--all", capture))
    assert {"describe_partner_fields", "delete_partner"} < set(found) and 6 == len(found)


def test_verbatim_keeps_the_clients_own_call(capture: str) -> None:
    code = product("convert", "--verbatim", "-n", "2", capture)
    assert '"web_search_read"' in code and '"specification"' in code
    assert "uid" not in code.partition("def web_search_read_partner")[2].partition("if __name__")[0]
    assert '"search_read"' in product("convert", "-n", "2", capture)


def test_no_inputs_keeps_every_value_as_recorded(capture: str) -> None:
    code = product("convert", "--no-inputs", "-n", "2", capture)
    assert "def search_partners_by_phone():" in code
    assert '[[["phone", "ilike", "555"]]]' in code
    assert "def search_partners_by_phone(phone, " in product("convert", "-n", "2", capture)


def test_keep_all_also_sends_defaults(tmp_path: Path) -> None:
    form = [
        views("res.partner", {"name": {"type": "char", "string": "Name"}}),
        call("res.partner", "onchange", ([], {}, [], {}), result={"value": {"lang": "en_US"}}),
        call("res.partner", "onchange", ([], {"name": "x"}, ["name"], {}), result={"value": {}}),
        call("res.partner", "web_save", ([], {"name": "x", "lang": "en_US", "color": 0})),
    ]
    assert '"create", [{"name": name}]' in converted(tmp_path, *form)
    kept = converted(tmp_path, *form, options=("--keep-all",))
    assert '{"name": name, "lang": "en_US", "color": 0}' in kept


def test_code_that_changes_something_asks_for_write(capture: str) -> None:
    assert '"--write" not in sys.argv' in product("convert", "-n", "4", capture)
    assert "--write" not in product("convert", "-n", "2", capture)


@pytest.mark.parametrize("command", ["list", "whoami", "convert", "targets"])
def test_help_tells_every_option(command: str) -> None:
    said = product(command, "--help")
    assert said.startswith("Usage: ")
    assert said == product(command, "-h")


def test_version_is_told() -> None:
    from har2rpc import __version__

    assert f"har2rpc, version {__version__}\n" == product("--version")


def test_list_flow_tells_where_linked_values_come_from(tmp_path: Path) -> None:
    capture = written(
        tmp_path,
        page(),
        search("res.users", [["login", "=", "ann"]]),
        call("res.partner", "create", ({"name": "Zoë", "user_id": 7},), result=9),
        call("res.partner", "action_archive", ([9, 7],)),
        call("res.partner", "unlink", ([9],), error={"message": "no"}),
    )
    rows = listed("--flow", capture)
    told = {link["path"]: link for row in rows for link in row["links"]}
    assert ["2:vals.user_id", "3:ids[0]"] == list(told)
    assert ("res.users", 7, 1, "only", "id") == tuple(
        told["2:vals.user_id"][key] for key in ("model", "recorded", "from", "as", "field")
    )
    assert ("res.partner", 9, 2, "id") == tuple(
        told["3:ids[0]"][key] for key in ("model", "recorded", "from", "as")
    )
    assert all("links" not in row for row in listed(capture))
    table = product("list", "--flow", capture)
    assert re.search(r"2:vals\.user_id +7 +the one res\.users that call 1 found", table)
    assert re.search(r"3:ids\[0\] +9 +the res\.partner that call 2 created", table)


def test_list_flow_says_so_where_nothing_is_linked(tmp_path: Path) -> None:
    assert "no value comes from an earlier call" in product(
        "list", "--flow", written(tmp_path, search())
    )
