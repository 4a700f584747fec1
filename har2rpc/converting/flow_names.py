"""The name and the purpose of a flow, from those of its deeds."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from har2rpc.converting.unique_names import UniqueNames
from har2rpc.model import Action
from har2rpc.odoo import english

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
