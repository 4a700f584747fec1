"""Columns, lists that an action opens, wizards without an answer, pages that were open: what stands around a form."""

from __future__ import annotations

from typing import Any

from har_builder import call, exchange, page, rpc, search, views

from har2rpc.model import Result

from .actions_of import actions, by_name, names
from .test_flow import asked, flow

GROUPED = call("x.task", "web_read_group", (), {"groupby": ["stage_id"], "aggregates": [], "domain": []}, result={"groups": []})  # fmt: skip
STAGE = {"stage_id": {"type": "many2one", "relation": "x.stage"}}


def test_the_column_in_which_a_record_is_made_is_an_input() -> None:
    context = {"context": {"uid": 2, "default_stage_id": 3, "default_team_id": 4}}
    quick = call("x.task", "web_save", ([], {"name": "x"}), context, result=[{"id": 9}])
    made = actions(views("x.task", STAGE), GROUPED, quick)[-1]
    assert made.context["default_stage_id"] == by_name(made)["stage_id"]
    assert 4 == made.context["default_team_id"]
    assert ["name"] == names(actions(views("x.task", STAGE), quick)[-1])


def test_records_that_stay_in_the_context_of_a_creation_are_said() -> None:
    context = {"uid": 2, "default_partner_id": 10, "default_user_id": 2, "default_origin": "S1"}
    entry = call(
        "x.order", "web_save", ([], {"name": "x"}), {"context": context}, result=[{"id": 9}]
    )
    [made] = actions(entry)
    said = "As recorded, in the context: default_partner_id; --input 1:context.default_partner_id=… makes it an input."
    assert said in made.notes
    [made] = actions(entry, input_names={"1:context.default_partner_id": "partner_id"})
    assert made.context["default_partner_id"] == by_name(made)["partner_id"]


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
    (wizard,) = flow(made, button).steps
    assert [[Result("wizard_id")]] == wizard.action.args
    assert "The code assumes" in " ".join(wizard.action.notes)
    two = flow(made, made, button).steps
    assert {"wizard_id": Result(two[1].result)} == two[2].values


def test_the_list_that_an_action_opens_is_linked() -> None:
    action = {"type": "ir.actions.act_window", "res_model": "account.payment"}
    paid = call("account.move", "pay", ([5],), result={**action, "domain": [["id", "in", [1, 2]]]})
    found = search("account.payment", [["id", "in", [1, 2]]])
    step = flow(paid, found, reads=True).steps[-1]
    assert Result("action", "action", record=0, field="domain") == step.values["payment_ids"]
    other = flow(paid, search("account.payment", [["id", "in", [1, 3]]]), reads=True).steps[-1]
    assert [1, 3] == other.values["payment_ids"].example


def test_one_question_of_several_searches_is_asked_once() -> None:
    first = search("crm.lead", [["type", "=", "lead"], ["stage_id", "=", 1]])
    second = search("crm.lead", [["type", "=", "lead"], ["stage_id", "=", 2]])
    made = flow(first, second)
    assert {"lead_type": "lead", "stage_id": 1, "stage_id_2": 2} == asked(made)


def test_help_tells_what_the_recorded_record_was_called_or_nothing() -> None:
    rows = {"length": 2, "records": [{"id": 5, "name": "Desks"}, {"id": 6, "name": "Lamps"}]}
    kwargs = {"domain": [], "specification": {"name": {}}}
    found = call("crm.lead", "web_search_read", (), kwargs, result=rows)
    made = flow(found, *[call("crm.lead", "action_set_won", ([one],)) for one in (5, 6)])
    assert ["Id of a crm.lead (5 was Desks)", "Id of a crm.lead"] == [
        one.help for one in made.inputs
    ]


def test_the_page_that_was_open_is_left_out_of_actions_on_records() -> None:
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


def test_a_reading_action_says_what_each_of_its_runs_lacks() -> None:
    kwargs = {"groupby": ["stage_id"], "aggregates": [], "domain": []}
    plain = call("x.task", "web_read_group", (), kwargs, result={"groups": []})
    nested = {**kwargs, "groupby": ["stage_id", "user_id"]}
    deep = call("x.task", "web_read_group", (), nested, result={"groups": []})
    [made] = actions(plain, deep)
    assert 1 == sum("the nested groups" in note for note in made.notes)


def test_a_message_says_whom_and_what_it_lost() -> None:
    post = {"body": "<p>x</p>", "partner_emails": ["a@example.com"], "attachment_ids": [9]}
    params = {"thread_model": "crm.lead", "thread_id": 4, "post_data": post}
    [made] = actions(page(server_version="19.0"), rpc("/mail/message/post", params, {"id": 9}))
    notes = " ".join(made.notes)
    assert "partner_emails: the route" in notes and "attachment_ids: files uploaded" in notes
    assert "partner_emails" not in made.kwargs
