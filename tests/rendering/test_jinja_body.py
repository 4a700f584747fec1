"""Bodies in a Jinja template: what is not given takes its key along, whatever is left, and what follows a record too."""

from __future__ import annotations

import json
from typing import Any

import jinja2
import pytest

from har2rpc.model import Following, Input
from har2rpc.rendering.formatting import Given
from har2rpc.rendering.json_values.jinja import jinja_body
from har2rpc.rendering.value_filters import mark_given

PHONE, EMAIL = Input("phone", required=False), Input("email", required=False)
PARTNER = Input("partner_id", type="many2one", example=4)


def rendered(value: Any, **given: Any) -> Any:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.filters["jsonify"] = json.dumps
    return json.loads(environment.from_string(jinja_body(value)).render(**given))


@pytest.mark.parametrize("empty", [{}, {"phone": None}, {"phone": ""}], ids=str)
def test_what_is_not_given_takes_its_key_along(empty: dict[str, Any]) -> None:
    body = [Given({"phone": PHONE, "name": "Ada", "email": EMAIL})]
    assert [{"name": "Ada", "email": "{{ x }}"}] == rendered(body, email="{{ x }}", **empty)


@pytest.mark.parametrize(
    "given", [{}, {"phone": "1"}, {"email": "2"}, {"phone": "1", "email": "2"}], ids=str
)
def test_commas_are_right_where_all_may_be_missing(given: dict[str, str]) -> None:
    assert given == rendered(Given({"phone": PHONE, "email": EMAIL}), **given)


def test_false_and_zero_are_given() -> None:
    body = Given({"phone": PHONE, "email": EMAIL})
    assert {"phone": False, "email": 0} == rendered(body, phone=False, email=0)


TAGS, USER, GONE = (
    Input("tag_ids", type="many2many", multiple=True, required=False),
    Input("user_id", type="many2one", required=False),
    Input("removed_user_id", type="many2one", required=False),
)


@pytest.mark.parametrize(
    "given, sent",
    [
        ({"tag_ids": []}, {}),
        ({"tag_ids": ["5", 2], "user_id": ""}, {"tag_ids": [[6, 0, [5, 2]]]}),
        ({"user_id": 3}, {"user_ids": [[4, 3]]}),
        ({"removed_user_id": 9}, {"user_ids": [[3, 9, False]]}),
        ({"user_id": 3, "removed_user_id": 9}, {"user_ids": [[4, 3], [3, 9, False]]}),
    ],
    ids=str,
)
def test_commands_go_with_the_records_that_are_given(given: Any, sent: Any) -> None:
    commands = {"tag_ids": [[6, 0, TAGS]], "user_ids": [[4, USER], [3, GONE, False]]}
    assert [8, sent] == rendered(mark_given([8, commands], "write"), **given)


@pytest.mark.parametrize("partner", [4, "4", 5, "44"], ids=repr)
def test_what_follows_a_record_goes_with_the_recorded_one(partner: Any) -> None:
    currency = Following("currency_id", [[6, 0, [3]]], PARTNER, 4)
    sent = rendered(Given({"currency_id": currency, "partner_id": PARTNER}), partner_id=partner)
    assert (str(partner) == "4") == ("currency_id" in sent)
    assert int(partner) == sent["partner_id"]


@pytest.mark.parametrize(
    "type_, given, sent",
    [
        ("integer", "5", 5),
        ("many2one", "5", 5),
        ("many2one", 5, 5),
        ("many2one", False, False),
        ("many2one", "five", "five"),
        ("float", "3.5", 3.5),
        ("monetary", "3,5", "3,5"),
        ("float", 2.5, 2.5),
        ("char", "5", "5"),
    ],
)
def test_a_number_that_a_form_gives_as_text_is_one(type_: str, given: Any, sent: Any) -> None:
    arrived = rendered([Input("x", type=type_)], x=given)
    assert [(sent, type(sent))] == [(value, type(value)) for value in arrived]


@pytest.mark.parametrize(
    "default, sent",
    [(None, False), (80, 80), (0, 0), (True, True), (False, False), ('"}} {{ x', False)],
    ids=repr,
)
def test_what_a_form_leaves_out_has_its_default(default: Any, sent: Any) -> None:
    for type_ in ("integer", "char"):
        assert [sent] == rendered([Input("x", type=type_, required=False, default=default)])
