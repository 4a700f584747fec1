"""What a capture says of itself that redaction needs: the names that are no secrets, the entries that tell something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from har2rpc import reading
from har2rpc.model import Call, Capture, Fact, Json
from har2rpc.odoo import page_actions, routes, session_facts, urls

_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}")
_LISTS_OF_FIELDS = frozenset({"fields", "groupby", "aggregates", "order", "specification", "sort"})


def own_names(capture: Capture) -> set[str]:
    """Models, methods, fields, databases, logins and hosts, of all servers and users: a secret that is also one of these stays elsewhere."""
    names: set[str] = set()
    for call in capture.calls:
        names |= {
            call.model,
            call.method,
            urls.url_parts(call.url).netloc,
            urls.url_parts(call.url).hostname or "",
        }
        names.update(_field_names(call))
    for model, fields in capture.fields().items():
        names |= {model, *fields}
    for session in capture.sessions:
        for facts in (session.facts, session.guesses, *session.personal.values()):
            names.update(_texts(facts))
    return names - {""}


def _texts(facts: Mapping[str, Fact]) -> Iterator[str]:
    for key, fact in facts.items():
        if isinstance(fact.value, str):  # companies are numbers, a guess at the version is a range
            yield urls.url_parts(fact.value).netloc if key == "url" else fact.value


def _field_names(call: Call) -> Iterator[str]:
    """The names in a call's arguments: keys, and what stands in lists of fields and first in a domain's leaves."""
    stack: list[tuple[str, Json]] = [("", call.args), ("", call.kwargs), ("", call.context)]
    while stack:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack.extend(value.items())
            yield from (name for name in value if _is_name(name))
        elif isinstance(value, list):
            stack.extend((key, item) for item in value if isinstance(item, (dict, list)))
            texts = [item for item in value if isinstance(item, str)]
            if key in _LISTS_OF_FIELDS or (
                len(value) == 3 and len(texts) >= 2 and texts[0] == value[0]
            ):
                yield from filter(_is_name, texts if key in _LISTS_OF_FIELDS else texts[:1])


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _HEXADECIMAL.fullmatch(text)


def places_of_interest(
    sources: Sequence[str], capture: Capture | None = None
) -> Iterator[tuple[int, int]]:
    """The entries that the capture is made of, as the number of the file and of the entry in it.

    They hold a call, a request of the capture, an action that opened a page, or something of a session: that of a second
    visit as well, because later calls belong to the server and the database that it tells. Reads the files once more.
    """
    requests = {request.where for request in capture.requests} if capture else set()
    for number, file in enumerate(reading.files_of(sources)):
        for exchange in file.exchanges(
            urls.interest_in,
            report_damage=_say_nothing,
            report_other_file=_say_nothing,
            progress=None,
        ):
            body = routes.json_body(exchange)
            if (
                routes.recognize(exchange, body) is not None
                or exchange.where in requests
                or (routes.other_route(exchange, body) or "").endswith(page_actions.ROUTES)
                or any(True for _ in session_facts.findings(exchange, body))
            ):
                yield number, exchange.where.entry


def _say_nothing(*_: object) -> None:
    """The capture has said it when it was opened."""
