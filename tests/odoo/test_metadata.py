"""Labels, types and options from the answers of a capture, in the shapes of Odoo 12 to 19."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from har_builder import call, har, search

from har2rpc import pipeline
from har2rpc.model import Field

PHONE = {"type": "char", "string": "Phone", "help": "With\n  country", "required": True}
STATE = {"type": "selection", "string": "Status", "selection": [["draft", "Quotation"], [1, "x"]]}
COUNTRY = {"type": "many2one", "string": "Country", "relation": "res.country"}
FIELDS = {"phone": PHONE, "state": STATE, "country_id": COUNTRY}
EXPECTED = {
    "phone": Field("phone", "Phone", "char", True, "With country"),
    "state": Field("state", "Status", "selection", selection=(("draft", "Quotation"), (1, "x"))),
    "country_id": Field("country_id", "Country", "many2one", relation="res.country"),
}


def described(*entries: dict[str, Any]) -> dict[str, dict[str, Field]]:
    source = io.BytesIO(json.dumps(har(*entries)).encode())
    fields = pipeline.open_capture([source]).fields()
    return {model: dict(found) for model, found in fields.items()}


def answered(method: str, result: Any, model: str = "m") -> dict[str, Any]:
    return call(model, method, (), result=result)


@pytest.mark.parametrize(
    "entry",
    [
        answered("get_views", {"views": {}, "models": {"m": {"fields": FIELDS}}}),
        answered("get_views", {"views": {}, "models": {"m": FIELDS}}),
        answered("load_views", {"fields": FIELDS, "fields_views": {}}),
        answered(
            "load_views", {"fields": {}, "fields_views": {"form": {"model": "m", "fields": FIELDS}}}
        ),
        answered("fields_view_get", {"model": "m", "fields": FIELDS}),
        answered("fields_get", FIELDS),
    ],
    ids=["get_views", "get_views 16", "load_views", "load_views' views", "fields_view_get", "fields_get"],
)  # fmt: skip
def test_fields_are_described_in_every_shape(entry: dict[str, Any]) -> None:
    assert {"m": EXPECTED} == described(entry)


def test_views_embedded_in_lines_describe_the_lines_model() -> None:
    line = {"form": {"fields": {"qty": {"type": "float", "string": "Quantity"}}}}
    lines = {"type": "one2many", "string": "Lines", "relation": "m.line", "views": line}
    views = {"form": {"model": "m", "fields": {"line_ids": lines}}}
    found = described(answered("load_views", {"fields": {}, "fields_views": views}))
    assert Field("qty", "Quantity", "float") == found["m.line"]["qty"]


def test_a_field_named_fields_or_type_is_a_field() -> None:
    odd = {"fields": {"type": "char", "string": "Fields"}, "type": STATE}
    for models in ({"m": odd}, {"m": {"fields": odd}}):
        found = described(answered("get_views", {"models": models}))["m"]
        assert ("Fields", "Status") == (found["fields"].label, found["type"].label)


def test_later_answers_fill_the_gaps_and_overwrite_nothing() -> None:
    first = answered(
        "get_views", {"models": {"m": {"fields": {"a": {"type": "char", "string": "A"}}}}}
    )
    more = {"a": {"type": "text", "string": "B", "help": "Help"}, "b": PHONE}
    found = described(first, answered("fields_get", more))["m"]
    assert Field("a", "A", "char", help="Help") == found["a"]
    assert "Phone" == found["b"].label


def test_files_share_their_metadata() -> None:
    sources = [
        io.BytesIO(json.dumps(har(entry)).encode())
        for entry in (search(), answered("fields_get", FIELDS, "res.partner"))
    ]
    assert "Phone" == pipeline.open_capture(sources).fields()["res.partner"]["phone"].label


@pytest.mark.parametrize(
    "result",
    [None, [], "x", 7, {"models": 7}, {"models": {"m": 7}}, {"models": {"m": {"fields": {"a": 1}}}},
     {"fields": {"a": {"string": "A"}}}, {"fields_views": {"form": 7}}],
)  # fmt: skip
def test_what_describes_nothing_is_passed_over(result: Any) -> None:
    found = described(answered("get_views", result), answered("fields_get", result))
    assert {} == {model: fields for model, fields in found.items() if fields}


def test_a_refused_call_describes_nothing() -> None:
    assert {} == described(call("m", "fields_get", error={"message": "no"}))
