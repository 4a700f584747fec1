"""Masks secrets in calls and answers: by model and method first, then by names and shapes.

Sources: Odoo 12-19 `odoo/addons/base/models/{ir_config_parameter,ir_default,res_users}.py`, `odoo/models.py` (load,
export_data), `addons/base_import/models/base_import.py`.
"""

from __future__ import annotations

from har2rpc.model import Json
from har2rpc.odoo.secret_fields import is_secret_field
from har2rpc.odoo.secret_names import is_secret_name
from har2rpc.odoo.secret_values import (
    is_harmless_parameter,
    mask_all,
    mask_columns,
    mask_value,
)

# Methods whose texts are credentials, by (model or "*", method); so are those of a method whose name ends like a secret.
_CREDENTIALS = {
    ("res.users", "authenticate"),
    ("res.users", "_login"),
    ("res.users", "check"),
    ("res.users", "_check_credentials"),
    ("res.users.apikeys", "_check_credentials"),
    ("res.users", "_totp_check"),
    ("*", "check_identity"),
    ("*", "run_check"),
    ("ir.config_parameter", "name_create"),
}
_PARAMETERS = "ir.config_parameter"
_PARAMETER_METHODS = frozenset(
    f"{verb}_{what}"
    for verb in ("get", "set", "_get", "_set")
    for what in ("param", "str", "int", "float")
)
# Answers that are a credential as a whole.
_SECRET_ANSWERS = {
    ("res.users.apikeys", "_generate"),
    ("res.users.apikeys", "generate"),
    ("ir.config_parameter", "name_create"),
}
DESCRIPTIONS = frozenset("get_views get_view load_views fields_view_get fields_get".split())
"""Methods whose answers say what fields there are, and how they are shown."""
_IMPORT = "base_import.import"


def masked_call(
    model: str, method: str, args: list[Json], kwargs: dict[str, Json]
) -> tuple[list[Json], dict[str, Json]]:
    """The arguments of a call with every known secret replaced by `***`."""
    if _takes_credentials(model, method):
        return mask_all(args), {key: _masked_credential(key, kwargs[key], model) for key in kwargs}
    if model == _PARAMETERS and method in _PARAMETER_METHODS:
        return _masked_parameter(args, kwargs)
    if model == "ir.default" and method in ("set", "_set", "set_default"):
        return _masked_default(args, kwargs)
    names = args[0] if args else kwargs.get("fields")
    if method == "load" and isinstance(names, list):
        return _masked_rows(names, args, kwargs, model)
    return mask_value(args, model), _masked_members(kwargs, model)


def masked_part(model: str, value: Json) -> Json:
    """A context, or any other value beside the arguments."""
    return mask_value(value, model)


def masked_answer(model: str, method: str, args: Json, result: Json) -> Json:
    """The result of a call with every known secret replaced by `***`. `args` are the arguments that it was called with."""
    if method in DESCRIPTIONS:
        return result
    if has_secret_answer(model, method, args):
        return mask_all(result)
    if method == "export_data" and isinstance(result, dict) and isinstance(args, list):
        names = next((item for item in args[1:2] if isinstance(item, list)), [])
        result = {**result, "datas": mask_columns(result.get("datas"), names, model)}
    if model == _IMPORT and method == "parse_preview" and isinstance(result, dict):
        result = {**result, "preview": _masked_preview(result)}
    return mask_value(result, model)


def has_secret_answer(model: str, method: str, args: Json) -> bool:
    """Whether the answer is a credential as a whole, though no word in it tells so."""
    if model == _PARAMETERS and method in _PARAMETER_METHODS:
        key = args[0] if isinstance(args, list) and args else ""
        return not is_harmless_parameter(key.get("key") if isinstance(key, dict) else key)
    return (model, method) in _SECRET_ANSWERS or is_secret_name(method)


def has_untold_secret(model: str, method: str, args: Json) -> bool:
    """Whether the answer may hold a secret that no word in it tells: what it is as a whole, or in which column."""
    return method in ("export_data", "parse_preview") or has_secret_answer(model, method, args)


def takes_untold_secret(model: str, method: str) -> bool:
    """Whether the arguments may hold a secret that no word in them tells."""
    return model == _PARAMETERS or model == "ir.default" or _takes_credentials(model, method)


def _takes_credentials(model: str, method: str) -> bool:
    return (
        (model, method) in _CREDENTIALS or ("*", method) in _CREDENTIALS or is_secret_name(method)
    )


def _masked_credential(key: str, value: Json, model: str) -> Json:
    return mask_value(value, model) if key == "context" else mask_all(value)


def _masked_members(members: dict[str, Json], model: str) -> dict[str, Json]:
    """Named arguments: containers in them are of the call's own model, whatever they are named."""
    masked = mask_value(members, model)
    for key, value in members.items():
        if isinstance(value, (dict, list)) and not is_secret_field(model, key):
            masked[key] = mask_value(value, model, key)
    result: dict[str, Json] = masked
    return result


def _masked_parameter(
    args: list[Json], kwargs: dict[str, Json]
) -> tuple[list[Json], dict[str, Json]]:
    """`get_param(key, default)`, `set_param(key, value)`: everything but the key is a value."""
    key = args[0] if args else kwargs.get("key")
    if is_harmless_parameter(key):
        return mask_value(args, "?"), mask_value(kwargs, "?")
    numbers = isinstance(key, str) and is_secret_name(key)
    return (
        [*args[:1], *(mask_all(item, numbers=numbers) for item in args[1:])],
        {
            name: item if name in ("key", "context") else mask_all(item, numbers=numbers)
            for name, item in kwargs.items()
        },
    )


def _masked_default(
    args: list[Json], kwargs: dict[str, Json]
) -> tuple[list[Json], dict[str, Json]]:
    """`set(model_name, field_name, value, …)`: the value is the field's."""
    named = {**dict(zip(("model_name", "field_name", "value"), args, strict=False)), **kwargs}
    model, field = str(named.get("model_name")), str(named.get("field_name"))
    value = mask_value({field: named.get("value")}, model).popitem()[1]
    new_args = [*args[:2], *(value for _ in args[2:3]), *args[3:]]
    return new_args, {**kwargs, **({"value": value} if "value" in kwargs else {})}


def _masked_rows(
    names: list[Json], args: list[Json], kwargs: dict[str, Json], model: str
) -> tuple[list[Json], dict[str, Json]]:
    """`load(fields, data)`: rows in whose columns the fields stand."""
    masked = _masked_members(kwargs, model)
    if "data" in kwargs:
        masked["data"] = mask_columns(kwargs["data"], names, model)
    rows = [mask_columns(rows, names, model) for rows in args[1:2]]
    return [*args[:1], *rows, *mask_value(args[2:], model)], masked


def _masked_preview(answer: dict[str, Json]) -> Json:
    """The rows (until 14) or the columns (15 and later) of a file that is imported."""
    preview, names = answer.get("preview"), _column_names(answer)
    if not isinstance(preview, list):
        return preview
    if "header_types" not in answer and all(len(row) == len(names) for row in map(_items, preview)):
        preview = mask_columns(preview, names, "?")
        if "headers_type" in answer or len(preview) != len(names):
            return preview
    named = zip(preview, [*names, *[""] * len(preview)], strict=False)
    return [
        [cell for [cell] in mask_columns([[cell] for cell in _items(column)], [name], "?")]
        for column, name in named
    ]


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _column_names(answer: dict[str, Json]) -> list[str]:
    """What each column is imported into; its heading, where that alone tells a secret or nothing else does."""
    headers, matches = _items(answer.get("headers")), answer.get("matches")
    names = []
    for n, heading in enumerate(headers):
        match = matches.get(str(n)) if isinstance(matches, dict) else None
        matched = "/".join(map(str, _items(match)))
        names.append(matched if is_secret_field("?", matched) or not heading else str(heading))
    return names
