"""The commands of an x2many field: what was picked, taken out, or is the line that is changed.

`[1, id, values]` changes a line, 2 deletes it, 3 takes it out, 4 puts it in, `[6, 0, ids]` says which there are
(`odoo/fields.py` up to 16, `odoo/orm/commands.py` in 19).
"""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.converting.draft import Inputs
from har2rpc.converting.parameterize.field_info import About
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.model import Input, Json, Value
from har2rpc.odoo import english

_TAKEN_OUT = {2: "delete", 3: "remove"}


@dataclass(frozen=True, slots=True)
class Picks:
    """Makes inputs of the ids in commands."""

    about: About
    inputs: Inputs

    def command(self, model: str, name: str, command: list[Json], form: Form) -> Value:
        """One command that picks or takes out; others stay, but for the client's virtual ids."""
        code = command[0]
        if code not in (2, 3, 4, 6) or len(command) < (3 if code == 6 else 2):
            return without_virtual_ids(command)
        if code == 6:
            return [6, 0, self._several(model, name, command[2], form)]
        label, guessed = self.about.label(model, name)
        relation = self.about.comodel(model, name, command[1], form)
        noun = english.field_noun(name)
        made = self.inputs.add(
            f"{noun}_id" if code == 4 else f"{_TAKEN_OUT[code]}d_{noun.rpartition('_')[2]}_id",
            label=label if code == 4 else f"{label} to {_TAKEN_OUT[code]}",
            type="many2one",
            example=command[1],
            relation=relation,
            help=self.about.id_help(name, command[1], relation, form),
            guessed=guessed,
            why="picked" if code == 4 else "taken out",
        )
        return [code, made, *command[2:]]

    def of_new(self, model: str, name: str, commands: list[list[Json]], form: Form) -> Value:
        """What a new record is linked to as one list: `[6, 0, ids]` does what a `[4, id]` for each does."""
        return [6, 0, self._several(model, name, [command[1] for command in commands], form)]

    def line(self, model: str, name: str, identity: Json, comodel: str) -> Input:
        """The existing line that is changed: an id of this record alone, so it is asked for."""
        return self.inputs.add(
            f"{english.field_noun(name)}_id",
            label=self.about.label(model, name)[0],
            type="many2one",
            example=identity,
            relation=comodel,
            help=self.about.names.id_help(comodel, name, identity) if comodel else "",
            why="the line that is changed",
        )

    def _several(self, model: str, name: str, ids: list[Json], form: Form) -> Input:
        relation = self.about.comodel(model, name, ids, form)
        label, guessed = self.about.label(model, name)
        return self.inputs.add(
            f"{english.field_noun(name)}_ids",
            label=label,
            type="many2many",
            example=ids,
            relation=relation,
            multiple=True,
            help=self.about.names.ids_help(relation, ids, form.names, name),
            guessed=guessed,
            why="picked",
        )


def is_command(command: Json) -> bool:
    """Whether a member of a field's value is a command."""
    return isinstance(command, list) and bool(command) and command[0] in range(7)


def is_link(command: Json) -> bool:
    """Whether it is `[4, id]`: a record that was picked."""
    return is_command(command) and command[0] == 4 and len(command) > 1


def without_virtual_ids(value: Json) -> Json:
    """`[0, "virtual_7", {…}]` as `[0, 0, {…}]`, at any depth."""
    if isinstance(value, list):
        if len(value) == 3 and value[0] == 0 and isinstance(value[1], str):
            value = [0, 0, value[2]]
        return [without_virtual_ids(item) for item in value]
    if isinstance(value, dict):
        return {key: without_virtual_ids(item) for key, item in value.items()}
    return value
