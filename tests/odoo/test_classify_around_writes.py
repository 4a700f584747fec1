"""What the client does around a write is noise: it reads again, numbers its columns, asks anew what was not answered."""

from __future__ import annotations

from typing import Any

import pytest
from converting.actions_of import capture_of
from har_builder import call, search, views

from har2rpc.odoo.schema.wizards import is_wizard

from .test_classify import kinds_of

LOST = "crm.lead.lost"
ABOUT = {"context": {"uid": 2, "active_model": "crm.lead", "active_id": 5, "active_ids": [5]}}
NEVER = {"content": {"size": 0, "mimeType": ""}, "status": 0, "headers": []}


def read(
    model: str, *ids: int, fields: tuple[str, ...] = ("name", "phone", "email", "city")
) -> dict[str, Any]:
    return call(model, "read", (list(ids), list(fields)), result=[{"id": one} for one in ids])


def unanswered(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "response": NEVER}


def test_the_records_of_a_wizard_are_read_again_when_it_is_done() -> None:
    made = call(LOST, "web_save", ([], {"lost_reason_id": 1}), ABOUT, result=[{"id": 9}])
    button = call(LOST, "action_lost_reason_apply", ([9],), ABOUT, result=False)
    kinds = kinds_of(views("crm.lead", {}), made, button, read("crm.lead", 5))
    assert ["noise", "write", "action", "noise"] == kinds
    assert "read" == kinds_of(views("crm.lead", {}), made, button, read("crm.lead", 6))[-1]


def test_a_page_asks_its_search_again_after_a_write() -> None:
    delete = call("res.partner", "unlink", ([9],))
    assert ["read", "write", "noise"] == kinds_of(search(), delete, search())
    other = search(domain=[["phone", "ilike", "666"]])
    assert ["read", "write", "read"] == kinds_of(search(), delete, other)
    assert ["read", "read"] == kinds_of(
        search(), search()
    )  # nothing was done: somebody asked twice


def test_columns_are_numbered_anew_when_one_is_added() -> None:
    added = call("project.task.type", "name_create", ("Open",), result=[19, "Open"])
    numbered = call("project.task.type", "web_resequence", ([18, 19], {}), {"field_name": "x"})
    moved = call("project.task.type", "web_resequence", ([18, 17], {}), {"field_name": "x"})
    assert ["write", "noise"] == kinds_of(added, numbered)
    assert ["write", "write"] == kinds_of(added, moved)
    assert ["write"] == kinds_of(numbered)


@pytest.mark.parametrize("method", ["resequence", "web_resequence"])
def test_an_order_that_odoo_did_not_take_is_noise(method: str) -> None:
    moved = call("crm.lead", "write", ([3], {"stage_id": 2}))
    order = ("crm.lead", method, ([16, 9],))
    assert ["write", "noise"] == kinds_of(moved, call(*order, result=False))
    assert ["write", "write"] == kinds_of(moved, call(*order, result=True))
    assert ["write", "write"] == kinds_of(moved, call(*order, result=[]))
    assert ["write"] == kinds_of(call(*order, result=False))  # a single request is never noise


def test_the_record_that_is_shown_after_a_delete_is_noise() -> None:
    opened, delete, shown = read("res.partner", 9), call("res.partner", "unlink", ([9],)), 4
    assert ["read", "write", "noise"] == kinds_of(opened, delete, read("res.partner", shown))
    several = read("res.partner", shown, 5)
    assert ["read", "write", "read"] == kinds_of(opened, delete, several)
    lead = read("crm.lead", shown)
    assert "read" == kinds_of(views("crm.lead", {}), opened, delete, lead)[-1]
    archive = call("res.partner", "action_archive", ([9],))
    assert "read" == kinds_of(opened, archive, read("res.partner", shown))[-1]
    # From a list the next record is opened by somebody.
    assert "read" == kinds_of(opened, delete, search(), read("res.partner", shown))[-1]
    assert "read" == kinds_of(search(), delete, search(), read("res.partner", shown))[-1]
    assert "read" == kinds_of(opened, delete, read("res.partner", 4), read("res.partner", 5))[-1]


def test_a_question_that_was_never_answered_and_is_asked_again_was_asked_once() -> None:
    assert ["noise", "read"] == kinds_of(unanswered(read("crm.lead", 5)), read("crm.lead", 5))
    assert ["read", "read"] == kinds_of(unanswered(read("crm.lead", 5)), read("crm.lead", 6))
    assert ["read", "read"] == kinds_of(*[unanswered(read("crm.lead", 5))] * 2)


def test_up_to_16_the_lines_of_what_was_saved_are_read_again() -> None:
    lines = {"user_ids": [[0, "virtual_1", {"user_id": 6}]]}
    saved = call("change.password.wizard", "create", (lines,), result=3)
    line = read("change.password.user", 1)
    opened = views("change.password.user", {})
    assert ["noise", "write", "noise"] == kinds_of(opened, saved, line)
    assert "read" == kinds_of(saved, opened, line)[-1]  # its page was opened behind the save
    plain = call("change.password.wizard", "create", ({"name": "x"},), result=3)
    assert "read" == kinds_of(opened, plain, line)[-1]


def test_a_created_record_without_an_answer_is_read_back_as_well() -> None:
    made = unanswered(call(LOST, "create", ({"lost_reason_id": 1},)))
    assert ["write", "noise"] == kinds_of(made, read(LOST, 1))


@pytest.mark.parametrize(
    "model, entries, expected",
    [
        ("project.task", [call("project.task", "onchange", ([], {}, [], {}), ABOUT)], False),
        ("sale.advance.payment.inv", [], True),
        ("x_shop.send_wizard", [], True),
        ("x_shop.wizard.line", [], True),
        ("x_shop.send", [call("x_shop.send", "create", ({},), ABOUT, result=1)], True),
        ("x_shop.send", [call("x_shop.send", "create", ({},), result=1)], False),
        (
            "x_shop.send",
            [call("x_shop.send", "create", ({},), ABOUT, result=1), search("x_shop.send")],
            False,
        ),
    ],
)
def test_a_wizard_is_known_or_told_from_its_name_and_its_calls(
    model: str, entries: list[dict[str, Any]], expected: bool
) -> None:
    assert is_wizard(model, capture_of(*entries, search("res.country")).calls) is expected
