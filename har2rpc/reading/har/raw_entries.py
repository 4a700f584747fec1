"""The raw entries of a HAR, headers included, for redaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from har2rpc.model import Exchange, Har2rpcError, Json
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.files.document import Document
from har2rpc.reading.files.unwrap import Source, open_document
from har2rpc.reading.har import parser
from har2rpc.reading.har.entry import EntrySpan
from har2rpc.reading.unsupported import unsupported_error

_LARGEST_AROUND = 16 << 20  # bytes before or behind the entries: pages, the creator, comments
Place: TypeAlias = tuple[int, int]
"""The first byte of an entry, and the one behind its last."""


class RawHar:
    """One HAR, unpacked, whose entries can be gone through again and again."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.name = document.name
        self._first: int | None = None
        self._last = 0

    @property
    def attachment(self) -> Callable[[str], bytes]:
        """The body next to the HAR that an entry names by `_file`. Raises LookupError if there is none."""
        return self._document.attachment

    def entries(
        self,
        interest_in: InterestIn,
        report_damage: ReportDamage,
        progress: ReportProgress | None = None,
    ) -> Iterator[tuple[EntrySpan, Exchange, bytes]]:
        """Where each entry stands, what it says, and its JSON, in the order of the file; what is lost is reported."""
        with self._document.open() as file:
            for exchange in parser.exchanges(self._document, interest_in, report_damage, progress):
                span = exchange.again
                if isinstance(span, EntrySpan):
                    if self._first is None:
                        self._first = span.start
                    self._last = max(self._last, span.end)
                    file.seek(span.start)
                    yield span, exchange, file.read(span.end - span.start)

    def pieces(
        self, places: Iterable[Place], progress: ReportProgress | None = None
    ) -> Iterator[bytes]:
        """The JSON of entries that `entries` found before, in the same document."""
        size, done = self._document.size, 0
        with self._document.open() as file:
            for start, end in places:
                file.seek(start)
                yield file.read(end - start)
                if progress and size >= parser.WITH_PROGRESS and end - done >= parser.STEP:
                    progress(end, size)
                    done = end

    def first_piece(self) -> str:
        """How the document begins: its layout."""
        return str(self._document.part(0, 4096), "utf-8", "replace")

    def ends_in_newline(self) -> bool:
        """Whether the document's last line has an end."""
        return self._document.part(max(0, self._document.size - 1), self._document.size) == b"\n"

    def around(self) -> tuple[Json, bool]:
        """The document without its entries, once these were gone through; whether it was whole."""
        first = self._first or 0
        if max(first, self._document.size - self._last) <= _LARGEST_AROUND:
            before = self._document.part(0, first)
            behind = self._document.part(self._last, self._document.size)
            text = str(before[max(0, before.find(b"{")) :] + behind, "utf-8", "replace")
            try:
                value, _ = json.JSONDecoder(strict=False).raw_decode(text)
            except (ValueError, RecursionError):
                value = None
            if isinstance(value, dict) and isinstance(value.get("log"), dict):
                return value, True
        creator = {"name": "har2rpc redact", "version": ""}
        return {"log": {"version": "1.2", "creator": creator, "pages": [], "entries": []}}, False


def open_raw_har(source: Source, name: str | None, report_damage: ReportDamage) -> RawHar:
    """The HAR in a file or stream. Raises Har2rpcError for copied text, and for a file that is not a capture."""
    document = open_document(source, name, report_damage)
    with document.view() as data:
        if data[:1] != b"{" or not parser.recognizes(data):
            from har2rpc.reading.clipboard.copied_commands import (
                ANY_TEXT,
                CURL,
                FETCH,
                POSTMAN,
                POWERSHELL,
            )

            if any(format_.recognizes(data) for format_ in (CURL, FETCH, POWERSHELL)):
                raise Har2rpcError(_copied(document.name))
            if not parser.recognizes(data):
                if POSTMAN.recognizes(data) or ANY_TEXT.recognizes(data):
                    raise Har2rpcError(_copied(document.name))
                raise unsupported_error(document.name, data)
    return RawHar(document)


def _copied(name: str) -> str:
    return (
        f"{name}: copied text is not rewritten; export a HAR (Save all as HAR) and redact that,"
        " or delete the Cookie and Authorization lines and the password yourself"
    )
