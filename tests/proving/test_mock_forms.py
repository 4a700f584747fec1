"""The mock plays a form: asked field by field it answers what was recorded, and takes what was saved in the end."""

from __future__ import annotations

from typing import Any

import pytest
from converting.actions_of import capture_of
from converting.test_form_spec import edit, order
from har_builder import MOCK_KEY, page

from har2rpc import pipeline
from har2rpc.model import Call
from har2rpc.pipeline import recorded_odoo
from har2rpc.proving.mock.errors import Refused
from har2rpc.proving.mock.forms import RecordedForms
from har2rpc.proving.mock.recordings import CallRequest

DOTTED = {"partner_id": "1", "currency_id": "", "line_ids": "1", "line_ids.price": "1"}
DOTTED_LINE = {"product_id": "1", "quantity": "1", "price": ""}


def calls(*entries: Any) -> tuple[Call, ...]:
    return capture_of(*entries).calls


def verdicts(*entries: Any, target: str = "python") -> list[str]:
    capture = capture_of(*entries)
    saves = pipeline.select(capture)
    return [
        verdict.why or verdict.status
        for verdict in pipeline.verify(capture, saves, target=target, writes=True)
    ]


@pytest.mark.parametrize("target", ["python", "python-xmlrpc", "curl"])
def test_what_is_generated_for_a_form_does_the_same(target: str) -> None:
    assert ["same"] == verdicts(*order(), target=target)


def test_over_json_2_and_of_older_clients_too() -> None:
    entries = order()
    entries[0] = page(server_version="19.0")
    assert ["same"] == verdicts(*entries, target="python-json2")
    entries = order(DOTTED, DOTTED_LINE)
    entries[0] = page(server_version="15.0")
    assert ["same"] == verdicts(*entries)


def test_an_edit_is_played() -> None:
    assert ["same"] == verdicts(*edit(5))


def ask(forms: RecordedForms, model: str, names: list[str], **values: Any) -> Any:
    played = forms.play(model, "onchange", {"ids": [], "values": values, "field_names": names})
    return played and played.answer["value"]


def test_answers_to_a_field_that_was_typed_twice_are_merged() -> None:
    forms = RecordedForms(calls(*order()))
    assert {"currency_id": {"id": 1}, "partner_id": False, "terms": False} == ask(
        forms, "x.order", []
    )
    assert {"currency_id": {"id": 2}} == ask(forms, "x.order", ["partner_id"], partner_id=14)
    parent = {"order_id": {"partner_id": 14, "currency_id": 2}}
    assert {"quantity": 0, "price": 0} == ask(forms, "x.order.line", [], **parent)
    asked = ask(forms, "x.order.line", ["product_id"], product_id=6, quantity=0, **parent)
    assert {"price": 4, "quantity": 1} == asked
    assert {"price": 3.5} == ask(forms, "x.order.line", ["quantity"], quantity=5, **parent)


def test_another_value_is_refused() -> None:
    forms = RecordedForms(calls(*order()))
    ask(forms, "x.order", [])
    assert ask(forms, "x.order", ["partner_id"], partner_id=15) is None
    assert ask(forms, "x.order", ["terms"], terms="x") is None
    assert ask(forms, "x.other", []) is None


SAVED = {
    "partner_id": 14,
    "currency_id": 2,
    "line_ids": [[0, 0, {"product_id": 6, "quantity": 5, "price": 3.5}]],
}


@pytest.mark.parametrize("change", [
    {"currency_id": 1}, {"line_ids": []}, {"extra": 1}, {"terms": "x"}, {"tag_ids": [[4, 1]]},
    {"line_ids": [[0, 0, {"product_id": 6, "quantity": 5}]]},
])  # fmt: skip
def test_a_save_is_compared_key_by_key(change: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="never recorded"):
        saved({**SAVED, **change})
    assert 9 == saved({**SAVED, "tag_ids": [[6, 0, []]]})


def saved(values: dict[str, Any]) -> Any:
    """What the mock answers to this save."""
    odoo = recorded_odoo(capture_of(*order()), secret=MOCK_KEY)
    context = {"context": {"lang": "en_US"}}
    return odoo.recordings.answer(CallRequest("x.order", "create", [values], context))


def test_a_save_that_asked_no_form_is_taken_with_what_was_recorded() -> None:
    assert 9 == saved(SAVED)
    for values in ({**SAVED, "currency_id": 1}, {"partner_id": 14, "line_ids": SAVED["line_ids"]}):
        with pytest.raises(Refused, match="never recorded"):
            saved(values)
