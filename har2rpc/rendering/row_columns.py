"""`--rows`: the action for each row of a CSV file, and the columns that the file may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from har2rpc.model import Action, Flow, Har2rpcError, Input
from har2rpc.model.values import inputs_in
from har2rpc.rendering.formatting import FromEnvironment, one_line
from har2rpc.rendering.run_arguments import secret_variable

_KINDS = {
    "integer": "integer",
    "float": "number",
    "monetary": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
}
_JSON_TYPES = ("domain", "json", "properties", "commands", "lines")


def steps_for_rows(steps: Sequence[Action] | Flow) -> Sequence[Action] | Flow:
    """A flow, or the one action that is done for each row: of several the one that changes something.

    Raises Har2rpcError if there are several, or if there is nothing for a column.
    """
    if not isinstance(steps, Flow):
        changing = [action for action in steps if action.changes]
        steps = changing or steps
        if len(steps) > 1:
            choices = ", ".join(f"{step.name}: -n {step.runs[0].n}" for step in steps if step.runs)
            raise Har2rpcError(
                f"--rows does one action for each row; choose one ({choices}), or all of them with --flow"
            )
    if not any(True for param in _repeated(steps).inputs for _ in _columns(param)):
        raise Har2rpcError("--rows: there is no input for a column; convert with inputs")
    return steps


def _repeated(steps: Sequence[Action] | Flow) -> Action | Flow:
    return steps if isinstance(steps, Flow) else steps[0]


def row_variables(steps: Sequence[Action] | Flow) -> dict[str, Any]:
    """What a template takes for `rows`.

    `action`: what is done for each row. `columns`: their names, labels, kinds, options and related models; `kinds`: those
    that there are. `lines`: the inputs that hold lines, each with whether it is required. `secrets`: values from the
    environment. `is_batch`: whether one request can do several rows (`create` takes a list of values).
    """
    repeated = _repeated(steps)
    columns = [column for param in repeated.inputs for column in _columns(param)]
    return {
        "action": repeated,
        "columns": columns,
        "kinds": sorted({column["kind"] for column in columns}),
        "lines": {param.name: param.required for param in repeated.inputs if param.keys},
        "secrets": {
            param.name: FromEnvironment(secret_variable(param.name))
            for param in repeated.inputs
            if param.type == "secret"
        },
        "is_batch": isinstance(repeated, Action) and _takes_several(repeated),
    }


def _takes_several(action: Action) -> bool:
    """Whether it is a `create` in which the values alone differ from row to row."""
    is_create = action.method == "create" and len(action.args) == 1
    has_one = is_create and isinstance(action.args[0], dict)
    others = inputs_in([action.kwargs, action.context])
    return has_one and not (action.form or action.before or action.route or any(others))


def _columns(param: Input) -> Iterator[dict[str, Any]]:
    """The column of an input; of lines one for each of their keys."""
    if param.type == "secret":
        return
    for key in param.keys:
        column = _column(key)
        name, label = f"{param.name}.{key.name}", f"{_label(param)}/{_label(key)}"
        yield {**column, "name": name, "label": label, "line": param.name, "key": key.name}
    if not param.keys:
        yield _column(param)


def _label(param: Input) -> str:
    return one_line(param.label) or param.name


def _column(param: Input) -> dict[str, Any]:
    kind = _kind(param)
    return {
        "name": param.name,
        "label": _label(param),
        "kind": kind,
        **({"required": True} if param.required else {}),
        **({"relation": param.relation} if kind in ("record", "records") else {}),
        **({"options": [list(option) for option in param.options]} if kind == "selection" else {}),
    }


def _kind(param: Input) -> str:
    """How a cell becomes a value."""
    if param.file:
        return "base64" if param.file == "base64" else "file"
    if param.relation and (param.multiple or param.type in ("many2many", "one2many")):
        return "records"
    if param.type == "many2one":
        return "record" if param.relation else "integer"
    if param.options and not param.multiple:
        return "selection"
    if param.type in _KINDS and not param.multiple:
        return _KINDS[param.type]
    is_text = param.type not in _JSON_TYPES and not param.multiple
    return "text" if is_text and isinstance(param.example or "", str) else "json"
