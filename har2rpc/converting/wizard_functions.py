"""Makes a wizard one function: its creation, the changes in it, and its final button.

The record of the dialog itself is of no use: the function takes what was entered, and returns the button's answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from har2rpc.converting.draft import ABOUT
from har2rpc.model import Action, Call, Input, Result, Run, Value
from har2rpc.model.values import map_value, walk
from har2rpc.odoo.schema.wizards import is_wizard

WIZARD = Result("wizard_id")
"""The record of the dialog, inside its function."""


def join_wizards(actions: Sequence[Action], calls: Sequence[Call]) -> list[Action]:
    """The actions, with those of a wizard combined at the place of its final button."""
    joined: dict[str, Action] = {}
    left: set[str] = set()
    for creation in actions:
        if creation.changes and creation.returns == "id" and is_wizard(creation.model, calls):
            parts = _parts(creation, actions)
            function = _function(parts) if parts else None
            if function is not None:
                joined[parts[-1].name] = function
                left |= {part.name for part in parts[:-1]}
    return [joined.get(action.name, action) for action in actions if action.name not in left]


def _parts(creation: Action, actions: Sequence[Action]) -> list[Action]:
    """The creation and the actions on its record, if these are everything that was done with it, once per run."""
    variables = {run.result for run in creation.runs}
    users = [action for action in actions if variables & set(_used(action))]
    results = {run.result for action in users[:-1] for run in action.runs}
    is_whole = bool(users) and all(
        action.model == creation.model
        and action.changes
        and len(action.runs) == len(creation.runs)
        and _record_input(action) is not None
        and all(
            _record(action, run) == made_by.result and run.n > made_by.n
            for run, made_by in zip(action.runs, creation.runs, strict=True)
        )
        for action in users
    )
    if not is_whole or any(results & set(_used(action)) for action in actions):
        return []
    return [creation, *sorted(users, key=lambda action: action.runs[0].n)]


def _function(parts: Sequence[Action]) -> Action | None:
    """All parts as one action; None if two of them use one name for different values, or a name that the function needs."""
    last = parts[-1]
    inputs: dict[str, Input] = {}
    values: list[dict[str, Value]] = [{} for _ in last.runs]
    for part in parts:
        for param in part.inputs:
            if param == _record_input(part) and part is not parts[0]:
                continue
            for known, run in zip(values, part.runs, strict=True):
                if known.setdefault(param.name, run.values[param.name]) != run.values[param.name]:
                    return None
            before = inputs.setdefault(param.name, param)
            if param.required and not before.required:
                inputs[param.name] = param
    if WIZARD.name in inputs:
        return None
    inner = [_inside(part) for part in parts[1:]]
    notes = dict.fromkeys(note for part in parts for note in part.notes)
    return replace(
        inner[-1],
        description=_described(parts),
        calls=tuple({call.n: call for part in parts for call in part.calls}.values()),
        inputs=tuple(sorted(inputs.values(), key=lambda param: param.why not in ABOUT)),
        runs=tuple(
            Run(run.n, taken, run.result) for run, taken in zip(last.runs, values, strict=True)
        ),
        notes=tuple(notes),
        before=(parts[0], *inner[:-1]),
        parts=tuple(parts),
    )


def _described(parts: Sequence[Action]) -> str:
    """What the button does, and how: `Create invoices for a sale order (sale.advance.payment.inv, create_invoices).`"""
    what = parts[-1].description.rpartition(" (")[0] or parts[-1].description.rstrip(".")
    return (
        f"{what}, through the wizard {parts[0].model}; returns what its {parts[-1].method} returns."
    )


def _inside(part: Action) -> Action:
    """A part with the wizard's variable instead of the input for its record."""
    record = _record_input(part)

    def put_in(value: Value) -> Value:
        return WIZARD if isinstance(value, Input) and value == record else value

    return replace(
        part,
        args=map_value(part.args, put_in),
        kwargs=map_value(part.kwargs, put_in),
        context=map_value(part.context, put_in),
    )


def _record_input(action: Action) -> Input | None:
    """The input for the one record that an action is about."""
    first = action.args[0] if action.args else None
    first = first[0] if isinstance(first, list) and len(first) == 1 else first
    return first if isinstance(first, Input) and not first.multiple else None


def _record(action: Action, run: Run) -> str:
    """The variable that this record came from."""
    param = _record_input(action)
    value = run.values.get(param.name) if param else None
    return value.name if isinstance(value, Result) and value.what == "id" else ""


def _used(action: Action) -> Iterator[str]:
    """The variables that an action's runs use."""
    for run in action.runs:
        for part in walk(dict(run.values)):
            if isinstance(part, Result):
                yield part.name
