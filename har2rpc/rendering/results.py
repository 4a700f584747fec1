"""Values from earlier answers: which ones a run uses, and their position in the answer, which each language writes in its way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from har2rpc.model import Action, Result, Run, Step


def keys_of(result: Result) -> tuple[str | int, ...]:
    """The keys that lead to a Result in the JSON of the answer, or in the return value of `check_of`'s function."""
    if result.what == "id":
        return ()
    if result.what == "action":
        if result.field == "domain":
            return ("domain", result.record, 2)
        return ("context", result.field) if result.field else ("res_id",)
    keys: list[str | int] = [] if result.what == "only" else [result.record]
    keys += [result.field] if result.field else []
    keys += [result.item] if result.item is not None else []
    return tuple(keys)


def check_of(result: Result) -> Literal["", "only", "opened"]:
    """The function of the generated code that an answer goes through before a key is taken from it.

    `only` gives the one record that a search found, and fails where there are none or several; `opened` gives an
    action that opens one record, and fails where it lists several instead.
    """
    if result.what == "only":
        return "only"
    return "opened" if result.what == "action" and not result.field else ""


def is_import(action: Action) -> bool:
    """Whether it answers `{ids, messages}`, of which the generated code gives the ids, or raises the messages."""
    return action.method == "load" and action.returns == "ids"


def used_results(runs: Iterable[Run | Step]) -> list[Result]:
    """Every Result that goes into one of these runs."""
    return [
        item
        for run in runs
        for value in run.values.values()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, Result)
    ]


def has_result(value: Any) -> bool:
    """Whether it is, or holds, a value from an earlier answer."""
    return any(isinstance(item, Result) for item in (value if isinstance(value, list) else [value]))
