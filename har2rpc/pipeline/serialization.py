"""What a capture holds, as plain data for people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from har2rpc.model import Call, Capture, Input, Json, Link

if TYPE_CHECKING:
    from har2rpc.proving.verdict import Verdict

_KNOWN = ("url", "db", "uid", "login", "name", "server_version", "lang", "tz", "company_ids")
_GIVEN = ("url", "db", "login")


def as_listed(call: Call) -> dict[str, Json]:
    """One object of `list --json`."""
    return {
        "n": call.n,
        "where": str(call.where),
        "route": call.route,
        "model": call.model,
        "method": call.method,
        "kind": call.kind,
        "args": call.args,
        "kwargs": call.kwargs,
        "context": call.context,
        "uid": call.uid,
        "outcome": call.outcome,
        "started": call.started,
        "ms": int(call.ms) if call.ms is not None and call.ms.is_integer() else call.ms,
    }


def as_opened(inputs: Sequence[tuple[str, Input]]) -> list[dict[str, Json]]:
    """The `inputs` of a call in `list --json -v`: a secret's value is never told."""
    return [
        {
            "path": path,
            "name": made.name,
            "recorded": "***" if made.type == "secret" else made.example,
            "why": made.why,
        }
        for path, made in inputs
    ]


def as_linked(links: Sequence[Link]) -> list[dict[str, Json]]:
    """The `links` of a call in `list --json --flow`: where an id stands, and what it was in which call's answer."""
    return [
        {
            "path": link.path,
            "model": link.model,
            "recorded": link.result.example,
            "from": link.source,
            "as": link.result.what,
            "record": link.result.record,
            "field": link.result.field,
            "item": link.result.item,
        }
        for link in links
    ]


def as_known(capture: Capture) -> dict[str, Json]:
    """The object of `whoami --json`."""
    session = capture.session
    return {
        **{key: session.get(key) for key in _KNOWN},
        "found_in": {key: session.facts[key].found_in for key in _KNOWN if key in session.facts},
        "perhaps": {key: fact.value for key, fact in session.guesses.items()},
        "users": [{"uid": uid, "calls": count} for uid, count in session.users.items()],
    }


def as_told(**told: Json) -> dict[str, Json]:
    """The same object for what a live server said."""
    return {
        **{key: told.get(key) for key in _KNOWN},
        "found_in": {key: "the server's answer" for key in told if key not in _GIVEN}
        | {key: "as given" for key in told if key in _GIVEN},
        "perhaps": {},
        "users": [],
    }


def as_verified(verdict: Verdict) -> dict[str, Json]:
    """One object of `verify --json`; texts stand for values, cut where they are long."""
    return {
        "n": verdict.call.n,
        "model": verdict.call.model,
        "method": verdict.call.method,
        "status": verdict.status,
        "why": verdict.why,
        "differences": [
            {"path": found.path, "said": str(found), "reason": found.reason}
            for found in verdict.differences
        ],
    }


def named_files(names: Sequence[str]) -> str:
    """The files of a capture in a sentence."""
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more files"
