"""What a public method answers where the web client's own was recorded: `read` for web_read, `create` for web_save.

It is read from the recording and the fields' descriptions alone, and knows nothing of how calls are translated.
Source of the shapes: Odoo 12-19 `odoo/models.py` (read, search_read, create) beside `addons/web/models/models.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from har2rpc.model import Call, Field, Json
from har2rpc.proving.mock.recordings import returned

Unnamed = Callable[[str, Json], Json]
"""The name of a record whose name is not in the recording: by its model (or the field's name) and its id."""


def classic(
    call: Call,
    method: str,
    *,
    fields: Mapping[str, Field],
    asked: Sequence[str] = (),
    unnamed: Unnamed,
) -> Json:
    """The recorded result of `call` as `method` gives it.

    `asked` are the fields that are asked for now (all that were recorded, if empty); `fields` those of the model.
    """
    result = returned(call)
    if method in ("search_read", "read"):
        rows = result.get("records") if isinstance(result, dict) else result
        if not isinstance(rows, list):
            return result
        return [_row(row, fields, asked, unnamed) for row in rows]
    if method == "create":
        return _created(call, result)
    if method == "write" and call.method in ("web_save", "write"):
        return True
    if method == "name_search" and call.method == "web_name_search":
        return [[row.get("id"), row.get("display_name")] for row in result or ()]
    if method in ("read_group", "formatted_read_group") and isinstance(result, dict):
        return [_group(group) for group in result.get("groups") or ()]
    if method == "fields_get" and call.method != "fields_get":
        return _described(result, call.model)
    if method == "message_post" and isinstance(result, dict):
        return _posted(result)
    return result


def _group(group: Json) -> Json:
    """A group without the records and groups that the client had it unfolded with."""
    if not isinstance(group, dict):
        return group
    return {key: value for key, value in group.items() if key not in ("__records", "__groups")}


def _described(result: Json, model: str) -> Json:
    """The fields of a view's answer: from 16 on by model, before beside the views or in each of them."""
    views = result if isinstance(result, dict) else {}
    of_model = (views.get("models") or {}).get(model) or views.get("fields") or {}
    fields = of_model.get("fields", of_model) if isinstance(of_model, dict) else {}
    return {name: about for name, about in fields.items() if isinstance(about, dict)}


def _posted(result: dict) -> Json:
    """The new message's id, which the client gets among all it shows of it."""
    store = result.get("store_data") if isinstance(result.get("store_data"), dict) else result
    messages = store.get("mail.message")
    first = messages[0] if isinstance(messages, list) and messages else store
    return first.get("id") if isinstance(first, dict) else None


def _created(call: Call, result: Json) -> Json:
    """The id of the one record that was made, or the ids of several."""
    ids = list(call.result_ids)
    values = call.args[0] if call.args else None
    if call.method == "create" and isinstance(values, list) and len(values) != 1:
        return ids
    return ids[0] if ids else result


def _row(row: Json, fields: Mapping[str, Field], asked: Sequence[str], unnamed: Unnamed) -> Json:
    if not isinstance(row, dict):
        return row
    names = [name for name in row if not asked or name in asked or name == "id"]
    return {name: _value(name, row[name], fields.get(name), unnamed) for name in names}


def _value(name: str, value: Json, described: Field | None, unnamed: Unnamed) -> Json:
    """A pair for a many2one, ids for an x2many, anything else as it is."""
    type_ = described.type if described else ""
    model = (described.relation if described else "") or name
    if isinstance(value, dict) and isinstance(value.get("id"), int):
        shown = value.get("display_name")
        return [value["id"], unnamed(model, value["id"]) if shown is None else shown]
    if type_ == "many2one" and isinstance(value, int) and not isinstance(value, bool):
        return [value, unnamed(model, value)]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        if all(isinstance(item.get("id"), int) for item in value):
            return [item["id"] for item in value]
    if isinstance(value, dict) and isinstance(value.get("id"), dict):  # a reference: model and id
        return f"{value['id'].get('model')},{value['id'].get('id')}"
    return value
