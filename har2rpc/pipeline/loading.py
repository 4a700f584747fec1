"""Reads capture files into one capture: looks at every exchange once, and gives calls their order, number and kind."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import BinaryIO, NamedTuple, TypeAlias

from har2rpc import reading
from har2rpc.model import Call, Capture, Exchange, Har2rpcError, Json, Session
from har2rpc.odoo import answers, classify, contexts, page_actions, routes, secret_hints, urls
from har2rpc.odoo.failed_logins import failed_login
from har2rpc.odoo.routes import file_uploads
from har2rpc.odoo.session import SessionFinder
from har2rpc.odoo.session_building import Stretch
from har2rpc.pipeline.answer_cache import AnswerCache, Place
from har2rpc.pipeline.client_routes import RequestGatherer
from har2rpc.pipeline.interning import Interner
from har2rpc.pipeline.parts import described_by, part_for
from har2rpc.pipeline.selection import nothing_found

Source: TypeAlias = str | os.PathLike[str] | BinaryIO
Progress: TypeAlias = Callable[[int, int], None]


class _TimedCall(NamedTuple):
    """A call that has no number yet, with its sort key for the recorded order."""

    seconds: float
    place: Place
    call: Call
    stretch: Stretch


def open_capture(
    sources: Sequence[Source],
    *,
    server: str | None = None,
    user: str | int | None = None,
    progress: Progress | None = None,
) -> Capture:
    """Reads all files as one capture.

    A source is the path of a file or a folder, or an open binary file (stdin). `Capture.skipped` has one sentence for
    everything that is damaged. With `server` (a URL, URL/database, or a unique part of it) or `user` (uid or login), the
    capture has only what belongs to these; its calls keep their numbers.
    Raises Har2rpcError if a file cannot be used, if the files have neither an Odoo call nor a session, or if the capture
    has no such server or user.
    """
    loader = _Loader()
    for number, file in enumerate(reading.files_of(sources)):
        loader.read(number, file, progress)
    return part_for(loader.capture(), server=server, user=user)


class _Loader:
    """Looks at every exchange of all files once; `capture()` is the result."""

    def __init__(self) -> None:
        self._calls: list[_TimedCall] = []
        self._builder = _CallBuilder()
        self._finder = SessionFinder()
        self._skipped: list[str] = []
        self._entry_counts: Counter[str] = Counter()
        self._requests = RequestGatherer()
        self._page_actions: list[tuple[Stretch, Callable[[], Exchange]]] = []
        self._names: list[str] = []
        self._not_captures: list[tuple[reading.CaptureFile, str]] = []
        self._copies: dict[int, bool] = (
            {}
        )  # by file: whether somebody copied its requests one by one

    def read(self, number: int, file: reading.CaptureFile, progress: Progress | None) -> None:
        """Takes all exchanges of one file. Raises Har2rpcError if it cannot be used."""
        self._names.append(file.name)
        self._finder.begin_file()
        exchanges = file.exchanges(
            urls.interest_in,
            report_damage=self._skipped.append,
            report_other_file=lambda *other: self._not_captures.append(other),
            progress=progress,
        )
        seconds = 0.0
        for exchange in exchanges:
            self._entry_counts["static" if urls.is_static(exchange.url) else "other"] += 1
            body = routes.json_body(exchange)
            if exchange.is_copied:
                is_choice = not routes.is_of_a_whole_tab(exchange, body)
                self._copies[number] = self._copies.get(number, True) and is_choice
            self._finder.look(exchange, body)
            if refused := failed_login(exchange, body):
                self._skipped.append(refused)
            recorded = routes.recognize(exchange, body)
            place = number, exchange.where.entry
            if isinstance(recorded, str):
                self._skipped.append(recorded)
                continue
            if recorded is not None:
                seconds = _seconds(exchange.started, seconds)
                self._add_call(exchange, recorded, seconds, place)
            elif (routes.other_route(exchange, body) or "").endswith(page_actions.ROUTES):
                stretch = self._finder.place_of(urls.server_url(exchange.url))
                self._page_actions.append((stretch, exchange.again or partial(_same, exchange)))
            if recorded is None or not routes.dataset_route(exchange.url):
                moment = _seconds(exchange.started, seconds)
                self._requests.look(exchange, body, moment, place, is_call=recorded is not None)

    def _add_call(
        self, exchange: Exchange, recorded: routes.Recorded, seconds: float, place: Place
    ) -> None:
        try:
            call = self._builder.call(len(self._calls) + 1, exchange, recorded, place)
        except RecursionError:
            label = f"{recorded.model}.{recorded.method}"
            self._skipped.append(f"{exchange.where}: {label}: nested too deep")
            return
        self._calls.append(
            _TimedCall(seconds, place, call, self._finder.place_of(recorded.url, recorded.db))
        )
        if call.note:
            self._skipped.append(f"{call.where}: {call.model}.{call.method}: {call.note}")

    def capture(self) -> Capture:
        """Everything that was read. Raises Har2rpcError if there is no Odoo call and no session in it."""
        skipped = [*self._skipped, *reading.notes_on_other_files(self._not_captures)]
        passed_over = {file.name for file, _ in self._not_captures}
        names = [name for name in self._names if name not in passed_over] or self._names
        in_order = sorted(self._calls, key=lambda timed: (timed.seconds, timed.place))
        of_pages = [stretch for stretch, _ in self._page_actions]
        groups = self._finder.group([*(timed.stretch for timed in in_order), *of_pages])
        of_calls = groups[: len(in_order)]
        calls = classify.in_order(self._marked(in_order), of_calls)
        sessions = self._finder.sessions(calls, of_calls) or self._requests.sessions()
        if not sessions:
            raise Har2rpcError(
                nothing_found(
                    names,
                    self._entry_counts,
                    self._requests.counts,
                    skipped,
                    is_copied=bool(self._copies),
                )
            )
        if len(sessions) > 1 and groups:
            calls = tuple(
                replace(call, server=sessions[group].server)
                for call, group in zip(calls, of_calls, strict=True)
            )
        return Capture(
            calls=calls,
            sessions=sessions,
            fields=described_by(calls),
            action_domains=self._domains(calls, sessions, groups[len(calls) :]),
            skipped=tuple(skipped),
            other_routes=dict(self._requests.counts.most_common()),
            requests=self._requests.requests(
                calls, [(timed.seconds, timed.place) for timed in in_order], sessions
            ),
            files=tuple(names),
        )

    def _marked(self, in_order: Sequence[_TimedCall]) -> list[Call]:
        """The calls, with `is_copied` for files whose requests somebody copied one by one."""
        return [
            replace(call, is_copied=True) if self._copies.get(place[0]) else call
            for _, place, call, _ in in_order
        ]

    def _domains(
        self, calls: Sequence[Call], sessions: Sequence[Session], of_pages: Sequence[int]
    ) -> Callable[[str], tuple[tuple[str, Json], ...]]:
        """`Capture.action_domains`; `of_pages` has the session's number of each action that was loaded.

        An action of a server without calls has no session.
        """
        servers = dict(enumerate(session.server for session in sessions))

        @cache
        def action_domains(server: str) -> tuple[tuple[str, Json], ...]:
            loaded = [
                reread
                for number, (_, reread) in enumerate(self._page_actions)
                if not of_pages or servers.get(of_pages[number]) == server
            ]
            answered = [call for call in calls if call.server in ("", server)]
            return tuple(page_actions.action_domains(loaded, answered))

        return action_domains


class _CallBuilder:
    """Builds calls from requests and their answers; calls share equal parts."""

    def __init__(self) -> None:
        self._answers = AnswerCache()
        self._interner = Interner()

    def call(self, n: int, exchange: Exchange, recorded: routes.Recorded, place: Place) -> Call:
        """The call of one exchange, its secrets masked. Raises RecursionError for arguments nested too deep."""
        reread = exchange.again or partial(_same, exchange)
        if recorded.route in file_uploads.ROUTES:
            exchange = file_uploads.with_method_answer(recorded.route, exchange)
            reread = partial(_same, replace(exchange, body=None, again=None))
        outcome = answers.outcome_of(exchange)
        args, kwargs, context = masked_parts(exchange, recorded)
        refusal, words = answers.refusal_of(exchange) if outcome == "error" else ("", "")
        if words and (args, kwargs, context) != (recorded.args, recorded.kwargs, recorded.context):
            words = ""
        elif words:
            from har2rpc.odoo.secret_values import mask_text

            words = words if mask_text(words) == words else ""
        creating = outcome == "ok" and contexts.creates_something(recorded.method, recorded.args)
        return Call(
            n=n,
            where=exchange.where,
            url=recorded.url,
            route=recorded.route,
            model=recorded.model,
            method=recorded.method,
            args=args,
            kwargs=self._interner.kwargs(kwargs),
            context=self._interner.context(context),
            uid=recorded.uid,
            kind=classify.by_itself(recorded),
            outcome=outcome,
            refusal=refusal,
            refusal_words=words,
            started=exchange.started,
            ms=exchange.ms,
            result_ids=answers.result_ids(exchange) if creating else (),
            note=exchange.note if outcome == "missing" else "",
            http_outcome=answers.http_outcome(exchange) if outcome == "missing" else "",
            # The request itself is not kept: it would double the memory of each call.
            fetch=partial(
                self._answers.result, place, reread, (recorded.model, recorded.method, args)
            ),
        )


def masked_parts(
    exchange: Exchange, recorded: routes.Recorded
) -> tuple[list[Json], dict[str, Json], dict[str, Json]]:
    """Arguments, named arguments and context of a call, their secrets masked. Raises RecursionError for nested too deep."""
    args, kwargs, context = recorded.args, recorded.kwargs, recorded.context
    # XML may write any letter of a name as an entity.
    is_xml = bool(routes.xml_rpc_service(exchange.url))
    if is_xml or secret_hints.may_hold_secrets(exchange.body or "", recorded.model):
        from har2rpc.odoo.secret_methods import masked_call, masked_part

        args, kwargs = masked_call(recorded.model, recorded.method, args, kwargs)
        context = masked_part(recorded.model, context)
    return args, kwargs, context


def _same(exchange: Exchange) -> Exchange:
    return exchange


def _seconds(started: str, before: float) -> float:
    """`startedDateTime` in seconds; an entry without one keeps its place after the entry before it."""
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return before
    return moment.timestamp() if moment.tzinfo else before
