"""Answers of calls as they are fetched, without their secrets."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeAlias

from har2rpc.model import Exchange, Json
from har2rpc.odoo import answers, routes

Place: TypeAlias = tuple[int, int]
"""The number of the file, and of the entry in it."""
_SMALL = 65_536  # characters of an answer
_MOST = 2_000_000  # characters of all small answers that are kept


class AnswerCache:
    """Keeps the answer that was fetched last, its secrets masked, and small ones: converting fetches each a few times.

    Of all others it remembers whether they hold none, which takes longer to tell than to read them again.
    """

    def __init__(self) -> None:
        self._place: Place | None = None
        self._result: Json = None
        self._small: OrderedDict[Place, tuple[Json, int]] = OrderedDict()
        self._size = 0
        self._harmless: set[Place] = set()

    def result(
        self, place: Place, reread: Callable[[], Exchange], called: tuple[str, str, list[Json]]
    ) -> Json:
        """The recorded result of the call at this place (model, method, args); None where it is nested too deep to be masked."""
        if place in self._small:
            return self._small[place][0]
        if self._place != place:
            exchange = reread()
            result = answers.result_of(exchange)
            if self._may_hold_secrets(place, exchange, called):
                from har2rpc.odoo.secret_methods import masked_answer

                try:
                    result = masked_answer(*called, result)
                except RecursionError:
                    result = None
            self._result, self._place = result, place
            self._keep_small(place, result, len(exchange.answer or ""))
        return self._result

    def _keep_small(self, place: Place, result: Json, size: int) -> None:
        if size > _SMALL:
            return
        self._small[place] = result, size
        self._size += size
        while self._size > _MOST:
            self._size -= self._small.popitem(last=False)[1][1]

    def _may_hold_secrets(
        self, place: Place, exchange: Exchange, called: tuple[str, str, list[Json]]
    ) -> bool:
        from har2rpc.odoo.secret_methods import has_untold_secret
        from har2rpc.odoo.secret_words import is_worth_walking

        if place in self._harmless:
            return False
        if (
            has_untold_secret(*called)
            or routes.xml_rpc_service(exchange.url)
            or is_worth_walking(exchange.answer or "", called[0])
        ):
            return True
        self._harmless.add(place)
        return False
