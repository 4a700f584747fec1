"""Reads the arguments of a recorded call: the records it is about, the fields it reads, what it groups by."""

from __future__ import annotations

from har2rpc.model import Call, Json
from har2rpc.model.values import are_ids, is_id
from har2rpc.odoo import domains, methods
from har2rpc.odoo.routes.request import Recorded

_DROPDOWN = 50  # more names than any dropdown shows


def record_ids(call: Call) -> tuple[int, ...]:
    """The ids that a record method was called on (`args[0]`: a list, or one bare id); else none."""
    first = call.args[0] if call.args else call.kwargs.get("ids")
    if is_id(first):
        return (first,)
    return tuple(first) if are_ids(first) else ()


def fields_asked(call: Call) -> list[str]:
    """The names of the fields that a read asks for, from `specification` or `fields`; [] for all."""
    fields: Json = call.kwargs.get("specification", call.kwargs.get("fields"))
    if fields is None and call.method in methods.RECORD_READS and len(call.args) > 1:
        fields = call.args[1]
    return (
        [name for name in fields if isinstance(name, str)]
        if isinstance(fields, (list, dict))
        else []
    )


def grouped_by(call: Call) -> list[str]:
    """What a grouping groups by (`date:month` unchanged); for a pivot the deepest set."""
    groups: Json = call.kwargs.get("groupby", call.kwargs.get("group_by"))
    sets = call.kwargs.get("grouping_sets")
    if isinstance(sets, list) and sets and all(isinstance(each, list) for each in sets):
        groups = max(sets, key=len)
    elif groups is None and call.method in methods.GROUPINGS:
        position = 2 if call.method == "read_group" else 1
        groups = call.args[position] if len(call.args) > position else None
    groups = [groups] if isinstance(groups, str) else groups
    return [name for name in groups if isinstance(name, str)] if isinstance(groups, list) else []


def is_load(call: Call) -> bool:
    """Whether it is an import of rows, `load(fields, data)`, and not another method of that name."""
    arguments = {**dict(zip(("fields", "data"), call.args, strict=False)), **call.kwargs}
    lists = (arguments.get("fields"), arguments.get("data"))
    return call.method == "load" and all(isinstance(one, list) for one in lists)


def saved_values(call: Call) -> dict[str, Json]:
    """The values of a create, write or web_save of one record; {} for any other call."""
    position = 0 if call.method == "create" else 1
    if call.method not in ("create", "write", "web_save"):
        return {}
    values: Json = call.args[position] if len(call.args) > position else call.kwargs.get("vals")
    if isinstance(values, list) and len(values) == 1:  # 17 and later send a list of one
        values = values[0]
    return values if isinstance(values, dict) else {}


def lists_ids(call: Call) -> bool:
    """Whether it searches for records by their ids: the list of "Search more", whose words found these."""
    domain = call.kwargs.get("domain", call.args[0] if call.args else [])
    return call.method in methods.SEARCHES and any(
        isinstance(leaf, list) and leaf[:2] == ["id", "in"]
        for leaf in (domain if isinstance(domain, list) else ())
    )


def asks_for_many_names(call: Call) -> bool:
    """Whether a question for names is that of "Search more", where somebody typed: a dropdown shows eight."""
    limit = call.kwargs.get("limit")
    name = call.kwargs.get("name", call.args[0] if call.args else "")
    is_many = isinstance(limit, int) and limit > _DROPDOWN
    return call.method in methods.NAME_SEARCHES and is_many and bool(name)


def is_import(call: Call | Recorded) -> bool:
    """Whether it is the import itself, rather than its preparation or a test."""
    dry = call.kwargs.get("dryrun", call.args[4] if len(call.args) > 4 else False)
    return call.method in methods.IMPORT_METHODS and not dry


def move_type(call: Call) -> str:
    """Whether it is an invoice or a bill: from its values, else the menu it was reached by, else the search.

    "" if it is not a journal entry, or if nothing shows the type.
    """
    if call.model != "account.move":
        return ""
    types: list[Json] = [
        values.get("move_type") for values in call.args[:2] if isinstance(values, dict)
    ]
    types.append(call.context.get("default_move_type"))
    domain = call.kwargs.get("domain", call.args[0] if call.args else [])
    for _, leaf in domains.leaves(domain):
        if leaf.field == "move_type" and leaf.operator in ("=", "in"):
            types.append(
                leaf.value[0] if isinstance(leaf.value, list) and leaf.value else leaf.value
            )
    return next((one for one in types if isinstance(one, str)), "")
