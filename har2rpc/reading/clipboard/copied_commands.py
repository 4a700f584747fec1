"""What a browser's "Copy as …" puts on the clipboard, saved in a file: commands that send requests.

A copy has no answer, no time and no status; what it has of headers and cookies is passed over where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

from har2rpc.model import Exchange, Where
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.clipboard.copied_text import RequestOrNote, document_text
from har2rpc.reading.files.document import Document
from har2rpc.reading.json_spans import Data

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
        number = 0
        for request in self._requests(document_text(document, limited.report)):
            if isinstance(request, str):
                limited.report(f"{document.name}: {request}")
                continue
            number += 1
            where = Where(document.name, number)
            url = _web_url(request.url)
            if not url:
                reason = request.note or "not the URL of a web server"
                limited.report(f"{where}: {reason}; left out")
            elif not interest_in(url, request.method):
                yield Exchange(where, url, request.method, is_copied=True)
            else:
                yield Exchange(
                    where, url, request.method, request.body, note=request.note, is_copied=True
                )
        limited.report_rest(document.name)


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
            self._report_damage(f"{name}: {rest} more places that could not be read")


def _web_url(url: str) -> str:
    """The URL without user and password; empty if it is not that of a web server."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "ws", "wss") or not parts.hostname:
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
