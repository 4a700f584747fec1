"""A capture without its secrets: raw entries from reading go through redacting, twice, and out as one HAR a file."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from har2rpc import reading
from har2rpc.model import Capture, Har2rpcError, Json, RedactionReport, Where
from har2rpc.pipeline.loading import Progress, Source, open_capture
from har2rpc.pipeline.own_names import own_names, places_of_interest

if TYPE_CHECKING:
    from har2rpc.redacting import CaptureRedactor, Style

Output: TypeAlias = BinaryIO | Callable[[str], AbstractContextManager[BinaryIO]]


def redact(
    sources: Sequence[Source],
    output: Output | None = None,
    *,
    slim: bool = False,
    only_calls: bool = False,
    pseudonyms: bool = False,
    progress: Progress | None = None,
) -> RedactionReport:
    """Writes the same captures without their secrets, and reports what was removed.

    A source is the path of a HAR or of a folder of them, or an open binary file. `output` is an open binary file for
    one capture; for several, a function that gives one for a capture's name, as a context manager; without it nothing
    is written. Secrets are looked for in all sources together, and equal ones get equal tags.
    Raises Har2rpcError where a source is not a HAR, or `only_calls` finds no call.
    """
    with ExitStack() as stack:
        job = _Job(
            [stack.enter_context(_as_path(source)) for source in sources],
            slim,
            pseudonyms,
            progress,
        )
        try:
            capture = open_capture(job.sources)
        except Har2rpcError:  # no Odoo call in it: its secrets are secrets all the same
            if only_calls:
                raise
            capture = None
        job.collect()
        job.know_capture(capture, only_calls)
        capture = None
        if output is not None:
            if not callable(output) and len(job.files) > 1:
                raise Har2rpcError(f"{len(job.files)} captures, and one file to write them to")
            for file in job.files:
                with output(file.name) if callable(output) else nullcontext(output) as target:
                    job.write(file, target)
        else:
            job.look_for_doubts()
        return job.report()


@dataclass(slots=True)
class _File:
    """One capture file between the two passes."""

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
    """Of each entry its number, its first byte, and the one behind its last; arrays, as there may be a million."""
    damaged: set[int] = field(default_factory=set)


class _Job:
    """One redaction: all files collected, then each written."""

    def __init__(
        self, sources: Sequence[str], slim: bool, pseudonyms: bool, progress: Progress | None
    ) -> None:
        from har2rpc.redacting import CaptureRedactor, Findings

        self.sources, self._progress = sources, progress
        self.files: list[_File] = []
        self._notes: list[str] = []
        self._findings = Findings(secrets.token_bytes(16))
        self._redactor: CaptureRedactor = CaptureRedactor(
            self._findings, secrets.token_hex(16), slim=slim
        )
        self._has_pseudonyms = pseudonyms
        self._kept: set[tuple[int, int]] | None = None

    def collect(self) -> None:
        """The first pass. Raises Har2rpcError where a file is not a HAR."""
        passed_over: list[tuple[reading.CaptureFile, str]] = []
        for number, capture_file in enumerate(reading.files_of(self.sources)):
            file = _File(
                number, capture_file.source, capture_file.name, _stamp(capture_file.source)
            )
            try:
                self._collect_file(file)
            except Har2rpcError as error:
                if not capture_file.folder:
                    raise
                passed_over.append((capture_file, str(error)))
                continue
            self.files.append(file)
        self._notes += reading.notes_on_other_files(passed_over)
        if not self.files:
            raise Har2rpcError(passed_over[0][1])

    def _collect_file(self, file: _File) -> None:
        har = reading.open_raw_har(file.source, file.name, self._notes.append)
        count = 0
        for span, piece in har.entries(self._notes.append, self._progress):
            count += 1
            place = (file.number, span.where.entry)
            for positions, number in zip(
                file.entries, (place[1], span.start, span.end), strict=True
            ):
                positions.append(number)
            if not self._redactor.collect(place, span.where, piece, har.attachment):
                file.damaged.add(span.where.entry)
                self._notes.append(f"{span.where}: damaged or nested too deep; left out")
        if not count:
            raise Har2rpcError(f"{file.name}: no entries; there is nothing to redact")
        file.log, is_whole = har.around()
        if not is_whole:
            self._notes.append(
                f"{file.name}: what stands around the entries is damaged; written anew"
            )
        self._findings.where = file.name
        self._redactor.collect_around(file.log)
        file.beginning, file.ending = har.first_piece(), "\n" if har.ends_in_newline() else ""

    def know_capture(self, capture: Capture | None, only_calls: bool) -> None:
        """Between the passes: the capture's own names are no secrets; its metadata tells personal fields."""
        names = own_names(capture) if capture else set()
        if pattern := self._redactor.names_among_secrets():
            names |= {name.decode() for file in self.files for name in _keys_in(file, pattern)}
        self._redactor.finish_collecting(names)
        if self._has_pseudonyms:
            from har2rpc.redacting import Pseudonyms

            fields = capture.fields() if capture else {}
            self._redactor.pseudonyms = Pseudonyms(secrets.token_bytes(32), fields)
        if only_calls:
            self._kept = set(places_of_interest(self.sources, capture))

    def write(self, file: _File, target: BinaryIO) -> None:
        """The second pass over one file. Raises Har2rpcError if it is no longer what was collected."""
        for piece in self._pieces(file):
            target.write(piece)

    def look_for_doubts(self) -> None:
        """The second pass without writing: it counts what is repeated and what is doubtful."""
        for file in self.files:
            for _ in self._pieces(file):
                pass

    def _pieces(self, file: _File) -> Iterator[bytes | memoryview]:
        from har2rpc.redacting import Style

        if _stamp(file.source) != file.stamp:
            raise Har2rpcError(f"{file.name}: changed since it was read; read it again")
        style: Style = Style.of(file.beginning)
        before, behind = self._redactor.around(file.log, style)
        line = "\n" + (style.indent or "") * 3 if style.indent else " " if style.is_spaced else ""
        yield before
        har = reading.open_raw_har(file.source, file.name, lambda sentence: None)
        is_first = True
        numbers, starts, ends = file.entries
        pieces = har.pieces(zip(starts, ends, strict=True), self._progress)
        for number, piece in zip(numbers, pieces, strict=True):
            place = (file.number, number)
            if number in file.damaged or not self._is_kept(place):
                continue
            where = Where(file.name, number)
            parts = self._redactor.entry_parts(place, where, piece, har.attachment, style)
            if not is_first:
                yield f",{line}".encode()
            is_first = False
            yield from parts
        yield behind
        yield file.ending.encode()

    def _is_kept(self, place: tuple[int, int]) -> bool:
        return self._kept is None or place in self._kept

    def report(self) -> RedactionReport:
        """What was removed and what is doubtful."""
        return RedactionReport(
            files=tuple(file.name for file in self.files),
            removed=self._findings.removed(),
            doubts=self._findings.doubts(),
            notes=tuple(dict.fromkeys(self._notes)),
        )


@contextmanager
def _as_path(source: Source) -> Iterator[str]:
    """A path for a source that is read several times; a stream is spooled to a file that its owner alone can read."""
    if isinstance(source, (str, bytes, os.PathLike)):
        path = os.fsdecode(source)
        if os.path.isdir(path) or os.path.isfile(path) or not os.path.exists(path):
            yield path
            return
        with open(path, "rb") as pipe, _spooled(pipe, os.path.basename(path)) as spooled:
            yield spooled
        return
    with _spooled(source, "stdin") as spooled:
        yield spooled


@contextmanager
def _spooled(stream: BinaryIO, name: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="har2rpc-") as folder:  # mode 0700
        path = os.path.join(folder, name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            try:
                shutil.copyfileobj(stream, file, 1 << 20)
            except (OSError, ValueError, TypeError) as error:
                raise Har2rpcError(f"{name}: cannot be read ({error})") from error
        yield path


def _stamp(source: Source) -> tuple[int, int]:
    """Size and time of a file's last change; (0, 0) where opening it will say what is wrong."""
    try:
        status = os.stat(os.fsdecode(source))  # type: ignore[arg-type]
    except (OSError, ValueError):
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _keys_in(file: _File, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """The keys of a file that this pattern finds: what looked like a secret is a field's name as well."""
    har = reading.open_raw_har(file.source, file.name, lambda sentence: None)
    for piece in har.pieces(zip(*file.entries[1:], strict=True)):
        yield from pattern.findall(piece)
