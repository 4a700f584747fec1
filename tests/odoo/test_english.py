"""Odoo's technical names in a person's words."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from har2rpc.odoo import english
from har2rpc.odoo.schema import relations


@pytest.mark.parametrize(
    "model, noun, several",
    [
        ("res.partner", "partner", "partners"),
        ("sale.order", "sale_order", "sale_orders"),
        ("sale.order.line", "sale_order_line", "sale_order_lines"),
        ("product.product", "product", "products"),
        ("product.template", "product", "products"),
        ("res.country", "country", "countries"),
        ("res.users", "user", "users"),
        ("ir.filters", "filter", "filters"),
        ("crm.lead", "lead", "leads"),
        ("account.tax", "tax", "taxes"),
        ("res.partner.category", "partner_category", "partner_categories"),
        ("x_my.Model", "x_my_model", "x_my_models"),
    ],
)
def test_models(model: str, noun: str, several: str) -> None:
    assert (noun, several) == (english.model_noun(model), english.plural(noun))


@pytest.mark.parametrize(
    "field, noun, name, label",
    [
        ("phone", "phone", "phone", "Phone"),
        ("country_id", "country", "country_id", "Country"),
        ("category_ids", "category", "category_ids", "Category"),
        ("phone_mobile_search", "phone", "phone", "Phone Mobile Search"),
        ("product_uom_qty", "quantity", "quantity", "Product Uom Qty"),
        ("partner_id.name", "partner", "partner_name", "Partner ID Name"),
        ("vat", "vat", "vat", "VAT"),
        ("type", "type", "type_", "Type"),
        ("class", "class", "class_", "Class"),
        ("id", "id", "id_", "ID"),
    ],
)
def test_fields(field: str, noun: str, name: str, label: str) -> None:
    expected = (noun, name, label)
    assert expected == (
        english.field_noun(field), english.input_name(field), english.label_of(field)
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=12), st.sampled_from([*keyword.kwlist, "print", "id", "call"])))
def test_an_identifier_is_one_and_is_nobody_elses(text: str) -> None:
    name = english.identifier(text)
    assert name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
    assert name not in ("print", "id", "call", "execute_kw", "CONTEXT", "json")
    assert english.identifier(english.model_noun(text)).isidentifier()


@pytest.mark.parametrize(
    "words, said",
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(words: list[str], said: str) -> None:
    assert said == english.listed(words)
    assert "a, a and 5 more" == english.listed(["a"] * 7, most=2)


def test_titles() -> None:
    assert "Search Partners by Phone" == english.title("search_partners_by_phone")
    assert "By Name" == english.title("by_name")


@pytest.mark.parametrize(
    "field, model, comodel",
    [
        ("country_id", "res.partner", "res.country"),
        ("parent_id", "hr.department", "hr.department"),
        ("parent_id", "res.partner", "res.partner"),
        ("order_id", "sale.order.line", "sale.order"),
        ("stage_id", "crm.lead", "crm.stage"),
        ("stage_id", "project.task", "project.task.type"),
        ("stage_id", "x.unknown", ""),
        ("thing_id", "res.partner", ""),
    ],
)
def test_the_model_that_a_field_usually_means(field: str, model: str, comodel: str) -> None:
    assert comodel == relations.usual_model(field, model)
