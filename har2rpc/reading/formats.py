"""What a document can be: the first format that recognises it reads it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from har2rpc.model import Exchange, Worth
from har2rpc.reading.files.unwrap import document_of
from har2rpc.reading.json_spans import Data
from har2rpc.reading.unsupported import unusable


def read(
    source: str | os.PathLike | BinaryIO,
    worth_reading: Callable[[str, str], Worth],
    *,
    name: str | None = None,
    lost: Callable[[str], None],
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Exchange]:
    """Every exchange of a capture, in the order of the file.

    `source` is a path or a binary stream (a stream is called `name`, or "stdin"). Where `worth_reading(url, method)` is
    false, only where, url, http_method and started are filled; where it is "glance", a long answer may be `abridged`:
    decoding what nobody asks for costs more than finding it. `lost` is called with a sentence for everything that is
    damaged or missing; `progress(bytes done, bytes in all)` now and then for files over 50 MB.

    Raises Har2rpcError at once where the source cannot be used at all.
    """
    document = document_of(source, name, lost)
    with document.view() as data:
        chosen = next((one for one in _formats(data) if one.recognises(data)), None)
        if chosen is None:
            raise unusable(document.name, data)
    return chosen.exchanges(document, worth_reading, lost, progress)


def _formats(data: Data) -> Iterator[Any]:
    """What to ask in turn, each imported only now: `recognises(data) -> bool`, `exchanges(document, …)`."""
    if data[:1] != b"{":  # as most captures begin, and nothing that is copied
        from har2rpc.reading.clipboard.copied_commands import CURL, FETCH, POWERSHELL

        yield from (CURL, FETCH, POWERSHELL)
    from har2rpc.reading.har import parser

    yield parser
    from har2rpc.reading.clipboard import payload

    yield payload
