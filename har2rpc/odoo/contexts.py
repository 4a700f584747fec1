"""Selects the keys of a recorded context that matter outside the web client.

Source: `context` handling of Odoo 12-19 (see the table in the protocol notes): the client's own keys only
steer its views; `lang`, `tz`, `allowed_company_ids` and whatever a module reads change results.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from har2rpc.model import Json
from har2rpc.odoo.methods import ARCHIVING, CREATES, IMPORT_METHODS, WRITES
from har2rpc.odoo.schema.wizards import known_as_wizard

_CLIENT_ONLY = frozenset("""
    uid bin_size params group_by orderedBy current_company_id base_model_name no_breadcrumbs
    dialog_size footer create edit delete export_xlsx
    is_action_res_users active_domain
    """.split())
_CLIENT_PREFIXES = re.compile(
    r"^(?:search_default_|searchpanel_default_|pivot_|graph_|form_view_|display_)|_view_ref$"
)
_ACTIVE = frozenset({"active_id", "active_ids", "active_model"})
# An embedded view sends the user's groups as keys ("base.group_user": true): rights, not wishes.
_GROUP_KEY = re.compile(r"^[a-z0-9_]+\.[a-z0-9_]+$")


def meaningful(
    context: dict[str, Json], method: str, *, changes: bool, creates: bool
) -> dict[str, Json]:
    """The context to send through the API: all but the client's own keys.

    `default_*` stays where something is created and for actions, for a method that we do not know may read it (the
    timesheet grid's `grid_update_cell` does); `active_*` there and for writes: a wizard's first values are made from
    them.
    """
    is_action = changes and method not in WRITES | ARCHIVING
    kept = {}
    for key, value in context.items():
        if key in _CLIENT_ONLY or _CLIENT_PREFIXES.search(key) or _GROUP_KEY.match(key):
            continue
        if key.startswith("default_") and not (creates or is_action):
            continue
        if key in _ACTIVE and not (changes or creates):
            continue
        kept[key] = value
    return kept


def page_keys(context: dict[str, Json], model: str, ids: Collection[int]) -> set[str]:
    """The `active_*` keys that another model's page left in the context of a call on records other than wizards.

    A wizard acts on the records that it was opened for; an action on a task is about the task, whatever project was open.
    """
    opener = context.get("active_model")
    is_left = bool(ids) and isinstance(opener, str) and opener != model
    return set(_ACTIVE & context.keys()) if is_left and known_as_wizard(model) is False else set()


def creates_something(method: str, args: list[Json]) -> bool:
    """Whether a call creates a record, so that `default_*` keys of its context count."""
    if method in ("web_save", "onchange"):  # onchange: the form of a record that is not there yet
        return not (args and args[0])
    return method in CREATES | IMPORT_METHODS or method in ("default_get", "load")
