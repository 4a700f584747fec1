"""Names the servers of a capture, for the output of `list` and the option `--server`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Session

_UNKNOWN = "?"


def with_names(sessions: Sequence[Session]) -> tuple[Session, ...]:
    """Several sessions, each with its name: the URL, with the database where a URL has more."""
    counts = Counter(map(_url, sessions))
    names = [
        _url(session) if counts[_url(session)] == 1 else full_name(session) for session in sessions
    ]
    alike: Counter[str] = Counter()
    for number, name in enumerate(names):
        alike[name] += 1
        if alike[name] > 1:  # a call without an address, say, beside another
            names[number] = f"{name} ({alike[name]})"
    return tuple(
        replace(session, server=name) for session, name in zip(sessions, names, strict=True)
    )


def full_name(session: Session) -> str:
    """`https://my.odoo.com/my`: URL and database, "?" for what the capture does not tell."""
    return f"{_url(session)}/{_db(session)}"


def printable(text: str) -> str:
    """Captured text in a sentence: no line breaks and no control sequences."""
    return "".join(character if character.isprintable() else "?" for character in text)


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
    own = session.server or full_name(session)
    return [own, full_name(session), _url(session), _db(session)]


def _url(session: Session) -> str:
    return printable(session.get("url") or _UNKNOWN)


def _db(session: Session) -> str:
    return printable(session.get("db") or _UNKNOWN)


def _plain(name: str) -> str:
    return short_name(name.lower().rstrip("/"))
