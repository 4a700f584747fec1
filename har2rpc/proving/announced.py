"""Differences that convert already announces in a note above the code, such as another order or another name."""

from __future__ import annotations

from har2rpc.model import Call, Json
from har2rpc.proving.compare import Difference

_ORDER = "in its model's own order, as convert notes"
_NAME = "named without the client's own context, as convert notes"


def set_announced_apart(
    call: Call, recorded: Json, live: Json
) -> tuple[Json, tuple[Difference, ...]]:
    """The recorded rows, with announced differences replaced by the live values; and these differences.

    A specification may sort lines (`order`) and name a record in a context of its own: no public read takes either.
    """
    specification = call.kwargs.get("specification")
    if specification is None and call.method == "web_read" and len(call.args) > 1:
        specification = call.args[1]
    is_rows = isinstance(recorded, list) and isinstance(live, list)
    if not isinstance(specification, dict) or not is_rows or len(recorded) != len(live):
        return recorded, ()
    rows: list[Json] = []
    announced: list[Difference] = []
    for position, (row, live_row) in enumerate(zip(recorded, live, strict=True)):
        if isinstance(row, dict) and isinstance(live_row, dict):
            row = dict(row)
            for name in row.keys() & live_row.keys() & specification.keys():
                reason = _reason(specification[name], row[name], live_row[name])
                if reason:
                    path = f"[{position}].{name}"
                    announced.append(Difference(path, row[name], live_row[name], reason))
                    row[name] = live_row[name]
        rows.append(row)
    return rows, tuple(announced)


def _reason(about: Json, recorded: Json, live: Json) -> str:
    """The announced reason for which two values of a field differ; "" if they are equal or differ for another reason."""
    if not isinstance(about, dict) or recorded == live:
        return ""
    if not isinstance(recorded, list) or not isinstance(live, list):
        return ""
    if about.get("order") and all(isinstance(one, int) for one in (*recorded, *live)):
        return _ORDER if sorted(recorded) == sorted(live) else ""
    is_named = "display_name" in (about.get("fields") or ())
    if about.get("context") and is_named and len(recorded) == len(live) == 2:
        return _NAME if recorded[0] == live[0] and isinstance(live[1], str) else ""
    return ""
