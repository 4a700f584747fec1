"""Names and views: the dropdown's search becomes name_search, a view's fields become fields_get."""

from __future__ import annotations

from har2rpc.converting.draft import Draft
from har2rpc.converting.translate.named_args import named, replaced
from har2rpc.model import Capture, Json

_ATTRIBUTES = ["string", "type", "required", "readonly", "help", "selection", "relation"]


def web_name_search(draft: Draft, capture: Capture) -> Draft:
    """Odoo 19: name_search finds the same records, and answers id and name alone."""
    given = named(draft, ("name", "specification", "domain", "operator", "limit"))
    kwargs = {key: given[key] for key in ("name", "domain", "operator", "limit") if key in given}
    specification: Json = given.get("specification")
    asked = specification if isinstance(specification, dict) else {}
    lost = [name for name in asked if name not in ("id", "display_name")]
    without = f"; {', '.join(lost)} are not read" if lost else ""
    note = f"web_name_search -> name_search: pairs of id and name{without}."
    return replaced(draft, method="name_search", args=[], kwargs=kwargs, notes=(note,))


def views(draft: Draft, capture: Capture) -> Draft:
    """What a program wants of a view are its model's fields (fields_get: Odoo 12 to 19)."""
    note = (
        f"{draft.method} -> fields_get: labels, types and options of all fields of the model; the view itself "
        "(`arch`), its filters and the fields of other models are left out."
    )
    kwargs = {"attributes": _ATTRIBUTES}
    return replaced(draft, method="fields_get", args=[], kwargs=kwargs, notes=(note,))
