"""Batches of a capture's entries, for both passes of a redaction, in this process or in another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from har2rpc import reading
from har2rpc.model import Where
from har2rpc.pipeline.loading import Source

if TYPE_CHECKING:
    from har2rpc.redacting import CaptureRedactor, Discoveries, Style

Bytes: TypeAlias = bytes | memoryview
_LARGE = 4 << 20  # bytes: a larger batch has a single entry, which is not sent to another process
_BATCH = 1 << 20  # bytes
_MOST = 500  # entries


@dataclass(slots=True)
class Batch:
    """Entries of one file, as they are written."""

    file: int
    """The number of the file."""
    source: Source
    name: str
    separator: bytes = b""
    """The text between two entries."""
    style: Style | None = None
    numbers: list[int] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    marks: bytearray = field(default_factory=bytearray)
    """The mark of each entry from the first pass."""
    size: int = 0

    @property
    def is_large(self) -> bool:
        """Whether it is a single entry that is too large to send to another process."""
        return self.size > _LARGE

    def has_room_for(self, piece: bytes) -> bool:
        """Whether this entry can be added."""
        size = self.size + len(piece)
        return not self.numbers or (len(self.numbers) < _MOST and size <= _BATCH)

    def like(self) -> Batch:
        """An empty batch of the same file."""
        return Batch(self.file, self.source, self.name, self.separator, self.style)

    def add(self, number: int, piece: bytes, mark: int) -> None:
        """Adds an entry."""
        self.numbers.append(number)
        self.pieces.append(piece)
        self.marks.append(mark)
        self.size += len(piece)


def batches_of(entries: Iterable[tuple[Batch, int, bytes, int]]) -> Iterator[Batch]:
    """Groups entries into batches. Each comes with an empty batch of its file, its number, its JSON and its mark."""
    batch = None
    for empty, number, piece, mark in entries:
        if batch is None or batch.file != empty.file or not batch.has_room_for(piece):
            if batch is not None:
                yield batch
            batch = empty.like()
        batch.add(number, piece, mark)
    if batch is not None:
        yield batch


class Collected(NamedTuple):
    """The result of the first pass over a batch."""

    file: int
    numbers: Sequence[int]
    marks: bytearray
    discoveries: Discoveries


class Rewritten(NamedTuple):
    """The result of the second pass over a batch."""

    parts: Sequence[Bytes]
    discoveries: Discoveries


class BatchRedactor:
    """Both passes over batches, in this process or in another."""

    def __init__(self, redactor: CaptureRedactor) -> None:
        self._redactor = redactor
        self._beside: tuple[Source, reading.RawHar] | None = None

    def collect(self, batch: Batch) -> Collected:
        """The first pass."""
        marks = bytearray()
        attachment = self._attachment(batch)
        for number, piece in zip(batch.numbers, batch.pieces, strict=True):
            marks.append(self._redactor.collect(Where(batch.name, number), piece, attachment))
        return Collected(batch.file, batch.numbers, marks, self._redactor.findings.take())

    def rewrite(self, batch: Batch) -> Rewritten:
        """The second pass."""
        parts = self._parts(batch)
        whole: Sequence[Bytes] = [*parts] if batch.is_large else [b"".join(parts)]
        return Rewritten(whole, self._redactor.findings.take())

    def _parts(self, batch: Batch) -> Iterator[Bytes]:
        attachment = self._attachment(batch)
        for n, (number, piece) in enumerate(zip(batch.numbers, batch.pieces, strict=True)):
            if n:
                yield batch.separator
            assert batch.style is not None, "the second pass has one"
            yield from self._redactor.entry_parts(
                batch.marks[n], Where(batch.name, number), piece, attachment, batch.style
            )

    def _attachment(self, batch: Batch) -> Callable[[str], bytes]:
        return partial(self._body_beside, batch.source, batch.name)

    def _body_beside(self, source: Source, name: str, body: str) -> bytes:
        """The body file that an entry of this file names. Raises LookupError if it is missing."""
        if self._beside is None or self._beside[0] != source:
            self._beside = source, reading.open_raw_har(source, name, lambda sentence: None)
        return self._beside[1].attachment(body)
