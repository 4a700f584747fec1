"""Records in a sentence: "sale order S00023", "3 partners", "it" for the one that the sentence before was about."""

from __future__ import annotations

from typing import NamedTuple

from har2rpc.model import Call
from har2rpc.odoo import call_args, english
from har2rpc.odoo.schema.wizards import known_as_wizard
from har2rpc.odoo.sentences.record_names import RecordNames

_MOST_NAMES = 3


class Record(NamedTuple):
    """One record of one server."""

    server: str
    model: str
    id: int


class Mentions:
    """Names the records that calls are about, and remembers which one was mentioned last."""

    def __init__(self, names: RecordNames) -> None:
        self.names = names
        self.last: Record | None = None
        """What "it" stands for."""

    def acted_upon(self, call: Call) -> str:
        """The records that a method is called on; "" where it is called on none."""
        return self.records(call, call.model, call_args.record_ids(call))

    def records(self, call: Call, model: str, ids: tuple[int, ...]) -> str:
        """`it`, `partner Azure Interior`, `sale order 23`, `partners Azure Interior and Deco Addict`, `40 partners`."""
        noun = noun_of(call, model)
        if len(ids) == 1:
            if self.last == Record(call.server, model, ids[0]):
                return "it"
            if known_as_wizard(model):
                return f"the {noun}"
            return f"{noun} {self.names.of_record(model, ids[0], call) or ids[0]}"
        many = english.plural(noun.replace(" ", "_")).replace("_", " ")
        names = [self.names.of_record(model, one, call) for one in ids[: _MOST_NAMES + 1]]
        if all(names) and len(ids) <= _MOST_NAMES:
            return f"{many} {english.listed(names)}" if names else ""
        return f"{len(ids)} {many}" if ids else ""

    def linked(self, call: Call, field: str, comodel: str, identity: int) -> str:
        """The name of the record that a field links to; "" where it is not known."""
        return self.names.of_field(call.model, field, comodel, identity, call)


def noun_of(call: Call, model: str) -> str:
    """`sale order`, `vendor bill`: the word for one record of a model that a call is about."""
    move_type = call_args.move_type(call) if model == call.model else ""
    return english.model_noun(model, move_type).replace("_", " ")
