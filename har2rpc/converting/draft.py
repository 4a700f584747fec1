"""What a call is while it is converted: an action that has no name yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from har2rpc.model import Call, Decision, Field, Following, FormSpec, Input, Json, Result, Value
from har2rpc.odoo import english

Returns: TypeAlias = Literal["records", "id", "ids", "value", "nothing"]

A_DOMAIN = "A search domain as JSON: square brackets, double quotes, false instead of False"
"""The help of an input that is a whole domain."""
DATE_NOTE = "may come from a filter relative to the recording date"
"""How a note begins that applies to the dates of a single run."""
ACTED_UPON = "the record acted upon"
"""The reason for an input: the record that a method is called on."""
SELECTED = "an earlier call returned it, or it was selected"
SEVERAL_SELECTED = "the records selected"
ABOUT = frozenset({SELECTED, SEVERAL_SELECTED})
"""The reason for an input: the records that a dialog was opened for."""
OF_MENU = "a filter of the menu"
"""The reason for an input: a value of a search that nobody typed."""
OWN_USER = "Id of a user; defaults to the one who calls"
"""The help of an input that defaults to the user of the code."""
PLACE = "its place in the new order"
"""The reason for an input: somebody dragged a row, which renumbered all of them."""
SEARCHED_FOR = "searched for"
"""The reason for an input: a value of a search."""


class ProducedId(NamedTuple):
    """An id (or a list of ids) that an answer holds, and where in it."""

    model: str
    id: int | tuple[int, ...]
    result: Result
    """Without the name of its variable, which is not known yet."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One call on its way to an action."""

    source_call: Call
    """The recorded call that it comes from; never touched."""
    public_call: Call
    """What the code sends, with the recorded values: the recorded call itself, or its translation."""
    model: str
    method: str
    args: Value
    kwargs: Value
    context: Value
    changes: bool
    returns: Returns = "value"
    notes: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """What became of each value of a form that was saved, lines included."""
    form: FormSpec | None = None
    """The form that is asked before the save."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The labels that the capture gives the model's fields."""
    criteria: tuple[str, ...] = ()
    """The words that distinguish this search from others of its model ("phone")."""
    was_added: bool = False
    """Whether it is not a call of the capture, but was added to link others."""
    produces: tuple[ProducedId, ...] = ()
    """The ids in its answer that a later call may use."""


def archiving(draft: Draft) -> bool | None:
    """Whether a write only archives (True) or only unarchives (False); None for everything else."""
    values = draft.args[1] if draft.method == "write" and len(draft.args) > 1 else None
    if isinstance(values, dict) and list(values) == ["active"]:
        return not values["active"] if isinstance(values["active"], bool) else None
    return None


def is_note(draft: Draft) -> bool:
    """Whether what is posted is an internal note, which no follower gets by mail."""
    kwargs = draft.kwargs if draft.method == "message_post" else {}
    return kwargs.get("subtype_xmlid") == "mail.mt_note"


def is_typed_search(draft: Draft) -> bool:
    """Whether somebody typed words into a search; the filters of a menu compare with constants."""
    return any(
        param.why == SEARCHED_FOR and isinstance(param.example, str) for param in draft.inputs
    )


@dataclass(slots=True)
class Inputs:
    """Collects the inputs of one draft: names are unique, one value asked twice is one input."""

    model: str
    fields: Mapping[str, Field]
    collected: list[Input] = field(default_factory=list)
    followers: list[str] = field(default_factory=list)
    """Names that stand for values which follow an input."""

    def add(self, name: str, **attributes: Value) -> Input:
        """A new input under this name, or name_2, name_3, … if it is taken."""
        param = Input(name=self._unique(name), **attributes)
        self.collected.append(param)
        return param

    def follow(self, name: str, value: Json, source: Input) -> Following:
        """A value that is sent only while this input has its recorded value."""
        follower = Following(self._unique(name), value, source, source.example)
        self.followers.append(follower.name)
        return follower

    def _unique(self, name: str) -> str:
        known = [param.name for param in self.collected]
        return UniqueNames([*known, *self.followers]).of(english.identifier(name))

    def label(self, field_name: str) -> tuple[str, bool]:
        """A field's own label, and whether it had to be guessed from the name."""
        described = self.fields.get(field_name.partition(".")[0])
        if described and described.label and "." not in field_name:
            return described.label, False
        return english.label_of(english.field_noun(field_name)), True


class UniqueNames:
    """Makes names unique: the second `partner` is `partner_2`."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}

    def of(self, name: str, others: Iterable[str] = ()) -> str:
        """This name; if it is taken, the first free one of the others, else name_2, name_3, …"""
        if name in self._taken:
            free = (english.identifier(other) for other in others)
            name = next((other for other in free if other not in self._taken), name)
        unique, number = name, self._last.get(name, 1)
        while unique in self._taken:
            number += 1
            unique = f"{name}_{number}"
        self._taken.add(unique)
        self._last[name] = (
            number  # so that thousands of equal names are not counted from 1 each time
        )
        return unique
