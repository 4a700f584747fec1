"""What the page shows of a capture, as plain data: facts with their sources, a row for each call, answers."""

from __future__ import annotations

import json

from har2rpc.model import Call, Capture, ConvertOptions, Input, Json, Session, VersionRange
from har2rpc.model.visible import visible, visible_json
from har2rpc.pipeline.parts import part_of
from har2rpc.pipeline.selection import select, without_refused

_LABELS = {
    "url": "Server",
    "db": "Database",
    "uid": "User ID (uid)",
    "login": "Login",
    "name": "User",
    "server_version": "Version",
    "lang": "Language",
    "tz": "Time zone",
    "company_ids": "Company IDs",
}


def as_facts(session: Session) -> list[dict[str, Json]]:
    """Each fact of a session: `{"key", "label", "value", "found_in", "guess", "how"}`.

    Values are texts. An unknown fact has the value None, perhaps a guess (a text), and how to find it.
    """
    return [_fact(session, key) for key in _LABELS]


def _fact(session: Session, key: str) -> dict[str, Json]:
    from har2rpc.odoo.unknown_facts import HOW_TO_FIND

    known, guess = session.facts.get(key), session.guesses.get(key)
    if guess and isinstance(guess.value, VersionRange):
        words = f"{guess.value} ({guess.found_in})"
    else:
        words = f"perhaps {guess.value}" if guess else ""
    return {
        "key": key,
        "label": _LABELS[key],
        "value": _text(known.value) if known else None,
        "found_in": known.found_in if known else "",
        "guess": "" if known else words,
        "how": "" if known else HOW_TO_FIND.get(key, ""),
    }


def _text(value: Json) -> str:
    return visible(", ".join(map(str, value)) if isinstance(value, list) else str(value))


def as_rows(capture: Capture) -> list[dict[str, Json]]:
    """Every call of a capture, noise included, for a list to tick: `ticked` is the initial state.

    Ticked is what `convert` takes by default, without the lists that the client showed as it opened, unless there is
    nothing else.
    """
    from har2rpc.odoo.landing import landing_calls
    from har2rpc.odoo.sentences import sentences
    from har2rpc.odoo.servers import short_name

    taken, _ = without_refused(select(capture))
    landed = landing_calls(capture.calls)
    ticked = {call.n for call in taken if call.n not in landed} or {call.n for call in taken}
    return [
        {
            "n": call.n,
            "kind": call.kind,
            "sentence": visible(sentence),
            "technical": visible(f"{call.model}.{call.method}"),
            "ms": None if call.ms is None or call.ms < 0 else round(call.ms),
            "outcome": call.outcome,
            "refusal": visible(call.refusal),
            "refusal_words": visible(call.refusal_words),
            "http_outcome": call.http_outcome,
            "noise_rule": call.noise_rule,
            "landing": call.n in landed,
            "ticked": call.n in ticked,
            "server": short_name(call.server),
            "uid": call.uid,
            "where": str(call.where),
        }
        for call, sentence in zip(capture.calls, sentences(capture, capture.calls), strict=True)
    ]


_LONGEST_ANSWER = (
    20_000  # characters: enough to recognize an answer, and few enough for a page to show at once
)


def as_answered(call: Call) -> dict[str, Json]:
    """What Odoo answered, as JSON text with secrets masked: `{"text", "size", "cut"}`; size in characters."""
    try:
        text = visible_json(json.dumps(call.fetch(), ensure_ascii=False, indent=2))
    except RecursionError:
        text = "nested too deep to be shown"
    is_cut = len(text) > _LONGEST_ANSWER
    return {"text": text[:_LONGEST_ANSWER], "size": len(text), "cut": is_cut}


def as_values(capture: Capture, call: Call, options: ConvertOptions) -> dict[str, Json]:
    """What can be set for a call: `{"values", "fields", "known_fields"}`.

    A value is `{"path", "recorded", "becomes", "reason", "input"}`, its input `{"name", "label", "required", "default",
    "help", "type"}` or None; what was recorded, and a default, are JSON texts, cut if they are long. `fields` are the
    names that a read returns (None where it is none), `known_fields` all of the model, with labels, as the capture has them.
    Raises Har2rpcError for an override that names no value.
    """
    from har2rpc.converting.settable_values import find_values

    part = part_of(capture, [call])
    values, fields = find_values(part, call, options)
    known = part.fields().get(call.model, {})
    names = dict.fromkeys([*(fields or ()), *sorted(known)])
    return {
        "values": [
            {
                "path": value.path,
                "recorded": "***" if _is_secret(value.param) else _short_json(value.value),
                "becomes": value.becomes,
                "reason": value.reason,
                "input": _as_param(value.param) if value.param else None,
            }
            for value in values
        ],
        "fields": fields,
        "known_fields": (
            [
                {
                    "name": visible(name),
                    "label": visible(known[name].label if name in known else ""),
                }
                for name in names
            ]
            if fields is not None
            else []
        ),
    }


def _is_secret(param: Input | None) -> bool:
    return param is not None and param.type == "secret"


def _as_param(param: Input) -> dict[str, Json]:
    return {
        "name": param.name,
        "label": visible(param.label),
        "required": param.required,
        "default": "" if param.default is None else _short_json(param.default),
        "help": visible(param.help),
        "type": param.type,
    }


_LONGEST_VALUE = 200  # characters


def _short_json(value: Json) -> str:
    text = visible_json(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def as_targets() -> list[dict[str, Json]]:
    """The targets that come with har2rpc: `{"name", "summary", "language", "flows", "custom", "session"}`.

    `flows`: it can write a flow; `custom`: it has searches by a whole domain by default; `session`: it logs in as the web
    client does, and can do what no method does.
    """
    from har2rpc.rendering.targets import list_targets

    return [
        {
            "name": target.name,
            "summary": target.summary,
            "language": target.language,
            "flows": target.knows_flows,
            "custom": target.mentions("with_custom_searches"),
            "session": target.has_session,
        }
        for target in list_targets()
    ]
