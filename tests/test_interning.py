"""Equal parts of calls are held once, and are still what was recorded."""

from __future__ import annotations

import json
from typing import Any

from har2rpc.pipeline.interning import Interner


def spec(**fields: Any) -> dict[str, Any]:
    return json.loads(json.dumps({"domain": [["id", "=", 7]], "specification": fields}))


def test_what_is_equal_is_held_once_and_unchanged() -> None:
    interner = Interner()
    one, other = spec(a={"fields": {"name": {}}}), spec(b={"fields": {"name": {}}}, c={})
    first, second = interner.kwargs(one), interner.kwargs(other)
    assert (one, other) == (first, second)
    assert first["domain"] is second["domain"]
    assert first["specification"]["a"] is second["specification"]["b"]


def test_one_is_neither_true_nor_a_float() -> None:
    interner = Interner()
    domains = [
        interner.kwargs({"domain": [["x", "=", value]]})["domain"] for value in (1, True, 1.0)
    ]
    assert ["1", "true", "1.0"] == [json.dumps(domain[0][2]) for domain in domains]


def test_what_is_long_is_not_held() -> None:
    interner = Interner()
    long = [["name", "in", ["x" * 1000]]]
    assert interner.kwargs({"domain": long})["domain"] is long
    again = json.loads(json.dumps(long))
    assert interner.kwargs({"domain": again})["domain"] is again
