"""Reads what a browser's "Copy as …" puts on the clipboard: commands that send requests.

A copy has no answer, no time and no status. Its headers and cookies are skipped and never kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

from har2rpc.model import Exchange, Har2rpcError, Where
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.clipboard.addresses import relative_route
from har2rpc.reading.clipboard.copied_text import RequestOrNote, document_text
from har2rpc.reading.files.document import Document
from har2rpc.reading.json_spans import Data

_VARIABLE = re.compile(r"[${}<>%]")  # https://$HOST, https://<your-odoo>.example
_MOST_REPORTED = 20  # sentences on what is lost, before the rest of them is only counted


class CopiedFormat:
    """A format of copies: how one begins, and what reads the requests in it."""

    def __init__(
        self, beginning: bytes, requests: Callable[[str], Iterator[RequestOrNote]]
    ) -> None:
        # Comments and empty lines may stand above; a shell's prompt may have been copied, too.
        self._beginning = re.compile(
            rb"(?:\xef\xbb\xbf)?(?:\s++|(?:#|//|::|REM )[^\n]*+\n)*+" + beginning, re.IGNORECASE
        )
        self._requests = requests

    def recognizes(self, data: Data) -> bool:
        """Whether this is such a copy, by how it begins."""
        return bool(self._beginning.match(data, 0, min(len(data), 1 << 16)))

    def exchanges(
        self,
        document: Document,
        interest_in: InterestIn,
        report_damage: ReportDamage,
        progress: ReportProgress | None,
    ) -> Iterator[Exchange]:
        """One Exchange for every command, in the order of the text."""
        limited = _LimitedReport(report_damage)
        number, has_unknown_server = 0, False
        for request in self._requests(document_text(document, limited.report)):
            if isinstance(request, str):
                limited.report(f"{document.name}: {request}")
                continue
            number += 1
            where = Where(document.name, number)
            url = _web_url(request.url) or relative_route(request.url)
            has_unknown_server = has_unknown_server or url.startswith("/")
            if not url:
                reason = request.note or "not the URL of a web server"
                limited.report(f"{where}: {reason}; left out")
            elif not interest_in(url, request.method):
                yield Exchange(where, url, request.method, is_copied=True)
            else:
                yield Exchange(
                    where,
                    url,
                    request.method,
                    request.body,
                    request.status,
                    request.answer,
                    note=request.note,
                    is_copied=True,
                )
        limited.report_rest(document.name)
        if has_unknown_server:
            report_damage(
                f"{document.name}: a payload alone does not tell the server, nor what it answered; "
                'set ODOO_URL and ODOO_DB, or use "Copy as cURL"'
            )


class _LimitedReport:
    """Hands sentences on, and counts those that are too many to be read."""

    def __init__(self, report_damage: ReportDamage) -> None:
        self._report_damage, self._count = report_damage, 0

    def report(self, sentence: str) -> None:
        self._count += 1
        if self._count <= _MOST_REPORTED:
            self._report_damage(sentence)

    def report_rest(self, name: str) -> None:
        if self._count > _MOST_REPORTED:
            rest = self._count - _MOST_REPORTED
            self._report_damage(
                f"{name}: {rest} more {'place' if rest == 1 else 'places'} that could not be read"
            )


def _web_url(url: str) -> str:
    """The URL without user and password; empty if it is not that of a web server."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "ws", "wss") or not parts.hostname:
            return ""
        if _VARIABLE.search(parts.netloc):
            return ""
        _ = parts.port  # raises ValueError where it is not a number
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    return url if host == parts.netloc else urlunsplit(parts._replace(netloc=host))


# What reads them is imported when there is something to read: most captures are HARs.
def _curl(text: str) -> Iterator[RequestOrNote]:
    from har2rpc.reading.clipboard.curl import requests

    return requests(text)


def _powershell(text: str) -> Iterator[RequestOrNote]:
    from har2rpc.reading.clipboard.powershell import requests

    return requests(text)


def _fetch(text: str) -> Iterator[RequestOrNote]:
    from har2rpc.reading.clipboard.fetch import requests

    return requests(text)


CURL = CopiedFormat(rb"(?:[$>%] *+)?curl(?:\.exe)?[\s^\\]", _curl)
POWERSHELL = CopiedFormat(
    rb"(?:\$[\s\S]{0,60000}?)?\bInvoke-(?:WebRequest|RestMethod)\b", _powershell
)
FETCH = CopiedFormat(
    rb"(?:(?:const|let|var) [^=\n]{1,80}= *+)?(?:await )?(?:window\.)?fetch\s*+\(", _fetch
)


class _Postman(CopiedFormat):
    """A collection of Postman, by the keys that every one has."""

    def __init__(self) -> None:
        super().__init__(b"", _postman)

    def recognizes(self, data: Data) -> bool:
        reach = min(len(data), 1 << 20)
        return bool(
            _COLLECTION.search(data, 0, reach) and re.compile(rb'"request"\s*+:').search(data)
        )


def _postman(text: str) -> Iterator[RequestOrNote]:
    from har2rpc.reading.clipboard.postman_collection import requests

    return requests(text)


_COLLECTION = re.compile(
    rb'"_postman_id"|schema\.(?:getpostman|postman)\.com|"info"\s*+:[^{]*+\{[^{}]*+\}\s*+,\s*+"item"\s*+:'
)
POSTMAN = _Postman()


class _AnyText(CopiedFormat):
    """Texts in which requests stand among other things, and objects: whatever tells of a call."""

    def __init__(self) -> None:
        super().__init__(b"", _any_text)

    def recognizes(self, data: Data) -> bool:
        head = data[: 1 << 12]
        if b"\0" in bytes(head).rstrip(b"\0") or _OF_A_HAR.search(data, 0, min(len(data), 1 << 16)):
            return False
        return bool(_TELLING.search(data, 0, min(len(data), 1 << 22)))

    def is_mixed(self, data: Data) -> bool:
        """Whether a text that begins as a command holds other things, too: a script, or notes."""
        return bool(_MIXED.search(data, 0, min(len(data), 1 << 20)))

    def exchanges(
        self,
        document: Document,
        interest_in: InterestIn,
        report_damage: ReportDamage,
        progress: ReportProgress | None,
    ) -> Iterator[Exchange]:
        """One Exchange for every request. Raises Har2rpcError if there is none."""
        sentences: list[str] = []
        count = 0
        for exchange in super().exchanges(document, interest_in, sentences.append, progress):
            count += 1
            yield exchange
        if not count:
            raise Har2rpcError(sentences[0] if sentences else _no_request(document))
        for sentence in sentences:
            report_damage(sentence)


def _no_request(document: Document) -> str:
    return (
        f"{document.name}: a text without a readable request: paste a payload (view source), "
        '"Copy as cURL", a raw HTTP request, or a HAR'
    )


def _any_text(text: str) -> Iterator[RequestOrNote]:
    from har2rpc.reading.clipboard.any_text import requests

    return requests(text)


# What a text with a call in it has somewhere.
_TELLING = re.compile(
    rb"call_kw|call_button|/web/dataset/|jsonrpc|/json/2\b|<methodCall>|\bexecute_kw\b|\bexecute(?:_kw|Kw)?\s*+\(|orm\.call\("
    rb"|[\"']?\b(?:params|model)\b\\?[\"']?\s*+(?::|=)|\bcurl(?:\.exe)?\s++[-\"'^$h\\]|\bfetch\s*+\(|\bInvoke-(?:Web|Rest)"
    rb"|&quot;(?:params|model|jsonrpc)|\xe2\x80[\x9c-\x9f](?:params|model|jsonrpc)",
    re.IGNORECASE,
)
# Markdown's fences, variables of a shell, here documents, an object behind an empty line, a raw request, other calls.
_MIXED = re.compile(
    rb"^(?:```|~~~|[ \t]*+(?:export )?[A-Za-z_]\w*+=|[^\n#]*<<-?['\"]?\w|(?:GET|POST) \S++ HTTP/|[ \t]*\r?\n[ \t]*[{\[])"
    rb"|^\$\w++\s*+=\s*+@|\bexecute_kw\(|<methodCall>|JSON\.stringify|\bfetch\s*+\((?!\s*+\")|,\s*+\{\s*+\w++\s*+:",
    re.MULTILINE,
)
_OF_A_HAR = re.compile(rb'"(?:startedDateTime|entries)"\s*+:')
ANY_TEXT = _AnyText()
