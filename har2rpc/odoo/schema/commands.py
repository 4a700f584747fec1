"""Parses the commands of an x2many field: the only module that knows opcodes and lengths.

`(0, 0, values)` to `(6, 0, ids)`: `odoo/fields.py` (12 to 16), `odoo/orm/commands.py` (19). The web client sends them as
lists, with "virtual_7" for a record that is not saved yet, and `False` after some ids. For a new command add a class and
cases in `parse_command` and `command_json`; then it is sent as recorded. `id_places.py` says which of its ids are records,
`converting/parameterize/x2many.py` which of them become inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from har2rpc.model import Input, Json, Value
from har2rpc.model.values import map_value


@dataclass(frozen=True, slots=True)
class Create:
    """`[0, 0, values]`: a new record, linked."""

    values: dict[str, Value]
    ref: Json = 0
    """What stands for its id until it has one: 0, or the client's "virtual_7"."""


@dataclass(frozen=True, slots=True)
class Update:
    """`[1, id, values]`: a linked record is changed."""

    id: Value
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Delete:
    """`[2, id]`: a linked record is deleted."""

    id: Value
    rest: tuple[Json, ...] = ()
    """What stands behind the id and means nothing: `[2, 7, False]`."""


@dataclass(frozen=True, slots=True)
class Unlink:
    """`[3, id]`: a record is no longer linked, and stays."""

    id: Value
    rest: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """`[4, id]`: a record that exists is linked."""

    id: Value
    rest: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Clear:
    """`[5]`: nothing is linked any more."""

    rest: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True)
class Set:
    """`[6, 0, ids]`: these records are linked and no others."""

    ids: Value
    ref: Json = 0


Command: TypeAlias = Create | Update | Delete | Unlink | Link | Clear | Set


def parse_command(value: Value) -> Command | None:
    """The command that a list is; None for any other value.

    The opcode is an int from 0 to 6, neither bool nor float, and the length fits: `[True, 5]`, `[4.0, 7]` and
    `[4, 7, 0, 1]` are values; ids may be inputs.
    """
    if not isinstance(value, list) or not 1 <= len(value) <= 3 or type(value[0]) is not int:
        return None
    match value:
        case [0, ref, dict(values)]:
            return Create(values, ref)
        case [1, identity, dict(values)]:
            return Update(identity, values)
        case [2, identity, *rest]:
            return Delete(identity, tuple(rest))
        case [3, identity, *rest]:
            return Unlink(identity, tuple(rest))
        case [4, identity, *rest]:
            return Link(identity, tuple(rest))
        case [5, *rest]:
            return Clear(tuple(rest))
        case [6, ref, ids] if isinstance(ids, (list, Input)):
            return Set(ids, ref)
    return None


def command_json(command: Command) -> list[Value]:
    """The command as it is sent."""
    match command:
        case Create(values, ref):
            return [0, ref, values]
        case Update(identity, values):
            return [1, identity, values]
        case Delete(identity, rest):
            return [2, identity, *rest]
        case Unlink(identity, rest):
            return [3, identity, *rest]
        case Link(identity, rest):
            return [4, identity, *rest]
        case Clear(rest):
            return [5, *rest]
        case Set(ids, ref):
            return [6, ref, ids]


def picks_only(commands: Sequence[Command]) -> bool:
    """Whether nothing but ids is told: records that are linked or taken out, none that is made or changed."""
    return all(isinstance(command, (Delete, Unlink, Link, Set)) for command in commands)


def parse_commands(value: Value) -> list[Command]:
    """The commands that are all of a field's value; none where a member of it is anything else."""
    commands = list(map(parse_command, value)) if isinstance(value, list) else []
    parsed = [command for command in commands if command is not None]
    return parsed if len(parsed) == len(commands) else []


def creates_records(commands: Iterable[Value]) -> bool:
    """Whether one of these members of a field's value makes a new record."""
    return any(isinstance(parse_command(command), Create) for command in commands)


def without_virtual_ids(value: Value) -> Value:
    """`[0, "virtual_7", {…}]` as `[0, 0, {…}]`, at any depth: what the client calls a record means nothing outside it."""

    def renumbered(part: Value) -> Value:
        command = parse_command(part)
        if isinstance(command, Create) and isinstance(command.ref, str):
            return command_json(Create(command.values))
        return part

    return map_value(value, renumbered)
