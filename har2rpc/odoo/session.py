"""Assigns calls and facts to servers and databases, so that facts of one are never used for another.

`session_facts.py` finds the facts and `session_building.py` builds a session from them; this module decides where they
belong. A browser works with one database of a server at a time: its calls belong to the last session info before them in
their file, else to the first one after them. A program names the database in every call.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from har2rpc.model import Call, Exchange, Fact, Session
from har2rpc.odoo.session_building import Stretch, build_session, version_of_server
from har2rpc.odoo.session_facts import findings
from har2rpc.odoo.urls import server_key, server_url

_Realm: TypeAlias = tuple[str, str | None]  # a server's key; the name of a database, if it is known


class SessionFinder:
    """Looks at every exchange once, then at the calls; `sessions()` is the result."""

    def __init__(self) -> None:
        self._stretches: list[Stretch] = []
        self._current: dict[str, Stretch] = {}
        self._of_database: dict[tuple[str, str], Stretch] = {}
        self._by_realm: dict[_Realm, list[Stretch]] = {}

    def begin_file(self) -> None:
        """The next exchanges are from another file: perhaps from another browser and another login."""
        self._current, self._of_database = {}, {}

    def look(self, exchange: Exchange, body: Any) -> None:
        """Takes the facts of one exchange. `body` is its parsed JSON body, if any."""
        for finding in findings(exchange, body):
            server, db = server_key(server_url(exchange.url)), finding.facts.get("db")
            if db is None:
                stretch = self._current_of(server)
            elif not finding.is_info:
                stretch = self._with_database(server, db)
            else:
                stretch = self._current_of(server)
                if stretch.db is None:
                    self._of_database.setdefault((server, db.value), stretch)
                elif stretch.db.value != db.value:
                    stretch = self._current[server] = self._with_database(server, db)
            stretch.take(finding)

    def place_of(self, url: str, db: str | None = None) -> Stretch:
        """The place of the exchange just taken, by its URL and the database that it names."""
        server = server_key(url)
        known = self._of_database.get((server, db)) if db else None
        return known or self._current_of(server)

    def group(self, places: Sequence[Stretch]) -> list[int]:
        """Of each call the number of its session, in order of their first calls; [] where all are of one.

        `places` are what `place_of` gave for the calls, in recorded order, and for whatever else is to have its number.
        """
        realms = _realms(self._stretches, set(places))
        in_order = [*dict.fromkeys(places), *self._stretches]
        self._by_realm = {}
        for stretch in dict.fromkeys(in_order):
            self._by_realm.setdefault(realms[stretch], []).append(stretch)
        numbers = {realm: number for number, realm in enumerate(self._by_realm)}
        of_stretch = {stretch: numbers[realm] for stretch, realm in realms.items()}
        return [] if len(numbers) == 1 else [of_stretch[place] for place in places]

    def sessions(self, calls: Sequence[Call], groups: Sequence[int]) -> tuple[Session, ...]:
        """All sessions, those with calls first: number 0 is that of the calls of group 0.

        A server without any call has one where somebody was logged in there, or where there are no calls at all.
        """
        calls_of: list[list[Call]] = [[] for _ in self._by_realm]
        for call, group in zip(calls, groups, strict=True) if groups else ():
            calls_of[group].append(call)
        of_server: dict[str, list[Stretch]] = {}
        for (server, _), stretches in self._by_realm.items():
            of_server.setdefault(server, []).extend(stretches)
        versions = {server: version_of_server(each) for server, each in of_server.items()}
        sessions = []
        for number, ((server, _), stretches) in enumerate(self._by_realm.items()):
            version = version_of_server(stretches) or versions[server]
            own_calls = calls_of[number] if groups else calls
            session = build_session(stretches, own_calls, version)
            if own_calls or "uid" in session.facts or (session.facts and not calls):
                sessions.append(session)
        if len(sessions) < 2:
            return tuple(sessions)
        from har2rpc.odoo.servers import with_names

        return with_names(sessions)

    def _current_of(self, server: str) -> Stretch:
        if server not in self._current:
            self._current[server] = self._new_stretch(server)
        return self._current[server]

    def _with_database(self, server: str, db: Fact) -> Stretch:
        key = server, db.value
        if key not in self._of_database:
            self._of_database[key] = self._new_stretch(server)
        return self._of_database[key]

    def _new_stretch(self, server: str) -> Stretch:
        self._stretches.append(Stretch(server))
        return self._stretches[-1]


def _realms(stretches: Sequence[Stretch], used: set[Stretch]) -> dict[Stretch, _Realm]:
    """The server and the database of each stretch, where they are not told by what is known of the others."""
    servers = dict.fromkeys(stretch.server for stretch in stretches)
    used_servers = {stretch.server for stretch in used}
    home = {server: _home(server, set(servers), used_servers) for server in servers}
    databases: dict[str, set[str]] = {}
    for stretch in stretches:
        if stretch.db:
            databases.setdefault(home[stretch.server], set()).add(stretch.db.value)
    realms: dict[Stretch, _Realm] = {}
    for stretch in stretches:
        server = home[stretch.server]
        names = databases.get(server, set())
        only = next(iter(names)) if len(names) == 1 else None
        realms[stretch] = server, stretch.db.value if stretch.db else only
    return realms


def _home(server: str, servers: set[str], used: set[str]) -> str:
    """The server itself; else, of a page beside the calls (`/fr/web/login`) or a call without an address, the only one."""
    if server and (server in used or not used):
        return server
    others = (used or servers) - {""}
    if not server:
        others = others or servers - {""}
    else:
        host = server.partition("/")[0]
        others = {other for other in others if other.partition("/")[0] == host}
    return next(iter(others)) if len(others) == 1 else server
