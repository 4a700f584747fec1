"""The recorded saves: answers a `create`, `write` or `web_save` if its values equal the recorded ones, key by key.

The code must send what the client saved: a changed or added value is refused, and so is a missing one, unless it was empty
or the form had it by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from har2rpc.model import Call, Json
from har2rpc.odoo import call_args, contexts
from har2rpc.odoo.form_answers import FormAnswers
from har2rpc.odoo.schema.field_types import UPLOADED_FILE
from har2rpc.odoo.schema.saved_values import compare_saves

SAVING = frozenset({"create", "write", "web_save"})
_CREATES = ("vals_list", "vals")
_WRITES = ("ids", "vals", "values")


class Save(NamedTuple):
    """A save as it arrives: its records, its values, and its other arguments."""

    ids: Sequence[Json]
    """[] for a new record."""
    values: Mapping[str, Json]
    is_list: bool
    """The values came as a list of one: the answer is a list as well."""
    rest: Mapping[str, Json]
    """Its other arguments by name: the specification of what is read back."""
    context: Mapping[str, Json]


class RecordedSave(NamedTuple):
    """A recorded save, by the method that is called for it now."""

    call: Call
    method: str
    save: Save
    answer: Callable[[], Json]
    may_lack: frozenset[str]
    """Fields that the code announces not to send: a form set them, and the code asks no form."""


class Saves:
    """The saves of a capture, and which of them are already answered."""

    def __init__(self, calls: Sequence[Call], major: int | None) -> None:
        self.allows_omissions = False
        """Whether a save is answered although values that Odoo does not have by itself are missing in it."""
        self._forms = FormAnswers(calls, major)
        self._saves: list[RecordedSave] = []
        self._answered: set[int] = set()

    def add(
        self,
        call: Call,
        method: str,
        answer: Callable[[], Json],
        may_lack: frozenset[str] = frozenset(),
    ) -> bool:
        """Adds a recorded save under the method that is called for it now; False unless it saves a single record."""
        values = call_args.saved_values(call)
        if not values:
            return False
        ids = [] if call.method == "create" else list(call_args.record_ids(call))
        rest = {} if method != call.method else _rest(call.kwargs)
        save = Save(ids, values, False, rest, call.context)
        # The client's own call is known from the beginning: what `convert` makes of it may be of the same method.
        self._saves = [one for one in self._saves if (one.call.n, one.method) != (call.n, method)]
        self._saves.append(RecordedSave(call, method, save, answer, may_lack))
        return True

    def find(self, model: Json, method: Json, save: Save, first_n: int = 0) -> RecordedSave | str:
        """The recorded save that this one is; or what is wrong with it as the one that is nearest.

        Of equal ones the first that was not answered yet, from call `first_n` on where there is one.
        """
        nearest: list[str] | None = None
        equal: list[RecordedSave] = []
        for recorded in self._saves:
            is_of_it = (recorded.call.model, recorded.method) == (model, method)
            if not is_of_it or list(recorded.save.ids) != list(save.ids):
                continue
            wrong = self._differences(recorded, save)
            if not wrong:
                equal.append(recorded)
            elif nearest is None or len(wrong) < len(nearest):
                nearest = wrong
        if not equal:
            return ", ".join(nearest or ())
        later = [one for one in equal if one.call.n >= first_n] or equal[-1:]
        left = [one for one in later if one.call.n not in self._answered] or later[-1:]
        self._answered.add(left[0].call.n)
        return left[0]

    def _differences(self, recorded: RecordedSave, save: Save) -> list[str]:
        """What of a save is not as recorded: paths and words, no values, which may be secrets."""
        call = recorded.call
        changed, left_out = compare_saves(
            recorded.save.values, save.values, creates=not recorded.save.ids
        )
        # A capture does not hold what an uploaded file contained: any content is the recorded one.
        wrong = [f"{path} is another value" for path, old, _ in changed if old != UPLOADED_FILE]
        if not self.allows_omissions:
            wrong += [
                f"{one.path} is missing"
                for one in left_out
                if one.field not in recorded.may_lack and not self._forms.explanation(call, one)
            ]
        if _without_read_back(save.rest, save.rest) != _without_read_back(
            recorded.save.rest, save.rest
        ):
            wrong.append("its other arguments differ")
        if not _is_context_of(save, call):
            wrong.append("another context")
        return wrong


def save_in(method: Json, args: Json, kwargs: Mapping[str, Json]) -> Save | None:
    """The save that a call is, its arguments by position or by name; None for any other call."""
    if method not in SAVING or not isinstance(args, list):
        return None
    names = _CREATES[:1] if method == "create" else _WRITES[:2]
    named = {**kwargs, **dict(zip(names, args, strict=False))}
    context = named.pop("context", None) or {}
    ids = named.pop("ids", [])
    values = next((named.pop(name) for name in (*_CREATES, "values") if name in named), None)
    is_list = isinstance(values, list)
    if isinstance(values, list) and len(values) == 1:
        values = values[0]
    if not isinstance(values, dict) or not isinstance(context, dict):
        return None
    ids = ids if isinstance(ids, list) else [ids]
    return Save(ids, values, is_list, _rest(named), context)


def _rest(kwargs: Mapping[str, Json]) -> dict[str, Json]:
    return {name: kwargs[name] for name in kwargs if name not in {*_CREATES, *_WRITES, "context"}}


def _without_read_back(rest: Mapping[str, Json], sent: Mapping[str, Json]) -> dict[str, Json]:
    """The rest of a save's arguments; where nothing is asked back of `web_save`, without what says what is."""
    is_silent = sent.get("specification") == {}
    return {
        name: value
        for name, value in rest.items()
        if not (is_silent and name in ("specification", "next_id"))
    }


def _is_context_of(save: Save, call: Call) -> bool:
    """Whether a context is the recorded one, or as much of it as means something outside of the client.

    Defaults may be missing, for what is sent needs none, and so may the page that a form was opened from.
    """
    sent = {key: value for key, value in save.context.items() if key != "uid"}
    if any(key not in call.context or call.context[key] != sent[key] for key in sent):
        return False
    needed = contexts.meaningful(call.context, call.method, changes=True, creates=not save.ids)
    return all(key in sent or key.startswith(("default_", "active_")) for key in needed)
