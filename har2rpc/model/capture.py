"""What was recorded: Odoo calls, who was logged in, what the capture says of fields."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from har2rpc.model.client_requests import ClientRequest
from har2rpc.model.exchanges import Json, Kind, Outcome, Where

PERSONAL = ("uid", "login", "name", "lang", "tz", "company_ids")
"""The facts of a session that are those of one user."""

_MAJOR = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])")  # saas~18.2, 17.0+e

Part: TypeAlias = Callable[[Json], Json]
"""Takes what is needed out of an answer: values under the names and in the nesting that they have there."""


def whole(answer: Json) -> Json:
    """All of an answer, as a Part."""
    return answer


class Fetch(Protocol):
    """What gives the answer to a call, or a part of it."""

    def __call__(self, part: Part = whole, /) -> Json: ...


def answer_of(result: Json) -> Fetch:
    """A Fetch for an answer that is at hand."""
    return lambda part=whole, /: part(result)


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded Odoo call, as recorded."""

    n: int
    """Its number among all calls of the capture, from 1; it never depends on a filter."""
    where: Where
    url: str
    """The server it went to: scheme, host, port and the path in front of Odoo's own."""
    route: str
    model: str
    method: str
    args: list[Json]
    kwargs: dict[str, Json]
    """Without `context`, which is a field of its own."""
    context: dict[str, Json]
    uid: int | None
    kind: Kind
    outcome: Outcome
    started: str
    ms: float | None
    result_ids: tuple[int, ...] = ()
    """The ids that a creating call answered with."""
    refusal: str = ""
    """If Odoo refused it: the exception's name; "" if the answer has none."""
    refusal_words: str = ""
    """The first line of Odoo's message in that case; "" if the call had a secret, because the message may repeat it."""
    http_outcome: str = ""
    """What came instead of an answer (`HTTP 429`), if that is in the file."""
    is_copied: bool = False
    """Whether somebody copied this single request. Then it is what they care about, and never noise."""
    note: str = ""
    server: str = ""
    """If the capture has several sessions: this call's, by the name that `--server` takes; else ""."""
    noise_rule: str = ""
    """Of noise: why it is noise, as a sentence ("the record just saved or acted on, read again")."""
    fetch: Fetch = field(default=answer_of(None), compare=False, repr=False)
    """Gives the recorded `result` (None where there is none), or the part of it that a function takes out; it reads the file
    again, so ask once. Of a long answer a part takes less time than the whole, which is looked through for secrets."""


def position_of(calls: Sequence[Call], n: int) -> int:
    """The position of number `n` among a capture's calls. A part of a capture keeps the numbers of the whole."""
    return bisect_left(calls, n, key=lambda call: call.n)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known about the session, and where it was read (`home.har#3, session info in the page`)."""

    value: Json
    found_in: str


@dataclass(frozen=True, slots=True)
class VersionRange:
    """Odoo's major versions from `first` to `last`, both included. None is an open end; if both are None, nothing is known.

    `odoo/versions.py` says what a range means for the code.
    """

    first: int | None = None
    last: int | None = None

    def __str__(self) -> str:
        if self.first == self.last:
            return "unknown" if self.first is None else str(self.first)
        if self.last is None:
            return f"{self.first} or later"
        return f"{self.last} or earlier" if self.first is None else f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Session:
    """Who was logged in where: in one database of one server. A key that is missing from `facts` is unknown."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    """By key: url, db, uid, login, name, server_version, lang, tz, company_ids."""
    guesses: Mapping[str, Fact] = field(default_factory=dict)
    """By the same keys: what is likely but not certain, kept apart from facts; of the version a VersionRange."""
    users: Mapping[int, int] = field(default_factory=dict)
    """How many calls each uid made."""
    personal: Mapping[int, Mapping[str, Fact]] = field(default_factory=dict)
    """By uid, for every user in the capture: the personal facts, which `facts` has only for one of them."""
    server: str = ""
    """The name that `--server` takes, in a capture with several servers or databases; "" in all others."""

    def get(self, key: str) -> Json:
        """The value of a fact, or None."""
        fact = self.facts.get(key)
        return fact.value if fact else None

    def as_user(self, uid: int) -> Session:
        """The same session with the facts of another user."""
        if uid == self.get("uid"):
            return self
        shared = {key: fact for key, fact in self.facts.items() if key not in PERSONAL}
        guesses = {key: fact for key, fact in self.guesses.items() if key not in PERSONAL}
        return replace(self, facts={**shared, **self.personal.get(uid, {})}, guesses=guesses)

    @property
    def version(self) -> VersionRange:
        """The major versions that the server may have: a single one if it is a fact, else what the calls suggest."""
        if fact := self.facts.get("server_version"):
            number = _MAJOR.search(str(fact.value))
            return VersionRange(int(number[0]), int(number[0])) if number else VersionRange()
        guess = self.guesses.get("server_version")
        return guess.value if guess and isinstance(guess.value, VersionRange) else VersionRange()

    @property
    def major(self) -> int | None:
        """The newest of these versions (19); None if nothing limits it."""
        return self.version.last


@dataclass(frozen=True, slots=True)
class Field:
    """What the capture itself says of a model's field."""

    name: str
    label: str = ""
    type: str = ""
    """Odoo's: char, text, html, integer, float, monetary, boolean, date, datetime, selection, many2one, …"""
    required: bool = False
    help: str = ""
    selection: tuple[tuple[Json, str], ...] = ()
    relation: str = ""
    depends: tuple[str, ...] | None = None
    """The fields that it is computed from; () for one that is not computed, None where the capture does not tell."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Everything that was read, all files together: calls in recorded order, with what is known of their session.

    Facts of one server and database are never used for another. Code that needs a single session works with a part of
    the capture (`pipeline.part_of`).
    """

    calls: tuple[Call, ...]
    sessions: tuple[Session, ...]
    """One for each server and database, at least one; those with calls first, in order of their first call."""
    fields: Callable[[], Mapping[str, Mapping[str, Field]]] = field(repr=False)
    """By model, then by field name; a function, because only `convert` needs the answers it reads."""
    action_domains: Callable[[str], Iterable[tuple[str, Json]]] = field(
        default=lambda server: (), repr=False
    )
    """Model and domain (as JSON, or as Python in a text) of each action of a server that opened a page; reads answers."""
    skipped: tuple[str, ...] = ()
    """One sentence for every entry that is damaged, or looks like an Odoo call but cannot be used."""
    other_routes: Mapping[str, int] = field(default_factory=dict)
    """JSON-RPC posts that are no model calls and that the client makes for itself, by route."""
    requests: tuple[ClientRequest, ...] = ()
    """Other requests that changed something or returned a file, in recorded order; `n` is set if one of `calls` does the same."""
    files: tuple[str, ...] = ()

    @property
    def session(self) -> Session:
        """The only session, or, if there are several, that of the first call."""
        return self.sessions[0]
