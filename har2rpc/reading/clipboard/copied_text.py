"""What all formats of copied text share: the text itself, and the requests in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from har2rpc.model import Har2rpcError
from har2rpc.reading.callbacks import ReportDamage
from har2rpc.reading.files.document import Document

LARGEST_COPY = 512 << 20
"""No copy of more bytes than this is read: it is held in memory as a whole."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a copy holds. Without a url it could not be read, and `note` says why."""

    url: str
    method: str = "GET"
    body: str | None = None
    note: str = ""
    answer: str | None = None
    """What Odoo answered, where somebody kept that, too."""
    status: int = 0


RequestOrNote: TypeAlias = Request | str
"""A request, or a sentence on text that is none."""


def document_text(document: Document, report_damage: ReportDamage) -> str:
    """The document as text. Raises Har2rpcError if it is larger than any clipboard."""
    if document.size > LARGEST_COPY:
        raise Har2rpcError(
            f"{document.name}: {document.size >> 20} MiB of copied commands; export a HAR instead"
        )
    raw = document.part(0, document.size).removeprefix(b"\xef\xbb\xbf").rstrip(b"\0")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        report_damage(
            f"{document.name}: byte {error.start} is not UTF-8, it is shown as "
            "\N{REPLACEMENT CHARACTER}; save it as UTF-8"
        )
        return raw.decode(errors="replace")


def join_surrogates(text: str) -> str:
    """Halves of an emoji that a browser wrote one by one (UTF-16 code units) become one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class Patience:
    """A limit on reading in vain: something that begins and does not end is read to the end of the text, and then once more
    for what it contains. A text full of such beginnings would take quadratic time."""

    def __init__(self, text: str, times: int = 16) -> None:
        self._left = times * len(text) + (1 << 18)

    def lasts(self, count: int) -> bool:
        """Counts so many characters that were read in vain; whether there is patience left."""
        self._left -= count
        return self._left > 0


class LineNumbers:
    """Gives the line of a position; used from front to back, so that a long text is counted once."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._number = text, 0, 1

    def at(self, position: int) -> str:
        """`line 12`."""
        if position < self._at:
            self._at, self._number = 0, 1
        self._number += self._text.count("\n", self._at, position)
        self._at = position
        return f"line {self._number}"
