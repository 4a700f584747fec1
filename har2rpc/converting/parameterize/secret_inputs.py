"""Makes an input of each masked credential, which the code reads from its environment."""

from __future__ import annotations

from dataclasses import replace

from har2rpc.converting.draft import Draft, Inputs
from har2rpc.converting.parameterize.file_inputs import file_input
from har2rpc.model import Input, Json, Value
from har2rpc.model.values import walk
from har2rpc.odoo import domains, english
from har2rpc.odoo.schema.field_types import UPLOADED_FILE
from har2rpc.odoo.secret_fields import MASK

_PUT_IN = f"{MASK} in a text replaces a secret, which is not copied; put your own in its place."


def parameterize_secrets(draft: Draft, inputs: Inputs) -> Draft:
    """The draft with an input for each masked credential; `inputs` collects them. In a context they are left out."""
    args = with_secret_columns(draft.args, inputs) if draft.method == "load" else draft.args
    notes = list(draft.notes)
    left_out = [key for key, value in draft.context.items() if value == MASK]
    context = {key: value for key, value in draft.context.items() if key not in left_out}
    notes += [f"context: {key} is a secret: left out." for key in left_out]
    args = [_with_inputs(value, inputs) for value in args]
    kwargs = {key: _member(key, value, inputs) for key, value in draft.kwargs.items()}
    examples = [param.example for param in inputs.collected if param.type != "secret"]
    if any(_holds_mask(part) for part in walk([args, kwargs, context, examples])):
        notes.append(_PUT_IN)
    return replace(draft, args=args, kwargs=kwargs, context=context, notes=tuple(notes))


def has_secret_cells(rows: Value) -> bool:
    """Whether a cell of rows that are imported is masked."""
    return any(part == MASK for part in walk(rows) if isinstance(part, str))


def with_secret_columns(args: list[Value], inputs: Inputs) -> list[Value]:
    """The arguments of `load`, in whose rows each masked column is one input: every row gets the same value."""
    names, rows = (args[0] if args else None), (args[1] if len(args) > 1 else None)
    if not isinstance(names, list) or not isinstance(rows, list) or not has_secret_cells(rows):
        return args
    columns: dict[int, Input] = {}

    def cell(n: int, value: Value) -> Value:
        if value != MASK:
            return value
        if n not in columns:
            name = str(names[n]).rpartition("/")[2] if n < len(names) else "password"
            columns[n] = _secret(
                name, inputs, "One value for all rows; the file's values are not copied"
            )
        return columns[n]

    new_rows = [
        [cell(n, value) for n, value in enumerate(row)] if isinstance(row, list) else row
        for row in rows
    ]
    return [names, new_rows, *args[2:]]


def _with_inputs(value: Value, inputs: Inputs, name: str = "password") -> Value:
    """Every masked text in a value as an input; `name` is what it stands under."""
    if isinstance(value, str):
        if value == UPLOADED_FILE:
            return file_input(name, "base64", value, inputs, english.label_of(name), guessed=True)
        return _secret(name, inputs) if value == MASK else value
    if isinstance(value, dict):
        return {key: _member(key, item, inputs) for key, item in value.items()}
    if isinstance(value, list):
        if domains.is_leaf(value):
            name = str(value[0]).rpartition(".")[2]
        return [_with_inputs(item, inputs, name) for item in value]
    return value


def _member(key: str, value: Value, inputs: Inputs) -> Value:
    return _with_inputs(value, inputs, key)


def _secret(name: str, inputs: Inputs, help_: str = "") -> Input:
    label = english.label_of(name)
    return inputs.add(name, label=label, type="secret", example=None, help=help_, why="a secret")


def _holds_mask(part: Json) -> bool:
    return isinstance(part, str) and MASK in part and part != MASK
