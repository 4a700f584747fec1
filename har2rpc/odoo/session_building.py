"""Builds the session of one server and database from the facts found and the calls to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from har2rpc.model import Call, Fact, Session
from har2rpc.model.capture import PERSONAL
from har2rpc.odoo.routes import PROGRAM_ROUTES
from har2rpc.odoo.session_facts import Finding, is_possible
from har2rpc.odoo.urls import server_url, url_parts
from har2rpc.odoo.version_hints import version_guess

# Odoo's own site and services have no customer's name in theirs.
_ONLINE = re.compile(
    r"^(?!(?:www|apps|accounts|iap|upgrade|runbot|help|nightly)\.)([a-z0-9-]+)(?:\.dev)?\.odoo\.com$"
)
_IN_CONTEXTS = {"lang": "lang", "tz": "tz", "company_ids": "allowed_company_ids"}
_Facts: TypeAlias = dict[str, Fact]
_People: TypeAlias = dict[int | None, _Facts]


@dataclass(slots=True, eq=False, repr=False)
class Stretch:
    """A part of a file in which one server is used with one database, and what was found there."""

    server: str
    """The server's key (`urls.server_key`); "" where the file names none."""
    db: Fact | None = None
    page: Fact | None = None
    version: Fact | None = None
    info_version: Fact | None = None
    """The same from a session info, which is more reliable than a URL."""
    people: _People = field(default_factory=dict)
    """What is known of each user, by uid; under None of somebody whose uid was not told with it."""
    guesses: _Facts = field(default_factory=dict)

    def take(self, finding: Finding) -> None:
        """Adds what is not known yet."""
        facts = finding.facts
        self.page = self.page or finding.page
        self.db = self.db or facts.get("db")
        if version := facts.get("server_version"):
            if finding.is_info:
                self.info_version = self.info_version or version
            else:
                self.version = self.version or version
        if personal := {key: facts[key] for key in PERSONAL if key in facts}:
            uid = facts["uid"].value if "uid" in facts else None
            _add(self.people.setdefault(uid, {}), personal)
        _add(self.guesses, finding.guesses)


def version_of_server(stretches: Sequence[Stretch]) -> Fact | None:
    """The version that was found first, of a server or of a database; one in a session info before all others."""
    infos = [stretch.info_version for stretch in stretches]
    others = [stretch.version for stretch in stretches]
    return next((fact for fact in infos + others if fact), None)


def build_session(
    stretches: Sequence[Stretch], calls: Sequence[Call], version: Fact | None
) -> Session:
    """All that is known, the calls' own contexts included: the facts are those of the user who made most calls."""
    users = Counter(call.uid for call in calls if call.uid is not None)
    people: _People = {}
    guesses: _Facts = {}
    for stretch in stretches:
        for user, facts_of_user in stretch.people.items():
            _add(people.setdefault(user, {}), facts_of_user)
        _add(guesses, stretch.guesses)
    _take_calls(people, users, calls)
    uid = next((user for user, _ in users.most_common()), None)
    if uid is None:
        uid = next((user for user in people if user is not None), None)
    if uid is not None and None in people:
        stranger = people.pop(None)  # who logged in, before any page told the uid
        if len(people) == 1:
            _add(people[uid], stranger)
    db = next((stretch.db for stretch in stretches if stretch.db), None)
    shared = {"url": _url(stretches, calls), "db": db, "server_version": version}
    facts = {key: fact for key, fact in shared.items() if fact} | people.get(uid, {})
    return Session(
        facts=facts,
        guesses=_guesses(guesses, facts, calls),
        users=dict(users.most_common()),
        personal={user: each for user, each in people.items() if user is not None},
    )


def _url(stretches: Iterable[Stretch], calls: Iterable[Call]) -> Fact | None:
    servers = Counter(call.url for call in calls if call.url)  # a pasted payload has none
    if servers:
        url = servers.most_common(1)[0][0]
        where = next(call.where for call in calls if call.url == url)
        return Fact(url, f"{where}, the URL of a call")
    page = next((stretch.page for stretch in stretches if stretch.page), None)
    return Fact(server_url(page.value), page.found_in) if page else None


def _take_calls(people: _People, users: Mapping[int, int], calls: Iterable[Call]) -> None:
    """Adds what the contexts of each user's calls tell; of nobody's calls where no call names its user."""
    for user in users or ((None,) if not people or None in people else ()):
        people.setdefault(user, {})
    missing = {
        user: {
            key: name
            for key, name in _IN_CONTEXTS.items()
            if key not in facts or key == "company_ids"  # the page does not tell which were ticked
        }
        for user, facts in people.items()
        if user is not None or not users
    }
    for call in calls:
        if call.uid is not None and "uid" not in people[call.uid]:
            place = (
                "uid in the arguments"
                if call.route in PROGRAM_ROUTES and "uid" not in call.context
                else "uid in a call's context"
            )
            people[call.uid]["uid"] = Fact(call.uid, f"{call.where}, {place}")
        if wanted_keys := missing.get(call.uid):
            for key, name in list(wanted_keys.items()):
                if is_possible(key, value := call.context.get(name)):
                    people[call.uid][key] = Fact(value, f"{call.where}, a call's context")
                    del wanted_keys[key]


def _guesses(likely: _Facts, facts: Mapping[str, Fact], calls: Sequence[Call]) -> _Facts:
    guesses = {key: fact for key, fact in likely.items() if key not in facts}
    if "server_version" not in facts and (guess := version_guess(calls)):
        guesses["server_version"] = guess
    if "db" not in facts and "db" not in guesses and "url" in facts:
        host = url_parts(facts["url"].value).netloc.partition(":")[0]
        if online := _ONLINE.match(host):
            guesses["db"] = Fact(online[1], f"the host name {host}")
    return guesses


def _add(known: _Facts, more: Mapping[str, Fact]) -> None:
    """Adds what is not known yet."""
    for key, fact in more.items():
        known.setdefault(key, fact)
