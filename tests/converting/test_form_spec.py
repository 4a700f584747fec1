"""Forms that set more than what is typed: which are asked, with what, and what is said of their values."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, page, views

from har2rpc import pipeline
from har2rpc.model import Action, FormSpec

from .actions_of import actions, capture_of, names

ORDER, LINE = "x.order", "x.order.line"
FIELDS = {
    "partner_id": {
        "type": "many2one",
        "relation": "res.partner",
        "string": "Vendor",
        "required": True,
    },
    "currency_id": {"type": "many2one", "relation": "res.currency"},
    "terms": {"type": "char"},
    "tag_ids": {"type": "many2many", "relation": "x.tag"},
    "line_ids": {"type": "one2many", "relation": LINE},
}
LINE_SPEC = {
    "product_id": {"fields": {}, "context": {"partner_id": 14}},
    "quantity": {},
    "price": {},
    "hidden": {},
}
SPEC = {
    "id": {},
    "partner_id": {"fields": {"display_name": {}}, "context": {"vendor": 14}},
    "currency_id": {"fields": {}},
    "terms": {},
    "tag_ids": {"fields": {}},
    "line_ids": {
        "fields": {"product_id": {"fields": {}}, "quantity": {}, "price": {}, "total": {}}
    },
}


def onchange(
    model: str, sent: Any, fields: list[str], spec: Any, *, ids: Any = (), **answer: Any
) -> Any:
    return call(model, "onchange", (list(ids), sent, fields, spec), result={"value": answer})


def order(spec: Any = SPEC, line_spec: Any = LINE_SPEC, **more: Any) -> list[Any]:
    """A vendor, and a line of a product whose quantity was typed before the product set it to 1 and after."""
    parent = {"order_id": {"partner_id": 14, "currency_id": 2}}
    line = {"product_id": 6, "quantity": 5, "price": 3.5}
    values = {
        "partner_id": 14,
        "currency_id": 2,
        "terms": False,
        "tag_ids": [],
        "line_ids": [[0, "virtual_3", line]],
    }
    return [
        page(server_version="18.0"),
        views(ORDER, FIELDS),
        onchange(ORDER, {}, [], spec, partner_id=False, currency_id={"id": 1}, terms=False),
        onchange(
            ORDER, {"partner_id": 14, "line_ids": []}, ["partner_id"], spec, currency_id={"id": 2}
        ),
        onchange(LINE, parent, [], line_spec, quantity=0, price=0),
        onchange(LINE, {"quantity": 4, **parent}, ["quantity"], line_spec),
        onchange(
            LINE,
            {"product_id": 6, "quantity": 4, **parent},
            ["product_id"],
            line_spec,
            price=4,
            quantity=1,
        ),
        onchange(LINE, {**line, **parent}, ["quantity"], line_spec, price=3.5),
        onchange(ORDER, {"line_ids": values["line_ids"]}, ["line_ids"], spec),
        call(
            ORDER, "web_save", ([], {**values, **more}), {"specification": spec}, result=[{"id": 9}]
        ),
    ]


def form_of(*entries: Any, **options: Any) -> FormSpec | None:
    [action] = [one for one in actions(*entries, **options) if one.method in ("create", "write")]
    return action.form


def test_the_form_of_an_order_and_of_its_lines() -> None:
    form = form_of(*order())
    assert form is not None
    assert (ORDER, True, "") == (form.model, form.is_nested, form.parent)
    assert ("partner_id", "line_ids") == form.typed
    assert ("partner_id", "currency_id", "terms", "tag_ids", "line_ids") == form.saves
    assert ("currency_id",) == form.sets
    assert ("partner_id", "currency_id", "terms", "tag_ids.") == form.reads
    line = form.lines["line_ids"]
    assert (LINE, "order_id", ("price",)) == (line.model, line.parent, line.sets)
    assert ("product_id", "quantity", "price", "hidden", "total") == line.reads


def test_a_value_that_a_later_answer_set_again_is_typed_behind_it() -> None:
    form = form_of(*order())
    assert form is not None and ("product_id", "quantity") == form.lines["line_ids"].typed


def test_no_context_and_no_value_of_the_form_gets_into_it() -> None:
    form = form_of(*order())
    assert form is not None
    assert "14" not in str(form.reads) and "vendor" not in str(form)


def test_up_to_16_names_alone_count() -> None:
    spec = {
        "id": "",
        "partner_id": "1",
        "currency_id": "",
        "line_ids": "1",
        "line_ids.price": "1",
        "line_ids.id": "",
    }
    line = {"product_id": "1", "quantity": "1", "price": ""}
    form = form_of(*order(spec, line))
    assert form is not None and not form.is_nested
    assert ("partner_id", "currency_id") == form.reads
    assert ("product_id", "quantity", "price") == form.lines["line_ids"].reads


@pytest.mark.parametrize("options", [{"keep_all": True}, {"inputs": False}, {"verbatim": True}])
def test_what_is_sent_as_recorded_asks_nothing(options: dict[str, bool]) -> None:
    assert all(action.form is None for action in actions(*order(), **options))


def test_a_name_that_is_no_field_of_odoo_asks_nothing() -> None:
    assert form_of(*order({**SPEC, "x); import os": {}})) is None


@pytest.mark.parametrize("model, version, is_asked", [
    ("crm.lead", "15.0", True), ("crm.lead", "16.0", False), ("res.partner", "14.0", False),
    ("account.move", "15.0", False), ("account.move", "16.0", True), ("x.y", "19.0", True),
])  # fmt: skip
def test_which_forms_are_asked(model: str, version: str, is_asked: bool) -> None:
    entries = [
        page(server_version=version),
        onchange(model, {}, [], {"name": {}, "ref": {}}, name=False, ref=False),
        onchange(model, {"name": "a"}, ["name"], {"name": {}, "ref": {}}, ref="A"),
        call(model, "create", ([{"name": "a", "ref": "A"}],), result=[9]),
    ]
    assert is_asked == (form_of(*entries) is not None)
    [action] = actions(*entries)
    said = " ".join(action.notes)
    assert ("cannot be called through the API" in said) == (
        model == "account.move" and version == "15.0"
    )
    assert ("Odoo sets it itself" in said) == (
        model in ("res.partner", "crm.lead") and not is_asked
    )
    assert ("set by an onchange (ref)" in said) == is_asked


def edit(*ids: int) -> list[Any]:
    spec = {
        "partner_id": {"fields": {}},
        "currency_id": {"fields": {}},
        "line_ids": {"fields": {"tax": {}, "total": {}}},
    }
    line = [[1, 70, {"tax": 3, "total": 8}]]
    return [
        views(ORDER, FIELDS),
        onchange(ORDER, {"partner_id": 15}, ["partner_id"], spec, ids=ids, currency_id={"id": 2}, line_ids=line),
        call(ORDER, "web_save", (list(ids), {"partner_id": 15, "currency_id": 2, "line_ids": [[1, 70, {"tax": 3}]]}),
             {"specification": spec}, result=[{"id": 5}]),
    ]  # fmt: skip


def test_an_edit_is_asked_too_and_the_lines_that_it_changed() -> None:
    [action] = actions(*edit(5))
    assert ["order_id", "partner_id"] == names(action)
    assert action.form is not None
    assert (("tax",), "") == (
        action.form.lines["line_ids"].saves,
        action.form.lines["line_ids"].parent,
    )
    assert {"currency_id", "line_ids"} == set(action.form.sets)


def test_an_edit_of_several_records_is_not() -> None:
    assert all(action.form is None for action in actions(*edit(5, 6)))


def test_decisions_say_that_the_form_is_asked() -> None:
    capture = capture_of(*order())
    [decisions] = pipeline.find_decisions(capture, [capture.calls[-1]]).values()
    by_path = {decision.path: decision for decision in decisions}
    currency = by_path["vals.currency_id"]
    assert ("form", "the form sets it (call 3); its onchange runs again", 3) == (
        currency.becomes, currency.reason, currency.n,
    )  # fmt: skip
    assert "form" == by_path["vals.line_ids[0].price"].becomes


def rendered(target: str) -> str:
    capture = capture_of(*order())
    return pipeline.render(capture, pipeline.actions(capture), target=target)


def test_targets_that_ask_nothing_send_what_followed_the_recorded_record() -> None:
    text = " ".join(rendered("curl").replace("#", "").split())
    assert 'currency_id "$(only_for "$partner_id" 14 2)"' in text
    assert '[[0, 0, {"price": 3.5, "product_id": 6, "quantity": 5}]]' in text
    assert "Sent as recorded, and only with the recorded product_id of a line: price." in text
    assert "Sent as recorded, and only with the recorded partner_id: currency_id." in text
    assert "Form(" not in text


def test_two_orders_of_two_vendors_are_one_action() -> None:
    second = [
        onchange(ORDER, {}, [], SPEC, currency_id={"id": 1}),
        onchange(ORDER, {"partner_id": 15}, ["partner_id"], SPEC, currency_id={"id": 3}),
        call(
            ORDER,
            "web_save",
            ([], {"partner_id": 15, "currency_id": 3}),
            {"specification": SPEC},
            result=[{"id": 10}],
        ),
    ]
    first = [*second[:1], onchange(ORDER, {"partner_id": 14}, ["partner_id"], SPEC, currency_id={"id": 2}),
             call(ORDER, "web_save", ([], {"partner_id": 14, "currency_id": 2}), {"specification": SPEC}, result=[{"id": 9}])]  # fmt: skip
    [action] = actions(*first, *second)
    assert isinstance(action, Action) and 2 == len(action.runs)
    assert action.form is not None and () == action.form.recorded
