"""The answer to expect from a public method (`read`, `create`) if the web client's (web_read, web_save) was recorded.

It is derived only from the recording and the fields' descriptions, independently of how calls are translated.
Source of the shapes: Odoo 12-19 `odoo/models.py` (read, search_read, create) beside `addons/web/models/models.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from har2rpc.model import Call, Field, Json
from har2rpc.odoo.answers import method_result

NameOf: TypeAlias = Callable[[str, int], Json]
"""The name of a record that has none in the recording: by its model (or the field's name) and its id."""


def expected_answer(
    call: Call,
    method: str,
    *,
    fields: Mapping[str, Field],
    field_names: Sequence[str] = (),
    name_of: NameOf,
) -> Json:
    """The recorded result of `call`, in the shape that `method` returns.

    `fields` are those of the model; `field_names` those that are read now (all that were recorded, if empty).
    """
    result = method_result(call)
    if method in ("search_read", "read"):
        rows = result.get("records") if isinstance(result, dict) else result
        if not isinstance(rows, list):
            return result
        return [_row(row, fields, field_names, name_of) for row in rows]
    if method == "create":
        return _created_ids(call, result)
    if method == "write" and call.method in ("web_save", "write"):
        return True
    if method == "name_search" and call.method == "web_name_search":
        return [[row.get("id"), row.get("display_name")] for row in result or ()]
    if method in ("read_group", "formatted_read_group") and isinstance(result, dict):
        return [_group(group) for group in result.get("groups") or ()]
    if method == "fields_get" and call.method != "fields_get":
        return _field_descriptions(result, call.model)
    if method == "message_post" and isinstance(result, dict):
        return _message_id(result)
    return result


def _group(group: Json) -> Json:
    """A group without the records and groups that the client had it unfolded with."""
    if not isinstance(group, dict):
        return group
    return {key: value for key, value in group.items() if key not in ("__records", "__groups")}


def _field_descriptions(result: Json, model: str) -> Json:
    """The fields in the answer with the views: from 16 on by model, before beside the views or in each of them."""
    views = result if isinstance(result, dict) else {}
    of_model = (views.get("models") or {}).get(model) or views.get("fields") or {}
    fields = of_model.get("fields", of_model) if isinstance(of_model, dict) else {}
    return {name: field for name, field in fields.items() if isinstance(field, dict)}


def _message_id(result: dict[str, Json]) -> Json:
    """The new message's id, which the client receives among all that it shows of the message."""
    store = result.get("store_data")
    if not isinstance(store, dict):
        store = result
    messages = store.get("mail.message")
    first = messages[0] if isinstance(messages, list) and messages else store
    return first.get("id") if isinstance(first, dict) else None


def _created_ids(call: Call, result: Json) -> Json:
    """The id of the one record that was created, or the ids of several."""
    ids = list(call.result_ids)
    values = call.args[0] if call.args else None
    if call.method == "create" and isinstance(values, list) and len(values) != 1:
        return ids
    return ids[0] if ids else result


def _row(
    row: Json, fields: Mapping[str, Field], field_names: Sequence[str], name_of: NameOf
) -> Json:
    if not isinstance(row, dict):
        return row
    names = [name for name in row if not field_names or name in field_names or name == "id"]
    return {name: _value(name, row[name], fields.get(name), name_of) for name in names}


def _value(name: str, value: Json, field: Field | None, name_of: NameOf) -> Json:
    """A pair for a many2one, ids for an x2many, anything else as it is."""
    field_type = field.type if field else ""
    model = (field.relation if field else "") or name
    if isinstance(value, dict) and isinstance(value.get("id"), int):
        display_name = value.get("display_name")
        if display_name is None:
            display_name = name_of(model, value["id"])
        return [value["id"], display_name]
    if field_type == "many2one" and isinstance(value, int) and not isinstance(value, bool):
        return [value, name_of(model, value)]
    if isinstance(value, list) and value and all(map(_has_id, value)):
        return [item["id"] for item in value]
    if isinstance(value, dict) and isinstance(value.get("id"), dict):  # a reference: model and id
        return f"{value['id'].get('model')},{value['id'].get('id')}"
    return value


def _has_id(item: Json) -> bool:
    return isinstance(item, dict) and isinstance(item.get("id"), int)
