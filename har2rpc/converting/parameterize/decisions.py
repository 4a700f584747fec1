"""Decides what becomes of each value of a form (an input, sent as recorded, not sent), and gives the reason.

Inputs are what the user entered, not what the form had or computed by itself. `form_session.py` has the facts for that;
if the capture lacks them, `odoo/schema/form_defaults.py` says what is usual.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from har2rpc.converting.parameterize.field_info import FieldInfo
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.converting.parameterize.form_values import (
    is_clock,
    is_empty,
    is_empty_html,
    is_nothing,
    plain,
    same,
)
from har2rpc.converting.parameterize.properties import changed_properties, is_properties
from har2rpc.converting.parameterize.requirements import OF_A_DAY, SWITCHES, About, Requirements
from har2rpc.converting.paths import step
from har2rpc.model import Decision, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import versions
from har2rpc.odoo.schema import form_defaults, relations
from har2rpc.odoo.schema.field_types import UPLOADED_FILE
from har2rpc.odoo.schema.wizards import known_as_wizard

# Reasons that others look for: the notes above the code are a summary of the decisions.
CLOCK = "the time of the recording"
NO_TEXT = "an empty text of the editor"
FILES_OF_THE_FORM = "files that the form created for this record only"


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides about the values of one form and of its lines."""

    fields: FieldInfo
    creates: bool
    """Whether it is the form of a new record."""
    other_form: Form | None
    """Another form of the same model in this capture, if this one's opening is missing."""
    started: str
    """When the form was saved, as the capture has it (ISO 8601)."""
    opened_about: About
    """How the form was opened about a record, whose values its defaults may be: with `active_id`, as a wizard, or not."""
    overridden: frozenset[str]
    """Paths that overrides name: these values are sent in any case."""
    keep_all: bool
    """Values that are not the user's are sent as recorded."""

    def decide(
        self, model: str, values: dict[str, Json], form: Form, *, creates: bool, path: str
    ) -> list[Decision]:
        """A decision for each value of one record (or of one line, which stands at `path`), in their order."""
        record = _Record(self, model, values, form, creates, path)
        decisions = [record.decide(name) for name in values]
        entered = [decision.name for decision in decisions if decision.origin == "user"]
        for name, source in relations.FOLLOWS_FROM.items():
            if name in entered and source in entered and not record.is_overridden(name):
                place = list(values).index(name)
                left = record.leave(name, f"Odoo sets it with {source}")
                decisions[place] = replace(left, n=form.typed.get(source, 0))
        requirements = Requirements(
            model, form, self.fields, creates, self.opened_about, self.started
        )
        return list(requirements.applied_to(decisions))


@dataclass(frozen=True, slots=True)
class _Record:
    """One record, or one line of it, while its values are decided about."""

    decider: Decider
    model: str
    values: dict[str, Json]
    form: Form
    creates: bool
    path: str

    def decide(self, name: str) -> Decision:
        """The decision on one value by itself."""
        decision = self._by_origin(name)
        if decision.origin not in ("user", "usual") and self.creates:
            decision = (
                self._needed_from_outside(name) or self._from_opening_of_line(name) or decision
            )
        if self.is_overridden(name) and decision.becomes != "input":
            return self._send(name, "chosen with --input or --keep")
        return decision

    def is_overridden(self, name: str) -> bool:
        """Whether somebody named this value, or something inside it."""
        path = self.path + step(name)
        inside = (f"{path}.", f"{path}[")
        return any(one == path or one.startswith(inside) for one in self.decider.overridden)

    def leave(self, name: str, reason: str = "") -> Decision:
        """The decision not to send a value; whose it was tells the reason and its call, where none is given."""
        value, form = self.values[name], self.form
        other = self.decider.other_form or form
        if is_empty(plain(value)):
            return self._left(name, "empty", reason or "empty")
        fills_alone = form_defaults.form_only_fields(form.model, self._major)
        if fills_alone and name == "attachment_ids":
            return self._left(name, "default", FILES_OF_THE_FORM)
        if name in form.computed or name in other.computed:
            if reason:
                return self._left(name, "computed", reason)
            n = form.computed_by.get(name) or other.computed_by.get(name, 0)
            return self._left(name, "computed", "computed from other values", n)
        if reason:
            return self._left(name, "default", reason)
        n = form.initial_onchange or other.initial_onchange
        return self._left(name, "default", "the form's default", n)

    @property
    def _major(self) -> int | None:
        """The oldest that the capture may be of: what only its form fills in is sent."""
        return versions.oldest_of(self.decider.fields.capture.session.version)

    def _send(self, name: str, reason: str, n: int = 0, *, by_form: bool = False) -> Decision:
        origin: Literal["form", "user"] = "form" if by_form else "user"
        at = self.path + step(name)
        return Decision(at, name, self.values[name], "input", origin, reason, n=n)

    def _left(
        self,
        name: str,
        origin: Literal["default", "computed", "usual", "empty"],
        reason: str,
        n: int = 0,
    ) -> Decision:
        becomes: Literal["literal", "nothing"] = "literal" if self.decider.keep_all else "nothing"
        return Decision(
            self.path + step(name), name, self.values[name], becomes, origin, reason, n=n
        )

    def _by_origin(self, name: str) -> Decision:
        """Sent is what the user entered: typed, or neither a default nor computed."""
        value, form = self.values[name], self.form
        if not self.creates:
            return self._of_edit(name)
        if name == "res_model" and self.values.get("datas") == UPLOADED_FILE:
            decision = self._send(name, "the model of the record in res_id")
            return replace(decision, becomes="literal")
        if is_properties(value):
            if changed_properties(value, form.defaults.get(name)):
                return self._send(name, "a property was filled in")
            return self.leave(name, "no property was filled in")
        if not (form.has_initial_onchange or form.is_program or form.knows(name)):
            return self._without_opening(name)
        if not form.is_changed(name, value):
            is_position = form.is_line and name == "sequence" and name not in form.typed
            return self.leave(name, "the client numbers its lines" if is_position else "")
        return self._entered(name)

    def _without_opening(self, name: str) -> Decision:
        """If the form's opening is not in the file, its own values are unknown: everything that is not empty is sent."""
        value, other = self.values[name], self.decider.other_form
        is_switch = value is False and self._is_switch(name)
        if is_nothing(value) and not is_switch:
            return self._left(name, "empty", "empty")
        had = {**other.defaults, **other.computed} if other else {}
        if name in had and same(plain(value), had[name]):
            return self.leave(name, "another form of this model set it itself")
        if is_clock(value, self.decider.started):
            return self._send(name, CLOCK)
        if is_empty(value) or self._is_usual(name):
            reason = "such forms fill it in; the capture does not contain the opening of this one"
            decision = self._left(name, "usual", reason)
            follows = form_defaults.followed_by(name, self.values)
            return replace(decision, becomes="literal", follows=follows)
        return self._entered(name)

    def _is_switch(self, name: str) -> bool:
        field = self.decider.fields.described(self.model, name)
        return field.type == "boolean" if field else form_defaults.is_switch_by_name(name)

    def _of_edit(self, name: str) -> Decision:
        """An edit sends only what was changed; emptying a field is a change, too."""
        value, form = self.values[name], self.form
        if is_empty_html(value) and name not in form.typed:
            return self.leave(name, NO_TEXT)
        is_computed = name in form.computed and name not in form.typed
        if is_computed and same(plain(value), form.computed[name]):
            return self.leave(name, "computed from other values")
        return self._entered(name)

    def _entered(self, name: str) -> Decision:
        return self._send(name, *self.form.how_entered(name, creates=self.decider.creates))

    def _needed_from_outside(self, name: str) -> Decision | None:
        """A value that the form had by itself, and that a record created through the API lacks."""
        value, form = self.values[name], self.form
        if is_empty(plain(value)):
            # An unticked box of settings whose opening is not known may be what was done.
            is_box = name.startswith(("group_", "module_")) and value is False
            if is_box and self.model == "res.config.settings" and not form.has_initial_onchange:
                return self._send(
                    name, "an unticked box; the capture does not contain the form's opening"
                )
            return None
        field = self.decider.fields.described(self.model, name)
        type_ = field.type if field else ""
        if name in form.context_defaults and not form.is_line:
            is_entered = name == "name" or type_ in OF_A_DAY
            return self._send(name, "entered where the form was opened") if is_entered else None
        is_link = field is not None and field.required and type_ == "many2one"
        if is_link and known_as_wizard(self.model) and field and field.relation != "res.partner":
            # A dialog works it out from what it is about, and not always outside of the form.
            return self._send(name, "the dialog requires it")
        if name in form_defaults.form_only_fields(self.model, self._major):
            return self._send(name, "only the form fills it in")
        if self._has_moved(name):
            return self._send(name, "the form set another time than it had opened with")
        return None

    def _has_moved(self, name: str) -> bool:
        """Whether the form put another moment there than it had opened with: a new record would get the first one again."""
        default, last = self.form.defaults.get(name), self.form.computed.get(name)
        if name in self.form.typed or is_empty(default) or is_empty(last) or same(default, last):
            return False
        field = self.decider.fields.described(self.model, name)
        return field is not None and field.type == "datetime"

    def _from_opening_of_line(self, name: str) -> Decision | None:
        """A value that a line was opened with ("Add a section"), which nobody tells Odoo outside of the form."""
        value, form = self.values[name], self.form
        is_plain = isinstance(value, (str, bool)) and not is_empty(value)
        if not (form.is_line and name in form.context_defaults and is_plain):
            return None
        decision = self._send(name, "the line's value when it was opened", by_form=True)
        is_switch = self._type(name) in SWITCHES  # a display_type
        return replace(decision, becomes="literal") if is_switch else decision

    def _is_usual(self, name: str) -> bool:
        """Whether such forms fill this in by themselves, and the user did not have the record at hand."""
        if not form_defaults.is_filled_in(name, self.values, is_line=self.form.is_line):
            return False
        value, fields = plain(self.values[name]), self.decider.fields
        if not is_id(value) or not name.endswith("_id"):
            return True
        comodel = fields.comodel(self.model, name, value, Form(self.model))
        calls = fields.capture.calls
        is_new = any(value in call.result_ids for call in calls if call.model == comodel)
        return not is_new and not fields.names.of(comodel, value)

    def _type(self, name: str) -> str:
        return self.decider.fields.type(self.model, name, self.values[name])
