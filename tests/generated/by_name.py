"""Arguments by name and by position, from the signatures in Odoo 19's sources: what JSON-2 sends, held against recordings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# odoo/orm/models.py and addons/web/models/models.py of 19; of all other methods a record's ids come first.
SIGNATURES = {
    "create": ("vals_list",),
    "default_get": ("fields",),
    "export_data": ("ids", "fields_to_export"),
    "fields_get": ("allfields", "attributes"),
    "get_views": ("views", "options"),
    "has_access": ("ids", "operation"),
    "has_group": ("ids", "group_ext_id"),
    "name_create": ("name",),
    "name_search": ("name", "domain", "operator", "limit"),
    "onchange": ("ids", "values", "field_names", "fields_spec"),
    "read": ("ids", "fields", "load"),
    "search_count": ("domain", "limit"),
    "search_read": ("domain", "fields", "offset", "limit", "order"),
    "web_name_search": ("name", "specification", "domain", "operator", "limit"),
    "web_read": ("ids", "specification"),
    "web_read_group": ("domain", "groupby", "aggregates"),
    "web_save": ("ids", "vals", "specification", "next_id"),
    "web_search_read": ("domain", "specification", "offset", "limit", "order", "count_limit"),
    "write": ("ids", "vals"),
}
# How many of them a translated call gives by position, where it is not the ids alone.
_BY_POSITION = {"create": 1, "export_data": 2, "search_count": 1, "search_read": 1, "write": 2}


def named(method: str, args: Iterable[Any], kwargs: dict[str, Any]) -> dict[str, Any]:
    """All arguments of a recorded call by name; no ids are left out, as JSON-2 takes them."""
    args = list(args)
    names = SIGNATURES.get(method, ("ids",))
    assert len(args) <= len(names), f"{method}{args}: what is its signature?"
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    if method == "create" and isinstance(given["vals_list"], dict):
        given["vals_list"] = [given["vals_list"]]
    return {name: value for name, value in given.items() if (name, value) != ("ids", [])}


def positional(method: str, given: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
    """What execute_kw takes for the same call; one record to create is no list."""
    names = SIGNATURES.get(method, ("ids",))
    count = _BY_POSITION.get(method, int(names[0] == "ids"))
    args = [given[name] for name in names[:count] if name in given]
    if method == "create" and len(args[0]) == 1:
        args = args[0]
    return args, {name: value for name, value in given.items() if name not in names[:count]}
