"""Makes sources readable several times: writes a stream to a file that only its owner can read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.model.file_names import portable_name
from har2rpc.pipeline.loading import Source


@contextmanager
def as_path(source: Source) -> Iterator[str]:
    """A path for a source; a stream is written to a file that only its owner can read."""
    if isinstance(source, (str, bytes, os.PathLike)):
        path = os.fsdecode(source)
        if os.path.isdir(path) or os.path.isfile(path) or not os.path.exists(path):
            yield path
            return
        with (
            open(path, "rb") as pipe,
            _spooled(pipe, portable_name(os.path.basename(path))) as spooled,
        ):
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


def stamp(source: Source) -> tuple[int, int]:
    """Size and time of a file's last change; (0, 0) if it cannot be read, which opening it reports."""
    try:
        status = os.stat(os.fsdecode(source))  # type: ignore[arg-type]
    except (OSError, ValueError):
        return 0, 0
    return status.st_size, status.st_mtime_ns
