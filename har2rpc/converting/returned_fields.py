"""The fields of the records that a call returns: their names and their types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from har2rpc.converting.draft import Draft
from har2rpc.model import Field, Value


def returned_fields(draft: Draft) -> list[str] | None:
    """The names of the fields that a read returns, without `id`; None for any other method."""
    if draft.method not in ("read", "search_read", "web_read"):
        return None
    args: Sequence[Value] = draft.args if isinstance(draft.args, list) else []
    position = 0 if draft.method == "search_read" else 1
    names = draft.kwargs.get(
        "fields", args[position] if position and len(args) > position else None
    )
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else None


def returned_types(draft: Draft, described: Mapping[str, Field]) -> dict[str, str]:
    """Odoo's types of the fields that a classic read returns, by name; "" if the capture does not describe the field.

    `web_read` returns relations in another form, so its fields have no types here.
    """
    if draft.method == "web_read":
        return {}
    return {
        name: described[name].type if name in described else ""
        for name in returned_fields(draft) or ()
    }
