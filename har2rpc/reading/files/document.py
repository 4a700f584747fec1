"""The bytes of a capture, readable at any position, now and later: in memory, or in the user's file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.json_spans import Data

IN_MEMORY = 8 << 20
"""Documents up to this many bytes are held as bytes; larger ones are mapped or stay in a file."""

# Playwright's names for bodies next to the HAR: sha1 and an extension. Nothing else is opened: a capture from someone
# else must not be able to name files of ours.
_BODY_FILE = re.compile(r"[0-9a-f]{40}(?:\.[A-Za-z0-9]{1,12})?")
LARGEST_BODY = 1 << 30
_PIECE = 4 << 20  # bytes
_KEPT = (
    256 << 20
)  # bytes of a file that cannot be mapped: in a tab, reading a piece again takes a millisecond


def _no_attachment(name: str) -> bytes:
    raise LookupError("which is not there")


class Document:
    """The bytes of one capture, unpacked. `unpacked` says that byte offsets are not those of the file itself."""

    def __init__(self, name: str, content: bytes = b"", *, unpacked: bool = False) -> None:
        self.name = name
        self.unpacked = unpacked
        self.size = len(content)
        self.attachment: Callable[[str], bytes] = _no_attachment
        """The body that an entry names by `_file`. Raises LookupError, with a clause on why there is none."""
        self._content: bytes | bytearray = content

    def part(self, start: int, end: int) -> bytes:
        """The bytes from start to end, read again."""
        return bytes(self._content[start:end])

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """A binary file at the first byte."""
        yield BytesIO(self._content)

    @contextmanager
    def view(self) -> Iterator[Data]:
        """All bytes at once, as `bytes` or as a memory map."""
        yield self._content


class DiskDocument(Document):
    """A file of the user's, which may have been replaced by the time it is read again."""

    def __init__(self, name: str, path: str, content: bytes | None, status: os.stat_result) -> None:
        super().__init__(name, content or b"")
        self.size = status.st_size
        self.attachment = self._body_beside
        self._path = path
        self._is_in_memory = content is not None
        self._stamp = (status.st_size, status.st_mtime_ns)

    def part(self, start: int, end: int) -> bytes:
        if self._is_in_memory:
            return bytes(memoryview(self._content)[start:end])
        with self.open() as file:
            file.seek(start)
            return file.read(end - start)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Raises Har2rpcError if the file is gone, or not the one that was read first."""
        with ExitStack() as stack:
            try:
                file = stack.enter_context(open(self._path, "rb"))
            except OSError as error:
                reason = error.strerror or error
                raise Har2rpcError(f"{self.name}: {reason}; give it again") from error
            status = os.fstat(file.fileno())
            if (status.st_size, status.st_mtime_ns) != self._stamp:
                raise Har2rpcError(f"{self.name}: changed since it was read; read it again")
            yield file

    @contextmanager
    def view(self) -> Iterator[Data]:
        if self._is_in_memory:
            yield self._content
            return
        with self.open() as file, mapped(file) as data:
            if isinstance(data, bytearray) and len(data) <= _KEPT:
                self._content, self._is_in_memory = data, True
            yield data

    def _body_beside(self, name: str) -> bytes:
        if not _BODY_FILE.fullmatch(name):
            raise LookupError("which is not a name that Playwright writes")
        path = os.path.join(os.path.dirname(self._path), name)
        try:
            if os.path.islink(path) or os.path.getsize(path) > LARGEST_BODY:
                raise LookupError("which is not read: a link, or too large")
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise LookupError(f"which cannot be read ({error.strerror})") from None


@contextmanager
def mapped(file: BinaryIO) -> Iterator[Data]:
    """All bytes of a file at once: a memory map; where a file cannot be mapped (in a browser's tab) one buffer of them."""
    try:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    except OSError:
        yield _whole(file)
        return
    try:
        yield data
    finally:
        with suppress(
            BufferError
        ):  # an exception on its way still holds a view; the map goes with it
            data.close()


def _whole(file: BinaryIO) -> bytearray:
    """A file in one buffer. In a tab a piece is in memory twice while it is read: all at once would be too much."""
    data = bytearray(file.seek(0, os.SEEK_END))
    file.seek(0)
    with memoryview(data) as view:
        at = 0
        while at < len(view) and (count := file.readinto(view[at : at + _PIECE])):  # type: ignore[attr-defined]
            at += count
    return data
