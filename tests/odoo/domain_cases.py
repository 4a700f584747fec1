"""Domains that Odoo refuses or takes, of contacts: held against `check` here, and against real servers in live/."""

from __future__ import annotations

from typing import Any

from har2rpc.odoo.versions import Version

A, B = ["name", "=", "x"], ["name", "=", "y"]
V14, V19 = (14, 0), (19, 0)

# (domain, the mistake's name, what was probably meant): refused by every version.
REFUSED: list[tuple[Any, str, Any]] = [
    (A, "bare triple", [A]),
    (["is_company", "=", True], "bare triple", [["is_company", "=", True]]),
    ([1, "=", 1], "bare triple", [[1, "=", 1]]),
    (["|", A], "too few operands", [A]),
    (["|", "|", A, B], "too few operands", ["|", A, B]),
    (["|"], "too few operands", None),
    ([A, "!"], "too few operands", None),
    (["|", A, B, "&"], "too few operands", None),
    ([[A]], "args of execute_kw", [A]),
    ([["|", A, B]], "args of execute_kw", ["|", A, B]),
    ([[]], "args of execute_kw", []),
    ('[["name", "=", "x"]]', "domain as text", [A]),
    ("[('name', '=', 'x')]", "domain as text", [A]),
    ("name", "no list", None),
    ({"name": "x"}, "no list", None),
    (None, "no list", None),
    (5, "no list", None),
    ([A, ["|", A, B]], "nested domain", [A, "|", A, B]),
    (["OR", A, B], "operator in words", ["|", A, B]),
    (["and", A], "operator in words", None),
    ([A, "x"], "stray text", None),
    ([A, None], "stray value", None),
    ([["name", "="]], "no triple", None),
    ([["name", "=", "x", "y"]], "no triple", None),
    ([["name", "=>", 1]], "unknown operator", None),
    ([["name", "contains", "x"]], "unknown operator", None),
    ([["name", " = ", "x"]], "operator misspelled", None),
    ([["name", None, "x"]], "no operator", None),
    ([["child_ids", "any!", [A]]], "internal operator", None),
    ([["name", "inselect", ["x"]]], "internal operator", None),
    ([["", "=", "x"]], "no field", None),
    ([["parent_id..name", "=", "x"]], "no field", None),
    ([[1, "=", 2]], "no field", None),
    ([["name", "=", "x\0y"]], "NUL in a text", None),
]
# (domain, the mistake's name): taken by 14 and 19 alike, and hardly meant.
TAKEN: list[tuple[Any, str]] = [
    ([["id", "=", [1, 2]]], "= with a list"),
    ([["name", "!=", ["x"]]], "= with a list"),
    ([["parent_id", "=", None]], "None for False"),
    ([["name", "in", ["x", None]]], "None for False"),
    ([["name", "ilike", "a%"]], "% with ilike"),
    ([["name", "not like", "%a"]], "% with ilike"),
    ([["is_company", "=", "true"]], "true as a text"),
    ([["is_company", "!=", "False"]], "true as a text"),
    ([["country_id", "=", "Belgium"]], "name for an id"),
    ([["parent_id", "=", "5"]], "id as a text"),
    ([["name", "in", True]], "in without a list"),
]
FINE: list[Any] = [
    [],
    [A],
    ["|", A, B],
    ["!", "|", A, B, ["id", ">", 1]],
    [[1, "=", 1]],
    [[0, "=", 1]],
    [["country_id.code", "=", "BE"]],
    [["id", "in", [1, 2]]],
    [["parent_id", "child_of", 1]],
    [["parent_id", "=", False]],
    [["name", "=ilike", "a%"]],
    [["create_date", ">=", "2024-01-01 00:00:00"]],
]
# (domain, refused by these, taken by those)
BY_VERSION: list[tuple[Any, tuple[Version, ...], tuple[Version, ...]]] = [
    ([["child_ids", "any", [A]]], ((12, 0), (16, 0)), ((17, 0), (19, 0))),
    ([["name", "not =like", "x"]], ((14, 0), (18, 0)), ((19, 0),)),
    ([["name", "==", "x"]], ((14, 0), (18, 0)), ((19, 0),)),
    ([["name", "ILIKE", "x"]], ((14, 0), (18, 0)), ((19, 0),)),
    ([["create_date.month_number", "=", 1]], ((14, 0), (17, 0), (17, 2)), ((17, 3), (18, 0))),
    ([["name", "in", "abc"]], ((14, 0), (18, 0)), ((19, 0),)),
    ([["name", "=like", 5]], ((19, 0),), ((14, 0), (18, 0))),
    ([["name", "=", {"a": 1}]], ((19, 0),), ((14, 0), (18, 0))),
    (True, ((14, 0), (18, 0)), ((19, 0),)),
]
