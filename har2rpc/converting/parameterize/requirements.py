"""Decides which inputs of a form are required, and the defaults of the others.

A default is Odoo's own value, according to the form's opening, or the recorded value if the opening is unknown. An input
without a default is not sent if it is left out: Odoo then uses its own default, or leaves the field empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from har2rpc.converting.parameterize.field_info import FieldInfo
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.converting.parameterize.form_values import (
    is_clock,
    is_empty,
    is_nothing,
    plain,
)
from har2rpc.model import Decision, Json
from har2rpc.model.values import is_id
from har2rpc.odoo.schema import form_defaults
from har2rpc.odoo.schema.wizards import known_as_wizard

About: TypeAlias = Literal["", "active", "wizard"]
"""How a form was opened about a record, whose values its defaults may be: with `active_id`, as a wizard, or not."""

# What forms fill in that holds for the day; what a wizard fills in holds for its record, switches excepted.
OF_A_DAY = ("date", "datetime")
SWITCHES = ("boolean", "selection")


@dataclass(frozen=True, slots=True)
class Requirements:
    """Those of one record, or of one line of it."""

    model: str
    form: Form
    fields: FieldInfo
    creates: bool
    opened_about: About
    started: str
    """When the form was saved."""

    def applied_to(self, decisions: Sequence[Decision]) -> Iterator[Decision]:
        """The same decisions, and which inputs are required; the others get their default."""
        entered = [decision.name for decision in decisions if decision.origin == "user"]
        needed = self._needed(entered)
        inputs = [decision for decision in decisions if decision.becomes == "input"]
        for decision in decisions:
            if decision.becomes == "input":
                if self.creates:
                    is_required, default = self._requirement(decision.name, decision.value, needed)
                else:
                    is_required, default = self._change(decision, among_others=len(inputs) > 1)
                default = None if is_required else default
                decision = replace(decision, required=is_required, default=default)
            yield decision

    def _change(self, decision: Decision, *, among_others: bool) -> tuple[bool, Json]:
        """Of an update each field may be left out, but for the only one, and for those of its lines.

        What was emptied stays emptied: the recorded False is the default.
        """
        if self.form.is_line or not among_others:
            return True, None
        value = decision.value
        type_ = self.fields.type(self.model, decision.name, value)
        return False, value if is_nothing(value) and type_ != "boolean" else None

    def _needed(self, entered: list[str]) -> set[str]:
        """The fields that a new record cannot be without: as its model says, else its name and what came first."""
        needed = {
            name
            for name in entered
            if (field := self.fields.described(self.model, name))
            and field.required
            and is_empty(self.form.defaults.get(name, False))
        }
        needed |= form_defaults.needed(self.model) & set(entered)
        if known_as_wizard(self.model):
            return needed
        first = next((name for name in self.form.typed if name in entered), "")
        return needed or {first or next(iter(entered), "")}

    def _requirement(self, name: str, value: Json, needed: set[str]) -> tuple[bool, Json]:
        """Whether an input is required, and its default where it is not."""
        form, type_ = self.form, self.fields.type(self.model, name, value)
        is_of_record = bool(self.opened_about) and type_ not in SWITCHES
        default = form.defaults.get(name, False)
        if isinstance(default, float) and default.is_integer() and not isinstance(value, float):
            default = int(default)
        if not is_empty(default) and name != "name":
            # Odoo has a value of its own for it: a default to repeat, unless it was one of that day, record or page.
            return type_ in OF_A_DAY or is_of_record or name in form.context_defaults, default
        if self.opened_about and not form.has_initial_onchange:
            # The dialog's own values are unknown: what was recorded stays, except values of its record.
            return self.opened_about == "active" and type_ not in SWITCHES, value
        if name in needed:
            return True, None
        is_known = form.has_initial_onchange or form.is_program or form.knows(name)
        if not is_known and not is_clock(value, self.started):
            return False, plain(value)  # Odoo's own value is unknown: what was recorded stays
        return self._is_zero_without(name, value), None

    def _is_zero_without(self, name: str, value: Json) -> bool:
        """Whether leaving a value out would be a value: no quantity is zero, and what the form had is not known."""
        is_number = is_id(value) or isinstance(value, float)
        is_known = self.form.is_program or self.form.has_initial_onchange
        return is_number and not (name.endswith("_id") or is_known or name in self.form.defaults)
