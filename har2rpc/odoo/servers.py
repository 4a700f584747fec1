"""The servers of a capture by name: what `list` prints and `--server` takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Session

_UNKNOWN = "?"


def with_names(sessions: Sequence[Session]) -> tuple[Session, ...]:
    """The sessions, each with its name where there are several: the URL, with the database where a URL has more."""
    if len(sessions) < 2:
        return tuple(sessions)
    counts = Counter(map(_url, sessions))
    names: list[str] = []
    for session in sessions:
        name = _url(session) if counts[_url(session)] == 1 else full_name(session)
        alike = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({alike + 1})" if alike else name)
    return tuple(
        replace(session, server=name) for session, name in zip(sessions, names, strict=True)
    )


def full_name(session: Session) -> str:
    """`https://my.odoo.com/my`: URL and database, "?" for what the capture does not tell."""
    return f"{_url(session)}/{session.get('db') or _UNKNOWN}"


def short_name(server: str) -> str:
    """A server's name without the scheme, for a column."""
    return server.removeprefix("https://").removeprefix("http://")


def named_servers(sessions: Sequence[Session], text: str) -> list[Session]:
    """The sessions that a person may mean by a text: URL, host, database, URL/database, or a part of any."""
    name = _plain(text)
    exact = [session for session in sessions if name in map(_plain, _names(session))]
    return exact or [
        session for session in sessions if any(name in _plain(other) for other in _names(session))
    ]


def _names(session: Session) -> list[str]:
    db = session.get("db") or _UNKNOWN
    return [session.server or full_name(session), full_name(session), _url(session), db]


def _url(session: Session) -> str:
    return session.get("url") or _UNKNOWN


def _plain(name: str) -> str:
    return short_name(name.lower().rstrip("/"))
