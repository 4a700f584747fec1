"""One record or line of a save with its form: which of its values had the form set?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from har2rpc.converting.parameterize.field_info import FieldInfo
from har2rpc.converting.parameterize.form_session import Form
from har2rpc.converting.parameterize.form_values import is_empty, plain
from har2rpc.model import Decision, Json, Value


@dataclass(frozen=True, slots=True)
class SavedForm:
    """One record of a save, or one line of it, with its form and the decisions on its values."""

    model: str
    values: Mapping[str, Json]
    form: Form
    decisions: Sequence[Decision]
    plain_defaults: frozenset[str] = frozenset()
    """The fields that the opening had from a default: `create` sets them as well."""


def is_set_by_form(saved: SavedForm, decision: Decision) -> bool:
    """Whether an onchange set a value that is not the user's: a later one, or the opening where it is no plain default."""
    form, name = saved.form, decision.name
    if decision.becomes not in ("nothing", "form") or decision.origin not in (
        "default",
        "computed",
    ):
        return False
    if is_empty(plain(decision.value)) or (form.is_line and name == "sequence"):
        return False
    return name in form.computed or (
        not form.is_line
        and name in form.defaults
        and name not in form.context_defaults
        and name not in saved.plain_defaults
    )


def plain_defaults(
    saved: SavedForm, fields: FieldInfo, context: Mapping[str, Value]
) -> Iterator[str]:
    """Fields whose value at the opening a default gives: switches, choices, and the records that a dialog is about.

    Which of the others are defaults, and which its first onchange set, an opening does not tell.
    """
    ids = context.get("active_ids")
    about = [context.get("active_id"), *(ids if isinstance(ids, list) else ())]
    for name, value in saved.values.items():
        linked = plain(value)
        is_about = isinstance(linked, list) and bool(linked) and all(one in about for one in linked)
        is_choice = fields.type(saved.model, name, value) == "selection"
        if is_choice or is_about or isinstance(value, bool) or linked in about:
            yield name
