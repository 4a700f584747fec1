"""The Odoo user that tools call as, through /jsonrpc. The function that sends requests is a parameter."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from har2rpc.model import Har2rpcError, Json
from har2rpc.model.values import is_id
from har2rpc.odoo import methods


@dataclass
class OdooUser:
    """A database of a server, and who calls there."""

    post: Callable[[Json], Json]
    """Sends a JSON-RPC request to `/jsonrpc` and gives the whole answer. Raises Har2rpcError if there is none."""
    db: str
    login: str
    """Used where `known_uid` is None."""
    known_uid: int | None
    secret: str = field(repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def uid(self) -> int:
        """The id to call as. Raises Har2rpcError if the login is refused."""
        with self._lock:
            if self.known_uid is None:
                uid = self._request("common", "login", [self.db, self.login, self.secret])
                if not is_id(uid) or uid <= 0:
                    raise Har2rpcError(
                        f"{self.login} was refused; with two-factor login only an API key works"
                    )
                self.known_uid = uid
            return self.known_uid

    def execute(self, model: str, method: str, args: list[Json], kwargs: dict[str, Json]) -> Json:
        """The result of a method. Raises Har2rpcError in Odoo's words."""
        who = [self.db, self.uid(), self.secret]
        may_change = methods.changes(method, model)
        return self._request(
            "object", "execute_kw", [*who, model, method, args, kwargs], may_change=may_change
        )

    def _request(
        self, service: str, method: str, args: list[Json], *, may_change: bool = False
    ) -> Json:
        params = {"service": service, "method": method, "args": args}
        try:
            answer = self.post({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1})
        except Har2rpcError as error:
            doubt = "; it may have succeeded: check in Odoo before you repeat it"
            raise Har2rpcError(f"{error}{doubt if may_change else ''}") from None
        if not isinstance(answer, dict):
            raise Har2rpcError("its response is not an Odoo response; is the address right?")
        if refusal := answer.get("error"):
            raise Har2rpcError(_words_of(refusal))
        return answer.get("result")  # Odoo leaves it out where a method returns nothing


def _words_of(error: Any) -> str:
    """The name of Odoo's exception and its message, as generated code says it."""
    error = error if isinstance(error, dict) else {"message": error}
    data = error.get("data")
    data = data if isinstance(data, dict) else {}
    return f"{data.get('name') or 'Odoo'}: {data.get('message') or error.get('message')}"
