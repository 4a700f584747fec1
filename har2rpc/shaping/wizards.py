"""A wizard's record lives only while its dialog is open: a recorded id of one is worth nothing later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from har2rpc.model import Call, Capture
from har2rpc.shaping.joining import Joined

_NAMED_SO = re.compile(r"(?:^|[._])wizard(?:$|[._])")
_OPENING = frozenset({"onchange", "default_get", "create", "web_save"})


def with_wizards_told(groups: Sequence[Joined], capture: Capture) -> None:
    """Says it where an action is done on a wizard whose creation is not among the actions."""
    is_wizard = cache(lambda model: _is_wizard(model, capture.calls))
    for group in groups:
        model = group.draft.model
        on_it = [made.name for made in group.draft.inputs if made.relation == model]
        unlinked = any(
            isinstance(run.values.get(name), int) for run in group.runs for name in on_it
        )
        if not unlinked or not group.draft.changes or not is_wizard(model):
            continue
        made = [call for call in capture.calls if call.model == model and call.result_ids]
        how = f"convert its creation with it (-n {made[-1].n},…)" if made else "create one first"
        note = (
            f"{model} is a wizard: its recorded id is gone, for such a record lives only while its dialog is open; "
            f"{how}."
        )
        group.draft = replace(group.draft, notes=(*group.draft.notes, note))


def _is_wizard(model: str, calls: Sequence[Call]) -> bool:
    """Whether the capture, or its name, tells that a model is one of dialogs."""
    if _NAMED_SO.search(model):
        return True
    return any(
        call.model == model and call.method in _OPENING and "active_id" in call.context
        for call in calls
    )
