"""Reads the HAR format: the entries of `log.entries` one after the other, whatever the layout and the damage."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from mmap import mmap

from har2rpc.model import Exchange, Where
from har2rpc.reading.callbacks import InterestIn, ReportDamage, ReportProgress
from har2rpc.reading.files.document import Document
from har2rpc.reading.har.damage import DamageReport
from har2rpc.reading.har.entry import (
    DamagedEntry,
    EntrySpan,
    NotAnEntry,
    exchange_at,
    summarized_exchange,
)
from har2rpc.reading.har.entry_json import DAMAGED
from har2rpc.reading.har.layout import (
    Layout,
    bounded_end,
    first_element,
    next_entry,
    next_log,
)
from har2rpc.reading.har.lines import Block, BlockFinder
from har2rpc.reading.json_spans import Data, value_end

_BETWEEN = re.compile(rb"[\s,]*+")
_ARRAY_END = re.compile(rb"\]\s*+(?:[,}]|\Z)")
_NEXT = re.compile(rb"\s*+[,\]]")
_BEFORE_NEXT = re.compile(rb"\}\s*+,\s*+\Z")
_FILE_END = re.compile(rb"\}(?:\r?\n)?([ \t]*+)\]\s*+\}\s*+\}[\s\0);]*+\Z")
_CLOSING = re.compile(rb"[\s\0\]});,]*")
_REQUEST = re.compile(rb'(?<!\\)"request"\s*+:\s*+\{')

STEP = 2 << 20  # bytes from one report of progress to the next
WITH_PROGRESS = 50 << 20  # bytes
_NEAR = 64 << 10  # bytes in which most entries end
_HARS = 100  # empty ones behind each other in one file: no end to be looked for behind each of thousands


def recognizes(data: Data) -> bool:
    """Whether this is a HAR, perhaps a damaged one."""
    return first_element(data, 0, len(data)) is not None


def exchanges(
    document: Document,
    interest_in: InterestIn,
    report_damage: ReportDamage,
    progress: ReportProgress | None,
) -> Iterator[Exchange]:
    """One Exchange for every entry, in the order of the file. What is lost is reported, with entry and byte offset."""
    with document.view() as data:
        walk = _EntryWalk(document, data, interest_in, report_damage)
        done = 0
        for exchange in walk.entries():
            yield exchange
            if walk.at - done >= STEP:
                _release_pages(data, done, walk.at)
                done = walk.at
                if progress and document.size >= WITH_PROGRESS:
                    progress(done, document.size)
        if progress and document.size >= WITH_PROGRESS:
            progress(document.size, document.size)


class _EntryWalk:
    """One way through the entries of a document; `at` is how far it has come."""

    def __init__(
        self,
        document: Document,
        data: Data,
        interest_in: InterestIn,
        report_damage: ReportDamage,
    ) -> None:
        self.at = 0
        self._document, self._data, self._interest_in = document, data, interest_in
        self._report = DamageReport(document, report_damage)
        self._end = _content_end(data)
        self._reach = self._end
        self._layout = Layout()
        self._block_finder: BlockFinder | None = None
        self._number = self._whole = self._ends_seen = 0

    def entries(self) -> Iterator[Exchange]:
        """One Exchange for every entry of every `entries` in the document."""
        at = first_element(self._data, 0, self._end)
        while at is not None:
            self.at = at
            layout = self._layout = Layout.of(self._data, at, self._end)
            self._block_finder = BlockFinder(layout.indent, layout.step) if layout.indent else None
            if not (yield from self._array()):
                return
            at = self._next_array(self.at)

    def _next_array(self, at: int) -> int | None:
        """Where to go on behind the end of the entries: in a second HAR, or because it was not their end."""
        entry = next_entry(self._data, at, self._end)
        log = next_log(self._data, at, self._end)
        if entry is None:
            self._ends_seen += 1
            return log if self._ends_seen <= _HARS else None
        if log is not None and log <= entry:
            return log
        self._skip_to_next(at, inside=False)
        return self.at

    def _array(self) -> Generator[Exchange, None, bool]:
        """The entries from here to the array's end; returns False where the file ends before that."""
        data, end = self._data, self._end
        while True:
            if between := _BETWEEN.match(data, self.at, end):
                self.at = between.end()
            at = self.at
            if at >= end:
                self._report.cut(end, self._number, self._whole, inside=False)
                return False
            if data[at] == ord("{"):
                self._number += 1
                stop, exchange = self._read_entry(at)
                if exchange is not None:
                    self._whole += 1
                    yield exchange
                if stop is not None:
                    self.at = stop
                elif not self._skip_to_next(at, inside=True):
                    return False
            elif _ARRAY_END.match(data, at, end):
                self.at = at + 1
                return True
            elif (stop := bounded_end(data, at, end, end)) and _NEXT.match(data, stop, end):
                self._number += 1
                value = data[at : min(stop, at + 20)].decode("utf-8", "replace")
                self._report.not_an_entry(self._number, f"{value} instead of an entry", at, stop)
                self.at = stop
            elif not self._skip_to_next(at, inside=False):
                return False

    def _read_entry(self, at: int) -> tuple[int | None, Exchange | None]:
        """Where the entry at `at` ends (None: the file ends before) and what it holds (None: nothing to be used)."""
        where = Where(self._document.name, self._number)
        block = self._block_finder.block(self._data, at, self._end) if self._block_finder else None
        if (
            block
            and block.url is not None
            and block.method is not None
            and not self._interest_in(block.url, block.method)
        ):
            span = EntrySpan(self._document, where, at, block.end)
            return block.end, summarized_exchange(span, block.url, block.method, block.started)
        stop = None
        for stop in self._possible_ends(at, block):
            if not block and self._contains_entry(at, stop):
                continue
            span = EntrySpan(self._document, where, at, stop)
            try:
                return stop, exchange_at(
                    span, self._view(at, stop), self._interest_in, damaged_too=False
                )
            except DamagedEntry:
                continue
            except NotAnEntry as error:
                self._report.not_an_entry(self._number, str(error), at, stop)
                return stop, None
        return self._read_damaged(where, at, stop)

    def _possible_ends(self, at: int, block: Block | None) -> Iterator[int]:
        """Where the entry at `at` may end, the quickest way first; the decoder proves it."""
        if block:
            yield block.end
            return
        self._layout = self._layout.for_entry(self._data, at, self._end)
        near = min(self._end, at + _NEAR)
        if stop := self._before_next(at, near):
            yield stop
        if stop := value_end(self._data, at, min(near, at + self._reach)):
            self._reach = self._end
            yield stop
        elif near < self._end and (stop := self._before_next(at, self._end)):
            yield stop
        # Damage after damage: less and less is looked at, or a file of open brackets would take forever.
        if stop := bounded_end(self._data, at, self._end, self._reach):
            self._reach = self._end
            yield stop
        else:
            self._reach = max(512, min(self._reach, self._end - at) // 2)

    def _before_next(self, at: int, end: int) -> int | None:
        """Where the entry at `at` ends, if what the next one begins with tells."""
        marker = self._layout.marker
        after = self._data.find(marker, at + len(marker), end) if marker else -1
        if after < 0:
            return None
        start = max(at, after - 256)
        between = _BEFORE_NEXT.search(self._data[start:after])
        return start + between.start() + 1 if between else None

    def _contains_entry(self, at: int, stop: int) -> bool:
        """Whether an entry stands inside of this one: with a bracket lost, the rest of the file can look like one header."""
        inner = next_entry(self._data, at + 1, stop)
        if inner is None:
            return False
        marker = self._layout.marker
        if marker and self._data[inner : inner + len(marker)] == marker:
            return True
        return not _NEXT.match(self._data, stop, self._end)

    def _read_damaged(
        self, where: Where, at: int, stop: int | None
    ) -> tuple[int | None, Exchange | None]:
        """What is whole in a damaged entry: its request, perhaps. A lost quote or bracket must not cost the next one."""
        after = next_entry(self._data, at + 1, self._end if stop is None else stop)
        if after is not None:
            stop = after
        if stop is None:
            return None, None
        first = self._number
        self._number += max(0, self._count_requests(at, stop) - 1)
        span = EntrySpan(self._document, where, at, stop)
        try:
            exchange = exchange_at(span, self._view(at, stop), self._interest_in)
        except NotAnEntry:
            self._report.damaged(first, self._number, at, stop)
            return stop, None
        if DAMAGED in exchange.note or span.summary:
            self._report.damaged(first, self._number, at, stop, "the request was read")
        return stop, exchange

    def _skip_to_next(self, at: int, inside: bool) -> bool:
        """Goes on at the next entry, over what is none; False where none follows. `inside`: of an entry without an end."""
        after = None if inside else next_entry(self._data, at, self._end)
        stop = self._end if after is None else after
        requests = self._count_requests(at, stop)
        is_closed = self._is_closed(at, stop)
        self.at = stop
        if inside and not is_closed:
            self._report.cut(self._end, self._number, self._whole, inside=True)
        elif inside or requests:
            first = self._number + (not inside)
            self._number += max(0, requests - inside)
            self._report.damaged(first, self._number, at, stop)
        elif after is not None or not _CLOSING.fullmatch(self._data[at:stop][:256]):
            self._report.passed_over(at, stop)
        return after is not None

    def _is_closed(self, at: int, end: int) -> bool:
        """Whether the array's and the file's closing brackets stand at the end: then it is damaged, and not cut."""
        closing = _FILE_END.search(self._data[max(at, end - 256) : end])
        indent = self._layout.indent
        return closing is not None and (indent is None or not closing[1].startswith(indent))

    def _count_requests(self, at: int, end: int) -> int:
        return sum(1 for _ in _REQUEST.finditer(self._data, at, end))

    def _view(self, start: int, end: int) -> memoryview:
        return memoryview(self._data)[start:end]


def _content_end(data: Data) -> int:
    """The end without the NULs that a crashed disk leaves behind."""
    end = len(data)
    while end:
        start = max(0, end - 65536)
        kept = len(data[start:end].rstrip(b"\0"))
        if kept:
            return start + kept
        end = start
    return 0


def _release_pages(data: Data, start: int, end: int) -> None:
    """Tells the system that these pages were read: a mapped gigabyte would otherwise count as ours."""
    if isinstance(data, mmap) and hasattr(data, "madvise"):
        from mmap import MADV_DONTNEED, PAGESIZE

        first, last = (position - position % PAGESIZE for position in (start, end))
        if last > first:
            data.madvise(MADV_DONTNEED, first, last - first)
