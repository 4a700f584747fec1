"""Combines actions in recorded order into one flow, whose inputs are what a person chooses in all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby

from har2rpc.converting.draft import PLACE, SEARCHED_FOR, UniqueNames
from har2rpc.converting.flow_inputs import FlowInput, name_inputs
from har2rpc.model import Action, Flow, Input, Json, Result, Run, Step, Value
from har2rpc.model.values import map_value
from har2rpc.odoo import english, methods
from har2rpc.odoo.reserved_names import RESERVED
from har2rpc.odoo.schema.wizards import is_wizard

_RECORDED_NAMES = re.compile(r" \(-?\d+ was .*\)\Z", re.DOTALL)
"""The end of a help that tells what the recorded id was called."""
_OPEN_END = re.compile(r"_(?:on|of|for|to|by|in|from|as)\Z")
_PAGING = frozenset({"limit", "offset", "order"})
_LONGEST = 60  # characters of a flow's name
_MOST_STEPS = 6  # in a flow's description


def build_flow(actions: Sequence[Action]) -> Flow:
    """The flow of all runs of these actions, in recorded order."""
    ordered = sorted(
        ((action, run) for action in actions for run in action.runs), key=lambda pair: pair[1].n
    )
    flow_inputs: list[FlowInput] = []
    # For each step: its values, in which a number stands for an input of the flow.
    values_by_step = [
        {
            param.name: _step_value(action, param, run.values[param.name], position, flow_inputs)
            for param in action.inputs
        }
        for position, (action, run) in enumerate(ordered)
    ]
    pages_inputs: dict[int, FlowInput] = {}
    for position, (action, run) in enumerate(ordered):
        if run.pages > 1:
            pages_inputs[position] = FlowInput(_pages_of(action, run), action, False, {position})
    taken = RESERVED | {run.result for _, run in ordered} | {action.name for action in actions}
    inputs = name_inputs([*flow_inputs, *pages_inputs.values()], taken)
    pages = dict(zip(pages_inputs, inputs[len(flow_inputs) :], strict=True))
    steps = tuple(
        Step(action, run.n, _with_inputs(values, inputs), run.result, pages.get(position))
        for position, ((action, run), values) in enumerate(
            zip(ordered, values_by_step, strict=True)
        )
    )
    name = _name_flow(actions, taken | {param.name for param in inputs})
    return Flow(
        name=name,
        label=english.title(name),
        description=_describe_flow(actions),
        inputs=tuple(inputs),
        steps=steps,
        returns=_returns(ordered),
    )


@dataclass(frozen=True, slots=True)
class _InputNumber:
    """A placeholder in a step's values for an input of the flow, until that has its name."""

    number: int


def _step_value(
    action: Action, param: Input, value: Value, step: int, flow_inputs: list[FlowInput]
) -> Value:
    """The value to pass to the step: what a person chooses becomes an input of the flow."""
    if isinstance(value, Result) or param.name in _PAGING or param.why == PLACE:
        return value
    if isinstance(value, list) and any(isinstance(item, Result) for item in value):
        help_ = f"Id of {english.with_article(param.relation)}"
        one = replace(
            param, name=_singular(param.name), type="many2one", multiple=False, help=help_
        )
        return [_step_value(action, one, item, step, flow_inputs) for item in value]
    is_record = bool(action.args) and action.args[0] in (param, [param])
    for number, known in enumerate(flow_inputs):
        if step not in known.steps and _is_same(known, action.model, param, value, is_record):
            known.steps.add(step)
            known.is_record |= is_record
            if param.required and not known.param.required:
                known.param = replace(known.param, required=True, default=None, own_uid=0)
            return _InputNumber(number)
    if value != param.example:  # the help names the record that the first one had
        param = replace(param, help=_RECORDED_NAMES.sub("", param.help))
    flow_inputs.append(FlowInput(replace(param, example=value), action, is_record, {step}))
    return _InputNumber(len(flow_inputs) - 1)


def _is_same(known: FlowInput, model: str, param: Input, value: Json, is_record: bool) -> bool:
    """Whether two inputs ask for the same record: equal ids of one model, under one name or acted upon.

    An equal value that several searches of one model use under one name counts as the same input, too.
    """
    is_equal = type(value) is type(known.param.example) and value == known.param.example
    is_searched = param.why == known.param.why == SEARCHED_FOR and model == known.action.model
    if is_searched and param.name == known.param.name and value == known.param.example:
        return is_equal
    return (
        bool(param.relation)
        and param.relation == known.param.relation
        and is_equal
        and (param.name == known.param.name or is_record or known.is_record)
    )


def _singular(name: str) -> str:
    return re.sub(r"_ids(?=$|_\d+$)", "_id", name)


def _pages_of(action: Action, run: Run) -> Input:
    """How many pages of a search to read: an upper bound, because the number of records is unknown."""
    return Input(
        name="pages",
        label="Pages",
        type="integer",
        required=False,
        default=run.pages,
        example=run.pages,
        help=f"At most this many pages of {run.values['limit']} records",
    )


def _with_inputs(values: dict[str, Value], inputs: Sequence[Input]) -> dict[str, Value]:
    def resolve(part: Value) -> Value:
        return inputs[part.number] if isinstance(part, _InputNumber) else part

    return {name: map_value(value, resolve) for name, value in values.items()}


def _returns(ordered: Sequence[tuple[Action, Run]]) -> tuple[str, ...]:
    """The records that were created (except dialogs) and exports; if nothing changes, everything that was read.

    If a flow changes something but creates nothing, its last answer.
    """
    if any(action.changes for action, _ in ordered):
        telling = [
            run.result
            for action, run in ordered
            if (action.returns in ("id", "ids") and not is_wizard(action.model, action.calls))
            or action.method == "export_data"
            or (action.route and action.route.suffix)
        ]
    else:
        telling = [run.result for _, run in ordered]
    return tuple(telling or [ordered[-1][1].result])


def _name_flow(actions: Sequence[Action], taken: AbstractSet[str]) -> str:
    """`create_and_confirm_sale_order`, `create_partner_then_create_sale_order`, …"""
    telling = _telling(actions)
    parts = []
    for model, group in groupby(telling, key=lambda action: action.model):
        noun = english.model_noun(model)
        names = list(dict.fromkeys(action.name for action in group))
        verbs = [name.removesuffix(f"_{noun}") for name in names]
        are_verbs = all(f"{verb}_{noun}" in names and not _OPEN_END.search(verb) for verb in verbs)
        if len(verbs) > 1 and are_verbs:
            parts.append(f"{'_and_'.join(verbs)}_{noun}")
        else:
            parts.append("_and_".join(names))
    name = "_then_".join(parts)
    if len(name) > _LONGEST:
        name = f"{telling[0].name}_to_{telling[-1].name}"
    name = english.identifier(name if len(name) <= 1.5 * _LONGEST else "flow")
    if name in taken:
        name = f"{name}_flow"
    return UniqueNames(taken).of(name)


def _describe_flow(actions: Sequence[Action]) -> str:
    """`Create a partner, create a sale order, then confirm a sale order.`"""
    steps = [step for step, _ in groupby(_without_return(action) for action in _telling(actions))]
    steps = steps[:1] + [step[:1].lower() + step[1:] for step in steps[1:]]
    if len(steps) > _MOST_STEPS:
        steps = [*steps[: _MOST_STEPS - 1], f"{len(steps) - _MOST_STEPS + 1} more steps"]
    parts = [", ".join(steps[:-1]), steps[-1]] if len(steps) > 1 else steps
    return f"{', then '.join(parts)}."


def _without_return(action: Action) -> str:
    """What an action does, without what it returns; for a search the words of its name, which begin with a verb."""
    if action.method in methods.SEARCHES | methods.GROUPINGS | methods.NAME_SEARCHES:
        return re.sub(r"_\d+\Z", "", action.name).replace("_", " ").capitalize()
    return action.description.partition(";")[0].rstrip(".")


def _telling(actions: Sequence[Action]) -> list[Action]:
    """The actions that characterize a flow: those that change something, or all, if none does."""
    return [action for action in actions if action.changes] or list(actions)
