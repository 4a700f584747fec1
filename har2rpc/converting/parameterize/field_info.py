"""What a capture says about a field in a form: its label, its comodel, the name of its record."""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.converting.draft import Inputs
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.model import Capture, Field, Json
from har2rpc.odoo import english
from har2rpc.odoo.display_names import DisplayNames, first_line
from har2rpc.odoo.schema import relations
from har2rpc.odoo.schema.field_types import type_of


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """Looks fields up in the capture's views, else in the form's answers, else in Odoo's conventions."""

    capture: Capture
    names: DisplayNames

    def described(self, model: str, name: str) -> Field | None:
        """The field as a view describes it; None where none does."""
        return self.capture.fields().get(model, {}).get(name)

    def label(self, model: str, name: str) -> tuple[str, bool]:
        """Its label, and whether that had to be guessed."""
        return Inputs(model, self.capture.fields().get(model, {})).label(name)

    def type(self, model: str, name: str, value: Json, relation: str = "") -> str:
        """Its type: as a view has it, else what its name, the value and the model of its ids tell."""
        field = self.described(model, name)
        if field and field.type:
            return field.type
        return "many2one" if relation else type_of(name, value)

    def comodel(self, model: str, name: str, identity: Json, form: Form) -> str:
        """The model that an id (or the first of several) in this field belongs to; "" if nothing tells."""
        described = self.described(model, name)
        known = self.names.relation(model, name)
        if not known and described is None:
            known = relations.usual_model(f"{english.field_noun(name)}_id", model)
        if known or (described and described.type.partition("2")[0] not in ("many", "one", "")):
            return known
        return _picked_from(name, identity, form)

    def id_help(self, name: str, identity: Json, relation: str, form: Form) -> str:
        """`Id of a res.country (20 was Belgium)`; "" where the model is unknown."""
        if not relation:
            return ""
        label = form.names.get((name, identity)) or form.names.get((f"<{relation}>", identity))
        return self.names.id_help(relation, name, identity, first_line(label or ""))


def _picked_from(name: str, identity: Json, form: Form) -> str:
    """The model of the dropdown that an id was picked from: it showed the id under the same name."""
    identity = identity[0] if isinstance(identity, list) and identity else identity
    name_in_form = form.names.get((name, identity)) if isinstance(identity, int) else None
    for (source, each), label in reversed(form.names.items()):
        if each == identity and source.startswith("<") and name_in_form in (None, label):
            return source.strip("<>") if name_in_form else ""
    return ""
