"""Makes inputs in the commands of an x2many field: the selected or removed records, and the line that is changed.

The commands themselves: `odoo/schema/commands.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from har2rpc.converting.draft import Inputs
from har2rpc.converting.parameterize.field_info import FieldInfo
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.model import Input, Json, Value
from har2rpc.odoo import english
from har2rpc.odoo.schema.commands import (
    Command,
    Delete,
    Link,
    Set,
    Unlink,
    Update,
    command_json,
)


@dataclass(frozen=True, slots=True)
class CommandInputs:
    """Makes inputs of the ids in commands.

    `required`: whether the records of a field that has nothing but such commands must be given.
    """

    fields: FieldInfo
    inputs: Inputs
    required: bool = True

    def parameterize(
        self, model: str, name: str, command: Command, form: Form, *, creates: bool
    ) -> list[Value]:
        """A command that picks or takes out, its ids as inputs; others stay, but for the client's virtual ids.

        `creates`: in a new record, which has none that `[6, 0, ids]` could replace.
        """
        match command:
            case Set(ids):
                command = Set(self._records(model, name, ids, form, replaces=not creates))
            case Link(identity):
                command = replace(command, id=self._record(model, name, identity, form))
            case Delete(identity):
                command = replace(command, id=self._record(model, name, identity, form, "delete"))
            case Unlink(identity):
                command = replace(command, id=self._record(model, name, identity, form, "remove"))
            case _:
                return command_json(command)
        return command_json(command)

    def parameterize_links(
        self, model: str, name: str, links: Sequence[Link], form: Form
    ) -> list[Value]:
        """What a new record is linked to as one list: `[6, 0, ids]` does what a `[4, id]` for each does."""
        return command_json(Set(self._records(model, name, [link.id for link in links], form)))

    def line_id(self, model: str, name: str, update: Update, comodel: str) -> Input:
        """The existing line that is changed: an id of this record alone, so it is asked for."""
        return self.inputs.add(
            f"{english.field_noun(name)}_id",
            label=self.fields.label(model, name)[0],
            type="many2one",
            example=update.id,
            relation=comodel,
            help=self.fields.names.id_help(comodel, name, update.id) if comodel else "",
            why="the line that is changed",
        )

    def _record(
        self, model: str, name: str, identity: Json, form: Form, removal: str = ""
    ) -> Input:
        """One record; `removal` says how it is taken out ("delete" or "remove"), where it is."""
        label, guessed = self.fields.label(model, name)
        relation = self.fields.comodel(model, name, identity, form)
        noun = english.field_noun(name)
        return self.inputs.add(
            f"{removal}d_{noun.rpartition('_')[2]}_id" if removal else f"{noun}_id",
            label=f"{label} to {removal}" if removal else label,
            type="many2one",
            required=self.required,
            example=identity,
            relation=relation,
            help=self.fields.id_help(name, identity, relation, form),
            guessed=guessed,
            why="taken out" if removal else "picked",
        )

    def _records(
        self, model: str, name: str, ids: Json, form: Form, *, replaces: bool = False
    ) -> Input:
        relation = self.fields.comodel(model, name, ids, form)
        label, guessed = self.fields.label(model, name)
        return self.inputs.add(
            f"{english.field_noun(name)}_ids",
            label=label,
            type="many2many",
            required=self.required,
            example=ids,
            relation=relation,
            multiple=True,
            help=self.fields.names.ids_help(relation, ids, form.names, name, replaces=replaces),
            guessed=guessed,
            why="picked",
        )
