"""What a browser's "Copy as …" puts on the clipboard, saved in a file: commands that send requests.

A copy has no answer, no time and no status; what it has of headers and cookies is passed over where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

from har2rpc.model import Exchange, Where, Worth
from har2rpc.reading.clipboard.copied_text import Found, text_of
from har2rpc.reading.files.document import Document
from har2rpc.reading.json_spans import Data

_TOLD = 20  # sentences on what is lost, before the rest of them is only counted


class Copied:
    """A format of copies: how one begins, and what reads the requests in it."""

    def __init__(self, begins: bytes, requests: Callable[[str], Iterator[Found]]) -> None:
        # Comments and empty lines may stand above; a shell's prompt may have been copied, too.
        self._begins = re.compile(
            rb"(?:\xef\xbb\xbf)?(?:\s++|(?:#|//|::|REM )[^\n]*+\n)*+" + begins, re.IGNORECASE
        )
        self._requests = requests

    def recognises(self, data: Data) -> bool:
        """Whether this is such a copy, told by how it begins."""
        return bool(self._begins.match(data, 0, min(len(data), 1 << 16)))

    def exchanges(
        self,
        document: Document,
        worth_reading: Callable[[str, str], Worth],
        lost: Callable[[str], None],
        progress: Callable[[int, int], None] | None,
    ) -> Iterator[Exchange]:
        """One Exchange for every command, in the order of the text."""
        told = _Told(lost)
        number = 0
        for found in self._requests(text_of(document, told.lose)):
            if isinstance(found, str):
                told.lose(f"{document.name}: {found}")
                continue
            number += 1
            where = Where(document.name, number)
            url = _plain(found.url)
            if not url:
                told.lose(f"{where}: {found.note or 'not the URL of a web server'}; left out")
                continue
            if not worth_reading(url, found.method):
                yield Exchange(where, url, found.method)
                continue
            yield Exchange(where, url, found.method, found.body, note=found.note)
        told.rest(document.name)


class _Told:
    """Hands sentences on, and counts what is too much to be read."""

    def __init__(self, lost: Callable[[str], None]) -> None:
        self._lost, self._count = lost, 0

    def lose(self, sentence: str) -> None:
        self._count += 1
        if self._count <= _TOLD:
            self._lost(sentence)

    def rest(self, name: str) -> None:
        if self._count > _TOLD:
            self._lost(f"{name}: {self._count - _TOLD} more places that could not be read")


def _plain(url: str) -> str:
    """The URL without user and password; empty if it is none of a web server."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "ws", "wss") or not parts.hostname:
            return ""
        parts.port  # raises for what is no number
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    return url if host == parts.netloc else urlunsplit(parts._replace(netloc=host))


def _curl(text: str) -> Iterator[Found]:
    from har2rpc.reading.clipboard.curl import requests

    return requests(text)


def _powershell(text: str) -> Iterator[Found]:
    from har2rpc.reading.clipboard.powershell import requests

    return requests(text)


def _fetch(text: str) -> Iterator[Found]:
    from har2rpc.reading.clipboard.fetch import requests

    return requests(text)


# What reads them is imported when there is something to read: most captures are HARs.
CURL = Copied(rb"(?:[$>%] *+)?curl(?:\.exe)?[\s^\\]", _curl)
POWERSHELL = Copied(rb"(?:\$[\s\S]{0,60000}?)?\bInvoke-(?:WebRequest|RestMethod)\b", _powershell)
FETCH = Copied(
    rb"(?:(?:const|let|var) [^=\n]{1,80}= *+)?(?:await )?(?:window\.)?fetch\s*+\(", _fetch
)
