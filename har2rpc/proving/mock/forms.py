"""Plays the forms of a capture: answers `onchange` as the recorded server did. `saves` answers the save at the end.

Code asks a form once per field; the recorded client asked more often (a field typed twice, the record after each field of
a line). So the answers for one field are merged. If the client itself saved something else in the end (a line's number),
the last answer has the saved value. A field with a value that was never recorded is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from har2rpc.model import Call, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import call_args
from har2rpc.odoo.schema.commands import Create, parse_command
from har2rpc.proving.mock.form_arguments import is_bare_specification, names_in
from har2rpc.proving.mock.form_comparison import as_saved, differing_names, is_same, line_commands


class Played(NamedTuple):
    """What a form answers."""

    answer: Json


@dataclass(slots=True)
class _Session:
    """The recorded calls of one form: its onchanges and those of its lines, and the save that ended it."""

    save: Call
    onchanges: list[Call]
    line_openings: dict[str, int] = field(default_factory=dict)
    """How many lines of a model were opened by now."""

    def of(self, model: str) -> list[Call]:
        """The onchanges of the record, or of the line that was opened last."""
        calls = [call for call in self.onchanges if call.model == model]
        if model == self.save.model and any(not _is_line(_sent(call)) for call in calls):
            return [call for call in calls if not _is_line(_sent(call))]
        lines: list[list[Call]] = [[]]
        for call in calls:
            if not _names(call) and lines[-1]:
                lines.append([])
            lines[-1].append(call)
        return lines[min(max(self.line_openings.get(model, 1), 1), len(lines)) - 1]


class RecordedForms:
    """Answers what the form of a recorded save asks."""

    def __init__(self, calls: Iterable[Call]) -> None:
        answered_calls = [call for call in calls if call.outcome != "missing"]
        self._sessions = list(_sessions(answered_calls))
        self._specs = {
            (call.model, json.dumps(call.args[3], sort_keys=True))
            for each in self._sessions
            for call in each.onchanges
            if len(call.args) > 3
        }
        self._names = frozenset(
            name
            for each in self._sessions
            for spec in (*_specifications(each), {n: {} for n in call_args.saved_values(each.save)})
            for name in names_in(spec)
        )
        self._current: _Session | None = None
        self.first_n = 0
        """Forms that were saved before this call are skipped if a later one exists."""

    def play(self, model: str, method: str, arguments: Mapping[str, Json]) -> Played | None:
        """The answer to an onchange, or to the read before it; None where no recorded form says so.

        `arguments` are by name: `ids`, `values`, `field_names`, `fields_spec`; of a read `fields`.
        """
        if method == "onchange":
            return self._onchange(model, arguments)
        if method == "read":
            return self._lines(model, arguments)
        return None

    def _is_of_code(self, model: str, arguments: Mapping[str, Json]) -> bool:
        """Whether it asks as code does: by names alone, all of them the form's. The client's own question is no play."""
        spec = arguments.get("fields_spec") or {}
        return (
            is_bare_specification(spec)
            and self._names.issuperset(names_in(spec))
            and (model, json.dumps(spec, sort_keys=True)) not in self._specs
        )

    def _onchange(self, model: str, arguments: Mapping[str, Json]) -> Played | None:
        values, names = arguments.get("values"), arguments.get("field_names")
        names = [names] if isinstance(names, str) and names else names or []
        if not self._is_of_code(model, arguments):
            return None
        if not isinstance(values, dict) or not isinstance(names, list) or len(names) > 1:
            return None
        ids = [one for one in arguments.get("ids") or [] if is_id(one)]
        if not _is_line(values):
            self._enter(model, ids, is_opening=not names)
        session = self._current
        if session is None:
            return None
        if _is_line(values) and not names:
            session.line_openings[model] = session.line_openings.get(model, 0) + 1
        calls = session.of(model)
        matching = [call for call in calls if _names(call) == names]
        if names:
            known, sent = list(matching), values.get(names[0])
            matching = [call for call in known if is_same(_sent(call).get(names[0]), sent)]
            if any(line_commands(sent)) and _has_lines(session.save, names[0], sent):
                matching = known  # the record was asked again after each field of a line
        saved = _saved_of(session, model, calls)
        return Played({"value": _merged(matching, calls, saved, values)}) if matching else None

    def _lines(self, model: str, arguments: Mapping[str, Json]) -> Played | None:
        """What a form of a record that exists reads of it before: the ids of its lines, as the client sent them."""
        names, ids = arguments.get("fields"), arguments.get("ids")
        for session in self._sessions:
            own = [each for each in session.onchanges if each.model == model]
            if own and list(_record_ids(session.save)) == ids and isinstance(names, list):
                row = {name: as_saved(_sent(own[0]).get(name)) for name in names}
                if all(isinstance(value, list) for value in row.values()):
                    return Played([{"id": ids[0], **row}])
        return None

    def _enter(self, model: str, ids: list[int], *, is_opening: bool) -> None:
        """The form that a call belongs to: the open one, else the next of its model."""
        fitting = [
            each
            for each in self._sessions
            if each.save.model == model and list(_record_ids(each.save)) == ids
        ]
        if self._current in fitting and not is_opening:
            return
        later = [each for each in fitting if each.save.n >= self.first_n]
        self._current = next(iter(later), fitting[-1] if fitting else None)
        if self._current is not None:
            self._current.line_openings.clear()


def _specifications(session: _Session) -> Iterator[Json]:
    """What its onchanges, and its save, asked to be told."""
    yield from (call.args[3] for call in session.onchanges if len(call.args) > 3)
    yield session.save.kwargs.get("specification")


def _sessions(calls: Sequence[Call]) -> Iterator[_Session]:
    """The forms of a capture: from the last opening (of a record that exists: from its save before) to the save."""
    begin: dict[tuple[str, tuple[int, ...]], int] = {}
    for position, call in enumerate(calls):
        key = (call.model, _record_ids(call))
        if call.method == "onchange" and not _names(call) and not _is_line(_sent(call)):
            begin[key] = position
        if call.method in ("create", "write", "web_save") and call_args.saved_values(call):
            onchanges = [
                each for each in calls[begin.get(key, 0) : position] if each.method == "onchange"
            ]
            if onchanges:
                yield _Session(call, onchanges)
            begin[key] = position + 1


def _record_ids(call: Call) -> tuple[int, ...]:
    return () if call.method == "create" else call_args.record_ids(call)


def _sent(call: Call) -> dict[str, Json]:
    values = call.args[1] if len(call.args) > 1 else call.kwargs.get("values")
    return values if isinstance(values, dict) else {}


def _names(call: Call) -> list[Json]:
    names = call.args[2] if len(call.args) > 2 else call.kwargs.get("field_names")
    return [names] if isinstance(names, str) and names else list(names or [])


def _is_line(values: Mapping[str, Json]) -> bool:
    """Whether it is a line's: the values of its record are under its inverse field."""
    return any(
        name.endswith("_id") and isinstance(value, dict) and len(value) > 1
        for name, value in values.items()
    )


def _saved_of(session: _Session, model: str, calls: Sequence[Call]) -> dict[str, Json]:
    """What was saved of the record, or of the line that is asked about: the one that agrees most with what was sent."""
    saved = call_args.saved_values(session.save)
    if model == session.save.model and not _is_line(_sent(calls[0]) if calls else {}):
        return saved
    last = {name: value for call in calls for name, value in _sent(call).items()}
    lines = [command.values for value in saved.values() for command in line_commands(value)]
    return max(
        lines,
        key=lambda line: sum(is_same(line[name], last.get(name)) for name in line if name in last),
        default={},
    )


def _merged(
    matching: Sequence[Call],
    calls: Sequence[Call],
    saved: Mapping[str, Json],
    values: Mapping[str, Json],
) -> dict[str, Json]:
    """The answers to one field as one: the last value of each, of lines all commands, about the lines that were sent."""
    merged: dict[str, Json] = {}
    for call in matching:
        answer = call.fetch()
        given_values = answer.get("value") if isinstance(answer, dict) else None
        for name, value in (given_values or {}).items():
            if isinstance(value, list) and any(map(parse_command, value)):
                value = [*(merged.get(name) or []), *_about(value, _sent(call), values, name)]
            merged[name] = value
    typed = {name for call in calls for name in _names(call)}
    later = calls[calls.index(matching[-1]) + 1 :]
    set_later = {name for call in later for name in (call.fetch() or {}).get("value") or {}}
    for name, value in saved.items():
        is_final = name in merged and name not in set_later
        is_unanswered = not _names(matching[-1]) and name not in merged and name not in set_later
        is_own = name in typed or any(line_commands(value))
        if (is_final or is_unanswered) and not is_own and not is_same(merged.get(name), value):
            merged[name] = [[5], *value] if isinstance(value, list) else value
    return merged


def _about(
    commands: list[Json], recorded: Mapping[str, Json], values: Mapping[str, Json], name: str
) -> Iterator[Json]:
    """Recorded commands, about the new lines that were sent now, whatever these are called: the first is the first."""
    refs = dict(zip(_refs(recorded.get(name)), _refs(values.get(name)), strict=False))
    for command in commands:
        is_line = isinstance(command, list) and len(command) > 1 and isinstance(command[1], str)
        yield [command[0], refs.get(command[1], command[1]), *command[2:]] if is_line else command


def _has_lines(save: Call, name: Json, sent: Json) -> bool:
    """Whether the lines that are sent are those that were saved; a form holds more of each than it saves."""
    saved = list(line_commands(call_args.saved_values(save).get(name)))
    lines = list(line_commands(sent))
    return len(saved) == len(lines) and all(
        not list(differing_names(line.values, {key: now.values.get(key) for key in line.values}))
        for line, now in zip(saved, lines, strict=True)
    )


def _refs(value: Json) -> list[Json]:
    return [command.ref for command in line_commands(value) if isinstance(command, Create)]
