"""Whether a form had a value by itself is told by what its own questions were answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import call, page, written

from har2rpc import pipeline
from har2rpc.odoo.form_answers import FormAnswers
from har2rpc.odoo.schema.saved_values import SavedValue


def onchange(values: dict[str, Any], names: list[str] | None = None, **sent: Any) -> dict[str, Any]:
    return call("sale.order", "onchange", ([], sent, names or [], {}), result={"value": values})


def line_onchange(values: dict[str, Any]) -> dict[str, Any]:
    around = {"order_id": {"id": False, "partner_id": 7}}
    return call("sale.order.line", "onchange", ([], around, [], {}), result={"value": values})


def save(**values: Any) -> dict[str, Any]:
    return call("sale.order", "web_save", ([], values), {"specification": {}}, result=[{"id": 3}])


def explained(folder: Path, path: str, value: Any, *entries: dict[str, Any], **more: Any) -> str:
    """The explanation of a value of the last save of these calls."""
    capture = pipeline.open_capture([written(folder, page(), *entries)])
    last = [one for one in capture.calls if one.method == "web_save"][-1]
    return FormAnswers(capture.calls, 18).explanation(last, SavedValue(path, value, **more))


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("warehouse_id", 1, "the form had it (call 1)"),
        ("pricelist_id", 4, "the form had it (call 2)"),
        ("note", "y", ""),
        ("warehouse_id", 2, ""),
        ("order_line[0].price_unit", 5.0, "the form had it (call 3)"),
        ("order_line[0].tax_ids", [[6, 0, [2]]], "the form had it (call 3)"),
        ("order_line[0].price_unit", 6, ""),
        ("price_unit", 5.0, ""),
        ("order_line[0].sequence", 10, "the client numbers its lines"),
    ],
)
def test_the_form_that_was_saved_tells(tmp_path: Path, path: str, value: Any, why: str) -> None:
    opening = onchange({"warehouse_id": {"id": 1, "display_name": "W"}, "note": "x"})
    picked = onchange({"pricelist_id": [4, "EUR"]}, ["partner_id"])
    line = line_onchange({"price_unit": 5, "tax_ids": [[4, 2]]})
    assert why == explained(tmp_path, path, value, opening, picked, line, save())


def test_a_switch_that_an_opening_does_not_name_is_off(tmp_path: Path) -> None:
    opening = onchange({"note": "x"})
    assert "the form had it (call 1)" == explained(tmp_path, "is_ok", False, opening, save())
    assert "" == explained(tmp_path, "is_ok", False, save())
    switched_on = onchange({"is_ok": True})
    assert "" == explained(tmp_path, "is_ok", False, switched_on, save())


def test_lines_that_a_form_was_answered(tmp_path: Path) -> None:
    template = onchange({"order_line": [[0, 0, {"price_unit": 5}]]}, ["template_id"])
    why = explained(tmp_path, "order_line[0].price_unit", 5, template, save())
    assert "the form had it (call 1)" == why


def test_another_form_tells_only_where_this_ones_is_not_in_the_file(tmp_path: Path) -> None:
    first = [onchange({"warehouse_id": 1}), save()]
    assert "another form had it (call 1)" == explained(tmp_path, "warehouse_id", 1, *first, save())
    second = [onchange({"warehouse_id": 2}), save()]
    assert "" == explained(tmp_path, "warehouse_id", 1, *first, *second)


def test_what_follows_from_another_value_that_is_sent(tmp_path: Path) -> None:
    path, beside = "order_line[0].product_template_id", frozenset({"product_id"})
    assert "Odoo sets it with product_id" == explained(tmp_path, path, 6, save(), beside=beside)
    assert "" == explained(tmp_path, path, 6, save())


def test_a_default_of_the_context_and_the_clock(tmp_path: Path) -> None:
    context = {"context": {"default_team_id": 5}}
    with_default = call("sale.order", "web_save", ([], {}), context, result=[{"id": 3}])
    assert "a default in the context" == explained(tmp_path, "team_id", 5, with_default)
    assert "" == explained(tmp_path, "team_id", 6, with_default)
    now, later = "2025-12-31 23:55:00", "2026-01-02 10:00:00"
    assert "the time of the recording" == explained(tmp_path, "date_order", now, save())
    assert "" == explained(tmp_path, "date_order", later, save())
