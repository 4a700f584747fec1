"""The values of a create or write: what the person filled in becomes inputs, the rest is left to Odoo."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from har2rpc.converting.draft import Draft, Inputs, archiving
from har2rpc.converting.parameterize.decisions import Meant, default_of, must_be_given
from har2rpc.converting.parameterize.field_info import About
from har2rpc.converting.parameterize.form_session import Form, Forms, is_empty, plain
from har2rpc.converting.parameterize.left_out import LeftOut
from har2rpc.converting.parameterize.properties import is_properties, opened_properties
from har2rpc.converting.parameterize.x2many import (
    Picks,
    is_command,
    is_link,
    without_virtual_ids,
)
from har2rpc.converting.paths import step
from har2rpc.model import Capture, Field, Input, Json, Value
from har2rpc.odoo import english, secret_fields
from har2rpc.odoo.schema.field_types import type_of
from har2rpc.odoo.schema.wizards import known_as_wizard

# What forms fill in that holds for the day; what a wizard fills in holds for its record, switches excepted.
_OF_ITS_DAY = ("date", "datetime")
_SWITCHES = ("boolean", "selection")
# What the editor notes down in a text of HTML: Odoo refuses one text's history in another record.
_EDITORS_OWN = re.compile(r'\sdata-(?:oe-version|last-history-steps)="[^"<>]*"')
_LARGE = 20_000  # characters; an image is no literal that anybody wants to read in code


@dataclass(slots=True)
class _Valuing:
    about: About
    picks: Picks
    inputs: Inputs
    meant: Meant
    left: LeftOut
    creates: bool
    open_inputs: bool
    keep_all: bool
    of_a_record: str
    """How the form was opened about a record, whose values its defaults may be: `active`, or a `wizard`'s; or not ("")."""
    wanted: frozenset[str] = frozenset()
    """Places that a person decided about: they are sent, whatever the form says."""

    def record(
        self, model: str, values: dict[str, Json], form: Form, *, creates: bool, place: str = "vals"
    ) -> dict[str, Value]:
        """The values to send for one record (or one line of it, which stands at `place`)."""
        asked = [name for name in values if self._is_wanted(place + step(name))]
        changed = self.meant.by_the_person(model, values, form, creates=creates)
        changed = [name for name in values if name in changed or name in asked]
        needed = self.meant.needed(model, changed, form)
        sent: dict[str, Value] = {}
        for name, value in values.items():
            self.left.total += 1
            if creates and name not in changed and self._is_given(name, value, form):
                changed.append(name)
                if self._type(model, name, value) in _SWITCHES:  # "Add a section": a display_type
                    sent[name] = value
                    self.left.kept += 1
                    continue
            if name not in changed:
                self.meant.leave(name, value, form)
                if self.keep_all:
                    sent[name] = without_virtual_ids(value)
                continue
            self.left.kept += 1
            if isinstance(value, str) and len(value) > _LARGE and name not in asked:
                self.left.large.append(name)
                continue
            is_required = not creates or name in needed or must_be_given(name, value, form)
            at = place + step(name)
            sent[name] = self._value(
                model, name, value, form, required=is_required, creates=creates, place=at
            )
        return sent

    def _is_given(self, name: str, value: Json, form: Form) -> bool:
        """Whether a line has a value from how it was opened, which nobody tells Odoo outside of the form."""
        is_plain = isinstance(value, (str, bool)) and not is_empty(value)
        return form.is_line and name in form.given and is_plain

    def _type(self, model: str, name: str, value: Json) -> str:
        return _type(self.about.described(model, name), name, value, "")

    def _is_wanted(self, place: str) -> bool:
        """Whether somebody decided about this value, or about something inside it."""
        return any(
            one == place or one.startswith((f"{place}.", f"{place}[")) for one in self.wanted
        )

    def _value(
        self,
        model: str,
        name: str,
        value: Json,
        form: Form,
        *,
        required: bool,
        creates: bool,
        place: str,
    ) -> Value:
        if isinstance(value, list) and value and all(is_command(command) for command in value):
            if self.open_inputs and creates and all(map(is_link, value)):
                if len(value) > 1:
                    told = f"{name}: a [4, id] for each -> [6, 0, ids], the same in a new record."
                    self.left.said.append(told)
                return [self.picks.of_new(model, name, value, form)]
            return [
                self._command(model, name, command, form, f"{place}[{position}]")
                for position, command in enumerate(value)
            ]
        if value == secret_fields.MASK:
            label, guessed = self.about.label(model, name)
            return self.inputs.add(
                name,
                label=label,
                type="secret",
                guessed=guessed,
                help="Not copied from the capture",
                why="a secret",
            )
        if not self.open_inputs:
            return value
        if is_properties(value):
            return opened_properties(value, form.defaults.get(name), self.inputs)
        described = self.about.described(model, name)
        default = default_of(name, form)
        if isinstance(default, float) and default.is_integer() and not isinstance(value, float):
            default = int(default)
        if isinstance(value, str) and value.startswith("<"):
            value = _EDITORS_OWN.sub("", value)
        identity = plain(value)
        relation = ""
        is_emptied = value is False and name.endswith("_id")
        if is_emptied or (isinstance(identity, int) and not isinstance(identity, bool)):
            relation = self.about.comodel(model, name, identity, form)
        label, guessed = self.about.label(model, name)
        type_ = _type(described, name, value, relation)
        if creates and not is_empty(default) and name != "name":
            # Odoo has a value of its own for it: a default to repeat, unless it was one of that day or record.
            is_its_own = bool(self.of_a_record) and type_ not in _SWITCHES
            required = type_ in _OF_ITS_DAY or is_its_own or name in form.given
        elif creates and self.of_a_record and not form.opened:
            # Nobody knows what such a dialog opens with: what was recorded stays, but for what tells of its record.
            required, default = self.of_a_record == "active" and type_ not in _SWITCHES, value
        return self.inputs.add(
            english.input_name(name),
            label=label,
            type=type_,
            required=required,
            default=None if required else default,
            example=identity if relation else value,
            options=described.selection if described else (),
            relation=relation,
            help=self.about.id_help(name, identity, relation, form),
            guessed=guessed,
            why=self._why(name, form),
        )

    def _why(self, name: str, form: Form) -> str:
        if name in form.typed:
            return f"typed or picked (call {form.typed[name]})"
        if form.opened and name in form.defaults:
            return "other than the form's default"
        return "filled in" if self.creates else "changed"

    def _command(self, model: str, name: str, command: list, form: Form, place: str) -> Value:
        """One x2many command; the client's `virtual_N` ids mean nothing outside it."""
        code = command[0]
        if code == 0 and len(command) > 2 and isinstance(command[2], dict):
            if form.has_filled_in(command[2]):
                return [0, 0, self._as_filled_in(name, command[2])]
        if code in (0, 1) and isinstance(command[2] if len(command) > 2 else None, dict):
            comodel = self.about.comodel(model, name, None, form)
            line = form.line_for(command[2]) or Form(comodel, is_line=True)
            comodel = comodel or line.model
            line.names.update({**form.names, **line.names})
            which = self._line(model, name, command, comodel)
            inner = self.record(comodel, command[2], line, creates=code == 0, place=place)
            return [code, which, inner]
        if not self.open_inputs:
            return without_virtual_ids(command)
        return self.picks.command(model, name, command, form)

    def _as_filled_in(self, name: str, values: dict[str, Json]) -> dict[str, Json]:
        """A line that Odoo put in and nobody touched: as recorded, for nothing puts it in outside of the form."""
        said = f"{name}: the lines that another choice filled in are sent as recorded."
        if said not in self.left.said:
            self.left.said.append(said)
        return {
            key: without_virtual_ids(value)
            for key, value in values.items()
            if not is_empty(plain(value)) or type(value) in (int, float)  # no quantity is one, too
        }

    def _line(self, model: str, name: str, command: list[Json], comodel: str) -> Value:
        if command[0] == 0:
            return 0
        return self.picks.line(model, name, command[1], comodel) if self.open_inputs else command[1]


def valued(
    draft: Draft,
    capture: Capture,
    forms: Forms,
    *,
    inputs: bool,
    keep_all: bool,
    wanted: frozenset[str] = frozenset(),
) -> Draft:
    """The draft with its values reduced to what was filled in, and these (if `inputs`) opened.

    `wanted` are places of values that are sent in any case.
    """
    creates = draft.method == "create"
    position = 0 if creates else 1
    values = draft.args[position] if len(draft.args) > position else None
    if not isinstance(values, dict) or archiving(draft) is not None:
        return draft  # of archiving the value is the deed
    collected = Inputs(draft.model, capture.fields().get(draft.model, {}))
    if draft.call.route == "/jsonrpc":  # somebody's own program sends what it means
        form = Form(draft.model, typed=dict.fromkeys(values, draft.call.n))
        form.defaults = {name: object() for name in values}
    else:
        form = forms.behind(draft.call)
    about = About(capture, forms.names)
    left = LeftOut(is_known=form.opened or bool(form.typed))
    other = None
    if creates and not form.opened and not form.typed:
        other = forms.opened(draft.call.model)
        form.lines = form.lines or (other.lines if other else [])
    meant = Meant(about, left, other)
    picks = Picks(about, collected)
    is_about = {"active_id", "active_ids"} & draft.call.context.keys()
    of_a_record = "active" if is_about else "wizard" if known_as_wizard(draft.model) else ""
    work = _Valuing(
        about, picks, collected, meant, left, creates, inputs, keep_all, of_a_record, wanted
    )
    sent = work.record(draft.model, values, form, creates=creates)
    args = [*draft.args[:position], sent, *draft.args[position + 1 :]]
    context = {  # what is an input now is no default any more
        key: value
        for key, value in draft.context.items()
        if not (creates and key.startswith("default_") and _is_asked(sent.get(key[8:])))
    }
    said = left.notes(capture.session.major, creates=creates, all_sent=keep_all)
    return replace(
        draft,
        args=args,
        context=context,
        inputs=(*draft.inputs, *collected.found),
        notes=(*draft.notes, *said),
    )


def _is_asked(value: Value) -> bool:
    """Whether a value is asked for: a text, or a day. The records that a form is about stay in its context as well."""
    return isinstance(value, Input) and value.type in ("char", "text", "date", "datetime")


def _type(described: Field | None, name: str, value: Json, relation: str) -> str:
    if described and described.type:
        return described.type
    if relation:
        return "many2one"
    return type_of(name, value)
