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
    asked: Json = call.kwargs.get("specification", call.kwargs.get("fields"))
    if asked is None and call.method in methods.RECORD_READS and len(call.args) > 1:
        asked = call.args[1]
    if isinstance(asked, dict):
        return list(asked)
    return [name for name in asked if isinstance(name, str)] if isinstance(asked, list) else []


def grouped_by(call: Call) -> list[str]:
    """What a grouping groups by, `date:month` as it is; of a pivot's sets the deepest."""
    given: Json = call.kwargs.get("groupby", call.kwargs.get("group_by"))
    sets = call.kwargs.get("grouping_sets")
    if isinstance(sets, list) and sets and all(isinstance(one, list) for one in sets):
        given = max(sets, key=len)
    elif given is None and call.method in methods.GROUPINGS:
        place = 2 if call.method == "read_group" else 1
        given = call.args[place] if len(call.args) > place else None
    given = [given] if isinstance(given, str) else given
    return [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
