"""The inputs of a flow and their names: the plain name goes to what a change uses; if two clash, a role is added."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from har2rpc.converting.draft import ABOUT, SEARCHED_FOR, UniqueNames
from har2rpc.model import Action, Input
from har2rpc.odoo import english


@dataclass(slots=True)
class FlowInput:
    """One input of the flow, and the steps that use it."""

    param: Input
    action: Action
    """The first step that uses it."""
    is_record: bool
    """Whether a step acts on it: the same record under another name is then the same input."""
    steps: set[int] = field(default_factory=set)


def name_inputs(flow_inputs: Sequence[FlowInput], taken: AbstractSet[str]) -> list[Input]:
    """Makes names unique in the flow; values that a change uses get the plain names first.

    If two models use the same name, each gets the name of its model in front.
    """
    models: dict[tuple[str, bool], set[str]] = {}
    for each in flow_inputs:
        models.setdefault((each.param.name, each.action.changes), set()).add(each.action.model)
    names = UniqueNames(taken)
    holders: dict[str, FlowInput] = {}
    inputs: dict[int, Input] = {}
    for number in sorted(range(len(flow_inputs)), key=lambda number: _rank(flow_inputs[number])):
        each = flow_inputs[number]
        plain, label = each.param.name, each.param.label
        is_shared = len(models[plain, each.action.changes]) > 1 or plain in taken
        of_model = list(_of_model(each))
        base = of_model[0] if is_shared and of_model else plain
        holder = holders.setdefault(base, each)
        others = [f"{role}_{base}" for role in _roles(each, holder)]
        if holder.action.model != each.action.model:
            others = [*of_model, *others]
        name = names.of(base, others)
        if name.endswith(f"_{plain}"):
            role = name.removesuffix(f"_{plain}")
            label = f"{english.title(role)}: {label}"
        inputs[number] = replace(each.param, name=name, label=label)
    return [inputs[number] for number in range(len(flow_inputs))]


def _rank(each: FlowInput) -> int:
    """The priority of an input: values entered for a change, then the record of a change, then values of searches."""
    if not each.action.changes:
        return 2
    return 1 if each.param.why in ABOUT and not each.is_record else 0


def _roles(each: FlowInput, holder: FlowInput) -> Iterator[str]:
    """A word that distinguishes an input from the one with the same name: its purpose."""
    if not each.action.changes:
        if each.param.why == SEARCHED_FOR and holder.action.changes:
            yield "searched"
    elif each.param.why in ABOUT:
        yield "initial"
    elif each.action.method == "write" and holder.action.method == "create":
        yield "new"
    if each.action.name != holder.action.name and each.action.method not in ("create", "write"):
        yield from each.action.name.split("_")[1:2]  # the message of post_message_on_lead


def _of_model(each: FlowInput) -> Iterator[str]:
    """The name with its owner in front: `order_name`, `purchase_order_id` for an order_id."""
    name, model = each.param.name, each.action.model
    for noun in (english.record_noun(model), english.model_noun(model)):
        if not name.startswith(f"{noun}_"):
            is_own_id = name == f"{english.record_noun(model)}_id"
            yield english.identifier(f"{noun}_id" if is_own_id else f"{noun}_{name}")
