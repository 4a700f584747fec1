"""The part of a capture that belongs to one server and one user, so that facts of one are never used for another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from har2rpc.model import Action, Call, Capture, Field, Har2rpcError, Session


def described_by(calls: Sequence[Call]) -> Callable[[], Mapping[str, Mapping[str, Field]]]:
    """`Capture.fields` of these calls: their answers are read when it is first called."""

    @cache
    def fields() -> Mapping[str, Mapping[str, Field]]:
        from har2rpc.odoo.schema import metadata

        return metadata.described_fields(calls)

    return fields


def part_for(
    capture: Capture, *, server: str | None = None, user: str | int | None = None
) -> Capture:
    """The part of a capture for a server (URL, URL/database, a part of it) and a user (uid, login).

    Calls keep their numbers. Without either it is the capture itself. Raises Har2rpcError if there is no such server or
    user, or if several servers match.
    """
    if server is not None:
        capture = _of_session(capture, _server(capture, server))
    return capture if user is None else _of_user(capture, user)


def part_of(capture: Capture, calls: Sequence[Call]) -> Capture:
    """The part of a capture that these calls belong to: everything of their server, with the session of their user.

    If several users made the calls, it is the one who made most of them. Raises Har2rpcError for calls to several servers.
    """
    names = dict.fromkeys(call.server for call in calls)
    if len(names) > 1:
        raise Har2rpcError(_several(capture, names))
    if names and len(capture.sessions) > 1:
        server = next(iter(names))
        capture = _of_session(
            capture, next(each for each in capture.sessions if each.server == server)
        )
    session = capture.session
    users = Counter(call.uid for call in calls if call.uid is not None)
    if users:
        uid, most = users.most_common(1)[0]
        if users[session.get("uid")] < most:  # in a tie, the user of the capture's session
            session = session.as_user(uid)
    return capture if session is capture.session else replace(capture, sessions=(session,))


def one_server(capture: Capture) -> Capture:
    """The part for the only server that has calls. Raises Har2rpcError if several have."""
    if len(capture.sessions) == 1:
        return capture
    with_calls = {call.server for call in capture.calls} or {s.server for s in capture.sessions}
    if len(with_calls) > 1:
        raise Har2rpcError(_several(capture, with_calls))
    return _of_session(
        capture, next(each for each in capture.sessions if each.server in with_calls)
    )


def by_server(calls: Sequence[Call]) -> list[list[Call]]:
    """The calls of each server, as separate lists."""
    groups: dict[str, list[Call]] = {}
    for call in calls:
        groups.setdefault(call.server, []).append(call)
    return list(groups.values())


def with_user_notes(capture: Capture, actions: Sequence[Action]) -> list[Action]:
    """The actions, with a note on those that another user did than the one the code runs as."""
    session = part_of(capture, [call for action in actions for call in action.calls]).session
    uid = session.get("uid")
    noted = []
    for action in actions:
        others = [call for call in action.calls if call.uid not in (None, uid)]
        if others:
            users = _listed_users(session, [call.uid for call in others if call.uid is not None])
            recorded = "Recorded" if len(others) == len(action.calls) else "Partly recorded"
            text = f"{recorded} as {users}; this code runs as {user_name(session, uid)}."
            action = replace(action, notes=(*action.notes, text))
        noted.append(action)
    return noted


def users_note(capture: Capture, calls: Sequence[Call]) -> str:
    """A sentence if several users made these calls; "" for a single user."""
    from har2rpc.odoo import english

    uids = Counter(call.uid for call in calls if call.uid is not None)
    if len(uids) < 2:
        return ""
    session = part_of(capture, calls).session
    others = [call for call in calls if call.uid not in (None, session.get("uid"))]
    numbers = english.listed([str(call.n) for call in others], most=8)
    one = len(others) == 1
    return (
        f"call{'' if one else 's'} {numbers} {'was' if one else 'were'} made by "
        f"{_listed_users(session, [call.uid for call in others if call.uid is not None])}, the others by "
        f"{user_name(session, session.get('uid'))}; the code runs as that user (--user chooses another)"
    )


def user_name(session: Session, uid: int) -> str:
    """`user 6 (demo)`."""
    from har2rpc.odoo.servers import printable

    login = session.personal.get(uid, {}).get("login")
    return f"user {uid} ({printable(login.value)})" if login else f"user {uid}"


def _listed_users(session: Session, uids: Sequence[int]) -> str:
    return _listed([user_name(session, uid) for uid in dict.fromkeys(uids)])


def _listed(names: list[str]) -> str:
    """All of them, however many: to choose one, a person must see it."""
    from har2rpc.odoo import english

    return english.listed(names, most=len(names))


def _of_session(capture: Capture, session: Session) -> Capture:
    if len(capture.sessions) == 1:
        return capture
    calls = tuple(call for call in capture.calls if call.server == session.server)
    requests = tuple(one for one in capture.requests if one.server in ("", session.server))
    fields = described_by(calls)
    return replace(capture, calls=calls, requests=requests, sessions=(session,), fields=fields)


def _server(capture: Capture, text: str) -> Session:
    from har2rpc.odoo.servers import full_name, named_servers

    sessions = named_servers(capture.sessions, text)
    if len(sessions) == 1:
        return sessions[0]
    known = _listed([s.server or full_name(s) for s in sessions or capture.sessions])
    if sessions:
        raise Har2rpcError(f"--server {text!r} matches several: {known}; write more of the name")
    raise Har2rpcError(f"--server {text!r} matches no server of the capture: it has {known}")


def _several(capture: Capture, names: Mapping[str, None] | set[str]) -> str:
    counts = Counter(call.server for call in capture.calls)
    known = [
        f"{session.server} ({counts[session.server]} call{'' if counts[session.server] == 1 else 's'})"
        for session in capture.sessions
        if session.server in names
    ]
    return f"these calls went to several servers: {_listed(known)}; choose one with --server"


def _of_user(capture: Capture, user: str | int) -> Capture:
    """The calls of one user and those without a user, with this user's sessions."""
    sessions = []
    uids: dict[str, int] = {}
    for session in capture.sessions:
        uid = _uid(session, str(user))
        if uid is not None:
            uids[session.server] = uid
            sessions.append(session.as_user(uid))
    if not sessions:
        users = [_listed_users(each, [*each.users, *each.personal]) for each in capture.sessions]
        known = _listed([name for name in users if name]) or "no named user"
        raise Har2rpcError(f"--user {str(user)!r} is not a user of the capture: it has {known}")
    calls = tuple(
        call
        for call in capture.calls
        if call.server in uids and call.uid in (None, uids[call.server])
    )
    return replace(capture, calls=calls, sessions=tuple(sessions))


def _uid(session: Session, user: str) -> int | None:
    """The uid for a uid or a login; None if the session has no such user."""
    known = dict.fromkeys([*session.users, *session.personal])
    if user.isdecimal() and int(user) in known:
        return int(user)
    for uid in known:
        login = session.personal.get(uid, {}).get("login")
        if login and login.value.lower() == user.lower():
            return uid
    return None
