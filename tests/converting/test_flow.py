"""A flow asks for what a person chooses in all its steps, once each, and passes on what its steps made."""

from __future__ import annotations

import io
import json
from typing import Any

from har_builder import call, har, search

from har2rpc import pipeline
from har2rpc.model import ConvertOptions, Flow, Input, Result


def flow(*entries: dict[str, Any], numbers: list[int] | None = None, **options: Any) -> Flow:
    """The flow of a HAR of these entries; `numbers` chooses the calls."""
    capture = pipeline.open_capture([io.BytesIO(json.dumps(har(*entries)).encode())])
    return pipeline.flow(
        capture, pipeline.select(capture, numbers=numbers), ConvertOptions(**options)
    )


def create(model: str, number: int, **values: Any) -> dict[str, Any]:
    return call(model, "create", (values,), result=number)


def asked(made: Flow) -> dict[str, Any]:
    return {one.name: one.example for one in made.inputs}


def passed(made: Flow) -> list[tuple[str, dict[str, Any]]]:
    """What goes into each step: flow inputs by their names in angle brackets."""

    def shown(value: Any) -> Any:
        if isinstance(value, list):
            return [shown(item) for item in value]
        return f"<{value.name}>" if isinstance(value, Input) else value

    return [
        (step.action.name, {k: shown(v) for k, v in step.values.items()}) for step in made.steps
    ]


def test_steps_stand_in_recorded_order_and_pass_on_what_they_made() -> None:
    made = flow(
        create("res.partner", 7, name="Ada"),
        create("sale.order", 41, partner_id=7),
        call("sale.order", "action_confirm", ([41],)),
    )
    assert passed(made) == [
        ("create_partner", {"name": "<name>"}),
        ("create_sale_order", {"partner_id": Result("partner_id")}),
        ("confirm_sale_order", {"order_id": Result("order_id")}),
    ]
    assert {"name": "Ada"} == asked(made)
    assert ("partner_id", "order_id") == made.returns
    assert "create_partner_then_create_and_confirm_sale_order" == made.name


def test_the_record_acted_upon_takes_the_plain_name_beside_one_that_is_made() -> None:
    made = flow(
        create("res.partner", 7, name="Ada"),
        call("res.partner", "write", ([41], {"parent_id": 7})),
        call("res.partner", "action_archive", ([7],)),
    )
    new = Result("new_partner_id")
    assert {"name": "Ada", "partner_id": 41} == asked(made)
    assert ("new_partner_id",) == made.returns
    assert {"partner_id": "<partner_id>", "parent_id": new} == passed(made)[1][1]
    assert {"partner_id": new} == passed(made)[2][1]
    own = flow(
        create("res.partner", 7, name="Ada"), call("res.partner", "write", ([7], {"city": "X"}))
    )
    assert ("partner_id",) == own.returns


def test_an_action_done_twice_is_two_steps_with_inputs_of_their_own() -> None:
    made = flow(create("res.partner", 7, name="Ada"), create("res.partner", 8, name="Bob"))
    assert [{"name": "<name>"}, {"name": "<name_2>"}] == [values for _, values in passed(made)]
    assert {"name": "Ada", "name_2": "Bob"} == asked(made)


def test_the_same_name_in_two_models_says_whose_it_is() -> None:
    made = flow(create("res.partner", 7, name="Ada"), create("crm.lead", 8, name="Ada"))
    assert {"partner_name": "Ada", "lead_name": "Ada"} == asked(made)


def test_the_same_record_is_asked_for_once_and_an_equal_number_twice() -> None:
    write = call("res.partner", "write", ([15], {"color": 3}), result=True)
    order = create("sale.order", 41, partner_id=15)
    lead = create("crm.lead", 5, color=3, partner_id=15)
    assert {"partner_id": 15, "partner_color": 3, "lead_color": 3} == asked(
        flow(write, order, lead)
    )
    user = call("res.users", "write", ([15], {"color": 4}), result=True)
    assert {"partner_id": 15, "user_id": 15} == {
        name: value for name, value in asked(flow(write, user)).items() if name.endswith("_id")
    }


def test_an_input_hides_no_variable_of_the_flow() -> None:
    """The first order is for a partner that was there, the second for the one created."""
    made = flow(
        create("sale.order", 40, partner_id=15),
        create("res.partner", 7, name="Ada"),
        create("sale.order", 41, partner_id=7),
    )
    results = {step.result for step in made.steps}
    assert set() == set(asked(made)) & (results | {step.action.name for step in made.steps})
    assert {"partner_id": 15, "name": "Ada"} == asked(made)
    assert "new_partner_id" in results


def test_limit_and_offset_stay_as_recorded() -> None:
    (values,) = [values for _, values in passed(flow(search()))]
    assert {"phone": "<phone>", "limit": 80, "offset": 0} == values


def test_the_recorded_run_gives_every_input_its_recorded_value() -> None:
    made = flow(create("res.partner", 7, name="Ada"), search())
    (run,) = made.runs
    assert asked(made) == run.values


def test_one_flow_across_files_in_recorded_order() -> None:
    """The file that is named first holds what was done last."""
    first = har(create("res.partner", 7, name="Ada"))
    second = har(create("sale.order", 41, partner_id=7))
    second["log"]["entries"][0]["startedDateTime"] = "2026-01-02T00:00:00.000Z"
    sources = [io.BytesIO(json.dumps(each).encode()) for each in (second, first)]
    capture = pipeline.open_capture(sources)
    made = pipeline.flow(capture, pipeline.select(capture))
    assert [
        ("create_partner", {"name": "<name>"}),
        ("create_sale_order", {"partner_id": Result("partner_id")}),
    ] == passed(made)
