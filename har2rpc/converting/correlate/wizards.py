"""A wizard's record lives only while its dialog is open: a recorded id of one is worth nothing later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from har2rpc.converting.correlate.merge import Joined
from har2rpc.model import Capture
from har2rpc.odoo.schema.wizards import is_wizard


def with_wizards_told(groups: Sequence[Joined], capture: Capture) -> None:
    """Says it where an action is done on a wizard whose creation is not among the actions."""
    is_of_dialogs = cache(lambda model: is_wizard(model, capture.calls))
    for group in groups:
        model = group.draft.model
        on_it = [made.name for made in group.draft.inputs if made.relation == model]
        unlinked = any(
            isinstance(run.values.get(name), int) for run in group.runs for name in on_it
        )
        if not unlinked or not group.draft.changes or not is_of_dialogs(model):
            continue
        made = [call for call in capture.calls if call.model == model and call.result_ids]
        how = f"convert its creation with it (-n {made[-1].n},…)" if made else "create one first"
        note = (
            f"{model} is a wizard: its recorded id is gone, for such a record lives only while its dialog is open; "
            f"{how}."
        )
        group.draft = replace(group.draft, notes=(*group.draft.notes, note))
