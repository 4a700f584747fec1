"""The JSON of `--json` options: a capture's calls, session and verdicts as plain data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from har2rpc.model import (
    Call,
    Capture,
    Decision,
    Input,
    Json,
    Link,
    RedactionReport,
    Session,
)

if TYPE_CHECKING:
    from har2rpc.proving.verdict import Verdict

_KNOWN = ("url", "db", "uid", "login", "name", "server_version", "lang", "tz", "company_ids")
_LOGIN_FACTS = ("url", "db", "login")


def as_listed(call: Call) -> dict[str, Json]:
    """One object of `list --json`; for a call that Odoo refused it also has Odoo's message, as `refusal`."""
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
        "outcome": call.http_outcome or call.outcome,
        **({"refusal": _refusal(call)} if call.outcome == "error" else {}),
        "started": call.started,
        "ms": int(call.ms) if call.ms is not None and call.ms.is_integer() else call.ms,
    }


def _refusal(call: Call) -> str:
    """`odoo.exceptions.UserError: You cannot …`, from what the call keeps of Odoo's message."""
    return ": ".join(filter(None, (call.refusal, call.refusal_words)))


def as_inputs(inputs: Sequence[tuple[str, Input]]) -> list[dict[str, Json]]:
    """The `inputs` of a call in `list --json -v`: a secret's value is never written."""
    return [
        {
            "path": path,
            "name": param.name,
            "recorded": "***" if param.type == "secret" else param.example,
            "why": param.why,
        }
        for path, param in inputs
    ]


_LONGEST_VALUE = 200  # characters, in the decisions of `list --json -vv`


def as_decided(n: int, decisions: Sequence[Decision]) -> list[dict[str, Json]]:
    """The `decisions` on the form that a call saved, in `list --json -vv`: long values are cut, secrets are `***`."""
    return [
        {
            "path": f"{n}:{decision.path}",
            "recorded": _cut(decision.value),
            "becomes": decision.becomes,
            "reason": decision.reason,
            "call": decision.n or None,
        }
        for decision in decisions
    ]


def _cut(value: Json) -> Json:
    """The value, or its text, cut, if that is long. Secrets were masked when the capture was read."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return value if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def as_linked(links: Sequence[Link]) -> list[dict[str, Json]]:
    """The `links` of a call in `list --json --flow`: the path of an id, and where in which answer it came from."""
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
    """The object of `whoami --json`; for several servers `{"servers": [‥]}`, each with the same keys and `server`."""
    if len(capture.sessions) == 1:
        return _known(capture.session)
    return {
        "servers": [{"server": each.server, **_known(each)} for each in capture.sessions],
    }


def _known(session: Session) -> dict[str, Json]:
    return {
        **{key: session.get(key) for key in _KNOWN},
        "found_in": {key: session.facts[key].found_in for key in _KNOWN if key in session.facts},
        "perhaps": {
            key: str(fact.value) if key == "server_version" else fact.value
            for key, fact in session.guesses.items()
        },
        "users": [{"uid": uid, "calls": count} for uid, count in session.users.items()],
    }


def as_probed(**facts: Json) -> dict[str, Json]:
    """The same object for what a live server said."""
    return {
        **{key: facts.get(key) for key in _KNOWN},
        "found_in": {key: "the server's answer" for key in facts if key not in _LOGIN_FACTS}
        | {key: "as given" for key in facts if key in _LOGIN_FACTS},
        "perhaps": {},
        "users": [],
    }


def as_verified(verdict: Verdict) -> dict[str, Json]:
    """One object of `verify --json`; values are texts, cut if they are long."""
    return {
        "n": verdict.call.n,
        "model": verdict.call.model,
        "method": verdict.call.method,
        "status": verdict.status,
        "why": verdict.why,
        "differences": [
            {"path": each.path, "said": str(each), "reason": each.reason}
            for each in verdict.differences
        ],
        "unsent": [
            {"path": each.path, "recorded": _cut(each.recorded), "reason": each.reason}
            for each in verdict.unsent
        ],
    }


def as_redacted(report: RedactionReport) -> dict[str, Json]:
    """The object of `redact --report --json`: kinds, places and counts; no value."""

    def as_tallies(name: str) -> list[dict[str, Json]]:
        return [
            {"kind": one.kind, "place": one.place, "count": one.count, "first": one.where}
            for one in getattr(report, name)
        ]

    return {
        "files": list(report.files),
        "removed": as_tallies("removed"),
        "doubts": as_tallies("doubts"),
        "notes": list(report.notes),
    }


def named_files(names: Sequence[str]) -> str:
    """The files of a capture in a sentence."""
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more files"
