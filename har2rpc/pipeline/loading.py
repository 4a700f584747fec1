"""From capture files to one capture: every exchange is looked at once, calls get their order, number and kind."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import BinaryIO, NamedTuple

from har2rpc import reading
from har2rpc.model import Call, Capture, Exchange, Field, Har2rpcError, Json
from har2rpc.odoo import answers, classify, contexts, routes, secret_fields, urls
from har2rpc.odoo.schema import metadata
from har2rpc.odoo.session import SessionFinder
from har2rpc.pipeline.interning import Shared
from har2rpc.pipeline.serialization import named_files

Source = str | os.PathLike[str] | BinaryIO
Progress = Callable[[int, int], None]


class _Seen(NamedTuple):
    """A call before it has its number, with what puts it in recorded order."""

    moment: float
    file: int
    entry: int
    call: Call


class _Recent:
    """What calls share: the answer asked for last (shaping asks a few times in a row), equal values."""

    def __init__(self) -> None:
        self.place: tuple[int, int] | None = None
        self.result: Json = None
        self.shared = Shared()


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
            recorded = routes.recognize(exchange, body)
            if isinstance(recorded, str):
                skipped.append(recorded)
            elif recorded is not None:
                moment = _moment(exchange.started, moment)
                try:
                    place = (number, exchange.where.entry)
                    call = _call(len(seen) + 1, exchange, recorded, recent, place)
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
    calls = classify.in_order(ordered)
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


def _call(
    n: int,
    exchange: Exchange,
    recorded: routes.Recorded,
    recent: _Recent,
    place: tuple[int, int],
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
    if secret_fields.may_hold_secrets(exchange.body or ""):
        args = secret_fields.masked(recorded.model, recorded.method, args)
        kwargs = secret_fields.masked(recorded.model, recorded.method, kwargs)
        context = secret_fields.masked(recorded.model, "", context)
    creating = outcome == "ok" and contexts.creates_something(recorded.method, recorded.args)
    return Call(
        n=n,
        where=exchange.where,
        url=recorded.url,
        route=recorded.route,
        model=recorded.model,
        method=recorded.method,
        args=args,
        kwargs=recent.shared.kwargs(kwargs),
        context=recent.shared.context(context),
        uid=recorded.uid,
        kind=classify.by_itself(recorded),
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
        return f"{named_files(names)}: no entries; open the Network tab first, then load the page and export"
    found = f"{tally.get('static', 0)} static files, {tally.get('other', 0)} other"
    if others:
        found += f", among them {sum(others.values())} JSON-RPC posts that are no model calls"
    lost = f"; {skipped[0]}" if skipped else ""
    return (
        f"{named_files(names)}: no Odoo call among {total} entries ({found}); "
        f"open the Network tab first, then repeat the action and export{lost}"
    )
