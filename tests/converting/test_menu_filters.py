"""What a menu searches for by itself is no required input and no part of a name; "mine" is whoever calls."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, page, rpc, search

from .actions_of import actions, by_name

PIPELINE = ["&", ["type", "=", "opportunity"], ["user_id", "=", 2]]
USERS = {"user_id": {"type": "many2one", "relation": "res.users"}}


def opened(model: str, domain: Any) -> dict[str, Any]:
    """The action of a menu."""
    return rpc("/web/action/load", {"action_id": 7}, {"res_model": model, "domain": domain})


def views(model: str, *kinds: str) -> dict[str, Any]:
    """The views of a page."""
    asked = {"views": [[False, kind] for kind in kinds or ("list", "form", "search")]}
    described = {"views": {}, "models": {model: {"fields": USERS}}}
    return call(model, "get_views", (), asked, result=described)


def test_what_an_actions_domain_says_is_a_constant() -> None:
    domain = "[('type', '=', 'opportunity'), ('team_id', 'in', [uid]), ('user_id', '=', uid)]"
    *_, found = actions(
        page(), opened("crm.lead", domain), views("crm.lead"), search("crm.lead", PIPELINE)
    )
    assert [
        ["&", ["type", "=", "opportunity"], ["user_id", "=", by_name(found)["user_id"]]]
    ] == found.args
    assert "list_opportunities" == found.name


def test_a_filter_of_the_menu_is_optional_and_stays_as_recorded() -> None:
    typed = ["&", ["state", "in", ["sale", "done"]], ["name", "ilike", "S7"]]
    plain, by_words = actions(
        views("sale.order"),
        search("sale.order", [["state", "in", ["sale", "done"]]]),
        search("sale.order", typed),
    )
    assert ("list_sale_orders", "search_sale_orders_by_name") == (plain.name, by_words.name)
    for found in (plain, by_words):
        states = by_name(found)["states"]
        assert (states.required, states.default) == (False, ["sale", "done"])
    assert by_name(by_words)["name"].required


def test_what_somebody_filters_later_is_required() -> None:
    entries = (
        views("sale.order"),
        search("sale.order", []),
        search("sale.order", [["state", "=", "sale"]]),
    )
    _, found = actions(*entries)
    assert by_name(found)["state"].required
    assert "search_sale_orders_by_state" == found.name


@pytest.mark.parametrize(
    "leaf",
    [
        ["partner_id", "=", 7],
        ["id", "in", [7]],
        ["date_order", ">=", "2026-01-05"],
        ["name", "ilike", "x"],
    ],
    ids=str,
)
def test_records_days_and_words_are_no_filters_of_a_menu(leaf: list[Any]) -> None:
    (found,) = actions(views("sale.order"), search("sale.order", [leaf]))
    assert any(made.required for made in found.inputs)


def test_the_views_of_a_form_open_no_page() -> None:
    entries = (
        search("sale.order", []),
        views("sale.order", "form"),
        search("sale.order", [["state", "=", "sale"]]),
    )
    *_, found = actions(*entries)
    assert by_name(found)["state"].required


def test_a_default_of_the_context_tells_a_pasted_search() -> None:
    kwargs = {"context": {"lang": "en_US", "uid": 2, "default_type": "lead"}}
    (found,) = actions(search("crm.lead", [["type", "=", "lead"]], **kwargs))
    assert ("lead_type", False, "lead") == (
        found.inputs[0].name, found.inputs[0].required, found.inputs[0].default
    )  # fmt: skip


def test_mine_is_the_user_of_the_code() -> None:
    mine, read = actions(
        page(),
        search("sale.order", [["user_id", "=", 2]]),
        call(
            "res.users",
            "web_read",
            ([2],),
            {"specification": {"lang": {}, "tz": {}, "phone": {}, "signature": {}}},
            result=[],
        ),
    )
    for found in (mine, read):
        user = by_name(found)["user_id"]
        assert (user.required, user.default, user.own_uid) == (False, None, 2)


def test_another_user_is_asked_for() -> None:
    other, changed = actions(
        page(),
        search("sale.order", [["user_id", "=", 3]]),
        call("res.users", "write", ([2], {"lang": "fr_FR"})),
    )
    assert by_name(other)["user_id"].required and by_name(changed)["user_id"].required


def test_a_list_of_all_has_the_plain_name() -> None:
    mine, everything = actions(
        page(), search("sale.order", [["user_id", "=", 2]]), search("sale.order", [])
    )
    assert ("list_my_sale_orders", "list_sale_orders") == (mine.name, everything.name)


def test_an_action_that_is_none_changes_nothing() -> None:
    for domain in (None, 7, "[(", "[('type', '=', (uid))]", [["type", "="]]):
        *_, found = actions(opened("crm.lead", domain), search("crm.lead", [["type", "=", "lead"]]))
        assert by_name(found)["lead_type"].required


def test_the_action_of_another_server_says_nothing() -> None:
    action = opened("crm.lead", [["type", "=", "lead"]])
    action["request"]["url"] = "https://other.example/web/action/load"
    *_, found = actions(page(), action, search("crm.lead", [["type", "=", "lead"]]))
    assert by_name(found)["lead_type"].required
