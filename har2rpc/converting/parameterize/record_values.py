"""Carries out the decisions on the values of a create or write: they become inputs, literals and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from har2rpc.converting.draft import PLACE, Draft, Inputs, archiving
from har2rpc.converting.parameterize.decision_notes import summarize
from har2rpc.converting.parameterize.decisions import FILES_OF_THE_FORM, NO_TEXT, Decider
from har2rpc.converting.parameterize.field_info import FieldInfo
from har2rpc.converting.parameterize.file_inputs import file_input, owner_input
from har2rpc.converting.parameterize.form_session import Form, Forms
from har2rpc.converting.parameterize.form_spec import ask_form
from har2rpc.converting.parameterize.form_values import (
    is_empty,
    is_nothing,
    plain,
    without_defaults,
)
from har2rpc.converting.parameterize.properties import is_properties, parameterize_properties
from har2rpc.converting.parameterize.saved_form import SavedForm
from har2rpc.converting.parameterize.x2many import CommandInputs
from har2rpc.converting.paths import step
from har2rpc.model import Capture, Decision, Input, Json, Value
from har2rpc.model.values import inputs_in, is_id
from har2rpc.odoo import english, secret_fields, versions
from har2rpc.odoo.routes import PROGRAM_ROUTES
from har2rpc.odoo.schema.commands import (
    Command,
    Create,
    Link,
    Update,
    command_json,
    parse_commands,
    picks_only,
    without_virtual_ids,
)
from har2rpc.odoo.schema.field_types import file_of
from har2rpc.odoo.schema.wizards import known_as_wizard

# What the editor notes down in a text of HTML: Odoo refuses one text's history in another record.
_EDITORS_OWN = re.compile(r'\sdata-(?:oe-version|last-history-steps)="[^"<>]*"')


def parameterize_values(
    draft: Draft,
    capture: Capture,
    forms: Forms,
    *,
    open_inputs: bool,
    keep_all: bool,
    overridden: frozenset[str] = frozenset(),
) -> Draft:
    """The draft with its values reduced to what was filled in, and these (if `open_inputs`) as inputs.

    `overridden` are paths of values that are sent in any case.
    """
    creates = draft.method == "create"
    position = 0 if creates else 1
    values = draft.args[position] if len(draft.args) > position else None
    if not isinstance(values, dict):
        return draft
    if archiving(draft) is not None:
        why = "the call only archives or unarchives"
        decision = Decision("vals.active", "active", values["active"], "literal", "user", why)
        return replace(draft, decisions=(decision,))
    call = draft.public_call
    form = forms.behind(call, draft.source_call)
    if _is_of_program(draft, values, form):
        form = _program_form(draft.model, values, call.n)
    other_form = None
    if creates and not form.has_initial_onchange and not form.typed:
        other_form = forms.first_of(call.model)
        form.lines = form.lines or (other_form.lines if other_form else [])
    fields = FieldInfo(capture, forms.names)
    opened_about = _opened_about(draft)
    started = draft.source_call.started
    decider = Decider(fields, creates, other_form, started, opened_about, overridden, keep_all)
    inputs = Inputs(draft.model, capture.fields().get(draft.model, {}))
    is_order = draft.source_call.method in ("resequence", "web_resequence")
    why = PLACE if is_order else ""
    record = _RecordValues(decider, CommandInputs(fields, inputs), open_inputs, why)
    sent = record.parameterize(draft.model, values, form, creates=creates)
    asked_form = None
    if open_inputs and not keep_all and not form.is_program:
        asked_form = ask_form(record.forms, record.decisions, sent, fields, draft)
    if asked_form:
        sent, record.decisions = asked_form.sent, asked_form.decisions
        used = inputs_in(sent)
        inputs.collected = [param for param in inputs.collected if param in used]
    is_known = form.has_initial_onchange or bool(form.typed)
    counted = summarize(
        record.decisions,
        versions.oldest_of(capture.session.version),
        creates=creates,
        is_known=is_known,
        keep_all=keep_all,
        model=draft.model,
    )
    return replace(
        draft,
        args=[*draft.args[:position], sent, *draft.args[position + 1 :]],
        context=without_defaults(draft.context, sent) if creates else draft.context,
        inputs=(*draft.inputs, *inputs.collected),
        notes=(*draft.notes, *counted, *record.notes),
        decisions=tuple(record.decisions),
        form=asked_form.spec if asked_form else None,
    )


def _is_of_program(draft: Draft, values: dict[str, Json], form: Form) -> bool:
    """Whether a program sent the values, which means all of them: a form saves fields that hold nothing, too."""
    is_form = form.has_initial_onchange or form.typed or any(map(is_nothing, values.values()))
    call = draft.source_call
    return call.route in PROGRAM_ROUTES or (call.method == "create" and not is_form)


def _program_form(model: str, values: dict[str, Json], n: int, *, is_line: bool = False) -> Form:
    return Form(model, is_line=is_line, is_program=True, typed=dict.fromkeys(values, n))


def _opened_about(draft: Draft) -> Literal["", "active", "wizard"]:
    if {"active_id", "active_ids"} & draft.source_call.context.keys():
        return "active"
    return "wizard" if known_as_wizard(draft.model) else ""


@dataclass(slots=True)
class _RecordValues:
    """Carries out the decisions on one form and its lines."""

    decider: Decider
    commands: CommandInputs
    open_inputs: bool
    why: str = ""
    """Why all values are inputs, if no form decides that."""
    decisions: list[Decision] = field(default_factory=list)
    """Those on all values, a line's behind that on its field."""
    notes: list[str] = field(default_factory=list)
    forms: dict[str, SavedForm] = field(default_factory=dict)
    """By path: the record's form, and those of its lines."""

    def parameterize(
        self, model: str, values: dict[str, Json], form: Form, *, creates: bool, path: str = "vals"
    ) -> dict[str, Value]:
        """The values to send for one record (or one line of it, which stands at `path`)."""
        decisions = self.decider.decide(model, values, form, creates=creates, path=path)
        self.forms[path] = SavedForm(model, values, form, decisions)
        self.notes += [
            f"{decision.name}: an empty text of the editor is left out; if the user cleared it, keep it (--keep)."
            for decision in decisions
            if decision.reason == NO_TEXT
        ]
        sent: dict[str, Value] = {}
        for decision in decisions:
            self.decisions.append(decision)
            if decision.reason == FILES_OF_THE_FORM:
                self.notes.append(f"{decision.name}: {FILES_OF_THE_FORM} are left out.")
            if decision.becomes == "literal":
                sent[decision.name] = without_virtual_ids(decision.value)
            elif decision.becomes == "input":
                inputs = self.commands.inputs if self.open_inputs else None
                owner = inputs and owner_input(decision, values, inputs)
                sent[decision.name] = owner or self._value(model, decision, form, creates=creates)
        for decision in decisions:
            source = sent.get(decision.follows)
            is_record = isinstance(source, Input) and is_id(source.example)
            if decision.becomes == "literal" and isinstance(source, Input) and is_record:
                value = sent[decision.name]
                sent[decision.name] = self.commands.inputs.follow(decision.name, value, source)
        return sent

    def _value(self, model: str, decision: Decision, form: Form, *, creates: bool) -> Value:
        name, value = decision.name, decision.value
        if commands := parse_commands(value):
            links = [command for command in commands if isinstance(command, Link)]
            if self.open_inputs and creates and len(links) == len(commands):
                if len(links) > 1:
                    note = f"{name}: a [4, id] for each -> [6, 0, ids], the same in a new record."
                    self.notes.append(note)
                return [self.commands.parameterize_links(model, name, links, form)]
            is_optional = not (creates or decision.required) and picks_only(commands)
            record = replace(self, commands=replace(self.commands, required=not is_optional))
            places = [f"{decision.path}[{position}]" for position in range(len(commands))]
            return [
                record._command(model, name, command, form, place, creates=creates)
                for command, place in zip(commands, places, strict=True)
            ]
        fields, inputs = self.decider.fields, self.commands.inputs
        label, guessed = fields.label(model, name)
        if value == secret_fields.MASK:
            return inputs.add(
                name,
                label=label,
                type="secret",
                guessed=guessed,
                help="Not copied from the capture",
                why="a secret",
            )
        described = fields.described(model, name)
        if file := file_of(name, value, described):
            return file_input(name, file, value, inputs, label, guessed=guessed)
        if not self.open_inputs:
            return value
        if is_properties(value):
            return parameterize_properties(value, form.defaults.get(name), inputs)
        if isinstance(value, str) and value.startswith("<"):
            value = _EDITORS_OWN.sub("", value)
        identity = plain(value)
        is_emptied = value is False and name.endswith("_id")
        is_record = is_emptied or is_id(identity)
        relation = fields.comodel(model, name, identity, form) if is_record else ""
        return inputs.add(
            english.input_name(name, model),
            label=label,
            type=fields.type(model, name, value, relation),
            required=decision.required,
            default=decision.default,
            example=identity if relation else value,
            options=described.selection if described else (),
            relation=relation,
            help=fields.id_help(name, identity, relation, form),
            guessed=guessed,
            why=self.why or form.how_entered(name, creates=self.decider.creates)[0],
        )

    def _command(
        self, model: str, name: str, command: Command, form: Form, path: str, *, creates: bool
    ) -> list[Value]:
        """One x2many command; the client's `virtual_N` ids mean nothing outside it."""
        if isinstance(command, (Create, Update)):
            return self._line(model, name, command, form, path)
        if not self.open_inputs:
            return command_json(command)
        return self.commands.parameterize(model, name, command, form, creates=creates)

    def _line(
        self, model: str, name: str, command: Create | Update, form: Form, path: str
    ) -> list[Value]:
        """A line that is created or changed, its values decided about like those of the record."""
        creates, values = isinstance(command, Create), command.values
        if creates and form.has_filled_in(values):
            return command_json(Create(self._filled_in_line(name, values, path)))
        comodel = self.decider.fields.comodel(model, name, None, form)
        if form.is_program:
            line = _program_form(comodel, values, next(iter(form.typed.values()), 0), is_line=True)
        else:
            line = form.line_for(values) or Form(comodel, is_line=True)
        comodel = comodel or line.model
        line.names.update({**form.names, **line.names})
        if isinstance(command, Update):
            # The input of the line comes before those of its values.
            which = command.id
            if self.open_inputs:
                which = self.commands.line_id(model, name, command, comodel)
            return command_json(
                Update(which, self.parameterize(comodel, values, line, creates=False, path=path))
            )
        return command_json(
            Create(self.parameterize(comodel, values, line, creates=True, path=path))
        )

    def _filled_in_line(self, name: str, values: dict[str, Json], path: str) -> dict[str, Json]:
        """A line that Odoo put in and nobody touched: as recorded, for nothing puts it in outside of the form."""
        note = f"{name}: lines that another field filled in are sent as recorded."
        if note not in self.notes:
            self.notes.append(note)
        sent = {
            key: without_virtual_ids(value)
            for key, value in values.items()
            if not is_empty(plain(value)) or type(value) in (int, float)  # no quantity is one, too
        }
        reason = "part of a line that another field filled in"
        self.decisions += [
            Decision(
                path + step(key),
                key,
                value,
                "literal" if key in sent else "nothing",
                "line",
                reason,
            )
            for key, value in values.items()
        ]
        return sent
