"""Masks secrets in JSON values (the arguments of a call, an answer) with `***`.

It recognizes them by the key of a value, by model and method (`secret_methods.py`), and by the shape of a text. The
structure of the value stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from har2rpc.model import Json
from har2rpc.odoo.packed_texts import pack, packed_text
from har2rpc.odoo.secret_fields import MASK, is_secret_field, is_secret_number, model_behind
from har2rpc.odoo.secret_hints import may_hold_secrets
from har2rpc.odoo.secret_names import is_secret_parameter_name

_OPERATOR = re.compile(
    r"\s*(?:[=<>!]{1,2}|=\?|(?:not )?(?:in|=?i?like|any!?)|child_of|parent_of)\s*", re.IGNORECASE
)
_IN_DOMAINS = re.compile(r"(?:.*_)?domains?|args|filters?")
# Members that hold values of the same records: of arguments, of answers.
_SAME_RECORDS = frozenset(
    """args kwargs vals vals_list values value data domain context specification fields records record groups rows result
    params changes __domain""".split()
)
# `{"name": "password", "value": "x"}`
_NAMING = frozenset(
    "name key k field field_name fieldName parameter header id label title string".split()
)
_NAMED = frozenset(
    """value values val v default default_value json_value new_value old_value text fieldValue field_value
    answer""".split()
)
# The headers of a request that somebody configured: `{"Authorization": "x"}`, `[["Cookie", "x"]]`.
_HEADER = re.compile(r"(?:proxy-)?authorization|(?:set-)?cookie", re.IGNORECASE)
_HEADER_VALUE = re.compile(r"(?=[^\d]*\d)(?:[\w-]+\s+)?\S{8,}|[^\s=]+=\S.*", re.DOTALL)
# A user and a password: `{"auth": ["me", "x"]}`, `{"basic_auth": "me:x"}`.
_AUTH = re.compile(r"(?:http_?|basic_?)?auth", re.IGNORECASE)
# Attributes of a field in the answers of get_views, load_views and fields_get (Odoo 12-19).
_DESCRIBING = frozenset(
    {"string", "name", "readonly", "searchable", "sortable", "store", "required", "relation"}
)
# A session of the web under the name that a model has for the session of a till.
_SESSION = re.compile(r"(?:.*_)?session_?id|sid", re.IGNORECASE)
_OPAQUE = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[\w.~+=-]{16,}", re.ASCII)
_SWITCHES = frozenset({"", "0", "1", "true", "True", "false", "False", "None", "null", "none"})
_IDENTIFIER = re.compile(r"[a-z_][a-z_.]*")
_HEX_DIGITS = 40  # of an API key
_SHORTEST_FILE = 24  # characters of base64
_SHORT = 128  # characters
_SHORTEST_KEY = 16  # characters of a secret that is a key itself
# Parameters that are no secrets, though everybody asks for them by `get_param`.
_HARMLESS_PARAMETERS = re.compile(
    r"web\.base\.url(?:\.\w+)?|report\.url|.*\.(?:version|enabled|limit|delay)"
)


def mask_value(value: Json, model: str, key: str = "") -> Json:
    """A value under this name. `model` is the model of the field: "" outside of models, "?" if it is unknown."""
    if isinstance(value, str):
        if _SESSION.fullmatch(key) and _OPAQUE.fullmatch(value):
            return MASK
        if _HEADER.fullmatch(key) and _HEADER_VALUE.fullmatch(value):
            return MASK
        if _AUTH.fullmatch(key) and 0 < value.find(":") < len(value) - 1 and " " not in value:
            return f"{value.partition(':')[0]}:{MASK}"  # "me:x"
        return mask_text(value, key)
    if isinstance(value, dict):
        return _mask_members(value, model)
    if isinstance(value, (list, tuple)):
        if _is_leaf(value) and _IN_DOMAINS.fullmatch(key):
            return _mask_leaf(value, model)
        if _AUTH.fullmatch(key) and _is_pair(value):
            return [value[0], mask_all(value[1])]
        if _are_pairs(value):
            return [_mask_pair(pair, model) for pair in value]
        return [
            _mask_leaf(item, model) if _is_leaf(item) else mask_value(item, model, key)
            for item in value
        ]
    return value


def mask_text(text: str, key: str = "") -> str:
    """A text without the secrets that their shape reveals; for a file in base64, without those in its text."""
    if len(text) >= _SHORTEST_FILE and (file := packed_text(text)):
        new_file = _mask_spans(file, "", fewest_columns=1)
        return text if new_file == file else pack(new_file)
    mask = _mask_short if len(text) <= _SHORT else _mask_spans
    return mask(text, key, fewest_columns=2)


def _mask_spans(text: str, key: str, fewest_columns: int) -> str:
    if len(text) != _HEX_DIGITS and not may_hold_secrets(text):
        return text
    from har2rpc.odoo.secret_columns import column_spans
    from har2rpc.odoo.secret_literals import literal_spans
    from har2rpc.odoo.secret_texts import apart, is_api_key, spans_in

    if is_api_key(text, key):
        return MASK
    columns = column_spans(text, fewest_columns) if "\n" in text else ()
    spans = apart([*columns, *spans_in(text), *literal_spans(text)])
    if not spans:
        return text
    pieces, done = [], 0
    for start, end, _ in spans:
        pieces += [text[done:start], MASK if text[start:end] not in _SWITCHES else text[start:end]]
        done = end
    return "".join([*pieces, text[done:]])


_mask_short = lru_cache(maxsize=4096)(_mask_spans)  # the same few values, thousands of times


def mask_all(value: Json, *, numbers: bool = False) -> Json:
    """Everything in it is secret: texts, with `numbers` these as well; 0, 1 and booleans never are."""
    if isinstance(value, str):
        return value if value in _SWITCHES else MASK
    if isinstance(value, dict):
        return unique_keys(
            (key if _IDENTIFIER.fullmatch(key) else MASK, mask_all(item, numbers=numbers))
            for key, item in value.items()
        )
    if isinstance(value, (list, tuple)):
        return [mask_all(item, numbers=numbers) for item in value]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return MASK if numbers and is_number and value not in (0, 1) else value


def mask_columns(rows: Json, names: Sequence[Json], model: str) -> Json:
    """Rows of a table, whose columns have these names: `partner_id/name`, `password`."""
    secret = {n: name for n, name in enumerate(names) if _is_secret_column(model, name)}
    if not isinstance(rows, list):
        return rows
    return [
        (
            [
                (
                    mask_all(cell, numbers=is_secret_number(model, str(secret[n])))
                    if n in secret
                    else mask_value(cell, model, str(names[n]) if n < len(names) else "")
                )
                for n, cell in enumerate(row)
            ]
            if isinstance(row, list)
            else row
        )
        for row in rows
    ]


def is_harmless_parameter(key: Json) -> bool:
    """Whether a parameter of the system is no secret: `web.base.url`."""
    return isinstance(key, str) and bool(_HARMLESS_PARAMETERS.fullmatch(key))


def unique_keys(items: Iterable[tuple[str, Json]]) -> dict[str, Json]:
    """An object in which several masked keys stay several."""
    value: dict[str, Json] = {}
    for key, item in items:
        while key in value:
            key += "*"
        value[key] = item
    return value


def _is_secret_column(model: str, name: Json) -> bool:
    return isinstance(name, str) and is_secret_field(model, name.removesuffix("/.id"))


def _mask_members(value: Mapping[str, Json], model: str) -> dict[str, Json]:
    if isinstance(
        value.get("res_model"), str
    ):  # an action: its context and domain are of that model
        model = str(value["res_model"])
    # Asked of every object of an answer: most have none of these names, which is told at once.
    names_secret = value.get("type") == "password" or (
        not _NAMING.isdisjoint(value) and any(_names_secret(value.get(name)) for name in _NAMING)
    )
    # The right to write on a record (Odoo 12-19, `mail.thread._sign_token`).
    signatures = ("hash", "sha_in") if "pid" in value or "sha_in" in value else ()
    is_harmless = model == "ir.config_parameter" and is_harmless_parameter(value.get("key"))
    return unique_keys(
        (
            _masked_key(name),
            (
                mask_all(item)
                if (names_secret and name in _NAMED) or name in signatures
                else _mask_member(name, item, "?" if is_harmless else model)
            ),
        )
        for name, item in value.items()
    )


def _mask_member(name: str, item: Json, model: str) -> Json:
    field = name.partition(":")[0]  # `date:month` of a group
    is_secret = is_secret_field(model, field) or (model == "" and is_secret_parameter_name(field))
    if is_secret and not _is_about(item):
        return mask_all(item, numbers=is_secret_number(model, field))
    is_other = isinstance(item, (dict, list)) and model != "" and name not in _SAME_RECORDS
    return mask_value(item, model_behind(name) if is_other else model, name)


def _is_about(value: Json) -> bool:
    """Whether a value under a secret's name is none: the description of a field, a record, commands to records."""
    if isinstance(value, dict):
        is_described = isinstance(value.get("type"), str) and bool(_DESCRIBING & value.keys())
        return is_described or type(value.get("id")) is int
    if not isinstance(value, list) or not value:
        return False
    first = value[0]
    return (type(first) is int and len(value) > 1) or (
        isinstance(first, (list, dict)) and all(map(_is_about, value))
    )


def _names_secret(name: Json) -> bool:
    return isinstance(name, str) and len(name) < 100 and is_secret_field("?", name)


@lru_cache(maxsize=4096)  # the same few field names, thousands of times
def _masked_key(name: str) -> str:
    return MASK if len(name) >= _SHORTEST_KEY and mask_text(name) != name else name


def _is_pair(value: Sequence[Json]) -> bool:
    return len(value) == 2 and all(isinstance(item, str) for item in value)


def _are_pairs(value: Sequence[Json]) -> bool:
    """Whether a list is one of names and their values: `[["Authorization", "x"]]`."""
    return bool(value) and all(isinstance(item, (list, tuple)) and _is_pair(item) for item in value)


def _mask_pair(pair: Sequence[Json], model: str) -> list[Json]:
    """The second is a secret under the name of the first, unless it is a name itself: `["access_token", "name"]`."""
    name, value = pair
    if _names_secret(name) and not _IDENTIFIER.fullmatch(value):
        return [name, mask_all(value)]
    return [mask_value(name, model), mask_value(value, model, name)]


def _is_leaf(value: Json) -> bool:
    """Whether three items are a condition of a domain: an operator stands in the middle."""
    return (
        isinstance(value, (list, tuple))
        and len(value) == 3
        and isinstance(value[0], str)
        and isinstance(value[1], str)
        and bool(_OPERATOR.fullmatch(value[1]))
    )


def _mask_leaf(leaf: Sequence[Json], model: str) -> list[Json]:
    name, operator, value = leaf
    if is_secret_field(model, name):
        value = mask_all(value, numbers=is_secret_number(model, name))
    elif isinstance(value, (dict, list)) and "any" in operator.lower():
        value = mask_value(value, model_behind(name.rpartition(".")[2]), "domain")
    else:
        value = mask_value(value, model, name.rpartition(".")[2])
    return [name, operator, value]
