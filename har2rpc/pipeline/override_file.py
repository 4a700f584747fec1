"""Reads and writes overrides files: everything that can be set for a conversion, as JSON.

A person, the page or a program writes them. docs/overrides.md and the JSON Schema next to it describe the keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NoReturn, TypeAlias

from har2rpc.model import (
    Call,
    CallOverride,
    Capture,
    Connection,
    ConvertOptions,
    Har2rpcError,
    Input,
    InputOverride,
    Json,
    Overrides,
)
from har2rpc.model.near_names import did_you_mean
from har2rpc.pipeline.parts import part_of

VERSION = 1
_MARK = "har2rpc_overrides"
_Check: TypeAlias = Callable[[str, Json], Any]  # (where, value) -> the checked value


def read_overrides(name: str, text: str) -> Overrides:
    """The overrides in the text of a file. Raises Har2rpcError that says where the mistake is and what is valid there."""
    try:
        content = json.loads(text, object_pairs_hook=_unique)
    except _TwiceError as error:
        raise Har2rpcError(
            f"{name}: the key {error.args[0]!r} occurs twice in one object"
        ) from None
    except (ValueError, RecursionError) as error:
        raise Har2rpcError(f"{name}: is not valid JSON: {error}") from None
    return overrides_from(content, name)


def overrides_from(content: Json, name: str = "overrides") -> Overrides:
    """The overrides in a file's content that is already parsed."""
    values = _object(name, content, _TOP)
    version = values.pop(_MARK, VERSION)
    if version != VERSION:
        _refuse(
            f"{name}: {_MARK}",
            f"{version} is a version that this har2rpc does not support; it supports {VERSION}",
        )
    return Overrides(**values)


def with_names(overrides: Overrides, names: Mapping[int, str]) -> Overrides:
    """The overrides, with these action names by call number."""
    calls = dict(overrides.calls)
    for n, name in names.items():
        calls[n] = replace(calls.get(n, CallOverride()), name=name)
    return replace(overrides, calls=calls)


def check_overrides(overrides: Overrides, capture: Capture) -> None:
    """Raises Har2rpcError if the overrides were set for another capture: a call is missing or is a different one."""
    calls = {call.n: call for call in capture.calls}
    for n, entry in overrides.calls.items():
        if n not in calls:
            raise Har2rpcError(
                f"overrides of call {n}: the capture has no such call; were they set for another capture?"
            )
        if entry.of and entry.of != _signature(calls[n]):
            raise Har2rpcError(
                f"overrides of call {n}: they were set for {entry.of}, and here it is {_signature(calls[n])}; "
                "were they set for another capture?"
            )


def as_overrides(
    capture: Capture,
    calls: Sequence[Call],
    options: ConvertOptions,
    connection: Connection = "constants",
) -> dict[str, Json]:
    """The content of an overrides file for these options, with every name, label and input of these calls to edit.

    Converting with this file gives the same result.
    """
    from har2rpc.converting import find_settable

    entries: dict[str, dict[str, Json]] = {}
    for call, action, inputs in find_settable(part_of(capture, calls), calls, options):
        # If a call became several actions, the name belongs to the first.
        entry = entries.setdefault(
            str(call.n),
            {"of": _signature(call), "name": action.name, "label": action.label, "inputs": {}},
        )
        names = {item["name"] for item in entry["inputs"].values() if "name" in item}
        for path, param in inputs:
            if param.name not in names:
                names.add(param.name)
                entry["inputs"][path] = _as_input(param)
    for n, path in _kept(options):
        if str(n) in entries:
            entries[str(n)]["inputs"][path] = {"keep": True}
    overrides = options.overrides
    for n, call_entry in overrides.calls.items():
        if str(n) in entries and call_entry.fields:
            entries[str(n)]["fields"] = list(call_entry.fields)
    fields = options.fields or overrides.fields
    custom = options.custom_domain if options.custom_domain is not None else overrides.custom_domain
    return {
        _MARK: VERSION,
        "calls": entries,
        **({"fields": list(fields)} if fields else {}),
        **({} if custom is None else {"custom_domain": custom}),
        "connection": connection,
    }


def _as_input(param: Input) -> dict[str, Json]:
    has_default = not param.required and param.default is not None and not param.own_uid
    return {
        "name": param.name,
        "label": param.label,
        "required": param.required,
        **({"default": param.default} if has_default else {}),
        "help": param.help,
    }


def _kept(options: ConvertOptions) -> Iterator[tuple[int, str]]:
    """The number and path of each value that stays as recorded."""
    for path in options.keep:
        number, _, rest = path.partition(":")
        yield int(number), rest
    for n, entry in options.overrides.calls.items():
        yield from ((n, path) for path, item in entry.inputs.items() if item.keep)


def _signature(call: Call) -> str:
    return f"{call.model}.{call.method}"


class _TwiceError(Exception):
    """A key that occurs twice."""


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    content: dict[str, Json] = {}
    for key, value in pairs:
        if key in content:
            raise _TwiceError(key)
        content[key] = value
    return content


def _refuse(where: str, what: str) -> NoReturn:
    raise Har2rpcError(f"{where}: {what}")


def _object(where: str, value: Json, checks: Mapping[str, _Check]) -> dict[str, Any]:
    """An object whose keys are known, each value checked."""
    if not isinstance(value, dict):
        _refuse(where, f"must be an object, but is {_as_text(value)}")
    for key in value:
        if key not in checks:
            hint = did_you_mean(key, checks, most=1) or f"the keys are {', '.join(checks)}"
            _refuse(where, f"{key!r} is not a valid key; {hint}")
    return {key: checks[key](f"{where}: {key}", item) for key, item in value.items()}


def _text(where: str, value: Json) -> str:
    if not isinstance(value, str) or not value.strip():
        _refuse(where, f"must be a text, but is {_as_text(value)}")
    return value


def _any_text(where: str, value: Json) -> str:
    if not isinstance(value, str):
        _refuse(where, f"must be a text, but is {_as_text(value)}")
    return value


def _switch(where: str, value: Json) -> bool:
    if not isinstance(value, bool):
        _refuse(where, f"must be true or false, but is {_as_text(value)}")
    return value


def _number(where: str, value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse(where, f"must be a whole number, but is {_as_text(value)}")
    return value


def _field_names(where: str, value: Json) -> tuple[str, ...]:
    names = value if isinstance(value, list) else [None]
    for name in names:
        if not (isinstance(name, str) and name.isidentifier() and name.isascii()):
            _refuse(
                where,
                f'must be a list of field names (["id", "name"]), but is {_as_text(value)}',
            )
    return tuple(dict.fromkeys(names))


def _connection(where: str, value: Json) -> str:
    if value not in ("constants", "inputs"):
        _refuse(where, f'must be "constants" or "inputs", but is {_as_text(value)}')
    return str(value)


def _one_input(where: str, value: Json) -> InputOverride:
    values = _object(where, value, _INPUT)
    if values.get("keep") and len(values) > 1:
        other = next(key for key in values if key != "keep")
        _refuse(where, f"a value that is kept is not an input, so it cannot have {other!r}")
    return InputOverride(**values)


def _inputs(where: str, value: Json) -> dict[str, InputOverride]:
    if not isinstance(value, dict):
        _refuse(where, f"must be an object of paths, but is {_as_text(value)}")
    return {path: _one_input(f"{where}: {path}", item) for path, item in value.items()}


def _calls(where: str, value: Json) -> dict[int, CallOverride]:
    if not isinstance(value, dict):
        _refuse(where, f"must be an object of call numbers, but is {_as_text(value)}")
    for key in value:
        if not (key.isascii() and key.isdecimal() and key[0] != "0" and len(key) < 10):
            _refuse(where, f"{key!r} is not the number of a call; har2rpc list shows them")
    return {
        int(key): CallOverride(**_object(f"{where}: {key}", item, _CALL))
        for key, item in value.items()
    }


def _as_text(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


_INPUT: dict[str, _Check] = {
    "keep": _switch,
    "name": _text,
    "label": _text,
    "required": _switch,
    "default": lambda where, value: (value,),
    "help": _any_text,
}
_CALL: dict[str, _Check] = {
    "of": _text,
    "name": _text,
    "label": _text,
    "fields": _field_names,
    "inputs": _inputs,
}
_TOP: dict[str, _Check] = {
    _MARK: _number,
    "calls": _calls,
    "fields": _field_names,
    "custom_domain": _switch,
    "connection": _connection,
}
