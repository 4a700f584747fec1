"""The formats of documents: the first one that recognizes a document reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.files.document import Document
from har2rpc.reading.files.unwrap import Source, open_document
from har2rpc.reading.json_spans import Data
from har2rpc.reading.unsupported import recorder_of, unsupported_error


class Format(Protocol):
    """What every format has, be it a module or an object."""

    def recognizes(self, data: Data) -> bool:
        """Whether these bytes are of this format, by how they begin."""

    def exchanges(
        self,
        document: Document,
        interest_in: InterestIn,
        report_damage: ReportDamage,
        progress: ReportProgress | None,
    ) -> Iterator[Exchange]:
        """One Exchange for every request, in the order of the document."""


def read(
    source: Source,
    interest_in: InterestIn,
    *,
    name: str | None = None,
    report_damage: ReportDamage,
    progress: ReportProgress | None = None,
) -> Iterator[Exchange]:
    """Every exchange of a capture, in the order of the file.

    `source` is a path or a binary stream (a stream is called `name`, or "stdin"). Where `interest_in(url, method)` is
    false, only where, url, http_method and started are filled; where it is "head", a long answer may be `abridged`:
    decoding what nobody uses costs more than finding it. `report_damage` is called with a sentence for everything that
    is damaged or missing; `progress(bytes done, bytes in all)` now and then for files over 50 MB.

    Raises Har2rpcError at once where the source cannot be used at all.
    """
    document = open_document(source, name, report_damage)
    with document.view() as data:
        if recorder := recorder_of(data):
            raise Har2rpcError(f"{document.name}: {recorder}")
        reader = next((format_ for format_ in _formats(data) if format_.recognizes(data)), None)
        if reader is None:
            raise unsupported_error(document.name, data)
    return reader.exchanges(document, interest_in, report_damage, progress)


def _formats(data: Data) -> Iterator[Format]:
    """The formats to try in turn, each imported only when its turn comes."""
    if data[:1] != b"{":  # as most captures begin, and nothing that is copied
        from har2rpc.reading.clipboard.copied_commands import ANY_TEXT, CURL, FETCH, POWERSHELL

        if not ANY_TEXT.is_mixed(data):
            yield from (CURL, FETCH, POWERSHELL)
    from har2rpc.reading.har import parser

    yield parser
    from har2rpc.reading.clipboard.copied_commands import ANY_TEXT, POSTMAN

    yield from (POSTMAN, ANY_TEXT)
