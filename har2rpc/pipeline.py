"""The public API: from capture files to calls, actions and text. It joins the rooms and knows no more.

capture = open_capture(["contacts.har"])
print(render(capture, actions(capture, numbers=[12]), target="python"))
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import BinaryIO, NamedTuple

from har2rpc import reading
from har2rpc.model import Action, Call, Capture, Exchange, Field, Har2rpcError, Json
from har2rpc.odoo import answers, contexts, kinds, metadata, routes, secrets, urls
from har2rpc.odoo.session import SessionFinder

Source = str | os.PathLike[str] | BinaryIO
Progress = Callable[[int, int], None]


class _Seen(NamedTuple):
    """A call before it has its number, with what puts it in recorded order."""

    moment: float
    file: int
    entry: int
    call: Call


class _Recent:
    """What calls share: the answer asked for last (shaping asks a few times in a row), equal contexts."""

    def __init__(self) -> None:
        self.place: tuple[int, int] | None = None
        self.result: Json = None
        self.contexts: dict[str, dict[str, Json]] = {}


def open_capture(sources: Sequence[Source], *, progress: Progress | None = None) -> Capture:
    """Reads all files as one capture.

    A source is the path of a file or a folder, or an open binary file (stdin). Damage is told in `Capture.skipped`,
    one sentence each.
    Raises Har2rpcError if a file cannot be used, or if no Odoo call and no session is in any of them.
    """
    seen: list[_Seen] = []
    skipped: list[str] = []
    recent = _Recent()
    finder, others, tally, names = SessionFinder(), Counter[str](), Counter[str](), []
    apart: list[tuple[reading.CaptureFile, str]] = []
    for number, file in enumerate(reading.files_of(sources)):
        names.append(file.name)
        moment = 0.0
        for exchange in file.exchanges(
            urls.worth_reading,
            lost=skipped.append,
            apart=lambda *why: apart.append(why),
            progress=progress,
        ):
            tally["static" if urls.is_static(exchange.url) else "other"] += 1
            body = routes.json_body(exchange)
            finder.look(exchange, body)
            recorded = routes.recognise(exchange, body)
            if isinstance(recorded, str):
                skipped.append(recorded)
            elif recorded is not None:
                moment = _moment(exchange.started, moment)
                try:
                    call = _call(exchange, recorded, recent, (number, exchange.where.entry))
                except RecursionError:
                    skipped.append(
                        f"{exchange.where}: {recorded.model}.{recorded.method}: nested too deep"
                    )
                    continue
                seen.append(_Seen(moment, number, exchange.where.entry, call))
                if call.note:
                    skipped.append(f"{call.where}: {call.model}.{call.method}: {call.note}")
            elif route := routes.other_route(exchange, body):
                others[route] += 1
    skipped += reading.told_apart(apart)
    names = [name for name in names if name not in {file.name for file, _ in apart}] or names
    ordered = [found.call for found in sorted(seen, key=lambda found: found[:3])]
    calls = kinds.with_kinds([replace(call, n=n) for n, call in enumerate(ordered, 1)])
    session = finder.session(calls)
    if not calls and not session.facts:
        raise Har2rpcError(_nothing(names, tally, others, skipped))

    @cache
    def fields() -> Mapping[str, Mapping[str, Field]]:
        return metadata.described_fields(calls)

    return Capture(
        calls=calls,
        session=session,
        fields=fields,
        skipped=tuple(skipped),
        other_routes=dict(others.most_common()),
        files=tuple(names),
    )


def select(
    capture: Capture,
    *,
    numbers: Iterable[int] | None = None,
    model: str | None = None,
    method: str | None = None,
    everything: bool = False,
) -> list[Call]:
    """The calls a command is about, in recorded order: by number, by globs of model and method.

    Without numbers, noise is left out unless `everything`. Raises Har2rpcError for a number that is not there.
    """
    from fnmatch import fnmatchcase

    wanted = None if numbers is None else set(numbers)
    if wanted and (unknown := sorted(wanted - {call.n for call in capture.calls})):
        raise Har2rpcError(
            f"{_files(capture.files)}: no call {unknown[0]}; it has {len(capture.calls)} calls, see har2rpc list --all"
        )
    return [
        call
        for call in capture.calls
        if (wanted is None or call.n in wanted)
        and (everything or wanted is not None or call.kind != "noise")
        and (model is None or fnmatchcase(call.model, model))
        and (method is None or fnmatchcase(call.method, method))
    ]


def without_refused(calls: Sequence[Call]) -> tuple[list[Call], list[str]]:
    """The calls that Odoo did not refuse, and one sentence on those it did; all, if it refused all."""
    refused = [call for call in calls if call.outcome == "error"]
    if not refused or len(refused) == len(calls):
        return list(calls), []
    numbers = ",".join(str(call.n) for call in refused)
    what = "a call" if len(refused) == 1 else f"{len(refused)} calls"
    told = f"left out {what} that Odoo had refused; -n {numbers} converts it all the same"
    return [call for call in calls if call.outcome != "error"], [told]


def nothing_to_convert(capture: Capture) -> str:
    """Why a selection is empty, and what to do."""
    files = _files(capture.files)
    if not capture.calls:
        return f"{files}: a session, but no Odoo call; do something in Odoo while recording"
    noise = sum(call.kind == "noise" for call in capture.calls)
    if noise == len(capture.calls):
        return f"{files}: all {noise} calls are the client's own; convert them with --all, or by number (-n)"
    return f"{files}: none of its {len(capture.calls)} calls was chosen; see har2rpc list --all"


def actions(
    capture: Capture,
    calls: Sequence[Call],
    *,
    verbatim: bool = False,
    inputs: bool = True,
    keep_all: bool = False,
) -> list[Action]:
    """The steps that do what these calls did: translated, with inputs, linked and named."""
    from har2rpc.shaping import shape

    return shape(capture, calls, verbatim=verbatim, inputs=inputs, keep_all=keep_all)


def render(capture: Capture, steps: Sequence[Action], *, target: str = "python") -> str:
    """The text of a target (a name, or the path of a template) for these actions."""
    from har2rpc.rendering import render_target

    return render_target(target, steps, capture.session)


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


def _call(
    exchange: Exchange, recorded: routes.Recorded, recent: _Recent, place: tuple[int, int]
) -> Call:
    outcome = answers.outcome_of(exchange)
    note = exchange.note if outcome == "missing" and exchange.note else ""
    reread = exchange.again or (lambda: exchange)

    def fetch() -> Json:
        if recent.place != place:
            recent.result = answers.result_of(reread())
            recent.place = place
        return recent.result

    args, kwargs, context = recorded.args, recorded.kwargs, recorded.context
    if secrets.may_hold_secrets(exchange.body or ""):
        args = secrets.masked(recorded.model, recorded.method, args)
        kwargs = secrets.masked(recorded.model, recorded.method, kwargs)
        context = secrets.masked(recorded.model, "", context)
    creating = outcome == "ok" and contexts.creates_something(recorded.method, recorded.args)
    return Call(
        n=0,
        where=exchange.where,
        url=recorded.url,
        route=recorded.route,
        model=recorded.model,
        method=recorded.method,
        args=args,
        kwargs=kwargs,
        context=recent.contexts.setdefault(repr(context), context),
        uid=recorded.uid,
        kind="read",
        outcome=outcome,
        started=exchange.started,
        ms=exchange.ms,
        result_ids=answers.result_ids(exchange) if creating else (),
        note=note,
        fetch=fetch,
    )


def _moment(started: str, before: float) -> float:
    """`startedDateTime` as seconds; an entry without one stays behind the entry before it."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return before
    return moment.timestamp() if moment.tzinfo else before


def _files(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) < 4 else f"{names[0]} and {len(names) - 1} more files"


def _nothing(
    names: Sequence[str],
    tally: Mapping[str, int],
    others: Mapping[str, int],
    skipped: Sequence[str],
) -> str:
    total = sum(tally.values())
    if skipped and not total:
        return skipped[0]
    if not total:
        return f"{_files(names)}: no entries; open the Network tab first, then load the page and export"
    found = f"{tally.get('static', 0)} static files, {tally.get('other', 0)} other"
    if others:
        found += f", among them {sum(others.values())} JSON-RPC posts that are no model calls"
    lost = f"; {skipped[0]}" if skipped else ""
    return (
        f"{_files(names)}: no Odoo call among {total} entries ({found}); "
        f"open the Network tab first, then repeat the action and export{lost}"
    )
