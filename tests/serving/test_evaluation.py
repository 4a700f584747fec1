"""The marks of docs/action-model.md, each with what it means: the table came first."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.model import Har2rpcError
from har2rpc.serving.evaluation import filled, step_value

X, Y = {"$input": "x"}, {"$input": "y"}
LINES = {
    "$lines": "lines",
    "fields": {"product": "product_id", "quantity": "qty"},
    "always": {"sequence": 10},
    "following": [{"key": "product", "is": 6, "values": {"price": 35.0}}],
}
FILLED: list[tuple[str, Any, dict[str, Any], Any]] = [
    ("an input", [X], {"x": 1}, [1]),
    ("false is a value", {"a": X}, {"x": False}, {"a": False}),
    ("a key goes with its input", {"a": X, "b": 1}, {}, {"b": 1}),
    ("deep inside", [{"a": [[0, 0, {"b": X, "c": 2}]]}], {}, [{"a": [[0, 0, {"c": 2}]]}]),
    ("a command of a record", {"a": [[4, X], [4, Y]]}, {"y": 5}, {"a": [[4, 5]]}),
    ("no command is left", {"a": [[6, 0, X]], "b": 1}, {}, {"b": 1}),
    ("a condition is no command", {"a": [["name", "=", X]]}, {"x": "n"}, {"a": [["name", "=", "n"]]}),
    ("a follower", {"a": {"$while": "x", "is": 15, "value": 4}}, {"x": 15}, {"a": 4}),
    ("another record", {"a": {"$while": "x", "is": 15, "value": 4}}, {"x": 16}, {}),
    ("a captured key", {"$$input": "x"}, {"x": 1}, {"$input": "x"}),
    ("a captured mark stays", {"a": {"$$while": "x", "$$is": 1}}, {}, {"a": {"$while": "x", "$is": 1}}),
    ("lines", {"a": LINES}, {"lines": [{"product": 6, "quantity": 2}, {"product": 7, "quantity": None}]},
     {"a": [[0, 0, {"sequence": 10, "price": 35.0, "product_id": 6, "qty": 2}],
            [0, 0, {"sequence": 10, "product_id": 7}]]}),
    ("a section", LINES, {"lines": [{"display_type": "line_section", "name": "S"}]},
     [[0, 0, {"display_type": "line_section", "name": "S"}]]),
    ("what looks like a mark in a value", [X], {"x": {"$input": "y"}}, [{"$input": "y"}]),
]  # fmt: skip


@pytest.mark.parametrize("name, value, values, wanted", FILLED, ids=[one[0] for one in FILLED])
def test_what_is_sent(name: str, value: Any, values: dict[str, Any], wanted: Any) -> None:
    assert wanted == filled(value, values)


def result(what: str, record: int = 0, field: str = "", item: int | None = None) -> dict[str, Any]:
    return {"$result": "r", "what": what, "record": record, "field": field, "item": item}


PARTS: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("the id", result("id"), 7, 7),
    ("of several ids", result("ids", 1), [7, 8], 8),
    ("of a pair", result("ids", 0), [7, "Name"], 7),
    ("a field", result("field", 0, "partner_id", 0), [{"partner_id": [5, "P"]}], 5),
    ("the only one", result("only"), [9], 9),
    ("its field", result("only", 0, "id"), [{"id": 9}], 9),
    ("what an action opens", result("action"), {"res_id": 3}, 3),
    ("what it is about", result("action", 0, "active_ids"), {"context": {"active_ids": [1]}}, [1]),
    ("what it lists", result("action", 0, "domain"), {"domain": [["id", "in", [4]]]}, [4]),
]


@pytest.mark.parametrize("name, mark, answer, wanted", PARTS, ids=[one[0] for one in PARTS])
def test_what_an_earlier_answer_gives(name: str, mark: Any, answer: Any, wanted: Any) -> None:
    assert [wanted, 1] == step_value([mark, X], {"x": 1}, {"r": answer})


LACKING: list[tuple[str, dict[str, Any], Any]] = [
    ("none", result("only"), []),
    ("several", result("only"), [1, 2]),
    ("no list", result("only"), False),
    ("no record", result("field", 0, "name"), []),
    ("no field", result("field", 0, "name"), [{"id": 1}]),
    ("an action that lists", result("action"), {"domain": []}),
    ("no answer", result("ids"), None),
]


@pytest.mark.parametrize("name, mark, answer", LACKING, ids=[one[0] for one in LACKING])
def test_an_answer_without_it_stops_the_flow(name: str, mark: Any, answer: Any) -> None:
    with pytest.raises(Har2rpcError):
        step_value(mark, {}, {"r": answer})
