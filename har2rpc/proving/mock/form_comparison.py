"""Compares a form's values with the saved ones: all empty values are equal, and links count as ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from har2rpc.model import Json
from har2rpc.model.values import is_id
from har2rpc.odoo.schema.commands import Clear, Create, Link, Set, Update, parse_command


def line_commands(value: Json) -> Iterator[Create | Update]:
    for member in value if isinstance(value, list) else ():
        if isinstance(command := parse_command(member), (Create, Update)):
            yield command


def differing_names(saved: Mapping[str, Json], sent: Mapping[str, Json]) -> Iterator[str]:
    """The keys that were saved otherwise; one that held nothing may be missing."""
    for name in {**saved, **sent}:
        if name not in saved or not is_same(saved[name], sent.get(name)):
            yield name


def is_same(one: Json, other: Json) -> bool:
    """Equal as what is saved: all that holds nothing is alike, links are ids, a new line's name means nothing."""
    one, other = as_saved(one), as_saved(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return not list(differing_names(one, other))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, bool) != isinstance(other, bool):
        return not one and not other
    return bool(one == other) or (not one and not other)


def as_saved(value: Json) -> Json:
    if isinstance(value, dict) and is_id(value.get("id")):
        return value["id"]
    if not isinstance(value, list):
        return value
    if len(value) == 2 and is_id(value[0]) and isinstance(value[1], str):
        return value[0]
    ids: list[Json] = []
    for member in value:
        match parse_command(member):
            case Link(identity):
                ids.append(identity)
            case Set(list(linked_ids)):
                ids = list(linked_ids)
            case Clear():
                ids = []
            case Create(values):
                ids.append(values)
            case Update(identity, values):
                ids.append([identity, values])
            case _:
                ids.append(member)
    return ids
