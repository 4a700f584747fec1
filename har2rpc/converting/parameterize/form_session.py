"""What a person did in a form before it was saved, told from the `onchange` calls since it opened.

The client sends an `onchange` without field names when a form (or a new line in it) opens: its answer holds the
defaults. Each later one names the fields just changed; its answer holds what Odoo computed from them. What is saved
and is neither a default nor computed was typed, whether or not the field has an onchange of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from har2rpc.converting.parameterize.form_values import is_empty, plain, same
from har2rpc.model import Call, Json
from har2rpc.model.capture import position_of
from har2rpc.odoo import call_args, methods
from har2rpc.odoo.display_names import DisplayNames, is_labeled_id
from har2rpc.odoo.schema.commands import Create, parse_command

_SAVES = frozenset({"create", "write", "web_save"})


@dataclass(slots=True)
class Form:
    """One form, or one line of it, from its opening to its saving."""

    model: str
    is_line: bool = False
    is_program: bool = False
    """No form at all: a program of its own sent the values, and means all of them."""
    initial_onchange: int = 0
    """The number of the call that opened it, and that holds its defaults; 0 where the capture does not have it."""
    defaults: dict[str, Json] = field(default_factory=dict)
    typed: dict[str, int] = field(default_factory=dict)
    """Field name -> number of the call that named it last; in the order of typing."""
    computed: dict[str, Json] = field(default_factory=dict)
    computed_by: dict[str, int] = field(default_factory=dict)
    """Field name -> number of the call whose answer computed it last."""
    values: dict[str, Json] = field(default_factory=dict)
    """What the form held when it was last sent."""
    context_defaults: frozenset[str] = frozenset()
    """Fields that the form was opened with (`default_*` of its context): "Add a section" means a display_type."""
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    """(field, id) -> display name, from the answers."""
    lines: list[Form] = field(default_factory=list)
    specification: Json = None
    """What the client named the form's fields with: to 16 `{"order_line.name": "1"}`, then nested."""
    parent_field: str = ""
    """Of a line: the field under which the client sent the values of its record."""
    filled_in_lines: list[dict[str, Json]] = field(default_factory=list)
    """Lines that Odoo put in after another choice: those of a quotation template."""

    @property
    def has_initial_onchange(self) -> bool:
        """Whether the capture holds its opening, and so its defaults."""
        return bool(self.initial_onchange)

    def knows(self, name: str) -> bool:
        """Whether a call that the capture holds tells where a field's value is from."""
        return name in self.typed or name in self.computed or name in self.defaults

    def is_changed(self, name: str, value: Json) -> bool:
        """Whether a saved value is the user's: typed, or neither a default nor computed nor empty."""
        if self.is_program:
            return True
        value = plain(value)
        expected = self.computed.get(name, self.defaults.get(name))
        if name in self.typed:
            return not (is_empty(value) and is_empty(self.defaults.get(name)))
        if self.is_line and name == "sequence":
            return False  # the client numbers new lines behind the last one
        if name in self.computed or name in self.defaults:
            return not same(value, expected)
        return not is_empty(value)

    def how_entered(self, name: str, *, creates: bool) -> tuple[str, int]:
        """How the user entered a value, and the number of the call that tells so (0 where none does).

        `creates`: in the form of a new record.
        """
        if name in self.typed:
            return f"typed or picked (call {self.typed[name]})", self.typed[name]
        if self.has_initial_onchange and name in self.defaults:
            return "other than the form's default", self.initial_onchange
        return "filled in" if creates else "changed", 0

    def has_filled_in(self, values: dict[str, Json]) -> bool:
        """Whether a line is one that Odoo put in, and that stayed as it was."""
        return any(_is_alike(values, line) for line in self.filled_in_lines)

    def line_for(self, values: dict[str, Json]) -> Form | None:
        """The line that was opened for these values: the one whose last content agrees most."""
        scored = [(line._likeness(values), line) for line in self.lines]
        best = max(scored, key=lambda pair: pair[0], default=(0, None))
        return best[1] if best[0] > 0 else None

    def _likeness(self, values: dict[str, Json]) -> float:
        known = {**self.defaults, **self.values, **self.computed}
        shared = [name for name in values if name in known]
        if len(shared) * 2 < len(values):
            return 0.0  # another model's line
        alike = sum(same(plain(values[name]), known[name]) for name in shared)
        return alike / len(shared) if shared else 0.0


class Forms:
    """The forms of a capture, each put together from the calls that filled it in."""

    def __init__(self, calls: Sequence[Call], names: DisplayNames) -> None:
        self.names = names
        self._calls = calls
        self._first_forms: dict[str, Form | None] = {}

    def behind(self, save: Call, recorded: Call | None = None) -> Form:
        """The form that a create, write or web_save ended; `recorded` is the save as the client sent it."""
        form = Form(save.model)
        ids = _own_ids(save)
        start = _opening(save, ids, self._calls)
        lines: dict[str, Form] = {}
        for call in self._calls[start : position_of(self._calls, save.n)]:
            if call.method in methods.NAME_SEARCHES:  # a dropdown, shown just before a pick
                labels = self.names.in_answer(call)
                form.names.update({(f"<{call.model}>", one): label for one, label in labels})
            if call.method != "onchange" or call.outcome != "ok":
                continue
            if call.model == save.model and _own_ids(call) == ids and not _is_line(call, save):
                _step(form, call)
                continue
            # An opening is a new line; without one an existing line was edited.
            if call.model not in lines or not _field_names(call):
                lines[call.model] = Form(call.model, is_line=True)
                form.lines.append(lines[call.model])
            _step(lines[call.model], call)
        _read_back(form, recorded or save)
        return form

    def first_of(self, model: str) -> Form | None:
        """The first new record's form whose opening the capture holds; looked for once a model."""
        if model not in self._first_forms:
            saves = (
                call
                for call in self._calls
                if call.model == model and call.method in ("create", "web_save")
            )
            forms = map(self.behind, saves)
            self._first_forms[model] = next(
                (form for form in forms if form.has_initial_onchange), None
            )
        return self._first_forms[model]


def _opening(save: Call, ids: tuple[int, ...], calls: Sequence[Call]) -> int:
    """The position of the call that opened the form: the last of its model without field names.

    For a record that exists the form begins behind the last save of the same record.
    """
    for position in range(position_of(calls, save.n) - 1, -1, -1):
        call = calls[position]
        if call.model != save.model:
            continue
        if call.method in _SAVES and call.outcome in ("ok", "none"):
            return position + 1
        is_initial = call.method == "onchange" and not _field_names(call)
        if is_initial and _own_ids(call) == ids and not _is_line(call, save):
            return position
    return 0


def _own_ids(call: Call) -> tuple[int, ...]:
    return () if call.method == "create" else call_args.record_ids(call)


def _is_line(call: Call, save: Call) -> bool:
    """Whether an onchange of the saved model belongs to a line (a contact of a company, say)."""
    return bool(_parent_field(call))


def _parent_field(call: Call) -> str:
    """The inverse field of a line: its onchange carries its parent's values as a dict under that one."""
    values = call.args[1] if len(call.args) > 1 else {}
    fields = values.items() if isinstance(values, dict) else ()
    names = (
        name
        for name, value in fields
        if name.endswith("_id") and isinstance(value, dict) and len(value) > 1
    )
    return next(names, "")


def _field_names(call: Call) -> list[str]:
    names = call.args[2] if len(call.args) > 2 else call.kwargs.get("field_names", [])
    if isinstance(names, str):  # up to Odoo 16 a single name may be bare
        return [names] if names else []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []


def _step(form: Form, call: Call) -> None:
    answer = call.fetch()
    answer_values = answer.get("value") if isinstance(answer, dict) else None
    answer_values = answer_values if isinstance(answer_values, dict) else {}
    sent = call.args[1] if len(call.args) > 1 and isinstance(call.args[1], dict) else {}
    names = _field_names(call)
    form.parent_field = form.parent_field or _parent_field(call)
    form.specification = call.args[3] if len(call.args) > 3 else call.kwargs.get("fields_spec")
    for name, value in answer_values.items():
        for identity, label in _labelled(value):
            form.names[name, identity] = label
    if not names:
        form.initial_onchange = call.n
        keys = (key for key in call.context if key.startswith("default_"))
        form.context_defaults = frozenset(key.removeprefix("default_") for key in keys)
        form.defaults.update({name: plain(value) for name, value in answer_values.items()})
        return
    own_lines = {command.ref for command in _new_lines(sent)}
    lines = _new_lines(answer_values)  # up to 16 an answer repeats the lines that it changes
    form.filled_in_lines += [
        line.values for line in lines if line.ref not in own_lines or not line.ref
    ]
    for name in names:
        form.typed.pop(name, None)
        form.typed[name] = call.n
        form.computed.pop(name, None)
    form.values.update({name: plain(value) for name, value in sent.items()})
    form.computed.update({name: plain(value) for name, value in answer_values.items()})
    form.computed_by.update(dict.fromkeys(answer_values, call.n))


def _new_lines(values: dict[str, Json]) -> Iterator[Create]:
    """The new lines in the values or the answer of an onchange: `[0, 0, values]`."""
    for value in values.values():
        for member in value if isinstance(value, list) else ():
            command = parse_command(member)
            if isinstance(command, Create):
                yield command


def _is_alike(values: dict[str, Json], line: dict[str, Json]) -> bool:
    shared = [name for name in values if name in line]
    telling = [name for name in shared if not is_empty(plain(line[name]))]
    return len(telling) > 1 and all(same(plain(values[name]), plain(line[name])) for name in shared)


def _read_back(form: Form, save: Call) -> None:
    """web_save answers with the saved record: its many2one values carry names."""
    answer = save.fetch() if save.method == "web_save" and save.outcome == "ok" else None
    row = answer[0] if isinstance(answer, list) and answer and isinstance(answer[0], dict) else {}
    for name, value in row.items():
        for identity, label in _labelled(value):
            form.names.setdefault((name, identity), label)
        for line in value if isinstance(value, list) else ():
            for inner, nested in line.items() if isinstance(line, dict) else ():
                for identity, label in _labelled(nested):
                    form.names.setdefault((inner, identity), label)


def _labelled(value: Json) -> Iterator[tuple[int, str]]:
    """(id, display name) of `[7, "X"]` (to 16), `{"id": 7, "display_name": "X"}` (17+), or lists of these."""
    if isinstance(value, dict) and isinstance(value.get("display_name"), str):
        if isinstance(value.get("id"), int):
            yield value["id"], value["display_name"]
    elif isinstance(value, list):
        if is_labeled_id(value):
            yield value[0], value[1]
        else:
            for item in value:
                if isinstance(item, dict):
                    yield from _labelled(item)
