"""The recorded calls and their answers, looked up by model, method, arguments and context; saves by their values."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import NamedTuple

from har2rpc.model import Call, Json, Outcome
from har2rpc.odoo import methods, signatures
from har2rpc.odoo.answers import method_result
from har2rpc.proving.mock.errors import UNPROCESSABLE, USER_ERROR, Refused
from har2rpc.proving.mock.form_arguments import form_arguments
from har2rpc.proving.mock.forms import RecordedForms
from har2rpc.proving.mock.saves import Save, Saves, save_in

_REFUSALS: dict[Outcome, str] = {
    "error": "recorded as an error",
    "missing": "no answer in the capture",
}
# What a search means without these (`odoo/models.py`, search and read_group of 12-19): sending that says nothing.
_SEARCH_DEFAULTS = {
    "offset": ("0", "0.0", "false", "null"),
    "order": ('""', "false", "null"),
    "limit": ("false", "null"),
}
_SEARCHING = methods.SEARCHES | methods.GROUPINGS


class CallRequest(NamedTuple):
    """A call as it arrives, without the credentials; nothing of it is checked yet."""

    model: Json
    method: Json
    args: Json
    kwargs: Json
    """Still with the context."""

    @property
    def label(self) -> str:
        """`res.partner.read`, for messages."""
        return f"{self.model}.{self.method}"


class RecordedAnswer(NamedTuple):
    """One answer to a call that may be made several times."""

    outcome: Outcome
    fetch: Callable[[], Json]
    n: int
    """The number of the call; 0 for one that was not recorded."""


class Recordings:
    """The calls of a capture and their answers.

    The same call means: model, method, args, kwargs, and context without `uid`, as JSON values (true is not 1); a search
    may say what it means without it (`offset: 0`). A save has the recorded values, key by key (`saves`).
    Requested again it gets the next recorded answer, and then the last one again.
    """

    def __init__(self, calls: Iterable[Call], major: int) -> None:
        calls = list(calls)
        self._major = major
        self.saves = Saves(calls, major)
        self._answers: defaultdict[str, list[RecordedAnswer]] = defaultdict(list)
        self._requests: dict[str, CallRequest] = {}
        self._forms = RecordedForms(calls)
        for call in calls:
            kwargs = {**call.kwargs, "context": call.context}
            request = CallRequest(call.model, call.method, call.args, kwargs)
            answer = RecordedAnswer(call.outcome, partial(method_result, call), call.n)
            self._add(request, answer)
            self.saves.add(call, call.method, answer.fetch)
        self._recorded_keys = frozenset(self._answers)
        self._first_n = 0

    def add_answer(
        self,
        request: CallRequest,
        fetch: Callable[[], Json],
        n: int = 0,
        outcome: Outcome = "ok",
    ) -> None:
        """Adds a call that was not recorded, with its answer: the one that a translation of call `n` will send.

        A recorded call keeps its own answers.
        """
        if _key(request) not in self._recorded_keys:
            self._add(request, RecordedAnswer(outcome, fetch, n))

    def advance_to(self, n: int) -> None:
        """From now on, answers recorded before call `n` are skipped if there is a later one."""
        self._first_n = self._forms.first_n = n

    def answer(self, request: CallRequest) -> Json:
        """What the recorded server answered. Raises Refused for a call that was not recorded."""
        if not isinstance(request.args, list) or not isinstance(request.kwargs, dict):
            message = f"{request.label}: args is not a list, or kwargs is not an object"
            raise Refused("builtins.TypeError", message)
        if not isinstance(request.kwargs.get("context") or {}, dict):
            raise Refused("builtins.TypeError", f"{request.label}: the context is not an object")
        key = _key(request)
        named = form_arguments(request.method, request.args)
        played = self._forms.play(request.model, request.method, named)
        if key in self._answers:
            return self._next_answer(key, request.label)
        if played:
            return played.answer
        if key := self._key_by_position(request):
            return self._next_answer(key, request.label)
        save = save_in(request.method, request.args, request.kwargs)
        return self._saved_answer(request.model, request.method, save)

    def answer_named(self, model: str, method: str, body: dict[str, Json]) -> Json:
        """The same for arguments by name, as JSON-2 sends them: `ids` and `context` beside them.

        Raises Refused; also where the server does: for ids on a method of the model.
        """
        known = signatures.signature(model, method, self._major)
        if known and known.is_model and body.get("ids"):
            raise Refused(UNPROCESSABLE, f"cannot call {model}.{method} with ids")
        key = self._keys_by_name.get(_named_key(model, method, body), "")
        played = self._forms.play(model, method, body)
        if played and not key:
            return played.answer
        if not key:
            return self._saved_answer(model, method, save_in(method, [], body))
        return self._next_answer(key, f"{model}.{method}")

    def _key_by_position(self, request: CallRequest) -> str:
        """The key of the recorded search or read that says the same by name (its fields, its limit); "" where there is none."""
        model, method = str(request.model), str(request.method)
        if method not in {"read", *_SEARCHING}:
            return ""
        kwargs = {name: request.kwargs[name] for name in request.kwargs if name != "context"}
        known = signatures.signature(model, method, self._major)
        if not known or not kwargs.keys().isdisjoint(known.positional[: len(request.args)]):
            return ""
        named = signatures.name_arguments(model, method, request.args, kwargs, known=known)
        if named.unnamed:
            return ""
        ids = {} if named.ids is None else {"ids": named.ids}
        body = {**ids, **named.arguments, "context": request.kwargs.get("context")}
        return self._keys_by_name.get(_named_key(model, method, body), "")

    def has_answer(self, request: CallRequest) -> bool:
        """Whether this very call has an answer."""
        return _key(request) in self._answers

    def _add(self, request: CallRequest, answer: RecordedAnswer) -> None:
        key = _key(request)
        self._requests[key] = request
        # The client gave up a search and sent it again: the answer that arrived counts.
        arrived = [one for one in self._answers[key] if one.outcome != "missing"]
        if answer.outcome != "missing":
            self._answers[key] = [*arrived, answer]
        elif not arrived:
            self._answers[key].append(answer)
        self.__dict__.pop("_keys_by_name", None)

    def _saved_answer(self, model: Json, method: Json, save: Save | None) -> Json:
        """The answer to a save with the recorded values. Raises Refused for any other, and for a call that is not a save."""
        recorded = self.saves.find(model, method, save, self._first_n) if save else ""
        if save is None or isinstance(recorded, str):
            why = f" ({recorded})" if recorded else ""
            raise Refused(USER_ERROR, f"This call was never recorded: {model}.{method}{why}")
        if refusal := _REFUSALS.get(recorded.call.outcome):
            raise Refused(USER_ERROR, f"{refusal}: {model}.{method}")
        result = recorded.answer()
        return [result] if save.is_list and isinstance(result, int) else result

    def _next_answer(self, key: str, label: str) -> Json:
        answers = self._answers[key]
        while len(answers) > 1 and answers[0].n < self._first_n:
            answers.pop(0)
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if refusal := _REFUSALS.get(answer.outcome):
            raise Refused(USER_ERROR, f"{refusal}: {label}")
        return answer.fetch()

    @cached_property
    def _keys_by_name(self) -> dict[str, str]:
        """The key of a call by what JSON-2 sends for it; only calls whose every argument has a name."""
        keys = {}
        for key, (model, method, args, kwargs) in self._requests.items():
            without_context = {name: kwargs[name] for name in kwargs if name != "context"}
            known = signatures.signature(model, method, self._major)
            named = signatures.name_arguments(model, method, args, without_context, known=known)
            if known is None and args:  # no signature: a record method without parameters?
                named = signatures.name_arguments(
                    model, method, args, without_context, known=None, is_button=True
                )
            if named.unnamed:
                continue
            ids = {} if named.ids is None else {"ids": named.ids}
            body = {**ids, **named.arguments, "context": kwargs.get("context")}
            keys[_named_key(model, method, body)] = key
        return keys


def _key(request: CallRequest) -> str:
    """One text for all spellings of the same JSON; `uid` in the context does not matter."""
    kwargs = {**_telling(request.method, request.kwargs), "context": _context(request.kwargs)}
    return _canonical_json([request.model, request.method, request.args, kwargs])


def _named_key(model: str, method: str, body: dict[str, Json]) -> str:
    named = {**_telling(method, body), "context": _context(body)}
    ids = named.get("ids")
    if isinstance(ids, int) and not isinstance(ids, bool):
        named["ids"] = [ids]
    if method == "create" and isinstance(named.get("vals_list"), dict):
        named["vals_list"] = [named["vals_list"]]
    return _canonical_json([model, method, named])


def _telling(method: Json, kwargs: dict[str, Json]) -> dict[str, Json]:
    """The arguments by name without those of a search that say what it means without them."""
    if method not in _SEARCHING:
        return kwargs
    return {
        name: value
        for name, value in kwargs.items()
        if json.dumps(value) not in _SEARCH_DEFAULTS.get(name, ())
    }


def _context(kwargs: dict[str, Json]) -> Json:
    context = kwargs.get("context") or {}
    if not isinstance(context, dict):
        return context
    return {key: value for key, value in context.items() if key != "uid"}


def _canonical_json(value: Json) -> str:
    return json.dumps(json.loads(json.dumps(value), parse_float=_number), sort_keys=True)


def _number(text: str) -> int | float:
    """JSON has one kind of number: 1.0 is 1, and languages differ in which one they write."""
    number = float(text)
    return int(number) if number.is_integer() else number
