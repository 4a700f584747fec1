"""Which values a form had by itself when it was saved, according to the answers to `onchange` and `default_get`.

`verify` uses it to check generated code against the capture, so it is independent of how the code was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from har2rpc.model import Call, Json
from har2rpc.odoo.schema import onchange
from har2rpc.odoo.schema.commands import Create, Update, parse_commands
from har2rpc.odoo.schema.relations import FOLLOWS_FROM
from har2rpc.odoo.schema.saved_values import SavedValue, is_same_value

_ANSWERING = frozenset({"onchange", "default_get"})
_SAVING = frozenset({"create", "write", "web_save"})
_CLOCK_RUNS = (timedelta(minutes=-5), timedelta(hours=1))


class _FormValue(NamedTuple):
    """A value that a form was answered."""

    call: Call
    is_of_line: bool
    """It stood in a line of the form (or in a line's own form)."""
    value: Json


class FormAnswers:
    """The answers that the forms of a capture received. They are read when the first value is looked for."""

    def __init__(self, calls: Sequence[Call], major: int | None) -> None:
        self._calls = calls
        self._major = major

    def explanation(self, save: Call, saved: SavedValue) -> str:
        """Why Odoo has this value without receiving it, according to the capture; "" if the capture does not show it."""
        if saved.field == "sequence" and saved.is_of_line:
            return "the client numbers its lines"
        if (source := FOLLOWS_FROM.get(saved.field)) in saved.beside:
            return f"Odoo sets it with {source}"
        default = None if saved.is_of_line else save.context.get(f"default_{saved.field}")
        if default is not None and is_same_value(default, saved.value):
            return "a default in the context"
        answers = self._by_field.get(saved.field, [])
        of_model = [
            answer
            for answer in answers
            if answer.call.model == save.model or (saved.is_of_line and answer.is_of_line)
        ]
        first = self._start_of_form(save)
        own = [answer for answer in of_model if first <= answer.call.n < save.n]
        # What an onchange set later on, `create` sets by itself in some forms alone.
        is_set_anyway = onchange.is_same_by_create(save.model, self._major) or onchange.is_left_out(
            save.model, self._major
        )
        for answer in own or of_model:
            if not (is_set_anyway or _is_opening(answer.call)):
                continue
            if is_same_value(answer.value, saved.value):
                where = f"call {answer.call.n}"
                return f"the form had it ({where})" if own else f"another form had it ({where})"
        if saved.value is False and not own and (opening := self._opening(save, first)):
            return f"the form had it (call {opening})"  # up to 16 it is answered what is set alone
        return "the time of the recording" if _is_clock(saved.value, save.started) else ""

    def _start_of_form(self, save: Call) -> int:
        """The number of the call behind the last save of the same model: what the form was asked begins there."""
        before = (
            call.n + 1
            for call in reversed(self._calls)
            if call.n < save.n
            and call.model == save.model
            and call.method in _SAVING
            and call.outcome != "error"
        )
        return next(before, 1)

    def _opening(self, save: Call, first: int) -> int:
        """The number of the call that opened the form, from call `first` on; 0 where the capture does not have it."""
        return next(
            (
                call.n
                for call in self._calls
                if first <= call.n < save.n
                and (call.model, call.method) == (save.model, "onchange")
                and _is_opening(call)
            ),
            0,
        )

    @cached_property
    def _by_field(self) -> Mapping[str, Sequence[_FormValue]]:
        """All answers by field, in recorded order."""
        by_field: dict[str, list[_FormValue]] = {}
        for call in self._calls:
            if call.method in _ANSWERING and call.outcome == "ok":
                for name, value in _values(call):
                    by_field.setdefault(name[-1], []).append(
                        _FormValue(call, len(name) > 1 or _is_of_line(call), value)
                    )
        return by_field


def _values(call: Call) -> Iterator[tuple[tuple[str, ...], Json]]:
    """Every value in the answer to a form's question, by the names that lead to it."""
    answer = call.fetch()
    values = (
        answer.get("value") if call.method == "onchange" and isinstance(answer, dict) else answer
    )
    todo: list[tuple[tuple[str, ...], Json]] = [((), values)]
    while todo:
        names, values = todo.pop()
        for name, value in values.items() if isinstance(values, dict) else ():
            yield (*names, name), value
            todo += [
                ((*names, name), command.values)
                for command in parse_commands(value)
                if isinstance(command, (Create, Update))
            ]


def _is_opening(call: Call) -> bool:
    """Whether nothing was typed yet: an `onchange` of no field, or `default_get`."""
    return not (call.args[2] if len(call.args) > 2 else call.kwargs.get("field_names"))


def _is_of_line(call: Call) -> bool:
    """Whether an onchange is a line's: it has the values of the record around it under the inverse field."""
    values = call.args[1] if len(call.args) > 1 else None
    return isinstance(values, dict) and any(
        isinstance(value, dict) and len(value) > 1 for value in values.values()
    )


def _is_clock(value: Json, started: str) -> bool:
    """Whether it is the moment of the save, or at most an hour before it; both are in UTC."""
    if not isinstance(value, str) or len(value) != len("2026-01-31 12:00:00"):
        return False
    try:
        saved = datetime.fromisoformat(started).astimezone(UTC).replace(tzinfo=None)
        age = saved - datetime.fromisoformat(value)
    except ValueError:
        return False
    return _CLOCK_RUNS[0] <= age <= _CLOCK_RUNS[1]
