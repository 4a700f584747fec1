"""Every value of a call that can be set: what becomes of it, why, and as which input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from har2rpc.converting.build import build_drafts
from har2rpc.converting.correlate.merge import MergedDraft, merge_drafts
from har2rpc.converting.draft import Draft
from har2rpc.converting.override_details import override_details
from har2rpc.converting.overrides import override_table
from har2rpc.converting.paths import walk_paths
from har2rpc.converting.returned_fields import returned_fields
from har2rpc.model import Call, Capture, ConvertOptions, Decision, Input, Json, Value

# The field and the operator of a condition, the names of fields, the id in a command that creates or changes a line.
_GRAMMAR = re.compile(r"domain(?:\[\d+\])?(?:\[[01]\])?\Z|fields\b|vals.*\]\[1\]\Z", re.DOTALL)

Becomes: TypeAlias = Literal["input", "literal", "form", "nothing"]


@dataclass(frozen=True, slots=True)
class SettableValue:
    """One value of a call."""

    path: str
    """Its path in overrides, without the number of the call."""
    value: Json
    """As recorded."""
    becomes: Becomes
    """As in `Decision`."""
    reason: str
    param: Input | None = None
    """The input, if it is one."""


def find_values(
    capture: Capture, call: Call, options: ConvertOptions
) -> tuple[list[SettableValue], list[str] | None]:
    """The values of a call, in its order, with these options; and the fields that it returns, None where it reads none.

    The lines of a record are told value by value. Raises Har2rpcError for an override that names no value.
    """
    drafts = build_drafts(capture, [call], options)
    merged = merge_drafts(drafts, in_flow=False)
    override_details(merged, override_table(options, [call]))
    values = {value.path: value for draft in map(_draft, merged) for value in _values(draft)}
    fields = [
        names for draft in map(_draft, merged) if (names := returned_fields(draft)) is not None
    ]
    return list(values.values()), fields[0] if fields else None


def _draft(merged: MergedDraft) -> Draft:
    return merged.draft


def _values(draft: Draft) -> Iterator[SettableValue]:
    decisions = {decision.path: decision for decision in draft.decisions}
    seen = set()
    for path, steps, value in walk_paths(draft):
        if steps[0] != "context" and (isinstance(value, Input) or _is_leaf(path, value)):
            seen.add(path)
            yield _settable(path, value, decisions.get(path))
    for path, decision in decisions.items():
        if path not in seen and decision.becomes in ("nothing", "form"):
            yield SettableValue(path, decision.value, decision.becomes, decision.reason)


def _settable(path: str, value: Value, decision: Decision | None) -> SettableValue:
    if isinstance(value, Input):
        reason = decision.reason if decision else value.why
        return SettableValue(path, value.example, "input", reason, value)
    return SettableValue(path, value, "literal", decision.reason if decision else "")


def _is_leaf(path: str, value: Value) -> bool:
    """Whether a literal can become an input: not a structure, nor a part that defines the meaning of the rest."""
    return not _GRAMMAR.match(path) and (
        value is None or isinstance(value, (str, int, float, bool))
    )
