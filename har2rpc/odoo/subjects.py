"""The subject of a search in words: archived partners, individuals, internal users."""

from __future__ import annotations

from collections.abc import Sequence

from har2rpc.model import Value
from har2rpc.odoo import domains
from har2rpc.odoo.domains import Leaf
from har2rpc.odoo.model_names import ADJECTIVES, KINDS


def subject(model: str, noun: str, domain: Value) -> tuple[str, Sequence[Leaf]]:
    """The word for one record that a domain finds, and the conditions that it says."""
    conditions: list[Leaf] = [Leaf("1", "=", 1)]  # what is always true says nothing
    adjectives = []
    for leaf in domains.common_leaves(domain):
        if not isinstance(leaf.value, (bool, int, str)):
            continue
        kind = next((word for key, word in KINDS.items() if _is(key, (model, *_terms(leaf)))), None)
        is_switch = isinstance(leaf.value, bool) and leaf.operator == "="
        adjective = ADJECTIVES.get((leaf.field, bool(leaf.value))) if is_switch else None
        if adjective:
            adjectives.append(adjective)
            conditions.append(leaf)
        elif kind:
            noun = kind
            conditions.append(leaf)
    return "_".join([*adjectives, noun]), conditions


def _terms(leaf: Leaf) -> tuple[str, str, Value]:
    return leaf.field, leaf.operator, leaf.value


def _is(key: tuple[Value, ...], other: tuple[Value, ...]) -> bool:
    """Equal, and true is not 1."""
    return key == other and type(key[-1]) is type(other[-1])
