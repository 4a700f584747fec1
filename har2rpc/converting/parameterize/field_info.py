"""What a capture tells of a field in a form: its label, its comodel, what its id was called there."""

from __future__ import annotations

from dataclasses import dataclass

from har2rpc.converting.display_names import Names, first_line
from har2rpc.converting.draft import Inputs
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.model import Capture, Field, Json
from har2rpc.odoo import english
from har2rpc.odoo.schema import relations


@dataclass(frozen=True, slots=True)
class About:
    """Looks fields up in the capture's views, else in the form's answers, else in Odoo's habits."""

    capture: Capture
    names: Names

    def described(self, model: str, name: str) -> Field | None:
        """The field as a view describes it; None where none does."""
        return self.capture.fields().get(model, {}).get(name)

    def label(self, model: str, name: str) -> tuple[str, bool]:
        """Its label, and whether that had to be guessed."""
        return Inputs(model, self.capture.fields().get(model, {})).label(name)

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
        shown = form.names.get((name, identity)) or form.names.get((f"<{relation}>", identity))
        return self.names.id_help(relation, name, identity, first_line(shown or ""))


def _picked_from(name: str, identity: Json, form: Form) -> str:
    """The model of the dropdown that an id was picked from: it showed the id under the same name."""
    identity = identity[0] if isinstance(identity, list) and identity else identity
    shown = form.names.get((name, identity)) if isinstance(identity, int) else None
    for (place, shown_id), label in reversed(form.names.items()):
        if shown_id == identity and place.startswith("<") and shown in (None, label):
            return place.strip("<>") if shown else ""
    return ""
