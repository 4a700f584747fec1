"""Wizards and lines: what a form fills in that holds for its record, its day or the button that opened it."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, page, views

from har2rpc.model import Action

from .actions_of import actions, by_name, names

PAY = "account.payment.register"
PAY_FIELDS = {
    "amount": {"type": "monetary", "string": "Amount"},
    "payment_date": {"type": "date", "string": "Date"},
    "journal_id": {"type": "many2one", "string": "Journal", "relation": "account.journal"},
    "payment_type": {"type": "selection", "string": "Type"},
    "memo": {"type": "char", "string": "Memo"},
}
OPENS_WITH = {
    "amount": 750.0,
    "payment_date": "2026-11-27",
    "journal_id": 6,
    "payment_type": "in",
    "memo": "INV/8",
}
ABOUT = {"uid": 2, "active_model": "account.move", "active_id": 57, "active_ids": [57]}


def saved(
    model: str,
    fields: dict[str, Any],
    values: dict[str, Any],
    *onchanges: dict[str, Any],
    context: dict[str, Any],
    version: str = "19.0",
) -> Action:
    """The creation that a form ended, which had opened with the first of these answers."""
    kwargs = {"context": context}
    steps = [
        call(
            model, "onchange", ([], {}, step.pop("_names", []), {}), kwargs, result={"value": step}
        )
        for step in ({**one} for one in onchanges)
    ]
    entry = call(model, "create", (values,), kwargs, result=9)
    return actions(page(server_version=version), views(model, fields), *steps, entry)[-1]


def test_defaults_of_a_wizard_are_those_of_its_record_and_no_defaults_of_inputs() -> None:
    values = {
        "amount": 700.0, "payment_date": "2026-12-01", "journal_id": 7, "payment_type": "out",
        "memo": "x",
    }  # fmt: skip
    made = saved(PAY, PAY_FIELDS, values, OPENS_WITH, context=ABOUT)
    assert {"amount", "payment_date", "journal_id", "memo", "move_id"} == {
        one.name for one in made.inputs if one.required
    }
    assert ("in", False) == (made.inputs[3].default, made.inputs[3].required)


def test_elsewhere_only_what_holds_for_the_day_is_asked_for() -> None:
    values = {**OPENS_WITH, "amount": 700.0, "payment_date": "2026-12-01"}
    made = by_name(saved("x_pay", PAY_FIELDS, values, OPENS_WITH, context={"uid": 2}))
    assert {"amount": False, "payment_date": True} == {
        name: one.required for name, one in made.items()
    }
    assert 750.0 == made["amount"].default


def test_of_a_dialog_whose_opening_is_lost_switches_stay_as_they_were() -> None:
    settings = {"module_x": True, "quotation_days": 30}
    made = by_name(saved("res.config.settings", {}, settings, context={"uid": 2}))
    assert {"module_x": (False, True), "quotation_days": (False, 30)} == {
        name: (one.required, one.default) for name, one in made.items()
    }
    made = by_name(saved(PAY, PAY_FIELDS, OPENS_WITH, context=ABOUT))
    assert (True, False, "in") == (
        made["amount"].required, made["payment_type"].required, made["payment_type"].default
    )  # fmt: skip


EVENT = {
    "start": {"type": "datetime", "string": "Start"},
    "stop": {"type": "datetime", "string": "Stop"},
    "show_as": {"type": "char", "string": "Show"},
}


def test_a_day_that_the_form_worked_out_anew_is_sent() -> None:
    opening = {"start": "2026-11-27 09:00:00", "stop": "2026-11-27 10:00:00", "show_as": "busy"}
    moved = {"stop": "2026-12-22 15:00:00", "show_as": "free", "_names": ["start"]}
    values = {"start": "2026-12-22 14:00:00", "stop": "2026-12-22 15:00:00", "show_as": "free"}
    made = saved("calendar.event", EVENT, values, opening, moved, context={"uid": 2})
    assert {"start": True, "stop": True} == {one.name: one.required for one in made.inputs}
    kept = {**opening, "start": "2026-12-22 14:00:00"}
    made = saved("calendar.event", EVENT, kept, opening, context={"uid": 2})
    assert ["start"] == names(made)


def lines(button: dict[str, Any], opening: dict[str, Any], line: dict[str, Any]) -> Action:
    """A line added to an order by a button with this context."""
    fields = {
        "display_type": {"type": "selection"}, "name": {"type": "text"}, "city": {"type": "char"}
    }  # fmt: skip
    opened = call(
        "x.line",
        "onchange",
        ([], {}, [], {}),
        {"context": {"uid": 2, **button}},
        result={"value": opening},
    )
    entry = call(
        "x.order", "web_save", ([5], {"line_ids": [[0, "virtual_1", line]]}), result=[{"id": 5}]
    )
    described = views("x.order", {"line_ids": {"type": "one2many", "relation": "x.line"}})
    return actions(described, views("x.line", fields), opened, entry)[-1]  # fmt: skip


def test_what_a_button_gives_a_line_is_sent_with_it() -> None:
    opening = {"display_type": "line_section", "city": "Ghent", "color": 3}
    line = {**opening, "name": "Fittings"}
    button = {"default_display_type": "line_section", "default_city": "Ghent"}
    made = lines(button, opening, line)
    city, name = by_name(made)["city"], by_name(made)["name"]
    sent = {"display_type": "line_section", "city": city, "name": name}
    assert sent == made.args[1]["line_ids"][0][2]
    assert city.required
    made = lines({}, opening, line)  # the same by itself: Odoo knows it
    assert {"name": by_name(made)["name"]} == made.args[1]["line_ids"][0][2]


def test_lines_that_go_are_told_from_lines_that_change() -> None:
    commands = [[1, 68, {"name": "x"}], [2, 69], [3, 70]]
    entry = call("x.order", "web_save", ([5], {"line_ids": commands}), result=[{"id": 5}])
    [made] = actions(entry)
    assert ["order_id", "line_id", "name", "deleted_line_id", "removed_line_id"] == names(made)


COMPOSER = "mail.compose.message"


@pytest.mark.parametrize("version, sent", [("14.0", ["partner_ids", "subject"]), ("16.0", [])])
def test_up_to_15_the_composer_alone_fills_in_its_template(version: str, sent: list[str]) -> None:
    values = {
        "partner_ids": [[6, False, [10]]],
        "subject": "S00001",
        "attachment_ids": [[6, 0, [4]]],
    }
    opening = {**values, "partner_ids": [[6, 0, [10]]]}
    made = saved(COMPOSER, {}, values, opening, context=ABOUT, version=version)
    assert [*sent, "move_id"] == names(made)
    assert all(one.required for one in made.inputs)
    assert ("attachment_ids: files" in " ".join(made.notes)) is bool(sent)


@pytest.mark.parametrize(
    "html, is_typed",
    [("<p><br></p>", False), ('<p class="x"> Good&nbsp;day </p>', False), ("<p>New</p>", True),
     ('<p><img src="x"/></p>', True)],
)  # fmt: skip
def test_html_that_the_editor_wrote_down_otherwise_was_not_typed(html: str, is_typed: bool) -> None:
    opening = {"name": False, "note": "<div>Good day</div>" if "day" in html else False}
    made = saved("x.note", {}, {"name": "a", "note": html}, opening, context={"uid": 2})
    assert (["name", "note"] if is_typed else ["name"]) == names(made)


def test_an_empty_text_of_the_editor_is_no_change() -> None:
    values = {"description": "<p><br></p>", "name": "x"}
    [made] = actions(call("x.note", "web_save", ([5], values), result=[{"id": 5}]))
    assert ["note_id", "name"] == names(made)
    assert "description: an empty text of the editor is left out" in " ".join(made.notes)


def test_what_was_typed_where_a_form_was_opened_from_is_an_input() -> None:
    fields = {"name": {"type": "char"}, "start": {"type": "datetime"}, "team_id": {"type": "many2one", "relation": "x.team"}}  # fmt: skip
    values = {"name": "Cedar House", "start": "2026-11-26 08:00:00", "team_id": 4}
    context = {"uid": 2, **{f"default_{key}": value for key, value in values.items()}}
    made = saved("x.event", fields, values, values, context=context)
    assert ["name", "start"] == names(made)
    assert all(one.required for one in made.inputs)
    assert {"default_team_id": 4} == made.context


def test_a_dialog_gets_the_record_that_it_cannot_be_without() -> None:
    needed = {"journal_id": {"type": "many2one", "relation": "account.journal", "required": True}}
    opening = {"journal_id": 1, "reason": False}
    values = {"journal_id": 1, "reason": "Wrong"}
    made = saved("account.move.reversal", needed, values, opening, context=ABOUT)
    assert {"journal_id": True, "reason": False, "move_id": True} == {
        one.name: one.required for one in made.inputs
    }


def test_the_editors_own_notes_are_no_part_of_a_text() -> None:
    html = '<div data-oe-version="2.0" data-last-history-steps="35,36">New</div>'
    [made] = actions(call("x.note", "web_save", ([5], {"description": html}), result=[{"id": 5}]))
    assert "<div>New</div>" == by_name(made)["description"].example


def test_an_unticked_box_of_settings_is_sent() -> None:
    settings = {"group_x": False, "module_y": True, "x_char": False}
    made = by_name(saved("res.config.settings", {}, settings, context={"uid": 2}))
    assert {"group_x": False, "module_y": True} == {n: one.default for n, one in made.items()}


def test_lines_that_another_choice_filled_in_are_sent_as_they_are() -> None:
    opening = {"template_id": False, "line_ids": []}
    line = {"product_id": 7, "quantity": 0.0, "name": "Desk", "note": False}
    other = {"product_id": 8, "quantity": 1.0, "name": "Lamp", "note": False}
    shown = {**line, "product_id": {"id": 7, "display_name": "Desk"}}
    picked = {"line_ids": [[0, 0, shown], [0, 0, other]], "_names": ["template_id"]}
    changed = {**other, "quantity": 5.0}
    lines = [[0, "virtual_1", line], [0, "virtual_2", changed]]
    made = saved("x.order", {}, {"template_id": 3, "line_ids": lines}, opening, picked, context={"uid": 2})  # fmt: skip
    first, second = by_name(made)["lines"].example
    assert {"product_id": 7, "quantity": 0.0, "name": "Desk"} == first
    assert 5.0 == second["quantity"]  # that one was changed
    assert "line_ids: lines that another field filled in are sent as recorded." in made.notes
