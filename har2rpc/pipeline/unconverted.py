"""Reports what a browser did by routes that name no method, and what generated code therefore does not do."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from har2rpc.model import Action, Call, Capture, ClientRequest, Json

_NOT_DONE = "Not in this code:"


def unconverted_requests(
    capture: Capture, calls: Sequence[Call] | None = None
) -> tuple[ClientRequest, ...]:
    """The requests that no call replaces; with `calls`, those that followed one of these, or came before all calls."""
    requests = tuple(request for request in capture.requests if request.n is None)
    if calls is None or not requests:
        return requests
    owned = _by_call(capture, requests, calls)
    return tuple(request for group in owned.values() for request in group)


def unconverted_notes(
    capture: Capture, calls: Sequence[Call] | None = None, *, in_session: bool = False
) -> list[str]:
    """A sentence for each route of these requests: what the code does not do.

    `in_session`: the code has a session of the web client, in which most of them work.
    """
    if not capture.requests:
        return []
    if in_session:
        capture = replace(capture, requests=without_session_requests(capture.requests))
    from har2rpc.odoo.sentences.requests_in_words import not_in_code

    return not_in_code(unconverted_requests(capture, calls))


def with_session_actions(
    capture: Capture, actions: Sequence[Action], calls: Sequence[Call]
) -> list[Action]:
    """The actions, and those for requests that a session of the web client can repeat."""
    from har2rpc.converting.session_actions import session_actions

    return session_actions(unconverted_requests(capture, calls or None), actions, capture)


def has_session_requests(capture: Capture) -> bool:
    """Whether there are requests, other than calls, that a session of the web client can repeat."""
    requests = unconverted_requests(capture)
    return len(without_session_requests(requests)) < len(requests)


def without_session_requests(requests: Sequence[ClientRequest]) -> tuple[ClientRequest, ...]:
    """The requests that even a session of the web client cannot repeat."""
    from har2rpc.converting.session_steps import can_convert

    return tuple(request for request in requests if not can_convert(request))


def with_request_notes(
    capture: Capture, actions: Sequence[Action], *, in_session: bool = False
) -> list[Action]:
    """The actions; the one that a request followed has a note that names it."""
    requests = unconverted_requests(capture)
    if in_session:
        requests = without_session_requests(requests)
    if not requests:
        return list(actions)
    from har2rpc.odoo.sentences.requests_in_words import request_sentences

    calls = [call for action in actions for call in action.calls]
    owned = _by_call(capture, requests, calls)
    noted = []
    for action in actions:
        own = [request for call in action.calls for request in owned.pop(call.n, ())]
        sentences = [f"{_NOT_DONE} {sentence}." for sentence in request_sentences(own)]
        noted.append(replace(action, notes=(*action.notes, *sentences)) if sentences else action)
    return noted


def as_request(request: ClientRequest) -> dict[str, Json]:
    """One object of `list --requests --json`; secrets are `***`."""
    return {
        "where": str(request.where),
        "http_method": request.http_method,
        "route": request.route,
        "path": request.path,
        "kind": request.kind,
        "does": request.does,
        "instead": request.instead,
        "model": request.model or None,
        "ids": list(request.ids),
        "report": request.report or None,
        "encoding": request.encoding,
        "params": dict(request.params),
        "context": dict(request.context),
        "files": [
            {"field": one.field, "name": one.name, "mimetype": one.mimetype}
            for one in request.files
        ],
        "file_name": request.file_name,
        "outcome": request.outcome,
        "status": request.status,
        "started": request.started,
        "ms": request.ms,
        "after": request.after or None,
        "n": request.n,
    }


def _by_call(
    capture: Capture, requests: Sequence[ClientRequest], calls: Sequence[Call]
) -> dict[int, list[ClientRequest]]:
    """The requests by the number of the selected call that they followed; those before all calls belong to the first.

    A request that followed a call which was not selected belongs to none; refused calls and noise do not count here.
    """
    chosen = {call.n for call in calls}
    numbers = [
        call.n
        for call in capture.calls
        if call.n in chosen or (call.kind != "noise" and call.outcome != "error")
    ]
    owned: dict[int, list[ClientRequest]] = {}
    for request in requests:
        position = max(bisect_right(numbers, request.after) - 1, 0)
        if numbers and numbers[position] in chosen:
            owned.setdefault(numbers[position], []).append(request)
    return owned
