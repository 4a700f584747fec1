"""Checks whether a version of Odoo accepts a domain, and finds what was probably not meant.

The model is unknown here: only the server can find unknown fields and types that do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from har2rpc.model import Value
from har2rpc.odoo import versions
from har2rpc.odoo.domains.finding import Mistake
from har2rpc.odoo.domains.mistakes import of_shape, short, unescaped
from har2rpc.odoo.domains.operators import has_operator, table
from har2rpc.odoo.versions import Version, spelled

_EQUAL = ("=", "!=", "<>", "==", "=?")
_COMPARING = ("<", "<=", ">", ">=")
_LIKE = ("like", "not like", "ilike", "not ilike")
_PATTERN = ("=like", "=ilike", "not =like", "not =ilike")
_TRUTHS = {"true": True, "false": False, "none": False, "null": False}
_CORRECTIONS = {
    "=>": ">=", "=<": "<=", "is": "=", "equals": "=", "eq": "=", "ne": "!=", "is not": "!=", "not": "!=",
    "contains": "ilike", "has": "ilike", "like%": "=like", "startswith": "=like", "not_in": "not in",
    "notin": "not in", "nin": "not in", "~": "ilike", "gt": ">", "gte": ">=", "ge": ">=", "lt": "<", "lte": "<=",
    "le": "<=", "===": "=", "!==": "!=",
}  # fmt: skip
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*(?:\.[A-Za-z0-9_$]+)*\.?\Z", re.ASCII)
_OFFSET = r"[=+-](?:\d+[dwmyHMS]|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week_start)"
# PostgreSQL knows today and now alone, so every version does.
_RELATIVE = re.compile(rf"(?:today |now )?{_OFFSET}(?: {_OFFSET})*\Z")
_LOCAL_DATE = re.compile(
    r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?: \d{1,2}:\d\d(?::\d\d)?)?\Z", re.ASCII
)
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)\Z")


def check(domain: Value, version: Version) -> list[Mistake]:
    """What is wrong with a domain for this version of Odoo, in the order of its terms; empty if nothing is."""
    return list(_check(domain, version, ()))


def _check(domain: Value, version: Version, at: tuple[int, ...]) -> Iterator[Mistake]:
    if isinstance(domain, bool) and versions.has_boolean_domains(version):
        message = (
            "Odoo 19 takes true for all records and false for none; others want a list, [] for all"
        )
        yield Mistake("no list", message, refused=False, at=at)
        return
    shape = list(of_shape(domain, at))
    yield from shape
    misshapen = {mistake.at for mistake in shape}
    if at in misshapen or not isinstance(domain, (list, tuple)):
        return
    for position, term in enumerate(domain):
        is_triple = isinstance(term, (list, tuple)) and len(term) == 3
        if is_triple and (*at, position) not in misshapen:
            for mistake in _term(term, version, (*at, position)):
                if mistake.instead is not None:  # of an inner domain: said as the whole one
                    whole = [
                        *domain[:position],
                        [*term[:2], mistake.instead],
                        *domain[position + 1 :],
                    ]
                    mistake = replace(mistake, instead=whole)
                yield mistake


def _term(term: Any, version: Version, at: tuple[int, ...]) -> Iterator[Mistake]:
    field, operator, value = term
    if not isinstance(field, str):
        if field in (0, 1) and operator == "=" and value == 1:
            return
        message = (
            f"{short(field)} is not a field; a number is valid only in [1, '=', 1] (always) "
            "and [0, '=', 1] (never)"
        )
        yield Mistake("no field", message, refused=True, at=at)
        return
    yield from _field(field, version, (*at, 0))
    if not isinstance(operator, str):
        message = f"{short(operator)} is not an operator: a term is field, operator, value"
        yield Mistake("no operator", message, refused=True, at=(*at, 1))
        return
    if not has_operator(operator, version):
        yield _unknown(operator, version, (*at, 1))
        return
    yield from _out_of_use(operator, version, (*at, 1))
    yield from _value(field, operator.lower(), value, version, (*at, 2))


def _field(field: str, version: Version, at: tuple[int, ...]) -> Iterator[Mistake]:
    parts = field.split(".")
    if not _FIELD.match(field) or (
        field.endswith(".") and not versions.takes_trailing_dot(version)
    ):
        message = f"{short(field)} is not a field name; a path has a dot between fields: partner_id.country_id.code"
        yield Mistake("no field", message, refused=True, at=at)
    elif len(parts) > 1 and parts[-1] in table()["date_parts"]["names"]:
        since = str(table()["date_parts"]["from"])
        if version < versions.version_of(since):
            message = f"{parts[-1]} of a date can be searched from Odoo {since} on; before that, compare the date with two others"
            yield Mistake("newer than this Odoo", message, refused=True, at=at)
    gone = table()["fields_gone"].get(parts[-1])
    if gone:
        message = f"{parts[-1]} is gone from Odoo {gone['gone_in']} on: use {gone['instead']}"
        yield Mistake("field that is gone", message, refused=False, at=at)


def _unknown(operator: str, version: Version, at: tuple[int, ...]) -> Mistake:
    known = table()["operators"]
    odoo = f"Odoo {spelled(version)}"
    if operator in known:
        message = (
            f"{operator!r} exists from Odoo {known[operator]['from']} on; {odoo} does not have it"
        )
        return Mistake("newer than this Odoo", message, refused=True, at=at)
    if operator in table()["internal"]:
        message = f"{operator!r} is for Odoo's own code: the API does not accept it"
        return Mistake("internal operator", message, refused=True, at=at)
    if operator.lower().strip() in known:
        message = f"{short(operator)} is written {operator.lower().strip()!r}"
        return Mistake("operator misspelled", message, refused=True, at=at)
    message = f"{short(operator)} is not an operator of {odoo}"
    if (meaning := unescaped(operator)) != operator:
        message += f": it is XML for {meaning!r}, as a view writes it"
    elif correction := _CORRECTIONS.get(operator.lower().strip()):
        message += f"; did you mean {correction!r}?"
    return Mistake("unknown operator", message, refused=True, at=at)


def _out_of_use(operator: str, version: Version, at: tuple[int, ...]) -> Iterator[Mistake]:
    known = table()["operators"].get(operator.lower(), {})
    if version[0] >= known.get("deprecated", version[0] + 1):
        message = f"{operator!r} is deprecated since Odoo {known['deprecated']}: write {known['instead']!r}"
        yield Mistake("deprecated operator", message, refused=False, at=at)
    if operator != operator.lower():
        message = f"{operator!r} is written {operator.lower()!r}: Odoo {spelled(version)} takes it with a warning"
        yield Mistake("deprecated operator", message, refused=False, at=at)


def _value(
    field: str, operator: str, value: Any, version: Version, at: tuple[int, ...]
) -> Iterator[Mistake]:
    if operator in ("any", "not any"):
        yield from _check(value, version, at)
        return
    if _holds(value, lambda item: isinstance(item, str) and "\0" in item):
        yield Mistake("NUL in a text", "PostgreSQL does not accept a NUL in a text", True, at)
    if value is None or (isinstance(value, (list, tuple)) and None in value):
        message = "None (null) for False: Odoo's word for not set is False (false); XML-RPC does not even carry None"
        refused = operator == "child_of" and not versions.takes_none_for_a_parent(version)
        yield Mistake("None for False", message, refused, at)
    if operator in ("in", "not in"):
        yield from _list_wanted(field, operator, value, version, at)
    elif operator in _EQUAL and _is_answered_many2one(value):
        message = f"[id, name] is how Odoo answers a many2one: use the id alone, {value[0]}"
        yield Mistake("answer for an id", message, refused=False, at=at)
    elif operator in _EQUAL and isinstance(value, (list, tuple)):
        right = {"!=": "not in", "<>": "not in"}.get(operator, "in")
        message = f"{operator!r} with a list: write {right!r} (Odoo does, and complains in its log)"
        yield Mistake("= with a list", message, refused=False, at=at)
    if (
        operator in (*_EQUAL, "in", "not in")
        and _is_unhashable(value)
        and versions.wants_hashable_values(version)
    ):
        message = "a value is a text, a number, True or False; Odoo 19 refuses a list or an object in its place"
        yield Mistake("no value", message, refused=True, at=at)
    yield from _text(field, operator, value, version, at)


def _list_wanted(
    field: str, operator: str, value: Any, version: Version, at: tuple[int, ...]
) -> Iterator[Mistake]:
    if isinstance(value, (list, tuple)):
        return
    equal = "=" if operator == "in" else "!="
    message = f"{operator!r} without a list: put the value into brackets, or write {equal!r}"
    # Up to 18 fields of many take one bare, and names stand for records; by the field's name one can tell.
    takes_one = versions.takes_bare_value_for_in(version) or isinstance(value, bool)
    takes_one |= field.endswith("_ids")
    takes_one |= isinstance(value, str) and field.endswith("_id")
    yield Mistake("in without a list", message, isinstance(value, dict) or not takes_one, at)


def _text(
    field: str, operator: str, value: Any, version: Version, at: tuple[int, ...]
) -> Iterator[Mistake]:
    if operator in _PATTERN and not isinstance(value, str) and value not in (False, None):
        message = f"{operator!r} needs a text as its pattern"
        yield Mistake("no pattern", message, refused=versions.wants_text_patterns(version), at=at)
    if not isinstance(value, str):
        return
    if operator in _LIKE and "%" in value:
        message = f"% with {operator!r}: Odoo adds one at both ends; yours is a wildcard, too (\\% is the sign)"
        yield Mistake("% with ilike", message, refused=False, at=at)
    if operator in _EQUAL and value.lower() in _TRUTHS:
        right = _TRUTHS[value.lower()]
        message = f'"{value}" is a text: write {right} in Python, {str(right).lower()} in JSON'
        yield Mistake("true as a text", message, refused=False, at=at)
    elif operator in _EQUAL and field.endswith("_id") and value:
        yield _name_for_id(operator, value, at)
    if operator in (*_COMPARING, "=", "!=") and _RELATIVE.match(value):
        since = table()["relative_dates"]["from"]
        if version[0] < since:
            message = (
                f'"{value}" is understood as a date from Odoo {since} on: write the date itself'
            )
            yield Mistake("newer than this Odoo", message, refused=False, at=at)
    if operator in (*_COMPARING, "=", "!=") and (date := _LOCAL_DATE.match(value)):
        year = date[3] if len(date[3]) == 4 else f"20{date[3]}"
        first, second = int(date[1]), int(date[2])
        day, month = (second, first) if second > 12 else (first, second)
        message = f'"{value}" is not an Odoo date: write {year}-{month:02}-{day:02}'
        if max(first, second) <= 12 and first != second:
            message += f", or {year}-{day:02}-{month:02} if the month comes first"
        yield Mistake("local date", message, refused=False, at=at)
    if operator in _COMPARING and _ZONED.match(value) and versions.refuses_time_zones(version):
        message = f'"{value}" names a time zone: Odoo 19 refuses that for a date and time; write it in UTC, without'
        yield Mistake("time zone", message, refused=False, at=at)


def _name_for_id(operator: str, value: str, at: tuple[int, ...]) -> Mistake:
    if value.isdecimal():
        message = (
            f'"{value}" is a text, an id is a number: Odoo would look for a record of that name'
        )
        return Mistake("id as a text", message, refused=False, at=at)
    message = f"{operator!r} with a name: only the exact display name is found, and two records may share it; give the id, or use 'ilike'"
    return Mistake("name for an id", message, refused=False, at=at)


def _is_answered_many2one(value: Any) -> bool:
    is_pair = isinstance(value, (list, tuple)) and len(value) == 2
    return is_pair and type(value[0]) is int and isinstance(value[1], str)


def _is_unhashable(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, (list, tuple)) and any(isinstance(item, (list, dict)) for item in value)
    )


def _holds(value: Any, is_it: Callable[[Any], bool]) -> bool:
    return is_it(value) or (isinstance(value, (list, tuple)) and any(map(is_it, value)))
