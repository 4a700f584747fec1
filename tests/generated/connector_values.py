"""The values that a recorded call had where a connector action has its inputs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from generated.connector import at, filled, placeholders, positions
from generated.recorded import Recorded
from generated.running import DB, SECRET
from generated.translation import problems


def body_as_recorded(
    action: dict[str, Any], calls: Sequence[Recorded], db: str = DB, secret: str = SECRET
) -> dict[str, Any]:
    """The body with the values that one of the calls had at the inputs' places; one call must fit."""
    places = positions(action)
    taken = {"secret": secret, "db": db, "uid": 2}
    near = []
    for call in calls:
        body = empty_body(action)
        if call.model != as_arrived(body)["model"]:
            continue
        values = {**values_of(call, places, action), **taken}
        if set(values) < set(places):
            continue
        body = filled(action, values)
        body["params"]["args"][0] = db  # where the capture knows it, it is a constant
        is_custom = action["action_name"].endswith("_by_custom")
        wrong = [] if is_custom else problems(call, as_arrived(body))
        if not wrong:
            return body
        near += wrong
    raise AssertionError(f"{action['action_name']} is no recorded call: {near[:4]}")


def without_offset(call: Recorded) -> Recorded:
    """A connector pages by itself: the body has no place for an offset."""
    kwargs = {key: value for key, value in call.kwargs.items() if key != "offset"}
    return dataclasses.replace(call, kwargs=kwargs)


def empty_body(action: dict[str, Any]) -> dict[str, Any]:
    """The body with nothing of interest in its inputs."""
    return filled(action, {name: [] for name in placeholders(action)})


def values_of(
    call: Recorded, places: dict[str, list[tuple[Any, ...]]], action: dict[str, Any]
) -> dict[str, Any]:
    """What the recorded call held where the body has its inputs; the form's defaults elsewhere."""
    fields = action["ui_form_schema"]
    values = {name: field.get("default", "") for name, field in fields.items()}
    named = {
        **dict(zip(("domain",), call.args, strict=False)),
        **call.kwargs,
        "context": call.context,
    }
    searched = call.method.endswith("search_read")
    args = [named.get("domain") or []] if searched else call.args
    if call.method == "web_save" and not call.args[0]:
        args = call.args[1:]
    if call.method == "create" and isinstance(args[0], list) and len(args[0]) == 1:
        args = args[0]
    translated = {"params": {"args": [None] * 5 + [args, named]}}
    for name, paths in places.items():
        if name == "domain" and action["action_name"].endswith("_by_custom"):
            values[name] = json.dumps(args[0]) if searched else "[]"
            continue
        if str(values.get(name, "")).startswith("[[0,"):  # commands, as JSON
            continue
        for path in paths:
            try:
                values[name] = at(translated, path)
            except (KeyError, IndexError, TypeError):
                continue
    return values


def as_arrived(body: dict[str, Any]) -> dict[str, Any]:
    """The call in a body of `/jsonrpc`."""
    _, _, _, model, method, args, kwargs = body["params"]["args"]
    rest = {key: value for key, value in kwargs.items() if key != "context"}
    context = kwargs.get("context") or {}
    return {"model": model, "method": method, "args": args, "kwargs": rest, "context": context}
