"""Requests that name no method: collected while a capture is read, assigned to sessions once its servers are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from har2rpc.model import Call, ClientRequest, Exchange, Fact, Json, Session
from har2rpc.odoo import routes, urls
from har2rpc.odoo.routes.other_requests import Unplaced, other_request, placed

_Place = tuple[int, int]  # the number of the file, and of the entry in it


class _TimedRequest(NamedTuple):
    """A request with its sort key for the recorded order."""

    seconds: float
    place: _Place
    unplaced: Unplaced


class RequestGatherer:
    """Looks at the exchanges; `requests()` are those that did something and are not calls."""

    def __init__(self) -> None:
        self._unplaced: list[_TimedRequest] = []
        self.counts: Counter[str] = Counter()
        """By route: the JSON-RPC posts that the client made for itself."""

    def look(
        self, exchange: Exchange, body: Json, seconds: float, place: _Place, *, is_call: bool
    ) -> None:
        """Takes an exchange. `body` is its parsed JSON body, if any; `is_call`: it is also one of the calls."""
        if unplaced := other_request(exchange, body):
            self._unplaced.append(_TimedRequest(seconds, place, unplaced))
        elif not is_call and (route := routes.other_route(exchange, body)):
            self.counts[route] += 1

    def sessions(self) -> tuple[Session, ...]:
        """The servers that these requests went to, for a capture that shows no server otherwise."""
        servers: dict[str, Session] = {}
        for _, _, (request, looks_like_odoo) in sorted(self._unplaced, key=lambda one: one[:2]):
            if looks_like_odoo and request.url not in servers:
                fact = Fact(request.url, f"{request.where}, the URL of a request")
                servers[request.url] = Session(facts={"url": fact} if request.url else {})
        if len(servers) < 2:
            return tuple(servers.values())
        from har2rpc.odoo.servers import with_names

        return with_names(list(servers.values()))

    def requests(
        self,
        calls: Sequence[Call],
        moments: Sequence[tuple[float, _Place]],
        sessions: Sequence[Session],
    ) -> tuple[ClientRequest, ...]:
        """The requests that went to a server of these sessions, in recorded order, each with the call before it.

        `moments` has the sort key of each call for the recorded order.
        """
        numbers = {call.where: call.n for call in calls}
        servers = {urls.server_key(session.get("url") or ""): session for session in sessions}
        requests = []
        before = 0
        for seconds, place, (request, looks_like_odoo) in sorted(
            self._unplaced, key=lambda one: one[:2]
        ):
            while before < len(moments) and moments[before] < (seconds, place):
                before += 1
            session = _session_of(request, servers)
            if session is None and not looks_like_odoo:
                continue
            try:
                kept = placed(request, (session.get("url") if session else "") or request.url)
            except RecursionError:
                kept = replace(request, params={}, route=request.path.partition("?")[0], path="")
            if kept is not None:
                requests.append(
                    replace(
                        kept,
                        after=calls[before - 1].n if before else 0,
                        n=numbers.get(request.where),
                        server=session.server if session else "",
                    )
                )
        return tuple(requests)


def _session_of(request: ClientRequest, servers: dict[str, Session]) -> Session | None:
    """The session whose server's address is a prefix of the request's; the longest one wins."""
    key = urls.server_key(request.url + request.path.partition("?")[0])
    ours = [server for server in servers if key == server or key.startswith(f"{server}/")]
    if not ours and not request.url and len(servers) == 1:
        ours = list(servers)
    return servers[max(ours, key=len)] if ours else None
