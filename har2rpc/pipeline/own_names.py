"""What redaction needs to know about a capture: names that are not secrets, and the entries that har2rpc uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from har2rpc import reading
from har2rpc.model import Capture, Exchange, Fact, Json
from har2rpc.odoo import answers, page_actions, routes, session_facts, urls
from har2rpc.odoo.schema import metadata
from har2rpc.pipeline.loading import masked_parts

_NAME = re.compile(r"[a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}")
_LISTS_OF_FIELDS = frozenset({"fields", "groupby", "aggregates", "order", "specification", "sort"})
_IN_CONTEXTS = ("lang", "tz")


class OwnNames:
    """Collects models, methods, fields, databases, logins and hosts of all servers and users from each exchange.

    A secret that equals one of these names is not replaced elsewhere. No call is kept: a capture may have a million.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._questions: set[int] = set()

    def look(self, exchange: Exchange) -> None:
        """Takes the names of one exchange."""
        body = routes.json_body(exchange)
        for finding in session_facts.findings(exchange, body):
            self._take_host(exchange.url)
            for fact in (*finding.facts.values(), *finding.guesses.values(), finding.page):
                self._take_fact(fact)
        recorded = routes.recognize(exchange, body)
        if not isinstance(recorded, routes.Recorded):
            return
        self.names |= {recorded.model, recorded.method}
        self._take_host(recorded.url)
        try:
            args, kwargs, context = masked_parts(exchange, recorded)
        except RecursionError:
            return
        self.names.update(_field_names(args, kwargs, context))
        self.names |= {context[key] for key in _IN_CONTEXTS if isinstance(context.get(key), str)}
        if recorded.method in metadata.DESCRIBING:
            self._take_described(exchange, recorded)

    def _take_host(self, url: str) -> None:
        host = urls.url_parts(url).hostname or ""
        # Odoo's cloud names a customer's host after the database.
        self.names |= {urls.url_parts(url).netloc, host, host.partition(".")[0]} - {""}

    def _take_fact(self, fact: Fact | None) -> None:
        if fact and isinstance(fact.value, str):  # company_ids are numbers
            self.names.add(fact.value)

    def _take_described(self, exchange: Exchange, recorded: routes.Recorded) -> None:
        question = hash(repr((recorded.model, recorded.method, recorded.args, recorded.kwargs)))
        if question in self._questions:  # every page load repeats the request
            return
        whole = exchange.again() if exchange.again else exchange
        answer = answers.result_of(whole)
        if answer is not None:
            self._questions.add(question)
            self.names.update(metadata.described_names(recorded.model, recorded.method, answer))


def _field_names(*values: Json) -> Iterator[str]:
    """The names in a call's arguments: keys, lists of fields, and the field names of a domain's terms."""
    stack: list[tuple[str, Json]] = [("", value) for value in values]
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
    """The entries that har2rpc uses, as the number of the file and of the entry in it.

    Each has a call, a request of the capture, an action that opened a page, or a fact about a session. Facts of a second
    visit count as well, because they show the server and database of later calls. Reads the files once more.
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
    """Ignores the report: it was already made when the capture was opened."""
