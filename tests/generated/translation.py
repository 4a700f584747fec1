"""What a translated call must send, said a second time and from the specification alone.

`problems` looks at one recorded call and at what arrived for it; har2rpc has no part in this.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from generated.recorded import Recorded, same

_PAGED = ("domain", "specification", "offset", "limit", "order", "count_limit")
_SIZE = re.compile(r"^\d+(\.\d+)? (bytes|[KMGTP]b)$")  # what bin_size answers for a file
# Read from the session of a browser: refused through /jsonrpc (Odoo 18 and 19, res.device.is_current).
SESSION_BOUND = {("res.users", "device_ids")}
# The web client's own: nothing on the server reads them when a call comes from outside.
_CLIENTS = re.compile(
    r"^(uid|bin_size|params|group_by|orderedBy|current_company_id|base_model_name|dialog_size|footer"
    r"|no_breadcrumbs|create|edit|delete|export_xlsx|is_action_res_users"
    r"|(search|searchpanel)_default_.*|(pivot|graph|form_view|display)_.*|.*_view_ref"
    r"|temporary_id|[a-z0-9_]+\.[a-z0-9_]+)$"
)


def problems(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    """What is wrong with `arrived` as the translation of `call`, one sentence each; none if it is right."""
    if call.route == "/jsonrpc":  # somebody's own program: nothing to translate
        method, check = call.method, _unchanged
    else:
        method, check = _TRANSLATED.get(call.method, (call.method, _unchanged))
        if "aggregates" in call.kwargs and call.method == "web_read_group":
            method = "formatted_read_group"
        method = _saved_as(call) if method == "create or write" else method
    wrong = []
    if (call.model, method) != (arrived["model"], arrived["method"]):
        wrong.append(f"sent {arrived['model']}.{arrived['method']}, not {call.model}.{method}")
        return wrong
    return [*check(call, arrived), *_context(call, arrived, method)]


def classic_answer(call: Recorded, method: str) -> Any:
    """What the public method answers where the client's own had answered `call.answer`."""
    if method == "create":
        first = call.answer[0] if isinstance(call.answer, list) and call.answer else call.answer
        return first.get("id") if isinstance(first, dict) else first or 1
    if method in ("read", "search_read"):
        return call.rows
    return True if method == "write" else call.answer


def onchange_answer(calls: Iterable[Recorded], arrived: dict[str, Any]) -> Any:
    """What a form is answered about a field: all that its recorded onchanges with this value answered, as one.

    None for what is not an onchange of a form, or one that was never recorded.
    """
    if arrived["method"] != "onchange":
        return None
    names = ("ids", "values", "field_names", "fields_spec")
    asked = {**dict(zip(names, arrived["args"], strict=False)), **arrived["kwargs"]}
    merged: dict[str, Any] | None = None
    for call in calls:
        if (call.model, call.method) != (arrived["model"], "onchange"):
            continue
        fields = [call.args[2]] if isinstance(call.args[2], str) else call.args[2]
        if fields != asked["field_names"]:
            continue
        pairs = [(call.args[1].get(name), asked["values"].get(name)) for name in fields]
        if all(isinstance(sent, list) or same(one, sent) for one, sent in pairs):
            merged = {**(merged or {}), **call.answer.get("value", {})}
    return merged if merged is None else {"value": merged}


def _named(call: Recorded, names: tuple[str, ...]) -> dict[str, Any]:
    return {**dict(zip(names, call.args, strict=False)), **call.kwargs}


def _unchanged(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    wrong = [] if same(call.args, arrived["args"]) else [f"args {arrived['args']!r}"]
    return wrong + ([] if same(call.kwargs, arrived["kwargs"]) else [f"kwargs {arrived['kwargs']}"])


def _search(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    positional = _PAGED if call.method == "web_search_read" else ("domain", "fields", *_PAGED[2:5])
    wanted, kwargs = _named(call, positional), dict(arrived["kwargs"])
    asked = wanted.get("specification", wanted.get("fields"))
    wrong = _fields(call, asked, kwargs.pop("fields", None))
    if not same([wanted.get("domain") or []], arrived["args"]):
        wrong.append(f"domain {arrived['args']!r}")
    for name in ("limit", "offset", "order"):
        if (wanted.get(name) or None) != (kwargs.pop(name, None) or None):
            wrong.append(f"{name} is not {wanted.get(name)!r}")
    rest = {key: value for key, value in call.kwargs.items() if key not in (*_PAGED, "fields")}
    return wrong + ([] if same(rest, kwargs) else [f"more arguments: {kwargs!r}, not {rest!r}"])


def _read(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    wanted = _named(call, ("ids", "specification" if call.method == "web_read" else "fields"))
    kwargs = dict(arrived["kwargs"])
    asked = wanted.get("specification", wanted.get("fields"))
    wrong = _fields(call, asked, kwargs.pop("fields", None))
    if not same([wanted["ids"]], arrived["args"]):
        wrong.append(f"ids {arrived['args']!r}")
    rest = {k: v for k, v in call.kwargs.items() if k not in ("fields", "specification")}
    return wrong + ([] if same(rest, kwargs) else [f"more arguments: {kwargs!r}, not {rest!r}"])


def _fields(call: Recorded, asked: Any, sent: Any) -> list[str]:
    """All that was asked for, in its order, but files of which the client wanted the size alone."""
    if not asked and not isinstance(asked, dict):
        return [] if not sent else [f"fields {sent!r}, though none were named"]
    sent, wrong = sent or [], []
    kept = [name for name in asked if name in sent]
    if sent != (kept or ["id"]):
        wrong.append(f"fields {sent!r} are not those of {list(asked)!r}")
    for name in asked:
        values = [row.get(name) for row in call.rows]
        is_size = any(isinstance(value, str) and _SIZE.match(value) for value in values)
        sized = bool(call.context.get("bin_size")) and is_size
        if name in sent and sized:
            wrong.append(f"{name} would come as a whole file")
        nothing = bool(call.context.get("bin_size")) and not any(values)
        if name not in sent and not (sized or nothing or (call.model, name) in SESSION_BOUND):
            wrong.append(f"{name} was left out")
    return wrong


def _saved_as(call: Recorded) -> str:
    return "write" if call.args and call.args[0] else "create"


def _saved(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    values = _named(call, ("ids", "vals"))["vals"]
    if _saved_as(call) == "create":
        return _values(values, arrived["args"], arrived["kwargs"])
    wrong = [] if same(call.args[:1], arrived["args"][:1]) else [f"ids {arrived['args'][:1]!r}"]
    return wrong + _values(values, arrived["args"][1:], arrived["kwargs"])


def _written(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    wrong = [] if same(call.args[:1], arrived["args"][:1]) else [f"ids {arrived['args'][:1]!r}"]
    return wrong + _values(call.args[1], arrived["args"][1:], {})


def _created(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    values = call.args[0]
    one = values[0] if isinstance(values, list) and len(values) == 1 else values
    return _values(one, arrived["args"], arrived["kwargs"])


def _values(recorded: Any, args: list[Any], kwargs: Any) -> list[str]:
    if len(args) != 1 or kwargs:
        return [f"arguments {args!r} and {kwargs!r}"]
    return within(args[0], recorded)


def within(sent: Any, recorded: Any) -> list[str]:
    """Why what was sent is no part of the recorded values, also inside the lines; none if it is."""
    if isinstance(sent, dict) and isinstance(recorded, dict):
        wrong = [f"{name} was never saved" for name in sent if name not in recorded]
        for name in sent.keys() & recorded.keys():
            wrong += [f"{name}: {what}" for what in within(sent[name], recorded[name])]
        return wrong
    if _is_line(sent) and _is_line(recorded):
        place = recorded[1] if isinstance(recorded[1], int) else 0  # "virtual_7" means nothing here
        if sent[:2] != [recorded[0], place]:
            return [f"{sent[:2]!r} for {recorded[:2]!r}"]
        return within(sent[2], recorded[2])
    if (links := _linked(sent)) is not None and links == _linked(recorded):
        return []
    if isinstance(sent, list) and isinstance(recorded, list) and len(sent) == len(recorded):
        if recorded[:2] == [6, False] and sent[1] == 0:
            recorded = [6, sent[1], *recorded[2:]]  # Odoo does not look at the second place
        return [
            what for one, other in zip(sent, recorded, strict=True) for what in within(one, other)
        ]
    # A number that came from an answer is a float where JavaScript had written an integer.
    is_number = type(sent) in (int, float) and type(recorded) in (int, float)
    # What a form answers as no text is written by the editor.
    is_no_text = sent == "" and recorded == "<p><br></p>"
    is_same = same(sent, recorded) or (is_number and sent == recorded) or is_no_text
    return [] if is_same else [f"{sent!r} for {recorded!r}"]


def _linked(value: Any) -> list[int] | None:
    """The ids that commands link, however they say it; None for other values."""
    ids: list[int] = []
    for one in value if isinstance(value, list) else [None]:
        match one:
            case [4, int(identity), *rest] if not any(rest):
                ids.append(identity)
            case [6, second, list(all_ids)] if not second:
                ids = list(all_ids)
            case [5, *rest] if not any(rest):
                ids = []
            case _:
                return None
    return ids


def _is_line(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and isinstance(value[2], dict)


def _context(call: Recorded, arrived: dict[str, Any], method: str) -> list[str]:
    """Everything but the client's own; default_* for new records and for actions, active_* for what changes something."""
    creates = method in ("create", "copy", "name_create", "default_get")
    creates = creates or (method == "onchange" and not call.args[0])  # a new record's form
    asks = re.match(
        r"(web_)?(search|read|name_|get|formatted|has_)|load_views|fields_get|on", method
    )
    known = r"write|unlink|resequence|load|export_data|action_(un)?archive|toggle_active"
    reads_them = creates or not (asks or re.fullmatch(known, method))
    wanted, undecided = {}, set()
    for key, value in call.context.items():
        if _CLIENTS.match(key) or (key.startswith("default_") and not reads_them):
            continue
        if re.match(r"active_(id|ids|model|domain)$", key):
            if asks and not creates:
                continue
            undecided.add(key)
        wanted[key] = value
    sent = arrived["context"]
    optional = {key: wanted[key] for key in undecided if key not in sent}
    return [] if same(wanted, {**optional, **sent}) else [f"context {sent!r}, not {wanted!r}"]


def times(call: Recorded) -> int:
    """How many calls a recorded one becomes: dragging a row writes the place of each."""
    if call.method in ("resequence", "web_resequence") and call.route != "/jsonrpc":
        return len(call.args[0])
    if call.method == "web_save_multi":
        same_values = all(same(value, call.args[1][0]) for value in call.args[1])
        return 1 if same_values else len(call.args[0])
    return 1


def _placed(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    """One of the records at its place in the new order."""
    given = {
        **dict(zip(("ids", "specification", "field_name", "offset"), call.args, strict=False)),
        **call.kwargs,
    }
    field = given.get("field_name") or given.get("field") or "sequence"
    places = {one: place for place, one in enumerate(given["ids"], given.get("offset") or 0)}
    [one], values = arrived["args"]
    right = same(values, {field: places.get(one)})
    return (
        [] if right and not arrived["kwargs"] else [f"{arrived['args']!r} is no place of {places}"]
    )


def _multi(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    """One record's own values, or all records' common ones."""
    ids, values = arrived["args"]
    pairs = dict(zip(call.args[0], call.args[1], strict=True))
    return [] if all(same(pairs[one], values) for one in ids) else [f"{arrived['args']!r}"]


def _groups(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    """Up to 18 read_group, by position; from 19 on formatted_read_group, by name."""
    wanted = {key: value for key, value in call.kwargs.items() if value not in ("", None)}
    if "aggregates" in call.kwargs:
        aggregates = [*wanted.pop("aggregates", []), "__count"]
        known = {
            key: wanted[key] for key in ("domain", "limit", "offset", "order") if key in wanted
        }
        expected = {**known, "groupby": wanted["groupby"][:1], "aggregates": aggregates}
        ok = same(expected, arrived["kwargs"]) and arrived["args"] == []
    else:
        args = [wanted.get("domain") or [], wanted.get("fields") or [], wanted["groupby"]]
        if wanted.get("limit") == 9007199254740991:
            del wanted["limit"]
        rest = {k: v for k, v in wanted.items() if k not in ("domain", "fields", "groupby")}
        ok = same(args, arrived["args"]) and same(rest, arrived["kwargs"])
    return [] if ok else [f"groups {arrived['args']!r} {arrived['kwargs']!r}"]


def _looked_up(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    wanted = {key: value for key, value in call.kwargs.items() if key != "specification"}
    return [] if same(wanted, arrived["kwargs"]) else [f"kwargs {arrived['kwargs']!r}"]


def _described(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    ok = arrived["args"] == [] and list(arrived["kwargs"]) == ["attributes"]
    return [] if ok else [f"fields_get {arrived!r}"]


def _posted(call: Recorded, arrived: dict[str, Any]) -> list[str]:
    """What the composer adds for itself is left out; its text is HTML."""
    if call.route != "/mail/message/post":
        return _unchanged(call, arrived)
    wanted = {key: v for key, v in call.kwargs.items() if key != "email_add_signature"}
    sent = {key: v for key, v in arrived["kwargs"].items() if key != "body_is_html"}
    is_right = arrived["kwargs"].get("body_is_html", True) is True and same(wanted, sent)
    return [] if is_right and same(call.args, arrived["args"]) else [f"{arrived!r}"]


_TRANSLATED = {
    "resequence": ("write", _placed),
    "web_resequence": ("write", _placed),
    "web_save_multi": ("write", _multi),
    "web_read_group": ("read_group", _groups),
    "web_name_search": ("name_search", _looked_up),
    "get_views": ("fields_get", _described),
    "load_views": ("fields_get", _described),
    "message_post": ("message_post", _posted),
    "web_search_read": ("search_read", _search),
    "search_read": ("search_read", _search),
    "web_read": ("read", _read),
    "read": ("read", _read),
    "web_save": ("create or write", _saved),
    "create": ("create", _created),
    "write": ("write", _written),
}
