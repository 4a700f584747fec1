"""Finds the names of records in the answers nearest to a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from har2rpc.model import Call
from har2rpc.model.capture import position_of
from har2rpc.odoo import methods
from har2rpc.odoo.answers import method_result
from har2rpc.odoo.display_names import (
    NAMING_METHODS,
    first_line,
    labels_in_rows,
    named_rows,
    names_in,
)

# Answers of a capture that are read for names: a gigabyte has thousands, and a list of it takes a second. Where many do not
# have the name that was looked for, no more are read.
MOST_ANSWERS = 300
MOST_MISSES = 40
_MOST_AROUND = 6  # answers that are read for one name
_LABELING = NAMING_METHODS | methods.GROUPINGS


class RecordNames:
    """Looks names up in the answers around a call. Each answer is read once, and only when a name is asked for."""

    def __init__(self, calls: Iterable[Call], people: Mapping[int, str]) -> None:
        """`people` are the names of users by uid, as the session has them."""
        self._answers: dict[str, list[Call]] = {}
        for call in calls:
            if call.method in _LABELING and call.outcome == "ok":
                self._answers.setdefault(call.model, []).append(call)
        self._names = {("res.users", uid): name for uid, name in people.items()}
        self._labels: dict[tuple[str, str, int], str] = {}
        self._answers_read: set[int] = set()
        self._misses = 0

    def of_record(self, model: str, identity: int, near: Call) -> str:
        """The first line of a record's display name; "" where the answers around a call do not have it."""
        key = model, identity
        for call in self._around(model, near, key in self._names):
            is_new = self._read(call)
            if key in self._names:
                break
            self._misses += is_new
        name = self._names.get(key, "")
        return (
            "" if name == f"{model},{identity}" else name
        )  # what Odoo calls a record without a name

    def of_field(self, model: str, field: str, comodel: str, identity: int, near: Call) -> str:
        """The same for a record that a field links to; its own model may be unknown ("")."""
        key = model, field, identity
        for call in self._around(model, near, key in self._labels):
            is_new = self._read(call)
            if key in self._labels:
                break
            self._misses += is_new
        name = self._labels.get(key, "")
        return name or (self.of_record(comodel, identity, near) if comodel else "")

    def _around(self, model: str, near: Call, is_known: bool) -> Sequence[Call]:
        """The answers of a model to look at, the call's own first; none for what is known."""
        is_enough = len(self._answers_read) >= MOST_ANSWERS or self._misses >= MOST_MISSES
        if is_known or is_enough:
            return ()
        answers = self._answers.get(model, [])
        position = position_of(answers, near.n)
        around = answers[max(0, position - _MOST_AROUND // 2) : position + _MOST_AROUND // 2 + 1]
        return sorted(around, key=lambda call: abs(call.n - near.n))

    def _read(self, call: Call) -> bool:
        """Takes the names of an answer; False where they are known already, or enough was read."""
        if call.n in self._answers_read or len(self._answers_read) >= MOST_ANSWERS:
            return False
        self._answers_read.add(call.n)
        answer = method_result(call, names_in)
        for identity, name in named_rows(answer):
            self._names.setdefault((call.model, identity), first_line(name))
        for field, identity, name in labels_in_rows(answer):
            self._labels.setdefault((call.model, field, identity), first_line(name))
        return True
