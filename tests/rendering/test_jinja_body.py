"""Bodies in a Jinja template: what is not given takes its key along, whatever is left, and what follows a record too."""

from __future__ import annotations

import json
from typing import Any

import jinja2
import pytest

from har2rpc.model import Following, Input
from har2rpc.rendering.formatting import Given
from har2rpc.rendering.json_values.jinja import jinja_body

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


@pytest.mark.parametrize("partner", [4, "4", 5, "44"], ids=repr)
def test_what_follows_a_record_goes_with_the_recorded_one(partner: Any) -> None:
    currency = Following("currency_id", [[6, 0, [3]]], PARTNER, 4)
    sent = rendered(Given({"currency_id": currency, "partner_id": PARTNER}), partner_id=partner)
    assert (str(partner) == "4") == ("currency_id" in sent)
    assert partner == sent["partner_id"]
