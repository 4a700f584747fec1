"""The operators of each version of Odoo, and what they match.

The table is `data/domain_operators.json`; its first line names the sources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from har2rpc.odoo.versions import Version

# Texts that differ in case and in what surrounds "dog": each operator for texts finds others of them.
WORDS = ("dog", "bulldog", "DOGS", "Dog")

_MEANS = {
    "=": "exactly this value; for a text, all of it in the same case",
    "!=": "any value but this one",
    "<>": "same as !=",
    "==": "same as =",
    "=?": "same as =, or all records if the value is False",
    "<": "less than, or earlier",
    "<=": "at most, or not later",
    ">": "more than, or later",
    ">=": "at least, or not earlier",
    "like": "contains the text, in the same case",
    "not like": "does not contain the text, in the same case",
    "ilike": "contains the text, in any case",
    "not ilike": "does not contain the text, in any case",
    "=like": "all of it matches a pattern, in the same case: % is any text, _ one character",
    "not =like": "everything that =like does not match",
    "=ilike": "all of it matches a pattern, in any case: % is any text, _ one character",
    "not =ilike": "everything that =ilike does not match",
    "in": "one of a list; False in it means not set",
    "not in": "none of a list",
    "child_of": "the record and all records below it",
    "parent_of": "the record and all records above it",
    "any": "a linked record matches the inner domain",
    "not any": "no linked record matches the inner domain",
}
# What is looked for, for each operator that looks at a text.
_EXAMPLES = {
    **dict.fromkeys(("=", "!=", "like", "not like", "ilike", "not ilike"), ("dog",)),
    **dict.fromkeys(("=like", "not =like", "=ilike", "not =ilike"), ("dog", "%dog")),
}


@cache
def table() -> Mapping[str, Any]:
    """The facts by version."""
    file = Path(__file__).parent.with_name("data") / "domain_operators.json"
    facts: Mapping[str, Any] = json.loads(file.read_text("utf-8"))
    return facts


def has_operator(operator: str, version: Version) -> bool:
    """Whether this version of Odoo takes the operator, as it is spelled."""
    known = table()["operators"]
    if operator not in known and version[0] >= table()["any_case_from"]:
        operator = operator.lower()
    return operator in known and known[operator]["from"] <= version[0]


def means(operator: str) -> str:
    """The meaning of an operator in a few words."""
    return _MEANS.get(operator.lower(), "")


def examples(operator: str) -> dict[str, list[str]]:
    """For an operator that looks at a text: which of `WORDS` it finds, by what is looked for."""
    return {
        value: [word for word in WORDS if matches(operator, value, word)]
        for value in _EXAMPLES.get(operator.lower(), ())
    }


def matches(operator: str, value: str, text: str) -> bool:
    """Whether Odoo finds a text by this operator for texts and this value.

    Accents are left aside: a database with the extension `unaccent` does not look at them in any case of letters.
    """
    if operator.startswith(("not ", "!")):
        positive = "=" if operator == "!=" else operator.removeprefix("not ")
        return not matches(positive, value, text)
    if operator == "=":
        return value == text
    pattern = value if operator.startswith("=") else f"%{value}%"
    flags = re.DOTALL | (re.IGNORECASE if "ilike" in operator else 0)
    return re.fullmatch(_as_regex(pattern), text, flags) is not None


def _as_regex(pattern: str) -> str:
    """A pattern of SQL's LIKE: % any text, _ one character, and a backslash before either means itself."""
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return "".join(
        wild.get(part) or re.escape(part[1:] if len(part) == 2 else part) for part in parts
    )
