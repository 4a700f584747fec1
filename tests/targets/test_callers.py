"""In every language: "mine" is whoever calls, unless somebody else is given; a wizard is done in one function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, search

from targets.conftest import Stage
from targets.odoo_stub import UID, Asked
from targets.running import able, code, run, stub, variables
from targets.test_flows import called

ABOUT = {"active_model": "crm.lead", "active_id": 9, "active_ids": [9], "lang": "en_US"}


def user_of(asked: Asked) -> Any:
    """The user whose orders were asked for."""
    (leaf,) = asked.kwargs["domain"] if asked.args is None else asked.args[0]
    assert "user_id" == leaf[0]
    return leaf[2]


@pytest.mark.parametrize("target", able())
def test_mine_is_whoever_calls(target: str, tmp_path: Path, stage: Stage) -> None:
    """The recorded user is 41, the one that calls another."""
    stage.app = odoo = stub(
        target, lambda asked: {"uid": UID} if asked.method == "context_get" else []
    )
    recorded = search("sale.order", [["user_id", "=", 41]], context={"lang": "en_US", "uid": 41})
    text = code(tmp_path, target, page(uid=41), recorded)
    environment = variables(stage.url, target)
    assert 0 == run(text, target, environment).status
    for chosen in ({}, {"user_id": 7}):
        ran = called(text, target, environment, "list_sale_orders", chosen)
        assert 0 == ran.status, ran.said
    users = [user_of(asked) for asked in odoo.asked if asked.method == "search_read"]
    assert [UID, UID, 7] == users


@pytest.mark.parametrize("target", able())
def test_a_wizard_is_done_in_one_function(target: str, tmp_path: Path, stage: Stage) -> None:
    is_list = target.endswith("json2")

    def answer(asked: Asked) -> Any:
        return ([1044] if is_list else 1044) if asked.method == "create" else "lost"

    stage.app = odoo = stub(target, answer)
    entries = (
        page(),
        call(
            "crm.lead.lost",
            "web_save",
            ([], {"lost_reason_id": 3}),
            {"context": ABOUT},
            result=[{"id": 4}],
        ),
        call(
            "crm.lead.lost",
            "action_lost_reason_apply",
            ([4],),
            {"context": ABOUT},
            route="/web/dataset/call_button",
        ),
    )
    text = code(tmp_path, target, *entries)
    chosen = {"lead_id": 1009, "lost_reason_id": 5}
    ran = called(text, target, variables(stage.url, target), "mark_lead_as_lost", chosen)
    assert (0, "lost") == (ran.status, ran.printed), ran.said
    made, ended = odoo.asked
    assert ("create", "action_lost_reason_apply") == (made.method, ended.method)
    assert [1044] == (ended.kwargs["ids"] if ended.args is None else ended.args[0])
    assert [[1009], [1009]] == [asked.kwargs["context"]["active_ids"] for asked in (made, ended)]
