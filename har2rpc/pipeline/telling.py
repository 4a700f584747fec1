"""What a capture holds, as plain data for people and programs."""

from __future__ import annotations

from collections.abc import Sequence

from har2rpc.model import Call, Capture, Json


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


def as_known(capture: Capture) -> dict[str, Json]:
    """The object of `whoami --json`."""
    session = capture.session
    keys = ("url", "db", "uid", "login", "name", "server_version", "lang", "tz", "company_ids")
    return {
        **{key: session.get(key) for key in keys},
        "found_in": {key: session.facts[key].found_in for key in keys if key in session.facts},
        "perhaps": {key: fact.value for key, fact in session.perhaps.items()},
        "users": [{"uid": uid, "calls": count} for uid, count in session.users.items()],
    }


def named_files(names: Sequence[str]) -> str:
    """The files of a capture in a sentence."""
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more files"
