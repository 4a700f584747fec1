"""The table of translations, row by row: what is sent instead, and what the note says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from har_builder import call, page, rpc, search, views

from converting.actions_of import actions
from har2rpc.model import Action

LARGEST = 9007199254740991


def sent(*entries: Any, version: str = "19.0", **options: Any) -> list[Action]:
    return actions(page(server_version=version), *entries, inputs=False, **options)


def one(*entries: Any, version: str = "19.0") -> tuple[str, Any, dict[str, Any], str]:
    [action] = sent(*entries, version=version, numbers=[1])
    return action.method, action.args, action.kwargs, " ".join(action.notes)


def test_web_read_group_up_to_18_is_read_group() -> None:
    kwargs = {
        "domain": [["a", "=", 1]],
        "fields": ["color:sum"],
        "groupby": ["stage_id"],
        "lazy": True,
        "limit": LARGEST,
        "offset": 0,
        "orderby": "",
    }
    answer = {"groups": [], "length": 0}
    method, args, rest, note = one(
        call("crm.lead", "web_read_group", (), kwargs, result=answer), version="18.0"
    )
    assert ("read_group", [[["a", "=", 1]], ["color:sum"], ["stage_id"]]) == (method, args)
    assert {"lazy": True, "offset": 0} == rest
    assert "web_read_group -> read_group" in note and "`length`" in note


def test_web_read_group_of_19_is_formatted_read_group() -> None:
    kwargs = {
        "domain": [],
        "groupby": ["stage_id", "user_id"],
        "aggregates": ["x:sum"],
        "limit": 80,
        "order": "",
        "auto_unfold": True,
        "unfold_read_specification": {"name": {}},
    }
    method, args, rest, note = one(call("crm.lead", "web_read_group", (), kwargs, result={}))
    assert ("formatted_read_group", []) == (method, args)
    assert {"domain": [], "groupby": ["stage_id"], "aggregates": ["x:sum", "__count"]} == {
        key: rest[key] for key in ("domain", "groupby", "aggregates")
    }
    assert {"limit": 80} == {key: rest[key] for key in rest if key not in kwargs or key == "limit"}
    assert "`__records`" in note and "nested groups" in note


@pytest.mark.parametrize("method", ["formatted_read_group", "read_progress_bar", "name_create"])
def test_what_is_public_stays(method: str) -> None:
    args = ["New"] if method == "name_create" else [[], "stage_id", {"field": "state"}]
    assert (method, args) == one(call("crm.lead", method, args))[:2]


def test_web_name_search_is_name_search() -> None:
    specification = {"display_name": {}, "email": {}}
    kwargs = {"name": "a", "domain": [], "operator": "ilike", "limit": 8}
    entry = call("res.partner", "web_name_search", (), {**kwargs, "specification": specification})
    method, args, rest, note = one(entry)
    assert ("name_search", [], kwargs) == (method, args, rest)
    assert "email are not read" in note


@pytest.mark.parametrize(
    ("method", "args"),
    [("get_views", []), ("load_views", []), ("fields_view_get", [False, "form"])],
)
def test_a_view_is_asked_for_its_fields(method: str, args: list[Any]) -> None:
    found, sent_args, kwargs, note = one(call("res.partner", method, args, result={}))
    assert ("fields_get", [], ["attributes"]) == (found, sent_args, list(kwargs))
    assert f"{method} -> fields_get" in note and "`arch`" in note


def test_several_records_saved_at_once_are_written_one_by_one() -> None:
    values = [{"name": "a"}, {"name": "b"}]
    entry = call("res.partner", "web_save_multi", [[7, 3], values], {"specification": {}})
    made = sent(entry)
    assert [("write", [[7], {"name": "a"}]), ("write", [[3], {"name": "b"}])] == [
        (action.method, action.args) for action in made
    ]
    [opened] = actions(page(), entry)
    assert [{"partner_id": 7, "name": "a"}, {"partner_id": 3, "name": "b"}] == [
        dict(run.values) for run in opened.runs
    ]
    same = call("res.partner", "web_save_multi", [[7, 3], [{"name": "a"}] * 2], {})
    assert [[7, 3], {"name": "a"}] == sent(same)[0].args


@pytest.mark.parametrize(
    "entry",
    [
        rpc("/web/dataset/resequence", {"model": "crm.stage", "ids": [4, 2], "offset": 5}),
        call("crm.stage", "web_resequence", [[4, 2]], {"specification": {}, "offset": 5}),
    ],
    ids=["route", "method of 19"],
)
def test_dragging_a_row_writes_each_place(entry: Any) -> None:
    made = sent(entry)
    assert [[[4], {"sequence": 5}], [[2], {"sequence": 6}]] == [action.args for action in made]
    assert {"write"} == {action.method for action in made}
    assert all("record by record" in action.notes[-1] for action in made)


@pytest.mark.parametrize(("version", "is_html"), [("16.0", None), ("17.0", True), ("19.0", True)])
def test_a_message(version: str, is_html: bool | None) -> None:
    post = {"body": "<p>hi</p>", "message_type": "comment", "email_add_signature": True}
    params = {"thread_model": "crm.lead", "thread_id": 4, "post_data": post}
    params["context"] = {"temporary_id": 1.5, "lang": "en_US"}
    [action] = sent(rpc("/mail/message/post", params, {"id": 9}), version=version)
    assert ("message_post", [[4]]) == (action.method, action.args)
    expected = {"body": "<p>hi</p>", "message_type": "comment"}
    assert expected | ({"body_is_html": True} if is_html else {}) == action.kwargs
    assert {"lang": "en_US"} == action.context
    assert (version == "19.0") == ("returns a list" in " ".join(action.notes))
    assert action.changes


WIZARD = "sale.advance.payment.inv"
OPENED = {"context": {"uid": 2, "active_id": 5, "active_ids": [5], "active_model": "sale.order"}}


def test_a_wizard_without_its_creation_is_said() -> None:
    created = call(WIZARD, "web_save", [[], {"method": "x"}], OPENED, result=[{"id": 1}])
    button = call(WIZARD, "create_invoices", [[1]], OPENED, result=False)
    both = actions(page(), created, button)
    assert not any("is a wizard" in note for action in both for note in action.notes)
    alone = actions(page(), created, button, numbers=[2])
    assert "convert its creation with it (-n 1,…)" in " ".join(alone[0].notes)


def test_the_order_of_a_specification_is_kept_with_deep_and_said_without() -> None:
    described = views("x", {"line_ids": {"type": "one2many", "relation": "x.line"}})
    about = {"fields": {"name": {}}, "order": "sequence ASC"}
    lines = [{"id": 9, "name": "first"}, {"id": 4, "name": "second"}]

    def read(**more: Any) -> Any:
        specification = {"line_ids": {**about, **more}}
        return call(
            "x",
            "web_read",
            ([7],),
            {"specification": specification},
            result=[{"id": 7, "line_ids": lines}],
        )

    [plain] = sent(described, read(), numbers=[2])
    assert "line_ids in its model's own order" in " ".join(plain.notes)
    [unsorted] = sent(described, read(order=""), numbers=[2])
    assert "own order" not in " ".join(unsorted.notes)
    _, nested = sent(described, read(), numbers=[2], deep=True)
    assert [9, 4] == nested.args[0] and "in the order shown" in nested.notes[0]
    _, nested = sent(described, read(order=""), numbers=[2], deep=True)
    assert [4, 9] == nested.args[0] and "in the order" not in nested.notes[0]


def test_deep_reads_what_was_nested() -> None:
    described = views(
        "res.partner",
        {
            "category_id": {"type": "many2many", "relation": "res.partner.category"},
            "parent_id": {"type": "many2one", "relation": "res.partner"},
            "ref_ids": {"type": "one2many"},
        },
    )
    specification = {
        "category_id": {"fields": {"display_name": {}, "color": {}}},
        "parent_id": {"fields": {"display_name": {}, "email": {}}},
        "ref_ids": {"fields": {"name": {}}},
    }
    rows = [
        {"id": 1, "category_id": [{"id": 5, "display_name": "A", "color": 1}], "parent_id": False},
        {
            "id": 2,
            "category_id": [{"id": 4, "display_name": "B", "color": 2}, {"id": 9}],
            "parent_id": {"id": 1, "display_name": "P", "email": "e"},
            "ref_ids": [{"id": 3, "name": "of a model that nobody tells"}],
        },
    ]
    entry = search(specification=specification)
    entry["response"]["content"]["text"] = json.dumps(
        {"jsonrpc": "2.0", "id": 1, "result": {"length": 2, "records": rows}}
    )
    made = sent(described, entry, numbers=[2], deep=True)
    assert [
        ("res.partner", "search_read"),
        ("res.partner.category", "read", [[4, 5]], {"fields": ["display_name", "color"]}),
        ("res.partner", "read", [[1]], {"fields": ["email"]}),
    ] == [
        (action.model, action.method, *((action.args, action.kwargs) if place else ()))
        for place, action in enumerate(made)
    ]
    assert "nested in category_id" in made[1].notes[0]
