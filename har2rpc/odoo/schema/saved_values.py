"""Compares the values of a save with those that the client saved, key by key: changed, added, or left out.

Values are equal if they mean the same to Odoo (`odoo/fields.py` of 12 to 16, `odoo/orm/fields_relational.py` of 19): what the
client calls a record that is not saved yet means nothing, nor does what stands behind an id in a command; linking
records one by one to a new record is setting them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from har2rpc.model import Json
from har2rpc.model.values import is_id
from har2rpc.odoo.schema.commands import (
    Clear,
    Command,
    Create,
    Delete,
    Link,
    Set,
    Unlink,
    Update,
    parse_commands,
)
from har2rpc.odoo.schema.form_defaults import is_switch_by_name

# What the editor notes down in a text of HTML, and what it makes of no text.
_EDITORS_OWN = re.compile(r'\sdata-(?:oe-version|last-history-steps)="[^"<>]*"')
_MARKUP = re.compile(r"<(?!img\b)[^<>]*>|&nbsp;|\ufeff|\s", re.IGNORECASE)


class SavedValue(NamedTuple):
    """One value of a save, with where it stands."""

    path: str
    """`order_line[0].price_unit`, as overrides name it behind `vals.`."""
    value: Json
    beside: frozenset[str] = frozenset()
    """The fields that are sent for the same record."""

    @property
    def field(self) -> str:
        """The field that holds it."""
        return self.path.rpartition(".")[2].partition("[")[0]

    @property
    def is_of_line(self) -> bool:
        """Whether it is a line's, and not the record's own."""
        return "." in self.path


class Comparison(NamedTuple):
    """What differs between the values that were saved and those that are sent."""

    changed: tuple[tuple[str, Json, Json], ...]
    """Path, recorded value and sent value; None stands for a value that was never recorded."""
    left_out: tuple[SavedValue, ...]
    """Values that are something and are not sent."""


def compare_saves(
    recorded: Mapping[str, Json], sent: Mapping[str, Json], *, creates: bool
) -> Comparison:
    """Compares the values of one record, its lines included. `creates`: of a new record."""
    changed: list[tuple[str, Json, Json]] = []
    left_out: list[SavedValue] = []
    todo: list[tuple[str, Mapping[str, Json], Mapping[str, Json], bool]] = [
        ("", recorded, sent, creates)
    ]
    while todo:  # no recursion: captures are hostile
        path, old, new, is_new = todo.pop()
        changed += [(_join(path, name), None, new[name]) for name in new if name not in old]
        for name, value in old.items():
            at = _join(path, name)
            if name not in new:
                if not is_nothing(value) or (value is False and is_switch_by_name(name)):
                    left_out.append(SavedValue(at, value, frozenset(new)))
                continue
            lines = _lines(value, new[name])
            if lines is None:
                if not is_same_value(value, new[name], is_new=is_new):
                    changed.append((at, value, new[name]))
                continue
            for position, one, other in lines:
                todo.append((f"{at}[{position}]", one.values, other.values, one.id is None))
    return Comparison(tuple(changed), tuple(left_out))


def is_nothing(value: Json) -> bool:
    """Whether a form sends it for a field that holds nothing; so it does False, which of a switch is a value."""
    value = plain(value)
    if isinstance(value, str):
        return not value or (value.startswith("<") and not _MARKUP.sub("", value))
    return value is None or value is False or value in ([], {})


def is_same_value(one: Json, other: Json, *, is_new: bool = True) -> bool:
    """Whether two values of a field are equal: 1.0 is 1, True is not; `is_new`: in a record that is made of them."""
    todo = [(plain(one, is_new=is_new), plain(other, is_new=is_new))]
    while todo:
        old, new = todo.pop()
        if isinstance(old, dict) and isinstance(new, dict):
            if old.keys() != new.keys():
                return False
            todo += [(old[key], new[key]) for key in old]
        elif isinstance(old, list) and isinstance(new, list):
            if len(old) != len(new):
                return False
            todo += zip(old, new, strict=True)
        elif isinstance(old, bool) or isinstance(new, bool):
            if old is not new:
                return False
        elif old != new:
            return False
    return True


def plain(value: Json, *, is_new: bool = True) -> Json:
    """A value as it is saved: a many2one as its id, HTML without the editor's notes.

    Records that are linked to a new one (`is_new`) are the list of their ids, with whichever command.
    """
    if isinstance(value, str) and value.startswith("<"):
        return _EDITORS_OWN.sub("", value)
    if isinstance(value, dict) and is_id(value.get("id")):
        return value["id"]
    if isinstance(value, list) and list(map(type, value)) == [int, str]:
        return value[0]  # [7, "X"]
    commands = parse_commands(value)
    if not commands:
        return value
    ids = _linked_ids(commands) if is_new else None
    return list(map(_bare, commands)) if ids is None else ids


def _linked_ids(commands: Sequence[Command]) -> list[Json] | None:
    """The ids that commands link to a record that has none; None where they do anything else."""
    ids: list[Json] = []
    for command in commands:
        match command:
            case Link(identity):
                ids.append(identity)
            case Set(list(linked)):
                ids = list(linked)
            case Clear():
                ids = []
            case _:
                return None
    return ids


def _bare(command: Command) -> Json:
    """A command without what means nothing in it."""
    match command:
        case Create(values):
            return [0, 0, values]
        case Update(identity, values):
            return [1, identity, values]
        case Delete(identity):
            return [2, identity]
        case Unlink(identity):
            return [3, identity]
        case Link(identity):
            return [4, identity]
        case Clear():
            return [5]
        case Set(ids):
            return [6, 0, ids]


class _Line(NamedTuple):
    """A line that is made (without an id) or changed."""

    id: Json
    values: dict[str, Json]


def _lines(old: Json, new: Json) -> list[tuple[int, _Line, _Line]] | None:
    """The lines of two values that are compared key by key; None where these are no lines, or not the same ones."""
    recorded, sent = parse_commands(old), parse_commands(new)
    # A client up to Odoo 16 sends `[4, id, False]` for each line that stayed as it was.
    kept = [(at, one) for at, one in enumerate(recorded) if not _is_untouched(one)]
    if len(kept) != len(sent):
        kept = list(enumerate(recorded))
    if not sent or len(kept) != len(sent):
        return None
    pairs = []
    for (position, one), other in zip(kept, sent, strict=True):
        line, sent_line = _line(one), _line(other)
        if line and sent_line and line.id == sent_line.id:
            pairs.append((position, line, sent_line))
        elif _bare(one) != _bare(other):
            return None
    return pairs or None


def _line(command: Command) -> _Line | None:
    match command:
        case Create(values):
            return _Line(None, values)
        case Update(identity, values):
            return _Line(identity, values)
    return None


def _is_untouched(command: Command) -> bool:
    return isinstance(command, Link) and command.rest == (False,)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
