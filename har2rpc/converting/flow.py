"""Actions in their recorded order as one flow: its inputs are what a person chooses in all of them together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import groupby

from har2rpc.converting.draft import OWN_NAMES, SEARCHED_FOR, UniqueNames
from har2rpc.model import Action, Flow, Input, Json, Result, Run, Step, Value
from har2rpc.odoo import english

_TOLD = re.compile(r" \(-?\d+ was .*\)\Z", re.DOTALL)
_PAGING = frozenset({"limit", "offset", "order"})


@dataclass(slots=True)
class _Asked:
    """One thing that the flow asks for, and the steps it goes into."""

    made: Input
    model: str
    is_record: bool
    """Whether a step acts on it: the same record under another name is the same question."""
    steps: set[int] = field(default_factory=set)


def flow_of(actions: Sequence[Action]) -> Flow:
    """The flow of all runs of these actions, in recorded order."""
    ordered = sorted(
        ((action, run) for action in actions for run in action.runs), key=lambda pair: pair[1].n
    )
    asked: list[_Asked] = []
    # For each step: its values, in which a number stands for the thing asked.
    values = [
        {
            made.name: _valued(action, made, run.values[made.name], place, asked)
            for made in action.inputs
        }
        for place, (action, run) in enumerate(ordered)
    ]
    turned: dict[int, _Asked] = {}
    for place, (action, run) in enumerate(ordered):
        if run.pages > 1:
            turned[place] = _Asked(_pages_of(action, run), action.model, False, {place})
    taken = OWN_NAMES | {run.result for _, run in ordered} | {action.name for action in actions}
    # A parameter may hide user_id(), which the flow itself does not call.
    inputs = _named([*asked, *turned.values()], taken - {"user_id"})
    pages = dict(zip(turned, inputs[len(asked) :], strict=True))
    steps = tuple(
        Step(action, run.n, _answered(given, inputs), run.result, pages.get(place))
        for place, ((action, run), given) in enumerate(zip(ordered, values, strict=True))
    )
    name = name_of(actions, taken | {made.name for made in inputs})
    return Flow(
        name=name,
        label=english.title(name),
        description=description_of(actions),
        inputs=tuple(inputs),
        steps=steps,
        returns=_returns(ordered),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Stands in a step's values for a thing that is asked, until that has its name."""

    number: int


def _valued(action: Action, made: Input, value: Value, step: int, asked: list[_Asked]) -> Value:
    """The value as it goes into the step: what is chosen becomes a thing that the flow asks for."""
    if isinstance(value, Result) or made.name in _PAGING:
        return value
    if isinstance(value, list) and any(isinstance(item, Result) for item in value):
        help_ = f"Id of {english.with_article(made.relation)}"
        one = replace(made, name=_singular(made.name), type="many2one", multiple=False, help=help_)
        return [_valued(action, one, item, step, asked) for item in value]
    is_record = bool(action.args) and action.args[0] in (made, [made])
    for number, known in enumerate(asked):
        if step not in known.steps and _is_same(known, action.model, made, value, is_record):
            known.steps.add(step)
            known.is_record |= is_record
            if made.required and not known.made.required:
                known.made = replace(known.made, required=True, default=None)
            return _Place(number)
    if value != made.example:  # what the help tells is what the first one was called
        made = replace(made, help=_TOLD.sub("", made.help))
    asked.append(_Asked(replace(made, example=value), action.model, is_record, {step}))
    return _Place(len(asked) - 1)


def _is_same(known: _Asked, model: str, made: Input, value: Json, is_record: bool) -> bool:
    """Whether it is the same record: equal numbers of one model, asked under one name or acted upon.

    What several searches of one model were asked for under one name is the same question, too.
    """
    is_searched = made.why == known.made.why == SEARCHED_FOR and model == known.model
    if is_searched and made.name == known.made.name and value == known.made.example:
        return type(value) is type(known.made.example)
    return (
        bool(made.relation)
        and made.relation == known.made.relation
        and type(value) is type(known.made.example)
        and value == known.made.example
        and (made.name == known.made.name or is_record or known.is_record)
    )


def _singular(name: str) -> str:
    return re.sub(r"_ids(?=$|_\d+$)", "_id", name)


def _pages_of(action: Action, run: Run) -> Input:
    """How far a search is to be read: an upper bound, because nobody knows how much there is."""
    return Input(
        name="pages",
        label="Pages",
        type="integer",
        required=False,
        default=run.pages,
        example=run.pages,
        help=f"At most this many pages of {run.values['limit']} records",
    )


def _named(asked: Sequence[_Asked], taken: AbstractSet[str]) -> list[Input]:
    """Names that are unique in the flow; where two models ask under one name, each says whose it is."""
    models: dict[str, set[str]] = {}
    for one in asked:
        models.setdefault(one.made.name, set()).add(one.model)
    names = UniqueNames(taken)
    inputs = []
    for one in asked:
        name, label = one.made.name, one.made.label
        if len(models[name]) > 1 or name in taken:
            noun = noun_of(one.model)
            if not name.startswith(f"{noun}_"):
                name = english.identifier(f"{noun}_{name}")
                label = f"{english.title(noun)}: {label}"
        inputs.append(replace(one.made, name=names.of(name), label=label))
    return inputs


def _answered(values: dict[str, Value], inputs: Sequence[Input]) -> dict[str, Value]:
    def put(value: Value) -> Value:
        if isinstance(value, _Place):
            return inputs[value.number]
        return [put(item) for item in value] if isinstance(value, list) else value

    return {name: put(value) for name, value in values.items()}


def _returns(ordered: Sequence[tuple[Action, Run]]) -> tuple[str, ...]:
    """What was read or made; of mere deeds the last answer."""
    telling = [
        run.result for action, run in ordered if not action.changes or action.returns != "value"
    ]
    return tuple(telling or [ordered[-1][1].result])


_LONGEST = 60  # characters


_MOST_TOLD = 6


def noun_of(model: str) -> str:
    """The last word of a model's noun: `order` for sale.order."""
    return english.record_noun(model)


def name_of(actions: Sequence[Action], taken: AbstractSet[str]) -> str:
    """`create_and_confirm_sale_order`, `create_partner_then_create_sale_order`, …"""
    deeds = _deeds(actions)
    parts = []
    for model, group in groupby(deeds, key=lambda action: action.model):
        noun = english.model_noun(model)
        names = list(dict.fromkeys(action.name for action in group))
        verbs = [name.removesuffix(f"_{noun}") for name in names]
        if len(verbs) > 1 and all(f"{verb}_{noun}" in names for verb in verbs):
            parts.append(f"{'_and_'.join(verbs)}_{noun}")
        else:
            parts.append("_and_".join(names))
    name = "_then_".join(parts)
    if len(name) > _LONGEST:
        name = f"{deeds[0].name}_to_{deeds[-1].name}"
    name = english.identifier(name if len(name) <= 1.5 * _LONGEST else "flow")
    if name in taken:
        name = f"{name}_flow"
    return UniqueNames(taken).of(name)


def description_of(actions: Sequence[Action]) -> str:
    """`Create a partner, create a sale order, then confirm a sale order.`"""
    told = [_told(action) for action in _deeds(actions)]
    told = [text if place == 0 else text[:1].lower() + text[1:] for place, text in enumerate(told)]
    if len(told) > _MOST_TOLD:
        told = [*told[: _MOST_TOLD - 1], f"{len(told) - _MOST_TOLD + 1} more steps"]
    return f"{', then '.join([', '.join(told[:-1]), told[-1]] if len(told) > 1 else told)}."


def _told(action: Action) -> str:
    """What it does, without what it returns."""
    return action.description.partition(";")[0].partition(", which the page called")[0].rstrip(".")


def _deeds(actions: Sequence[Action]) -> list[Action]:
    """The actions that change something; all, where none does."""
    return [action for action in actions if action.changes] or list(actions)
