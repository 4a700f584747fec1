"""Reads requests in any text: notes, Markdown, scripts. Everything between the requests is skipped.

A request is a command (curl, fetch, PowerShell), a raw HTTP request, a call of `execute_kw`, XML of XML-RPC, or an object
with a call's keys, be it JSON, JavaScript or Python; the address mentioned before an object is where it goes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace

from har2rpc.reading.clipboard import curl, fetch, powershell
from har2rpc.reading.clipboard import text_marks as marks
from har2rpc.reading.clipboard.addresses import Addresses, relative_route
from har2rpc.reading.clipboard.copied_text import LineNumbers, Patience, Request, RequestOrNote
from har2rpc.reading.clipboard.literals import Json, NotALiteral, read_literal
from har2rpc.reading.clipboard.payload import unreadable_note
from har2rpc.reading.clipboard.payload_finding import TELLING, PayloadFinder
from har2rpc.reading.clipboard.service_calls import service_body
from har2rpc.reading.clipboard.shell_words import UnclosedQuote

_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}


def requests(text: str) -> Iterator[RequestOrNote]:
    """Every request of a text, and a sentence for what looks like one and cannot be read."""
    if marks.ESCAPED_QUOTES.search(text):
        text = html.unescape(text)
    if marks.BENT_QUOTES.search(text):
        text = text.translate(marks.STRAIGHT)
        yield "its quotes are typographic, as word processors write them, and were read as plain ones"
    yield from _Scan(text).requests()


class _Scan:
    """One walk through a text, from front to back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._addresses = Addresses(text)
        self._lines, self._patience = LineNumbers(text), Patience(text, 2)
        self._shells = curl.Shells(text)
        self._here_ends = powershell.here_string_ends(text)
        self._begins_with_object = text.lstrip("\ufeff \t\r\n\0")[:1] in ("{", "[")
        self._payloads = PayloadFinder(
            self._addresses, self._patience, is_strict=self._begins_with_object
        )
        self._last: Request | None = None

    def requests(self) -> Iterator[RequestOrNote]:
        """Each request once it is known whether its answer stands behind it."""
        at = 0
        while start := marks.START.search(self._text, at):
            kind = start.lastgroup or ""
            kind = next(name for name in _READERS if start[name] is not None)
            results, at = _READERS[kind](self, start)
            for result in results:
                if isinstance(result, Request):
                    if self._last:
                        yield self._last
                    self._last = result
                else:
                    yield result
            if not self._patience.lasts(0):
                yield f"{self._lines.at(at)}: too many brackets or quotes without an end; the rest was left out"
                break
        if self._last:
            yield self._last
        if self._payloads.unknown:
            names = ", ".join(list(self._payloads.unknown)[:6])
            yield f"the text does not hold the values of {names}; these names stand for them"

    def _failed(
        self, start: re.Match[str], read_to: int, reason: str
    ) -> tuple[list[RequestOrNote], int]:
        """What cannot be read: a note if it looks like a call."""
        self._patience.lasts(max(0, read_to - start.end()))
        head = self._text[start.start() : min(read_to, start.start() + 400)]
        if not (TELLING.search(head) or (self._begins_with_object and not self._last)):
            return [], start.end()
        return [f"{self._lines.at(start.start())}: {unreadable_note(head, reason)}"], start.end()

    def take_curl(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        text = self._text
        try:
            commands, end = curl.command(text, start.end(), self._shells)
        except UnclosedQuote as error:
            newline = text.find("\n", start.end())
            end = len(text) if newline < 0 else newline
            self._patience.lasts(len(text) - start.end())
            return [Request("", note=f"{self._lines.at(start.start())}: {error}")], end
        opening = text[max(0, start.start() - 1) : start.start()]
        here, end = self._here_document(start.end(), end)
        requests_: list[RequestOrNote] = []
        for request in commands:
            if here is None and request.note and self._is_address_of_last(request.url):
                continue  # echo '{…}' | curl -d @-
            if here is not None and request.note:
                request = replace(request, body=here, note="", method="POST")
            if opening in ("(", "`"):  # $(curl …)
                body = request.body.rstrip(" )`") if request.body else request.body
                request = replace(request, url=request.url.rstrip(")`"), body=body)
            requests_.append(self._payloads.filled_in(request))
        return requests_, end

    def _here_document(self, at: int, end: int) -> tuple[str | None, int]:
        """What a command that stands from `at` to `end` reads from the lines behind it, and where these end."""
        text = self._text
        mark = marks.HEREDOC.search(text, at, end)
        if mark is None:
            return None, end
        begin = text.find("\n", end) + 1 or len(text)
        stop = re.compile(rf"^[ \t]*{mark[2]}[ \t]*\r?$", re.MULTILINE).search(text, begin)
        if stop is None:
            self._patience.lasts(len(text) - begin)
            return None, end
        return text[begin : stop.start()], stop.end()

    def take_fetch(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        opening = start.end() - 1
        try:
            arguments, end = read_literal(
                self._text, opening, self._addresses.variables, as_list=True
            )
        except NotALiteral as error:
            return self._failed(start, error.at, str(error))
        request = fetch.request_of(arguments) if isinstance(arguments, list) else None
        if request is None:
            return self._failed(start, end, "fetch without a URL")
        if request.body is None and request.note:  # a variable, which stands somewhere as an object
            self._address_last(request.url)
            return [], end
        return [self._payloads.filled_in(request)], end

    def _address_last(self, url: str) -> None:
        """Takes the address of a request whose body is a variable: that of the object before, or else behind it."""
        if not self._is_address_of_last(url):
            self._addresses.url = self._addresses.fill_in(url)

    def _is_address_of_last(self, url: str) -> bool:
        """Whether the request before has no server yet, and this is its address: then it has it."""
        url = self._addresses.fill_in(url)
        last = self._last
        if not last or not last.url.startswith("/") or not relative_route(url).startswith(last.url):
            return False
        self._last = replace(last, url=url)
        return True

    def take_powershell(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        request, end, reach = powershell.parse_command(
            self._text, start, self._lines, self._here_ends
        )
        self._patience.lasts(reach - end)
        if request.note and request.url:
            self._address_last(request.url)
            return [], end
        return [self._payloads.filled_in(request)] if request.url else [], end

    def take_head(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        self._addresses.take_request_line(start["target"])
        at = self._text.find("\n", start.end()) + 1 or len(self._text)
        while line := marks.HEADER_LINE.match(self._text, at):
            self._addresses.take_header(line[1].lower(), line[2].strip())
            at = line.end()
        return [], at

    def take_header(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        name = start["name"].lower().lstrip(":")
        self._addresses.take_header("host" if name == "authority" else name, start["value"])
        return [], start.end()

    def take_mention(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        self._addresses.mention(self._text, start.start(), start.end())
        url, last = self._addresses.url, self._last
        if (
            last and "://" in url and last.url.startswith("/")
        ):  # post(url, payload), behind the payload
            is_its = relative_route(url).startswith(last.url)
            self._last = replace(last, url=url) if is_its else last
        return [], start.end()

    def take_execute(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        try:
            arguments, end = read_literal(
                self._text, start.end() - 1, self._addresses.variables, as_list=True
            )
        except NotALiteral as error:
            self._patience.lasts(error.at - start.end())
            return [], start.end()
        results = self._service_call(arguments, start["service"])
        return results, end if results else start.end()

    def take_quoted(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        """`call(url, "object", "execute_kw", db, …)`: the service's method is an argument."""
        try:
            arguments, end = read_literal(
                self._text, start.end(), self._addresses.variables, as_list=True, is_inside=True
            )
        except NotALiteral as error:
            self._patience.lasts(error.at - start.end())
            return [], start.end()
        if isinstance(arguments, list) and len(arguments) < 3:  # Java, Go: a list of them
            arguments = next((each for each in arguments if isinstance(each, list)), arguments)
        results = self._service_call(arguments, start["quoted_service"])
        return results, end if results else start.end()

    def take_place(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        """`f"{BASE_URL}/res.partner/search"`, where the variable ends in /json/2."""
        value = self._addresses.variables.get(start["variable"])
        if isinstance(value, str) and value.rstrip("/").endswith("/json/2"):
            self._addresses.url = self._addresses.fill_in(start[0])
        return [], start.end()

    def _service_call(self, arguments: Json, service: str) -> list[RequestOrNote]:
        body = service_body(arguments, is_kw=service.lower() != "execute")
        if body is None:
            return []
        self._payloads.note_unknown(body["params"]["args"][5:])
        return [Request(f"{self._addresses.base()}/jsonrpc", "POST", json.dumps(body))]

    def take_xml(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        end = self._text.find(marks.XML_END, start.end())
        if end < 0:
            self._patience.lasts(len(self._text) - start.end())
            return [], start.end()
        end += len(marks.XML_END)
        url = self._addresses.next()
        url = url if "/xmlrpc" in url else f"{self._addresses.base()}/xmlrpc/2/object"
        return [Request(url, "POST", self._text[start.start() : end])], end

    def take_escaped(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        """An object that stands in a text of another language, its quotes behind backslashes."""
        if start[0].endswith('""'):  # C#
            end = self._text.find('"', start.start())
            while end >= 0 and self._text[end : end + 2] == '""':
                end = self._text.find('"', end + 2)
            end = len(self._text) if end < 0 else end
            return self._inner(start, end, self._text[start.start() : end].replace('""', '"'))
        quote = start[0][-1]
        whole = re.compile(rf"[^{quote}\\]*+(?:\\.[^{quote}\\]*+)*+", re.DOTALL).match(
            self._text, start.start()
        )
        end = whole.end() if whole else start.end()
        inner = marks.ESCAPED.sub(
            lambda escape: _LETTERS.get(escape[1], escape[1]), self._text[start.start() : end]
        )
        return self._inner(start, end, inner)

    def _inner(self, start: re.Match[str], end: int, inner: str) -> tuple[list[RequestOrNote], int]:
        """What a text in the text holds, which ends at `end`."""
        results = self._payloads.in_text(inner, self._lines.at(start.start()), depth=2)
        if not results:
            self._patience.lasts(end - start.end())
        return (results, end) if results else ([], start.end())

    def take_object(self, start: re.Match[str]) -> tuple[list[RequestOrNote], int]:
        try:
            value, end = read_literal(self._text, start.start(), self._addresses.variables)
        except NotALiteral as error:
            return self._failed(start, error.at, str(error))
        if isinstance(value, dict) and self._is_answer(value):
            return [], end
        line, source = self._lines.at(start.start()), self._text[start.start() : end]
        results = self._payloads.in_value(value, line, source)
        if not results and marks.CALLING.search(self._text, start.end(), end):  # a block of code
            self._patience.lasts(end - start.end())
            return [], start.end()
        return results, end

    def _is_answer(self, value: dict[str, Json]) -> bool:
        """Whether it is what Odoo answered to the request before: then that one has it."""
        last = self._last
        if "params" in value or not {"result", "error"} & value.keys() or "jsonrpc" not in value:
            return False
        if last is None or last.answer is not None:
            return False
        self._last = replace(last, answer=json.dumps(value), status=200)
        return True


_READERS = {
    "curl": _Scan.take_curl,
    "fetch": _Scan.take_fetch,
    "powershell": _Scan.take_powershell,
    "head": _Scan.take_head,
    "execute": _Scan.take_execute,
    "quoted": _Scan.take_quoted,
    "place": _Scan.take_place,
    "xml": _Scan.take_xml,
    "mention": _Scan.take_mention,
    "header": _Scan.take_header,
    "escaped": _Scan.take_escaped,
    "object": _Scan.take_object,
}
