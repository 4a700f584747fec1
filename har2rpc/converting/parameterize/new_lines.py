"""The new lines of a record as one parameter: `lines=[{"product_id": 6, "quantity": 3}, …]`.

It replaces the inputs for each value of each line, as the last step. Lines stay separate, with inputs of their own, if
an override names a value in them, if an earlier call produced one, or if they have a secret or a file. Lines that are
added to an existing record stay commands among its other ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from har2rpc.converting.draft import Draft, Inputs, UniqueNames
from har2rpc.converting.paths import step
from har2rpc.model import Capture, Following, Input, Json, Lines, Value
from har2rpc.model.values import inputs_in, is_section, map_value
from har2rpc.odoo import english
from har2rpc.odoo.schema.commands import Create, parse_commands
from har2rpc.odoo.schema.field_types import type_of

_NUMBERED = re.compile(r"(?P<plain>.+)_\d+")


def gather_lines(
    drafts: Sequence[Draft], capture: Capture, overridden: Iterable[str]
) -> list[Draft]:
    """The drafts with one input for the new lines of each x2many field that was typed into.

    `overridden` are paths, with the number of their call, that somebody named.
    """
    overridden = tuple(overridden)
    produced: set[tuple[str, Json]] = set()
    gathered = []
    for draft in drafts:
        fields = [
            name
            for name, commands in _typed_lines(draft).items()
            if not _is_spelled_out(draft, name, commands, overridden, produced)
        ]
        gathered.append(_gathered(draft, fields, capture) if fields else draft)
        produced |= {(each.model, each.id) for each in draft.produces}
    return gathered


def _typed_lines(draft: Draft) -> dict[str, list[Create]]:
    """The fields of a new record that hold nothing but new lines, of which one has an input."""
    values = draft.args[0] if draft.method == "create" and draft.args else None
    fields = {}
    for name, value in values.items() if isinstance(values, dict) else ():
        commands = parse_commands(value)
        lines = [command for command in commands if isinstance(command, Create)]
        if len(lines) == len(commands) and any(inputs_in(line.values) for line in lines):
            fields[name] = lines
    return fields


def _is_spelled_out(
    draft: Draft,
    name: str,
    lines: Iterable[Create],
    overridden: Iterable[str],
    produced: set[tuple[str, Json]],
) -> bool:
    """Whether something in these lines has a name of its own: chosen by a person, or what an earlier call answered."""
    path = f"{draft.source_call.n}:vals{step(name)}"
    if any(one == path or one.startswith((f"{path}.", f"{path}[")) for one in overridden):
        return True
    return any(
        param.type == "secret"
        or param.file
        or any((param.relation, one) in produced for one in _ids(param))
        for line in lines
        for param in inputs_in(line.values)
    )


def _ids(param: Input) -> list[Json]:
    values = param.example if isinstance(param.example, list) else [param.example]
    return [value for value in values if isinstance(value, int)]


def _gathered(draft: Draft, names: Sequence[str], capture: Capture) -> Draft:
    values: dict[str, Value] = dict(draft.args[0])
    replaced = {param.name for name in names for param in inputs_in(values[name])}
    labels = Inputs(draft.model, capture.fields().get(draft.model, {}))
    others = [param for param in draft.inputs if param.name not in replaced]
    taken = UniqueNames(param.name for param in others)
    inputs: list[Input] = []
    for name in names:
        described = labels.fields.get(name)
        fields = capture.fields().get(described.relation, {}) if described else {}
        lines = [line.values for line in parse_commands(values[name]) if isinstance(line, Create)]
        gathering = _Gathering(lines, Inputs(described.relation if described else "", fields))
        label, guessed = labels.label(name)
        source = Input(
            name=taken.of(english.identifier(name) if len(names) > 1 else "lines"),
            label=label,
            type="lines",
            example=gathering.rows(),
            guessed=guessed,
            why="the lines that were filled in",
            keys=gathering.keys(),
        )
        inputs.append(source)
        values[name] = gathering.value(source)
    at = next(place for place, param in enumerate(draft.inputs) if param.name in replaced)
    ordered = [*others[:at], *inputs, *others[at:]]
    return _with_plain_names(
        replace(draft, args=[values, *draft.args[1:]], inputs=tuple(ordered)), replaced
    )


def _with_plain_names(draft: Draft, freed: set[str]) -> Draft:
    """The draft whose input `name_2` is `name`, where a line had taken that."""
    taken = {param.name for param in draft.inputs}
    renamed: dict[str, Input] = {}
    for param in draft.inputs:
        numbered = _NUMBERED.fullmatch(param.name)
        if numbered and numbered["plain"] in freed - taken:
            taken.add(numbered["plain"])
            renamed[param.name] = replace(param, name=numbered["plain"])
    if not renamed:
        return draft

    def plain(part: Value) -> Value:
        return renamed.get(part.name, part) if isinstance(part, Input) else part

    return replace(
        draft,
        args=map_value(draft.args, plain),
        kwargs=map_value(draft.kwargs, plain),
        context=map_value(draft.context, plain),
        inputs=tuple(map(plain, draft.inputs)),
    )


@dataclass(slots=True)
class _Gathering:
    """The lines of one field: what becomes a key of a line, what each line has, and what follows a key."""

    lines: Sequence[Mapping[str, Value]]
    described: Inputs
    ordinary: list[Mapping[str, Value]] = field(init=False)
    """Those that are no section or note."""
    always: dict[str, Json] = field(default_factory=dict)
    following: dict[tuple[str, Json], dict[str, Json]] = field(default_factory=dict)
    """By field and recorded value of what they follow."""
    names: dict[str, str] = field(init=False)
    """The key of a line, by its field."""

    def __post_init__(self) -> None:
        self.ordinary = [line for line in self.lines if not _is_section(line)]
        unique = UniqueNames()
        fields = dict.fromkeys(name for line in self.ordinary for name in line)
        self.names = {
            name: unique.of(
                english.input_name(name) if self._is_asked_for(name) else english.identifier(name)
            )
            for name in fields
        }
        for name in fields:
            values = [line[name] for line in self.ordinary if name in line]
            is_constant = not any(isinstance(part, Following) or inputs_in(part) for part in values)
            if is_constant and len(values) == len(self.ordinary) and _are_same(values):
                self.always[name] = values[0]
            elif followers := self._followers(name):
                for source, value in followers.items():
                    self.following.setdefault(source, {})[name] = value

    def _is_asked_for(self, name: str) -> bool:
        return any(isinstance(line.get(name), Input) for line in self.ordinary)

    def _followers(self, name: str) -> dict[tuple[str, Json], Json]:
        """The values of a field that follows another one; none where two lines contradict each other."""
        followers: dict[tuple[str, Json], Json] = {}
        for line in self.ordinary:
            if isinstance(value := line.get(name), Following):
                source = next((key for key, one in line.items() if one == value.source), "")
                same = [value.value, followers.setdefault((source, value.recorded), value.value)]
                if not source or not _are_same(same):
                    return {}
        is_complete = all(
            isinstance(line.get(name), Following)
            for line in self.ordinary
            for source, recorded in followers
            if _as_recorded(line.get(source)) == recorded
        )
        return followers if is_complete else {}

    def rows(self) -> list[Json]:
        """The recorded lines, by their keys."""
        following = {name for values in self.following.values() for name in values}

        def is_given(name: str, value: Value) -> bool:
            return name not in self.always and not (
                name in following and isinstance(value, Following)
            )

        return [
            (
                {name: _as_recorded(value) for name, value in line.items()}
                if _is_section(line)
                else {
                    self.names[name]: _as_recorded(value)
                    for name, value in line.items()
                    if is_given(name, value)
                }
            )
            for line in self.lines
        ]

    def value(self, source: Input) -> Lines:
        """What is sent for them."""
        following = (
            (self.names[name], recorded, values)
            for (name, recorded), values in self.following.items()
        )
        fields = {key: name for name, key in self.names.items()}
        return Lines(source, fields, self.always, tuple(following))

    def keys(self) -> tuple[Input, ...]:
        """An input for each key: required where no line can be without it."""
        return tuple(self._key(name, key) for name, key in self.names.items())

    def _key(self, name: str, key: str) -> Input:
        values = [line.get(name) for line in self.ordinary]
        params = [value for value in values if isinstance(value, Input)]
        if params:
            is_in_all = not any(value is None or isinstance(value, Following) for value in values)
            is_required = is_in_all and any(param.required for param in params)
            return replace(params[0], name=key, required=is_required, default=None)
        example = _as_recorded(next(value for value in values if value is not None))
        label, guessed = self.described.label(name)
        described = self.described.fields.get(name)
        return Input(
            name=key,
            label=label,
            type=described.type if described else type_of(name, example),
            required=False,
            example=example,
            options=described.selection if described else (),
            relation=described.relation if described else "",
            help="x2many commands, as Odoo takes them" if parse_commands(example) else "",
            guessed=guessed,
        )


def _is_section(line: Mapping[str, Value]) -> bool:
    return is_section({"display_type": _as_recorded(line.get("display_type"))})


def _as_recorded(value: Value) -> Json:
    def recorded(part: Value) -> Value:
        if isinstance(part, Following):
            return part.value
        return part.example if isinstance(part, Input) else part

    return map_value(value, recorded)


def _are_same(values: Sequence[Json]) -> bool:
    return len(set(map(repr, values))) == 1
