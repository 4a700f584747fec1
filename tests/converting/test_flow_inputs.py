"""What a flow asks for has the plain name where something is changed with it, and is told by its role where two would clash."""

from __future__ import annotations

from typing import Any

from har_builder import call, rpc, search

from har2rpc import pipeline
from har2rpc.model import Flow

from .actions_of import capture_of


def flow(*entries: dict[str, Any]) -> Flow:
    return pipeline.flow(capture_of(*entries))


def asked(made: Flow) -> dict[str, Any]:
    return {one.name: one.example for one in made.inputs}


def test_the_record_acted_upon_has_the_plain_name_beside_the_one_it_makes() -> None:
    made = flow(
        call("res.partner", "write", ([5], {"city": "Ghent"})),
        call("res.partner", "create", ({"name": "Ada"},), result=7),
        call("res.partner", "action_archive", ([7],)),
    )
    assert {"partner_id": 5, "city": "Ghent", "name": "Ada"} == asked(made)
    assert "new_partner_id" == made.steps[1].result


def test_what_is_changed_later_is_new() -> None:
    made = flow(
        call("crm.lead", "create", ({"name": "A"},), result=4),
        call("crm.lead", "write", ([4], {"name": "B"})),
    )
    assert {"name": "A", "new_name": "B"} == asked(made)


def test_what_was_searched_for_gives_way() -> None:
    found = {"length": 1, "records": [{"id": 7, "name": "Azure"}]}
    looked = call(
        "res.partner",
        "web_search_read",
        (),
        {"domain": [["name", "ilike", "az"]], "specification": {"name": {}}},
        result=found,
    )
    made = flow(looked, call("res.partner", "write", ([7], {"name": "Azure Ltd"})))
    assert {"searched_name": "az", "name": "Azure Ltd"} == asked(made)


def test_two_models_say_whose_it_is() -> None:
    made = flow(
        call("crm.lead", "create", ({"name": "A"},), result=4),
        call("project.task", "create", ({"name": "B"},), result=5),
    )
    assert {"lead_name": "A", "task_name": "B"} == asked(made)


def test_the_other_cards_of_a_column_are_nobodys_inputs() -> None:
    moved = call("crm.lead", "web_save", ([5], {"stage_id": 3}), result=[{"id": 5}])
    numbered = rpc("/web/dataset/resequence", {"model": "crm.lead", "ids": [4, 5, 6]})
    assert {"lead_id": 5, "stage_id": 3} == asked(flow(moved, numbered))
    alone = asked(flow(numbered, call("crm.lead", "write", ([4], {"name": "x"}))))
    assert not any("sequence" in name for name in alone)


def test_the_words_of_search_more_are_the_search() -> None:
    words = call(
        "res.country",
        "name_search",
        (),
        {"name": "uni", "limit": 320},
        result=[[2, "UAE"], [3, "US"]],
    )
    listed = search("res.country", [["id", "in", [2, 3]]])
    (found,) = pipeline.actions(capture_of(search(), words, listed))[1:]
    assert ("look_up_countries_by_name", ["name", "limit"]) == (
        found.name,
        [one.name for one in found.inputs],
    )


def test_a_flow_of_reads_leaves_out_the_pages_before() -> None:
    views = call(
        "crm.lead", "get_views", (), {"views": [[False, "kanban"], [False, "list"]]}, result={}
    )
    groups = call(
        "crm.lead",
        "web_read_group",
        (),
        {"domain": [], "groupby": ["stage_id"]},
        result={"groups": []},
    )
    columns = [search("crm.lead", [["stage_id", "=", stage]]) for stage in (1, 2)]
    listed = call(
        "crm.lead",
        "web_search_read",
        (),
        {"domain": [], "specification": {"name": {}}},
        result={"records": []},
    )
    typed = search("crm.lead", [["name", "ilike", "desk"]])
    assert ["search_leads_by_name"] == steps(flow(views, groups, *columns, listed, typed))
    assert ["group_leads_by_stage"] == steps(flow(views, groups, *columns))
    chosen = flow(listed, groups, search("crm.lead", [["stage_id", "=", 1]]))
    assert ["group_leads_by_stage", "search_leads_by_stage"] == steps(chosen)
    records = flow(call("crm.lead", "web_read", ([4],), {"specification": {}}, result=[]), typed)
    assert ["read_lead", "search_leads_by_name"] == steps(records), "a record is no page"


def steps(made: Flow) -> list[str]:
    return [step.action.name for step in made.steps]


def test_two_messages_are_told_by_what_they_are() -> None:
    def posted(body: str, subtype: str) -> dict[str, Any]:
        data = {"body": body, "message_type": "comment", "subtype_xmlid": subtype}
        params = {"thread_model": "crm.lead", "thread_id": 5, "post_data": data}
        return rpc("/mail/message/post", params, {"id": 3})

    made = flow(posted("Hi", "mail.mt_note"), posted("Hello", "mail.mt_comment"))
    assert {"lead_id": 5, "body": "Hi", "message_body": "Hello"} == asked(made)
    assert "log_note_on_lead_and_post_message_on_lead" == made.name
