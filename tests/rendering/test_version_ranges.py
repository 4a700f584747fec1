"""What templates write where the version is only a range: what suits all of it, and a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from har_builder import call, converted, exchange, page

READ = call("res.partner", "web_read", ([7],), {"specification": {"name": {}}})
GROUPS = call(
    "res.partner", "web_read_group", (), {"domain": [], "fields": ["id"], "groupby": ["city"]}
)
POST = exchange(
    "/mail/message/post",
    {
        "jsonrpc": "2.0",
        "params": {
            "thread_model": "res.partner",
            "thread_id": 7,
            "post_data": {"body": "<p>Hi</p>", "message_type": "comment"},
        },
    },
    {"jsonrpc": "2.0", "result": {}},
)
DOUBT = "Captured from Odoo 17 or later, judging by its calls; Odoo 19 introduced JSON-2."
NONE = "Captured from Odoo {}, which has no JSON-2; Odoo 19 introduced it."


def words(text: str) -> str:
    return " ".join(text.replace("\n#", "\n").split())


@pytest.mark.parametrize("target", ["python-json2", "odoolib-json2", "curl-json2", "openapi"])
def test_json_2_says_whether_the_server_has_it(target: str, tmp_path: Path) -> None:
    options = ("-t", target)
    assert DOUBT in words(converted(tmp_path, READ, options=options))
    older = words(converted(tmp_path, GROUPS, options=options))
    assert NONE.format("18 or earlier") in older
    known = words(converted(tmp_path, page(server_version="saas~18.3"), READ, options=options))
    assert NONE.format("18") in known
    newest = converted(tmp_path, page(), READ, options=options)
    assert "JSON-2 came" not in newest and "no JSON-2" not in newest


OWN_NODE = {"odooApi": "/jsonrpc", "odooApiKeyApi": "/json/2/"}
"""Where n8n's own Odoo node asks, by its credential."""


@pytest.mark.parametrize(
    "entries, path, said",
    [
        ((READ,), "/jsonrpc", True),
        (
            (call("res.partner", "formatted_read_group", (), {"groupby": ["city"]}),),
            "/json/2/",
            False,
        ),
        ((page(server_version="saas~19.5"), READ), "/json/2/", False),
        ((page(server_version="18.0"), READ), "/jsonrpc", False),
        ((GROUPS,), "/jsonrpc", False),
    ],
    ids=["17 or later", "19 or later", "saas~19.5", "18", "18 or earlier"],
)
def test_n8n_takes_the_way_that_all_of_the_range_have(
    entries: tuple[dict[str, object], ...], path: str, said: bool, tmp_path: Path
) -> None:
    text = converted(tmp_path, *entries, options=("-t", "n8n"))
    doors = [
        node["parameters"].get("url") or OWN_NODE[node["parameters"]["authentication"]]
        for node in json.loads(text)["nodes"]
        if node["type"].endswith(("httpRequest", ".odoo"))
    ]
    assert doors and all(path in door for door in doors)
    assert said == ("whether this Odoo has JSON-2 is not certain" in text)


def test_the_head_names_the_range(tmp_path: Path) -> None:
    assert "as the web client of Odoo 17 or later did it" in converted(tmp_path, READ)
    assert "as Odoo 18's web client did it" in converted(
        tmp_path, page(server_version="saas~18.3"), READ
    )
    plain = call("res.partner", "read", ([7], ["name"]))
    assert "as Odoo's web client did it" in converted(tmp_path, plain)


def test_a_note_names_both_answers_where_the_range_has_both(tmp_path: Path) -> None:
    both = "returns the new message's id (in a list from Odoo 19 on)"
    assert both in words(converted(tmp_path, READ, POST))
    of_19 = converted(tmp_path, page(), POST)
    assert "returns a list with the new message's id" in words(of_19)
    of_16 = converted(tmp_path, page(server_version="16.0"), POST)
    assert "returns the new message's id." in words(of_16)


@pytest.mark.parametrize(
    "hint, said",
    [
        (call("res.partner", "web_search_read", (), {"domain": [], "fields": ["name"]}), True),
        (call("res.partner", "load_views"), True),
        (call("res.partner", "get_views"), False),
        (page(server_version="16.0"), False),
        (page(server_version="15.0"), True),
    ],
    ids=["16 or earlier", "15 or earlier", "16 or later", "16", "15"],
)
def test_what_forms_of_15_do_is_said_where_it_may_be_one(
    hint: dict[str, object], said: bool, tmp_path: Path
) -> None:
    form = call("res.partner", "onchange", ([], {}, [], {"name": "1"}), result={"value": {}})
    typed = call(
        "res.partner",
        "onchange",
        ([], {"name": "Ada"}, "name", {"name": "1", "ref": ""}),
        result={"value": {"ref": "A1"}},
    )
    save = call("res.partner", "create", ({"name": "Ada", "ref": "A1"},), result=7)
    code = words(converted(tmp_path, hint, form, typed, save))
    assert said == ("Before Odoo 16 only the form computes some of these" in code)
