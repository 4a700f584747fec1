"""What a call was about, in a few words: for the list that a person reads."""

from __future__ import annotations

import json

from har2rpc.model import Call, Json
from har2rpc.odoo import call_args, domains, methods
from har2rpc.odoo.english import field_noun, listed

# What a person calls a record by, best first.
_TELLING = ("name", "display_name", "subject", "summary", "partner_id", "lost_reason_id")


def subject(call: Call) -> str:
    """`phone contains "555"`, `id 163: phone, category_id`, `name "Belg"`: at a glance."""
    if call.method in methods.NAME_SEARCHES:
        name = call.kwargs.get("name", call.args[0] if call.args else "")
        return f'name contains "{name}"' if name else "any name"
    if call.model == methods.IMPORT_MODEL and call.method in methods.IMPORT_METHODS:
        return listed(_texts(call.args[1]), 5) if len(call.args) > 1 else ""
    if call.method == "name_create":
        return f"name {_short(call.args[0])}" if call.args else ""
    if call.method in methods.SEARCHES | methods.GROUPINGS:
        return _search(call)
    if call.method == "onchange" and len(call.args) > 2:
        names = _texts(call.args[2])
        return f"{listed(names)} changed" if names else "form opened"
    if call.method == "create" and (several := _several(call)):
        return f"{several} records"
    ids = call_args.record_ids(call) if call.method != "create" else ()
    values = _values(call)
    about = _ids(ids)
    if values:
        filled = [name for name, value in values.items() if value not in (False, None, "", [])]
        # Of a record that exists what was emptied was changed, too.
        about = f"{about}: {listed(list(values), 5)}" if about else _first_values(values, filled)
    return about or _short(call.args if call.args else {})


def _several(call: Call) -> int:
    """How many records a call creates at once; 0 for one."""
    values = call.args[0] if call.args else None
    return len(values) if isinstance(values, list) and len(values) > 1 else 0


def _search(call: Call) -> str:
    domain = call.kwargs.get("domain", call.args[0] if call.args else [])
    words = domains.in_words(
        domain, lambda name: field_noun(name).replace("_", " "), domains.value_text
    )
    groups = call_args.grouped_by(call) if call.method in methods.GROUPINGS else []
    text = words or "all"
    if groups:
        text += f", by {listed(groups)}"
    offset = call.kwargs.get("offset")
    return text + (f", from {offset + 1} on" if isinstance(offset, int) and offset else "")


def _texts(value: Json) -> list[str]:
    """Names, of which Odoo takes one bare as well as a list."""
    if isinstance(value, str):
        return [value] if value else []
    return [str(item) for item in value] if isinstance(value, list) else []


def _values(call: Call) -> dict[str, Json]:
    for value in call.args[:2]:
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
            return value[0]
        if isinstance(value, dict):
            return value
    return {}


def _first_values(values: dict[str, Json], filled: list[str]) -> str:
    telling = [name for name in filled if not _says_little(name, values[name])]
    best = next((name for name in (*_TELLING, *telling, *filled) if name in filled), "")
    rest = len(filled) - 1
    more = f" and {rest} more value{'' if rest == 1 else 's'}" if rest else ""
    value_words = (
        "" if _is_commands(values.get(best)) else f" {_short(values[best])}" if best else ""
    )
    return f"{best}{value_words}{more}" if best else ""


def _is_commands(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], list)


def _says_little(name: str, value: Json) -> bool:
    """Whether a value tells a person nothing of the record: technical names, ids in commands, switches."""
    return name.startswith(("res_", "model", "author_", "composition_")) or isinstance(
        value, (list, bool)
    )


def _ids(ids: tuple[int, ...]) -> str:
    if not ids:
        return ""
    return f"id {ids[0]}" if len(ids) == 1 else f"ids {listed([str(i) for i in ids], 4)}"


def _short(value: Json) -> str:
    if value in ([], {}):
        return ""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
