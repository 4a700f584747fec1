"""The values that a save leaves out or changes, and whether Odoo has them by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from har2rpc.model import Call, FormSpec, Json
from har2rpc.odoo import call_args
from har2rpc.odoo.form_answers import FormAnswers
from har2rpc.odoo.schema.saved_values import SavedValue, compare_saves
from har2rpc.proving.compare import NOTHING, Difference

_MOST = 6  # names in a verdict


class UnsentValue(NamedTuple):
    """A value that the client saved and the code does not send."""

    path: str
    """As overrides name it: `vals.order_line[0].price_unit`."""
    field: str
    recorded: Json
    reason: str
    """Why Odoo has the value anyway; "" if nothing in the capture proves it."""


class Sending(NamedTuple):
    """What a run sent, compared with what the client saved."""

    unsent: Sequence[UnsentValue] = ()
    changed: Sequence[Difference] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The problems: changed values, and values left out without a reason in the capture."""
        lost = (
            Difference(one.path, one.recorded, NOTHING) for one in self.unsent if not one.reason
        )
        return (*self.changed, *lost)

    def __str__(self) -> str:
        """`2 values not sent: price_unit, discount`, those that nothing explains first; "" where all were sent."""
        if not self.unsent:
            return ""
        by_reason = sorted(self.unsent, key=lambda one: bool(one.reason))
        fields = list(dict.fromkeys(one.field for one in by_reason))
        rest = f" and {len(fields) - _MOST} more" if len(fields) > _MOST else ""
        values = "1 value" if len(self.unsent) == 1 else f"{len(self.unsent)} values"
        return f"{values} not sent: {', '.join(fields[:_MOST])}{rest}"


def compare_sending(
    call: Call, sent: Mapping[str, Json], forms: FormAnswers, asked_form: FormSpec | None = None
) -> Sending:
    """Compares what was sent for a recorded save of one record with what the client saved.

    `asked_form` is the form that the code asks first; `sent` is then what it asks with.
    """
    ids = () if call.method == "create" else call_args.record_ids(call)
    changed, left_out = compare_saves(call_args.saved_values(call), sent, creates=not ids)
    lines = asked_form.lines.values() if asked_form else ()
    set_by_form = {name for form in (asked_form, *lines) if form for name in form.saves}

    def reason(one: SavedValue) -> str:
        from_form = "asked from the form" if one.field in set_by_form else ""
        return forms.explanation(call, one) or from_form

    return Sending(
        [UnsentValue(f"vals.{one.path}", one.field, one.value, reason(one)) for one in left_out],
        [Difference(f"vals.{path}", recorded, value) for path, recorded, value in changed],
    )
