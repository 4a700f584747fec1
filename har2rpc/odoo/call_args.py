"""What stands in the arguments of a recorded call: the records it is about, the fields it reads, what it groups by."""

from __future__ import annotations

from har2rpc.model import Call, Json
from har2rpc.odoo import methods


def record_ids(call: Call) -> tuple[int, ...]:
    """The ids that a record method was called on (`args[0]`: a list, or one bare id); else none."""
    first = call.args[0] if call.args else call.kwargs.get("ids")
    if isinstance(first, int) and not isinstance(first, bool):
        return (first,)
    if isinstance(first, list) and all(
        isinstance(i, int) and not isinstance(i, bool) for i in first
    ):
        return tuple(first)
    return ()


def fields_asked(call: Call) -> list[str]:
    """The names of the fields that a read asks for, from `specification` or `fields`; [] for all."""
    names: Json = call.kwargs.get("specification", call.kwargs.get("fields"))
    if names is None and call.method in methods.RECORD_READS and len(call.args) > 1:
        names = call.args[1]
    if isinstance(names, dict):
        return list(names)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def grouped_by(call: Call) -> list[str]:
    """What a grouping groups by, `date:month` as it is; of a pivot's sets the deepest."""
    groups: Json = call.kwargs.get("groupby", call.kwargs.get("group_by"))
    sets = call.kwargs.get("grouping_sets")
    if isinstance(sets, list) and sets and all(isinstance(group, list) for group in sets):
        groups = max(sets, key=len)
    elif groups is None and call.method in methods.GROUPINGS:
        place = 2 if call.method == "read_group" else 1
        groups = call.args[place] if len(call.args) > place else None
    groups = [groups] if isinstance(groups, str) else groups
    return [group for group in groups if isinstance(group, str)] if isinstance(groups, list) else []
