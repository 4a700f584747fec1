"""The payloads in a value: itself, or what stands in it, as objects or as texts (n8n, Insomnia, `$.ajax({…})`)."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from har2rpc.reading.clipboard.addresses import Addresses, relative_route
from har2rpc.reading.clipboard.copied_text import Patience, Request, RequestOrNote
from har2rpc.reading.clipboard.literals import Json, NotALiteral, read_literal, unknown_names
from har2rpc.reading.clipboard.payload import Payload, payload_or_note

TELLING = re.compile(r"params|model|jsonrpc|execute_kw")
_URL_KEYS = ("url", "uri", "URL", "endpoint", "route", "path")
_DEEPEST_TEXT = 2  # texts in texts
_TWO_SCHEMES = re.compile(r"^https?://(?=https?://)")  # curl's own before a variable that has one


class PayloadFinder:
    """Makes requests of payloads. `is_strict`: the text begins with an object; other objects are reported."""

    def __init__(self, addresses: Addresses, patience: Patience, *, is_strict: bool) -> None:
        self._addresses, self._patience, self._is_strict = addresses, patience, is_strict
        self.unknown: dict[str, None] = {}
        """The names of values that the text does not hold."""

    def in_text(self, text: str, line: str, depth: int) -> list[RequestOrNote]:
        """What a text within the text holds, if it is an object."""
        opening = text.find("{")
        if opening < 0 or depth <= 0:
            return []
        try:
            value, _ = read_literal(text, opening, self._addresses.variables)
        except NotALiteral as error:
            self._patience.lasts(error.at)
            return []
        return self.in_value(value, line, "", depth - 1)

    def in_value(
        self, value: Json, line: str, source: str, depth: int = _DEEPEST_TEXT
    ) -> list[RequestOrNote]:
        """The payloads of a value: itself, or what stands in it, as objects or as texts."""
        url = self._addresses.url
        known = payload_or_note(value, url, line)
        if isinstance(known, Payload):
            self._addresses.next()
            return [self._request_of(known, source)]
        results: list[RequestOrNote] = []
        todo: list[tuple[Json, str]] = [(value, url)]
        while todo:
            item, url = todo.pop()
            inner: list[Json] = []
            if isinstance(item, dict):
                own_url = next(
                    (item[key] for key in _URL_KEYS if isinstance(item.get(key), str)), ""
                )
                url = self._addresses.fill_in(own_url) if relative_route(own_url) else url
                payload = payload_or_note(item, url, line)
                if isinstance(payload, Payload):
                    results.append(self._request_of(payload, ""))
                    continue
                inner = list(item.values())
            elif isinstance(item, list):
                inner = item
            elif isinstance(item, str) and TELLING.search(item) and "{" in item:
                self._addresses.url = url
                results += self.in_text(item, line, depth)
            todo += [(each, url) for each in reversed(inner) if isinstance(each, (dict, list, str))]
        if results:
            self._addresses.next()
        elif known and (self._is_strict or {"params", "jsonrpc"} & set(value)):
            return [known]
        return results

    def _request_of(self, known: Payload, source: str) -> Request:
        try:  # what is JSON stays as it is written
            body = (
                source
                if source and known.is_whole and json.loads(source, strict=False)
                else known.body
            )
        except (ValueError, RecursionError):
            body = known.body
        self.note_unknown(known.value)
        base = "" if "://" in known.url else self._addresses.base()
        return Request(f"{base}{known.url}", "POST", body)

    def note_unknown(self, value: Json) -> None:
        """Keeps the names of what the text does not hold of a value."""
        self.unknown |= dict.fromkeys(unknown_names(value))

    def filled_in(self, request: Request) -> Request:
        """A request with the variables of the text where they are known, its body as JSON."""
        url = _TWO_SCHEMES.sub("", self._addresses.fill_in(request.url))
        body = request.body
        if body and body.lstrip()[:1] == "{":
            body = self._whole_body(body)
        self._addresses.next()
        return replace(request, url=url, body=body)

    def _whole_body(self, body: str) -> str:
        """The body as JSON, whose values may have been variables of a script."""
        try:
            json.loads(body, strict=False)
        except RecursionError:
            return body
        except ValueError:
            text = self._addresses.fill_in(body)
        else:
            return body
        try:
            value, _ = read_literal(text, text.find("{"), self._addresses.variables)
        except NotALiteral:
            return body
        self.note_unknown(value)
        return json.dumps(value)
