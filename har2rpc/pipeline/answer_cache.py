"""Answers of calls as they are fetched, without their secrets."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from har2rpc.model import Exchange, Json, Part, whole
from har2rpc.odoo import answers, routes

Place: TypeAlias = tuple[int, int]
"""The number of the file, and of the entry in it."""
Called: TypeAlias = tuple[str, str, list[Json]]
"""Model, method and arguments of a call."""
_SMALL = 65_536  # characters of an answer that is kept
_SHORT = 8_192  # characters of an answer that is searched as a whole, whatever part was requested
_MOST = 2_000_000  # characters of all small answers that are kept


@dataclass(slots=True)
class _Answer:
    """The answer that was fetched last. It keeps its text until that has been searched for secrets."""

    place: Place
    result: Json
    size: int
    exchange: Exchange | None


class AnswerCache:
    """Keeps the answer that was fetched last, and small ones, their secrets masked: converting fetches each a few times.

    In a long answer only the requested part is searched for secrets. For answers that were fetched as a whole it
    remembers that they have none, because searching takes longer than reading them again.
    """

    def __init__(self) -> None:
        self._last: _Answer | None = None
        self._small: OrderedDict[Place, tuple[Json, int]] = OrderedDict()
        self._size = 0
        self._harmless: set[Place] = set()

    def result(
        self, place: Place, reread: Callable[[], Exchange], called: Called, part: Part = whole, /
    ) -> Json:
        """The recorded result of the call at this place, or a part of it; None where it is nested too deep to be masked."""
        if place in self._small:
            return part(self._small[place][0])
        if self._last is None or self._last.place != place:
            exchange = reread()
            size = len(exchange.answer or "")
            self._last = _Answer(place, answers.result_of(exchange), size, exchange)
        answer = self._last
        if answer.exchange:
            if part is not whole and answer.size > _SHORT and not _is_secret_untold(called):
                taken = part(answer.result)
                return taken if place in self._harmless else _masked(called, taken)
            if self._may_hold_secrets(place, answer.exchange, called):
                answer.result = _masked(called, answer.result)
            answer.exchange = None
            self._keep_small(answer)
        return part(answer.result)

    def _keep_small(self, answer: _Answer) -> None:
        if answer.size > _SMALL:
            return
        self._small[answer.place] = answer.result, answer.size
        self._size += answer.size
        while self._size > _MOST:
            self._size -= self._small.popitem(last=False)[1][1]

    def _may_hold_secrets(self, place: Place, exchange: Exchange, called: Called) -> bool:
        from har2rpc.odoo.secret_methods import DESCRIPTIONS
        from har2rpc.odoo.secret_words import is_worth_walking

        model, method, _ = called
        if place in self._harmless or method in DESCRIPTIONS:
            return False
        if (
            _is_secret_untold(called)
            or routes.xml_rpc_service(exchange.url)
            or is_worth_walking(exchange.answer or "", model)
        ):
            return True
        self._harmless.add(place)
        return False


def _is_secret_untold(called: Called) -> bool:
    from har2rpc.odoo.secret_methods import has_untold_secret

    return has_untold_secret(*called)


def _masked(called: Called, result: Json) -> Json:
    from har2rpc.odoo.secret_methods import masked_answer

    try:
        return masked_answer(*called, result)
    except RecursionError:
        return None
