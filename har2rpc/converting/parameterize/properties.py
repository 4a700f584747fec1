"""Properties: fields that the users of a project or team define themselves; the client sends them with their values.

Source: `fields.Properties` (Odoo 16-19, `odoo/fields.py`): a list of `{"name", "type", "string", "value", …}`.
"""

from __future__ import annotations

from typing import Any

from har2rpc.converting.draft import Inputs
from har2rpc.converting.parameterize.form_values import is_empty, plain, same
from har2rpc.model import Field, Json, Value
from har2rpc.odoo import english


def is_properties(value: Json) -> bool:
    """Whether a form's value is a list of properties."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and {"name", "type"} <= one.keys() for one in value)
    )


def changed_properties(value: Json, before: Json) -> set[str]:
    """The names of the properties that hold something else than `before`."""
    known = {one["name"]: one.get("value") for one in before} if is_properties(before) else {}
    return {
        str(one["name"])
        for one in value
        if not same(plain(one.get("value")), plain(known.get(one["name"])))
        and not (one["name"] not in known and is_empty(plain(one.get("value"))))
    }


def parameterize_properties(value: list[dict[str, Json]], before: Json, inputs: Inputs) -> Value:
    """The list as it was, with an input for each property that was filled in."""
    chosen = changed_properties(value, before)
    sent = []
    for one in value:
        about = _field_of(one)
        if about.name in chosen and not isinstance(one.get("value"), (list, dict)):
            param = inputs.add(
                english.identifier(about.label.lower()),
                label=about.label,
                type=about.type,
                required=False,
                example=one.get("value"),
                options=about.selection,
                relation=about.relation,
                why="a property that was filled in",
            )
            one = {**one, "value": param}
        sent.append(one)
    return sent


def _field_of(one: dict[str, Any]) -> Field:
    """A property as a field: its label is its `string`."""
    options = one.get("selection") if isinstance(one.get("selection"), list) else []
    relation = one.get("comodel")
    return Field(
        name=str(one["name"]),
        label=str(one.get("string") or one["name"]),
        type="many2many" if one["type"] == "tags" else str(one["type"]),
        selection=tuple(
            (option[0], str(option[1]))
            for option in options or ()
            if isinstance(option, list) and len(option) >= 2
        ),
        relation=relation if isinstance(relation, str) else "",
    )
