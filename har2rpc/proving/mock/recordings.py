"""What was recorded, found again by what is asked: the same model, method, arguments and context."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeAlias

from har2rpc.model import Call, Json, Outcome
from har2rpc.odoo import signatures
from har2rpc.proving.mock.errors import UNPROCESSABLE, USER_ERROR, Refused

Answers: TypeAlias = list[tuple[Outcome, Callable[[], Json], int]]
"""Outcome, answer, and the number of the call (0 for one that nobody recorded)."""


class Received(NamedTuple):
    """A call as it arrived, without the credentials; `kwargs` still holds the context."""

    model: str
    method: str
    args: list[Json]
    kwargs: dict[str, Json]


class Recordings:
    """The calls of a capture and their answers.

    The same call means: model, method, args, kwargs, and context without `uid`, as JSON values (true is not 1).
    Asked again it gives the next recorded answer, and then the last one again.
    """

    def __init__(self, calls: Iterable[Call], major: int) -> None:
        self._major = major
        self._answers: defaultdict[str, Answers] = defaultdict(list)
        self._asked: dict[str, Received] = {}
        for call in calls:
            kwargs = {**call.kwargs, "context": call.context}
            asked = Received(call.model, call.method, call.args, kwargs)
            self._add(asked, call.outcome, partial(returned, call), call.n)
        for key, answers in self._answers.items():
            # The client gave up a search and asked again: the answer that arrived counts.
            self._answers[key] = [a for a in answers if a[0] != "missing"] or answers
        self._recorded = frozenset(self._answers)
        self._reached = 0

    def also(self, asked: Received, answer: Callable[[], Json], n: int = 0) -> None:
        """Adds a call that nobody recorded, with its answer: what a translation of call `n` will send.

        A recorded call keeps its own answers.
        """
        if _key(asked) not in self._recorded:
            self._add(asked, "ok", answer, n)

    def reach(self, n: int) -> None:
        """From now on it answers as it did from this call on, whatever was not asked before."""
        self._reached = n

    def answer(self, asked: Received) -> Json:
        """What the recorded server answered. Raises Refused for anything that it was not asked."""
        what = f"{asked.model}.{asked.method}"
        if not isinstance(asked.args, list) or not isinstance(asked.kwargs, dict):
            raise Refused("builtins.TypeError", f"{what}: args is no list, or kwargs no object")
        if not isinstance(asked.kwargs.get("context") or {}, dict):
            raise Refused("builtins.TypeError", f"{what}: the context is no object")
        return self._next(_key(asked), what)

    def answer_named(self, model: str, method: str, body: dict[str, Json]) -> Json:
        """The same for arguments by name, as JSON-2 sends them: `ids` and `context` beside them.

        Raises Refused; also where the server does: for ids on a method of the model.
        """
        known = signatures.signature(model, method, self._major)
        if known and known.is_model and body.get("ids"):
            raise Refused(UNPROCESSABLE, f"cannot call {model}.{method} with ids")
        named = _named_key(model, method, body)
        return self._next(self._by_name.get(named, ""), f"{model}.{method}")

    def knows(self, asked: Received) -> bool:
        """Whether this very call has an answer."""
        return _key(asked) in self._answers

    def _add(self, asked: Received, outcome: Outcome, answer: Callable[[], Json], n: int) -> None:
        key = _key(asked)
        self._asked[key] = asked
        self._answers[key].append((outcome, answer, n))
        self.__dict__.pop("_by_name", None)

    def _next(self, key: str, what: str) -> Json:
        answers = self._answers.get(key)
        if not answers:
            raise Refused(USER_ERROR, f"This call was never recorded: {what}")
        while len(answers) > 1 and answers[0][2] < self._reached:
            answers.pop(0)
        outcome, returned, _ = answers.pop(0) if len(answers) > 1 else answers[0]
        why = {"error": "recorded as an error", "missing": "no answer in the capture"}.get(outcome)
        if why:
            raise Refused(USER_ERROR, f"{why}: {what}")
        return returned()

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The key of a call by what JSON-2 sends for it; only calls whose every argument has a name."""
        found = {}
        for key, asked in self._asked.items():
            kwargs = {name: value for name, value in asked.kwargs.items() if name != "context"}
            known = signatures.signature(asked.model, asked.method, self._major)
            given = signatures.name_arguments(
                asked.model, asked.method, asked.args, kwargs, known=known
            )
            if known is None and asked.args:  # no signature: a record method without parameters?
                given = signatures.name_arguments(
                    asked.model, asked.method, asked.args, kwargs, known=None, is_button=True
                )
            if given.unnamed:
                continue
            ids = {} if given.ids is None else {"ids": given.ids}
            body = {**ids, **given.arguments, "context": asked.kwargs.get("context")}
            found[_named_key(asked.model, asked.method, body)] = key
        return found


def _key(asked: Received) -> str:
    """One text for all spellings of the same JSON; `uid` in the context selects nobody."""
    kwargs = {**asked.kwargs, "context": _context(asked.kwargs)}
    return _text([asked.model, asked.method, asked.args, kwargs])


def _named_key(model: str, method: str, body: dict[str, Json]) -> str:
    named = {**body, "context": _context(body)}
    ids = named.get("ids")
    if isinstance(ids, int) and not isinstance(ids, bool):
        named["ids"] = [ids]
    if method == "create" and isinstance(named.get("vals_list"), dict):
        named["vals_list"] = [named["vals_list"]]
    return _text([model, method, named])


def _context(kwargs: dict[str, Json]) -> Json:
    context = kwargs.get("context") or {}
    if not isinstance(context, dict):
        return context
    return {key: value for key, value in context.items() if key != "uid"}


def _text(value: Any) -> str:
    return json.dumps(json.loads(json.dumps(value), parse_float=_number), sort_keys=True)


def _number(text: str) -> int | float:
    """JSON has one kind of number: 1.0 is 1, and languages differ in which one they write."""
    number = float(text)
    return int(number) if number.is_integer() else number


def returned(call: Call) -> Json:
    """What the method returned: two old routes wrap it in an object of their own."""
    result = call.fetch()
    if call.route == "/web/dataset/search_read" and isinstance(result, dict):
        return result.get("records")
    if call.route == "/web/dataset/load" and isinstance(result, dict):
        return [result["value"]] if result.get("value") else []
    return result
