"""Wizards and lines: what a form fills in that holds for its record, its day or the button that opened it."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.model import Action, Result
from har_builder import call, exchange, page, search, views

from .actions_of import actions, by_name, names
from .test_flow import asked, flow

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


GROUPED = call("x.task", "web_read_group", (), {"groupby": ["stage_id"], "aggregates": [], "domain": []}, result={"groups": []})  # fmt: skip
STAGE = {"stage_id": {"type": "many2one", "relation": "x.stage"}}


def test_the_column_in_which_a_record_is_made_is_an_input() -> None:
    context = {"context": {"uid": 2, "default_stage_id": 3, "default_team_id": 4}}
    quick = call("x.task", "web_save", ([], {"name": "x"}), context, result=[{"id": 9}])
    made = actions(views("x.task", STAGE), GROUPED, quick)[-1]
    assert made.context["default_stage_id"] == by_name(made)["stage_id"]
    assert 4 == made.context["default_team_id"]
    assert ["name"] == names(actions(views("x.task", STAGE), quick)[-1])


def test_what_a_value_made_on_the_fly_belongs_to_is_an_input() -> None:
    context = {"context": {"uid": 2, "default_attribute_id": 2, "default_user_id": 2}}
    value = call("product.attribute.value", "name_create", ("Turq",), context, result=[8, "Turq"])
    fields = {"attribute_id": {"type": "many2one", "relation": "product.attribute"}}
    [made] = actions(views("product.attribute.value", fields), value, numbers=[2])
    assert made.context["default_attribute_id"] == by_name(made)["attribute_id"]
    assert 2 == made.context["default_user_id"]


def unanswered(entry: dict[str, Any]) -> dict[str, Any]:
    return {**exchange("/web", {}), "request": entry["request"]}


def test_a_wizard_without_an_answer_is_the_one_that_its_button_is_about() -> None:
    made = unanswered(call("crm.lead.lost", "create", ({"lost_reason_id": 1},)))
    button = call("crm.lead.lost", "action_lost_reason_apply", ([4],))
    create, apply = flow(made, button).steps
    assert {"lost_id": Result(create.result)} == apply.values
    two = flow(made, made, button).steps
    assert {"lost_id": Result(two[1].result)} == two[2].values


def test_the_list_that_an_action_opens_is_linked() -> None:
    action = {"type": "ir.actions.act_window", "res_model": "account.payment"}
    paid = call("account.move", "pay", ([5],), result={**action, "domain": [["id", "in", [1, 2]]]})
    found = search("account.payment", [["id", "in", [1, 2]]])
    step = flow(paid, found).steps[-1]
    assert Result("action", "action", record=0, field="domain") == step.values["payment_ids"]
    other = flow(paid, search("account.payment", [["id", "in", [1, 3]]])).steps[-1]
    assert [1, 3] == other.values["payment_ids"].example


def test_one_question_of_several_searches_is_asked_once() -> None:
    first = search("crm.lead", [["type", "=", "lead"], ["stage_id", "=", 1]])
    second = search("crm.lead", [["type", "=", "lead"], ["stage_id", "=", 2]])
    made = flow(first, second)
    assert {"type_": "lead", "stage_id": 1, "stage_id_2": 2} == asked(made)


def test_help_tells_what_the_recorded_record_was_called_or_nothing() -> None:
    rows = {"length": 2, "records": [{"id": 5, "name": "Desks"}, {"id": 6, "name": "Lamps"}]}
    kwargs = {"domain": [], "specification": {"name": {}}}
    found = call("crm.lead", "web_search_read", (), kwargs, result=rows)
    made = flow(found, *[call("crm.lead", "action_set_won", ([one],)) for one in (5, 6)])
    assert ["Id of a crm.lead (5 was Desks)", "Id of a crm.lead"] == [
        one.help for one in made.inputs
    ]


def test_the_page_that_was_open_is_left_out_of_deeds_on_records() -> None:
    context = {"context": {"uid": 2, "active_model": "project.project", "active_id": 3, "x": 1}}
    task = call("project.task", "web_save", ([7], {"name": "x"}), context, result=[{"id": 7}])
    [made] = actions(task)
    assert ({"x": 1}, ["task_id", "name"]) == (made.context, names(made))
    run = call("ir.actions.server", "run", ([7],), context)
    assert "active_id" in actions(run)[0].context


def test_a_saved_search_has_its_name_as_input() -> None:
    values = {"name": "Fremont", "model_id": "res.partner", "domain": "[('city', '=', 'x')]"}
    [made] = actions(call("ir.filters", "create_or_replace", (values,)))
    assert (["name", "domain"], "save_search") == (names(made), made.name)
