"""Redacts captures: raw entries from reading go through two passes of redacting into one HAR per file."""

from __future__ import annotations

import re
import secrets
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from har2rpc import reading
from har2rpc.model import Capture, Har2rpcError, Json, RedactionReport, Where
from har2rpc.odoo import urls
from har2rpc.pipeline.loading import Progress, Source, open_capture
from har2rpc.pipeline.own_names import OwnNames, places_of_interest
from har2rpc.pipeline.processes import in_order
from har2rpc.pipeline.redaction_batches import Batch, BatchRedactor, Bytes, batches_of
from har2rpc.pipeline.source_paths import as_path, stamp

if TYPE_CHECKING:
    from har2rpc.redacting import Style

Output: TypeAlias = BinaryIO | Callable[[str], AbstractContextManager[BinaryIO]]
_WITH_PROCESSES = 50 << 20  # bytes: a smaller capture is done before another Python has started


def redact(
    sources: Sequence[Source],
    output: Output | None = None,
    *,
    slim: bool = False,
    only_calls: bool = False,
    pseudonyms: bool = False,
    progress: Progress | None = None,
    processes: int = 1,
) -> RedactionReport:
    """Writes the same captures without their secrets, and reports what was removed.

    A source is the path of a HAR or of a folder of them, or an open binary file. `output` is an open binary file for
    one capture; for several, a function that gives one for a capture's name, as a context manager; without it nothing
    is written. A secret of one source is replaced in all of them, and equal secrets get equal tags. `processes` of two
    or more process the entries of large captures.
    Raises Har2rpcError if a source is not a HAR, or if `only_calls` finds no call.
    """
    with ExitStack() as stack:
        paths = [stack.enter_context(as_path(source)) for source in sources]
        job = _Job(paths, slim, progress, processes)
        capture = None
        if only_calls or pseudonyms:
            try:
                capture = open_capture(paths)
            except Har2rpcError:  # no Odoo call in it: its secrets are secrets anyway
                if only_calls:
                    raise
        job.collect()
        job.finish_collecting(capture, only_calls=only_calls, pseudonyms=pseudonyms)
        capture = None
        if output is not None:
            if not callable(output) and len(job.files) > 1:
                raise Har2rpcError(
                    f"{len(job.files)} captures cannot be written to one file: redact them one by one, or open a file for each"
                )
            for file in job.files:
                with output(file.name) if callable(output) else nullcontext(output) as target:
                    job.write(file, target)
        else:
            job.look_for_doubts()
        return job.report()


@dataclass(slots=True)
class _File:
    """One capture file, as kept between the two passes."""

    number: int
    source: Source
    name: str
    stamp: tuple[int, int]
    log: Json = None
    """The document without its entries."""
    beginning: str = ""
    ending: str = ""
    entries: tuple[array[int], array[int], array[int]] = field(
        default_factory=lambda: (array("Q"), array("Q"), array("Q"))
    )
    """The number, start and end (in bytes) of each entry; arrays, because there may be a million."""
    marks: bytearray = field(default_factory=bytearray)
    """The mark of each entry from the first pass."""


class _Job:
    """One redaction: the first pass over all files, then the second pass over each."""

    def __init__(
        self, sources: Sequence[str], slim: bool, progress: Progress | None, processes: int
    ) -> None:
        from har2rpc.redacting import CaptureRedactor, Findings

        self._sources, self._progress = reading.files_of(sources), progress
        self._paths = sources
        self.files: list[_File] = []
        self._notes: list[str] = []
        salt = secrets.token_bytes(16)
        self._findings = Findings(salt)
        self._redactor = CaptureRedactor(Findings(salt), secrets.token_hex(16), slim=slim)
        self._batch_redactor = BatchRedactor(self._redactor)
        self._names = OwnNames()
        self._kept: set[tuple[int, int]] | None = None
        is_large = sum(stamp(file.source)[0] for file in self._sources) >= _WITH_PROCESSES
        self._processes = processes if is_large else 1

    def collect(self) -> None:
        """The first pass. Raises Har2rpcError if a file is not a HAR."""
        from har2rpc.redacting import DAMAGED

        by_number: dict[int, _File] = {}
        collect = self._batch_redactor.collect
        batches = batches_of(self._unread_entries(by_number))
        for batch in in_order(collect, batches, self._processes, _stays_here):
            self._findings.add(batch.discoveries)
            file = by_number[batch.file]
            for number, mark in zip(batch.numbers, batch.marks, strict=True):
                if mark == DAMAGED:
                    where = Where(file.name, number)
                    self._notes.append(f"{where}: damaged or nested too deep; left out")
            file.marks += batch.marks
        self._findings.add(self._redactor.findings.take())

    def _unread_entries(
        self, by_number: dict[int, _File]
    ) -> Iterator[tuple[Batch, int, bytes, int]]:
        """The entries of all files, as they are read, each with an empty batch of its file."""
        passed_over: list[tuple[reading.CaptureFile, str]] = []
        for number, capture_file in enumerate(self._sources):
            file = by_number[number] = _File(
                number, capture_file.source, capture_file.name, stamp(capture_file.source)
            )
            try:
                yield from self._entries_of(file)
            except Har2rpcError as error:
                if not capture_file.folder:
                    raise
                passed_over.append((capture_file, str(error)))
                continue
            self.files.append(file)
        self._notes += reading.notes_on_other_files(passed_over)
        if not self.files:
            raise Har2rpcError(passed_over[0][1])

    def _entries_of(self, file: _File) -> Iterator[tuple[Batch, int, bytes, int]]:
        har = reading.open_raw_har(file.source, file.name, self._notes.append)
        batch = Batch(file.number, file.source, file.name)
        entries = har.entries(urls.interest_in, self._notes.append, self._progress)
        for span, exchange, piece in entries:
            self._names.look(exchange)
            place = span.where.entry, span.start, span.end
            for positions, position in zip(file.entries, place, strict=True):
                positions.append(position)
            yield batch, span.where.entry, piece, 0
        if not file.entries[0]:
            raise Har2rpcError(f"{file.name}: no entries; there is nothing to redact")
        file.log, is_whole = har.around()
        if not is_whole:
            self._notes.append(
                f"{file.name}: the text around the entries is damaged; it was rewritten"
            )
        self._redactor.findings.where = file.name
        self._redactor.collect_around(file.log)
        file.beginning, file.ending = har.first_piece(), "\n" if har.ends_in_newline() else ""

    def finish_collecting(
        self, capture: Capture | None, *, only_calls: bool, pseudonyms: bool
    ) -> None:
        """Between the passes: excludes the capture's own names, and learns personal fields from its metadata."""
        from har2rpc.redacting import Pseudonyms, names_among

        names = self._names.names
        if pattern := names_among(self._findings.secrets):
            names |= {name.decode() for file in self.files for name in _keys_in(file, pattern)}
        self._redactor.finish_collecting(self._findings.secrets, names)
        if pseudonyms:
            fields = capture.fields() if capture else {}
            self._redactor.pseudonyms = Pseudonyms(secrets.token_bytes(32), fields)
        if only_calls:
            self._kept = set(places_of_interest(self._paths, capture))

    def write(self, file: _File, target: BinaryIO) -> None:
        """The second pass over one file. Raises Har2rpcError if the file has changed since the first pass."""
        for piece in self._pieces(file):
            target.write(piece)

    def look_for_doubts(self) -> None:
        """The second pass without writing: counts repetitions and doubts."""
        for file in self.files:
            for _ in self._pieces(file):
                pass

    def _pieces(self, file: _File) -> Iterator[Bytes]:
        from har2rpc.redacting import Style

        if stamp(file.source) != file.stamp:
            raise Har2rpcError(f"{file.name}: changed since it was read; read it again")
        style: Style = Style.of(file.beginning)
        before, behind = self._redactor.around(file.log, style)
        line = "\n" + (style.indent or "") * 3 if style.indent else " " if style.is_spaced else ""
        batch = Batch(file.number, file.source, file.name, f",{line}".encode(), style)
        yield before
        is_first = True
        rewrite = self._batch_redactor.rewrite
        batches = batches_of(self._entries_again(file, batch))
        for batch_text in in_order(rewrite, batches, self._processes, _stays_here):
            self._findings.add(batch_text.discoveries)
            if not is_first:
                yield batch.separator
            is_first = False
            yield from batch_text.parts
        self._findings.add(self._redactor.findings.take())
        yield behind
        yield file.ending.encode()

    def _entries_again(self, file: _File, batch: Batch) -> Iterator[tuple[Batch, int, bytes, int]]:
        """The entries that are kept, with their marks."""
        from har2rpc.redacting import DAMAGED

        har = reading.open_raw_har(file.source, file.name, lambda sentence: None)
        numbers, starts, ends = file.entries
        pieces = har.pieces(zip(starts, ends, strict=True), self._progress)
        for number, mark, piece in zip(numbers, file.marks, pieces, strict=True):
            if mark != DAMAGED and (self._kept is None or (file.number, number) in self._kept):
                yield batch, number, piece, mark

    def report(self) -> RedactionReport:
        """What was removed and what is doubtful."""
        return RedactionReport(
            files=tuple(file.name for file in self.files),
            removed=self._findings.removed(),
            doubts=self._findings.doubts(),
            notes=tuple(dict.fromkeys(self._notes)),
        )


def _stays_here(batch: Batch) -> bool:
    return batch.is_large


def _keys_in(file: _File, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """The keys of a file that this pattern finds: something that looks like a secret may be a field's name."""
    har = reading.open_raw_har(file.source, file.name, lambda sentence: None)
    for piece in har.pieces(zip(*file.entries[1:], strict=True)):
        yield from pattern.findall(piece)
