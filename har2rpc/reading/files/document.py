"""A capture as bytes that can be read at any place, now and later: in memory, on disk, or in a temporary file."""

from __future__ import annotations

import os
import re
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from mmap import ACCESS_READ, mmap
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.json_spans import Data

IN_MEMORY = 8 << 20
"""Documents up to this many bytes are held as bytes; larger ones are mapped or stay in a file."""

# Playwright's names for bodies beside the HAR: sha1 and an extension. Nothing else is opened: a capture from someone
# else must not be able to name files of ours.
_BODY_FILE = re.compile(r"[0-9a-f]{40}(?:\.[A-Za-z0-9]{1,12})?")
LARGEST_BODY = 1 << 30


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
        self._content = content

    def part(self, start: int, end: int) -> bytes:
        """The bytes from start to end, read again."""
        return self._content[start:end]

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
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
        self.attachment = self._beside
        self._path = path
        self._held = content is not None
        self._stamp = (status.st_size, status.st_mtime_ns)

    def part(self, start: int, end: int) -> bytes:
        if self._held:
            return super().part(start, end)
        with self.opened() as file:
            file.seek(start)
            return file.read(end - start)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        try:
            file = open(self._path, "rb")
        except OSError as error:
            raise Har2rpcError(f"{self.name}: {error.strerror or error}; give it again") from error
        with file:
            status = os.fstat(file.fileno())
            if (status.st_size, status.st_mtime_ns) != self._stamp:
                raise Har2rpcError(f"{self.name}: changed since it was read; read it again")
            yield file

    @contextmanager
    def view(self) -> Iterator[Data]:
        if self._held:
            yield self._content
            return
        with self.opened() as file, _mapped(file) as data:
            yield data

    def _beside(self, name: str) -> bytes:
        if not _BODY_FILE.fullmatch(name):
            raise LookupError("which is no name that Playwright gives")
        path = os.path.join(os.path.dirname(self._path), name)
        try:
            if os.path.islink(path) or os.path.getsize(path) > LARGEST_BODY:
                raise LookupError("which is not read: a link, or too large")
            with open(path, "rb") as file:
                return file.read()
        except OSError as error:
            raise LookupError(f"which cannot be read ({error.strerror})") from None


class SpooledDocument(Document):
    """What was unpacked or came from a pipe and is too large for memory: a temporary file without a name."""

    def __init__(self, name: str, file: BinaryIO, *, unpacked: bool) -> None:
        super().__init__(name, unpacked=unpacked)
        file.flush()
        self.size = file.seek(0, os.SEEK_END)
        self._file = file
        self._lock = (
            threading.RLock()
        )  # one position for all who read again, the page's threads among them
        weakref.finalize(self, file.close)

    def part(self, start: int, end: int) -> bytes:
        with self._lock:
            self._file.seek(start)
            return self._file.read(end - start)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        with self._lock:
            self._file.seek(0)
            yield self._file

    @contextmanager
    def view(self) -> Iterator[Data]:
        with _mapped(self._file) as data:
            yield data


@contextmanager
def _mapped(file: BinaryIO) -> Iterator[Data]:
    data = mmap(file.fileno(), 0, access=ACCESS_READ)
    try:
        yield data
    finally:
        try:
            data.close()
        except BufferError:  # an exception on its way still holds a view; the map goes with it
            pass


class Spool:
    """Collects bytes: in memory first, in a temporary file when they become many."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []
        self._file: BinaryIO | None = None

    def write(self, piece: bytes) -> None:
        self.size += len(piece)
        if self._file is None and self.size > IN_MEMORY:
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="har2rpc-")
            self._file.writelines(self._parts)
            self._parts = []
        if self._file is None:
            self._parts.append(piece)
        else:
            self._file.write(piece)

    @contextmanager
    def or_nothing(self, name: str) -> Iterator[None]:
        """Forgets everything if it cannot be finished; a full disk becomes a Har2rpcError."""
        try:
            yield
        except OSError as error:
            self.discard()
            raise Har2rpcError(f"{name}: cannot be unpacked ({error.strerror or error})") from error
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Forgets what was collected."""
        self._parts = []
        if self._file is not None:
            self._file.close()

    def document(self, name: str, *, unpacked: bool) -> Document:
        """What was collected."""
        if self._file is None:
            return Document(name, b"".join(self._parts), unpacked=unpacked)
        return SpooledDocument(name, self._file, unpacked=unpacked)
