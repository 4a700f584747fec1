"""Applies the overrides that need merged calls: labels, help, required, defaults, and names of actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from har2rpc.converting.correlate.merge import MergedDraft
from har2rpc.converting.draft import Draft
from har2rpc.converting.overrides import OverrideTable, check_name
from har2rpc.converting.paths import walk_paths
from har2rpc.model import CallOverride, Har2rpcError, Input, InputOverride, Json, Value
from har2rpc.model.values import Steps, map_value

# What a default must be, by the type of its input; all others are texts.
_KINDS: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "many2one": (int,),
    "float": (int, float),
    "monetary": (int, float),
    "boolean": (bool,),
    "json": (object,),
    "domain": (list,),
    "lines": (list,),
    "commands": (list,),
}
_WORDS = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    str: "a text",
}


def override_details(merged: Sequence[MergedDraft], table: OverrideTable) -> None:
    """Sets label, help, required and default of the inputs of merged calls, whichever call they were set for.

    Raises Har2rpcError for a default that does not fit, and for an input that is required and has one.
    """
    for each in merged:
        for n in dict.fromkeys(call.n for call in each.calls):
            for (number, path), entry in table.entries.items():
                if number == n and not entry.keep:
                    each.draft = _with_details(each.draft, f"{n}:{path}", path, entry)


def _with_details(draft: Draft, where: str, path: str, entry: InputOverride) -> Draft:
    value_at: dict[str, tuple[Steps, Value]] = {
        each: (steps, value) for each, steps, value in walk_paths(draft)
    }
    steps, param = value_at.get(path, ((), None))
    if not isinstance(param, Input):
        return draft  # another draft of the same call has it
    new = replace(param, **_changes(param, where, steps, entry))
    if new == param:
        return draft

    def change(part: Value) -> Value:
        return new if isinstance(part, Input) and part == param else part

    return replace(
        draft,
        args=map_value(draft.args, change),
        kwargs=map_value(draft.kwargs, change),
        context=map_value(draft.context, change),
        inputs=tuple(change(one) for one in draft.inputs),
    )


def _changes(param: Input, where: str, steps: Steps, entry: InputOverride) -> dict[str, Value]:
    changes: dict[str, Value] = {}
    if entry.label not in (None, param.label):
        changes |= {"label": entry.label, "guessed": False}
    if entry.help is not None:
        changes["help"] = entry.help
    if entry.default and entry.required:
        raise Har2rpcError(f"{where}: set either required or a default, not both")
    if entry.default:
        (default,) = entry.default
        _check_default(param, where, default)
        changes |= {"required": False, "default": default, "own_uid": 0}
    elif entry.required:
        changes |= {"required": True, "default": None, "own_uid": 0}
    elif entry.required is False and param.required:
        if param.type == "secret" or param.file:
            raise Har2rpcError(
                f"{where}: a secret or a file is always required; leave out 'required'"
            )
        # What cannot be left out of a call, as a condition of a search, needs a value: the recorded one.
        may_be_missing = isinstance(steps[-1], str) and (steps[0] == "context" or len(steps) > 2)
        changes |= {"required": False, "default": None if may_be_missing else param.example}
    return changes


def _check_default(param: Input, where: str, default: Json) -> None:
    if param.type == "secret" or param.file:
        raise Har2rpcError(f"{where}: a secret or a file has no default")
    if default is None or (default is False and param.type != "boolean"):
        return  # nothing, as Odoo writes it
    kinds = (list,) if param.multiple else _KINDS.get(param.type, (str,))
    is_fitting = isinstance(default, kinds) and (
        bool in kinds or object in kinds or default is not True
    )
    if not is_fitting:
        raise Har2rpcError(f"{where}: its default must be {_WORDS[kinds[-1]]}, and is {default!r}")
    options = [value for value, _ in param.options]
    if options and not param.multiple and default not in options:
        known = ", ".join(map(str, options))
        raise Har2rpcError(f"{where}: {default!r} is not one of its options: {known}")


def override_names(
    merged: Sequence[MergedDraft], calls: Mapping[int, CallOverride]
) -> list[tuple[str | None, str | None]]:
    """The name and the label that somebody gave each action, or None.

    Raises Har2rpcError for an invalid name, for two actions with one name, and for one action with two names.
    """
    names: list[tuple[str | None, str | None]] = []
    owners: dict[str, int] = {}
    for each in merged:
        entries = {call.n: calls[call.n] for call in each.calls if call.n in calls}
        name = _one([(n, entry.name) for n, entry in entries.items()], "name")
        label = _one([(n, entry.label) for n, entry in entries.items()], "label")
        if name is not None:
            n = each.calls[0].n
            check_name(f"call {n}", name, "an action")
            if owners.setdefault(name, n) != n:
                raise Har2rpcError(
                    f"calls {owners[name]} and {n} are different actions and cannot both be named {name}"
                )
        names.append((name, label))
    return names


def _one(values: Sequence[tuple[int, str | None]], noun: str) -> str | None:
    """The value that all calls of an action have in common. Raises Har2rpcError if they differ."""
    given_values = {value: n for n, value in values if value is not None}
    if len(given_values) > 1:
        (one, first), (other, second) = list(given_values.items())[:2]
        raise Har2rpcError(
            f"calls {first} and {second} are the same action but have two {noun}s: {one!r} and {other!r}"
        )
    return next(iter(given_values), None)
