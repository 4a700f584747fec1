"""Values of a form: what is empty, what is equal, and what a client's dressing stands for."""

from __future__ import annotations

import io
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from har_builder import call, har

from har2rpc import pipeline
from har2rpc.converting.parameterize.form_values import is_empty, plain, same
from har2rpc.model import Call, Part, whole


@pytest.mark.parametrize("value", [None, False, "", [], {}, 0, 0.0])
def test_what_an_untouched_field_holds_is_empty(value: Any) -> None:
    assert is_empty(value) and same(value, False) and same(None, value)


@pytest.mark.parametrize("value", [True, 1, -1, "0", " ", [0], {"a": 1}, [[5]]])
def test_everything_else_is_not(value: Any) -> None:
    assert not is_empty(value) and not same(value, False)


@pytest.mark.parametrize(
    "one, other, equal",
    [(1, 1.0, True), (True, 1, False), (1, True, False), (True, True, True), ("1", 1, False),
     ([1], [1], True), ([1], [2], False)],
)  # fmt: skip
def test_equal_as_field_values(one: Any, other: Any, equal: bool) -> None:
    assert equal == same(one, other)


@pytest.mark.parametrize(
    "dressed, value",
    [
        ([7, "Azure"], 7),
        ({"id": 7, "display_name": "Azure"}, 7),
        ([[6, False, [1, 2]]], [1, 2]),
        ([[4, 1], [4, 2, False]], [1, 2]),
        ([[5], [4, 3]], [3]),
        ([[4, 1], [5]], []),
        ([[0, "virtual_1", {"a": 1}]], [[0, "virtual_1", {"a": 1}]]),
        ([1, 2], [1, 2]),
        ([], []),
        ("x", "x"),
    ],
)
def test_a_forms_value_as_it_is_saved(dressed: Any, value: Any) -> None:
    assert value == plain(dressed)


def test_what_dropdowns_showed_is_read_once_however_many_records_are_saved() -> None:
    """Nothing opened these forms in the capture: each may be about everything before it."""
    entries = []
    for number in range(1, 31):
        entries.append(call("crm.tag", "name_search", kwargs={"name": "v"}, result=[[7, "VIP"]]))
        entries.append(call("res.partner", "create", ({"name": f"n{number}"},), result=number))
    capture = pipeline.open_capture([io.BytesIO(json.dumps(har(*entries)).encode())])
    read: Counter[str] = Counter()

    def counted(one: Call) -> Call:
        def fetch(part: Part = whole, /) -> Any:
            read[one.method] += 1
            return one.fetch(part)

        return replace(one, fetch=fetch)

    capture = replace(capture, calls=tuple(map(counted, capture.calls)))
    creates = [one for one in capture.calls if one.method == "create"]
    (made,) = pipeline.actions(capture, creates)
    assert 30 == len(made.runs)
    assert 0 < read["name_search"] <= 30
