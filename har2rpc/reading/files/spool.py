"""Collects unpacked or piped bytes in memory, or in a temporary file if there are many."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.files.document import IN_MEMORY, Document, mapped
from har2rpc.reading.json_spans import Data


class SpooledDocument(Document):
    """A document too large for memory that is not a file of the user: a temporary file without a name."""

    def __init__(self, name: str, file: BinaryIO, *, unpacked: bool) -> None:
        super().__init__(name, unpacked=unpacked)
        file.flush()
        self.size = file.seek(0, os.SEEK_END)
        self._file = file
        # One position for all who read again, the page's threads among them.
        self._lock = threading.RLock()
        weakref.finalize(self, file.close)

    def part(self, start: int, end: int) -> bytes:
        with self._lock:
            self._file.seek(start)
            return self._file.read(end - start)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        with self._lock:
            self._file.seek(0)
            yield self._file

    @contextmanager
    def view(self) -> Iterator[Data]:
        with mapped(self._file) as data:
            yield data


class Spool:
    """Collects bytes and becomes a document."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []
        self._file: BinaryIO | None = None

    def write(self, piece: bytes) -> None:
        self.size += len(piece)
        if self._file is None and self.size > IN_MEMORY:
            import tempfile

            self._file = tempfile.TemporaryFile(  # noqa: SIM115 (outlives this method; see discard)
                prefix="har2rpc-"
            )
            self._file.writelines(self._parts)
            self._parts = []
        if self._file is None:
            self._parts.append(piece)
        else:
            self._file.write(piece)

    @contextmanager
    def discard_on_error(self, name: str) -> Iterator[None]:
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
