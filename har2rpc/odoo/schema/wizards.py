"""Decides which models are wizards: their records live only while a dialog is open (`TransientModel`, Odoo 12-19).

`data/models.json` has what `tools/odoo_tables.py` read from servers; you may add a custom model by hand, and the tool keeps
it. More about dialogs is in `form_defaults.py` (what only the form fills in) and `converting/correlate/produced_ids.py` (what
a button returns).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from har2rpc.model import Call
from har2rpc.odoo import methods

_DATA = Path(__file__).parent.with_name("data") / "models.json"
_NAMED_SO = re.compile(r"(?:^|[._])wizard(?:$|[._])")
_OPENING = frozenset({"onchange", "default_get", "create", "web_save"})
_LISTING = methods.SEARCHES | methods.GROUPINGS | methods.NAME_SEARCHES


def is_wizard(model: str, calls: Iterable[Call]) -> bool:
    """Whether a model is a wizard: for Odoo's own models from the table, for others judging by name and calls.

    Nobody lists or searches the records of a dialog, and it is opened about records (`active_id`).
    """
    if (known := known_as_wizard(model)) is not None:
        return known
    if _NAMED_SO.search(model):
        return True
    own = [call for call in calls if call.model == model]
    if any(call.method in _LISTING for call in own):
        return False
    return any(call.method in _OPENING and "active_id" in call.context for call in own)


def known_as_wizard(model: str) -> bool | None:
    """Whether a model of Odoo's own is a wizard; None for an unknown model.

    For what would be wrong of a model that only looks like a dialog: which of its values are sent.
    """
    return _known().get(model)


@cache
def _known() -> dict[str, bool]:
    """Whether a model of Odoo's own is transient."""
    table = json.loads(_DATA.read_text(encoding="utf-8"))
    return {**dict.fromkeys(table["kept"], False), **dict.fromkeys(table["transient"], True)}
