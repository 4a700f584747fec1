"""Which values of a form the person meant: those typed, not those that the form had or worked out by itself."""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.converting.parameterize.field_info import About
from har2rpc.converting.parameterize.form_session import (
    Form,
    is_empty,
    is_empty_html,
    plain,
    same,
)
from har2rpc.converting.parameterize.left_out import LeftOut
from har2rpc.converting.parameterize.properties import filled, is_properties
from har2rpc.model import Json
from har2rpc.odoo.schema import form_defaults, relations
from har2rpc.odoo.schema.wizards import known_as_wizard


@dataclass(frozen=True, slots=True)
class Meant:
    """Tells what the person meant from the rest, and notes down why the rest is not."""

    about: About
    left: LeftOut
    foreign: Form | None = None
    """Another form of the same model in this capture, where this one's opening is not in it."""

    def by_the_person(
        self, model: str, values: dict[str, Json], form: Form, *, creates: bool
    ) -> list[str]:
        """The fields whose values the person gave."""
        found = [name for name in values if self._is_meant(model, name, values, form, creates)]
        if creates:
            found += [
                name
                for name, value in values.items()
                if name not in found and self._is_sent_anyway(model, name, value, form)
            ]
        for name, follows in relations.FOLLOWS_FROM.items():
            if name in found and follows in found:
                found.remove(name)
        return found

    def needed(self, model: str, changed: list[str], form: Form) -> set[str]:
        """The fields that a new record cannot be without: as its model says, else its name and what came first."""
        needed = {
            name
            for name in changed
            if (described := self.about.described(model, name))
            and described.required
            and is_empty(default_of(name, form))
        }
        needed |= form_defaults.NEEDED & set(changed)
        if known_as_wizard(model):
            return needed
        first = next((name for name in form.typed if name in changed), "")
        return needed or {first or next(iter(changed), "")}

    def _is_meant(
        self, model: str, name: str, values: dict[str, Json], form: Form, creates: bool
    ) -> bool:
        value = values[name]
        if not creates:
            # An edit sends what was changed and no more; a field that was emptied is a change, too.
            computed = name in form.computed and name not in form.typed
            if is_empty_html(value) and name not in form.typed:
                self.left.said.append(
                    f"{name}: no text, as the editor writes it, is left out; if it was taken out, keep it (--keep)."
                )
                return False
            return not (computed and same(plain(value), form.computed[name]))
        if is_properties(value):
            return bool(filled(value, form.defaults.get(name)))
        if not form.changed(name, value):
            return False
        if form.opened or name in form.typed:
            return True
        other = self.foreign
        if other is None:  # no opening in the file, and no other form to learn from
            return not self._by_habit(model, name, values)
        # No opening in the file: what another form of this model had by itself was not typed here either.
        known = name in other.defaults or name in other.computed
        return name in other.typed or not known

    def _is_sent_anyway(self, model: str, name: str, value: Json, form: Form) -> bool:
        """Whether a new record is without this value although the form had it by itself."""
        if is_empty(plain(value)):
            # An unticked box of settings whose opening is not known may be what was done.
            is_box = name.startswith(("group_", "module_")) and value is False
            return is_box and model == "res.config.settings" and not form.opened
        described = self.about.described(model, name)
        type_ = described.type if described else ""
        # Typed or clicked where the form was opened from.
        if name in form.given and not form.is_line:
            return name == "name" or type_ in ("date", "datetime")
        is_needed = described is not None and described.required and type_ == "many2one"
        if is_needed and known_as_wizard(model) and described.relation != "res.partner":
            return True  # a dialog works it out from what it is about, and not always outside of the form
        alone = form_defaults.form_only_fields(model, self.about.capture.session.major)
        return name in alone or self._is_worked_out(model, name, form)

    def _is_worked_out(self, model: str, name: str, form: Form) -> bool:
        """Whether the form put another moment there than it had opened with: a new record would get the first one again."""
        default, last = form.defaults.get(name), form.computed.get(name)
        if name in form.typed or is_empty(default) or is_empty(last) or same(default, last):
            return False
        described = self.about.described(model, name)
        return described is not None and described.type == "datetime"

    def _by_habit(self, model: str, name: str, values: dict[str, Json]) -> bool:
        """Whether forms fill this in by themselves, as far as one can tell without having seen this one open."""
        if not form_defaults.is_filled_in(name, values) or self._was_seen(model, name, values):
            return False
        self.left.unseen.append(name)
        return True

    def _was_seen(self, model: str, name: str, values: dict[str, Json]) -> bool:
        """Whether it is a record that the capture creates, finds or shows: the person had it at hand."""
        value = plain(values[name])
        if type(value) is not int or not name.endswith("_id"):
            return False
        comodel = self.about.comodel(model, name, value, Form(model))
        calls = self.about.capture.calls
        is_new = any(value in call.result_ids for call in calls if call.model == comodel)
        return is_new or bool(self.about.names.of(comodel, value))

    def leave(self, name: str, value: Json, form: Form) -> None:
        """Notes down a value that is not sent, and whose it was."""
        if is_empty(plain(value)) or name in self.left.unseen:
            return
        if form_defaults.form_only_fields(form.model, self.about.capture.session.major):
            if name == "attachment_ids":
                self.left.said.append(
                    f"{name}: files that the form made for this record alone are left out."
                )
                return
        by_form = name in form.computed or (self.foreign and name in self.foreign.computed)
        (self.left.computed if by_form else self.left.defaults).append(name)


def must_be_given(name: str, value: Json, form: Form) -> bool:
    """Whether leaving a value out would be a value: no quantity is zero, and what the form had is not known."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and not (name.endswith("_id") or form.opened or name in form.defaults)


def default_of(name: str, form: Form) -> Json:
    """What Odoo puts there by itself; a program of its own has no form, and so no defaults."""
    default = form.defaults.get(name, False)
    return False if type(default) is object else default
