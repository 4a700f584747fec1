"""From what the user names to the document inside: files and streams, unpacked and brought to UTF-8."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.files.document import IN_MEMORY, DiskDocument, Document, Spool

Lost = Callable[[str], None]
_CHUNK = 1 << 20
_LAYERS = 4  # a gzip in a zip; not a file that unpacks to itself


def document_of(source: str | os.PathLike | BinaryIO, name: str | None, lost: Lost) -> Document:
    """The document in a file or stream. Raises Har2rpcError where there is nothing to be read."""
    if hasattr(source, "read"):
        document = _from_stream(source, name or "stdin")
    else:
        path = os.fsdecode(source)
        document = _from_path(path, name or os.path.basename(path.rstrip("/\\")) or path)
    for _ in range(_LAYERS):
        inner = _inside(document, lost)
        if inner is None:
            break
        document = inner
    return document


def _inside(document: Document, lost: Lost) -> Document | None:
    """The document wrapped in this one, or None. What unwraps is imported only where there is something to unwrap."""
    head = document.part(0, 64)
    if head.lstrip()[:1] == b"{" and b"\0" not in head:
        return None
    if head.startswith(b"PK\x03\x04"):
        from har2rpc.reading.files.archive import zipped

        return zipped(document, lost)
    from har2rpc.reading.files.compressed import (
        encoding_of,
        inflated,
        is_deflated,
        recoded,
    )

    if is_deflated(head):
        return inflated(document, lost)
    encoding = encoding_of(head)
    return recoded(document, encoding) if encoding else None


def _from_path(path: str, name: str) -> Document:
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # a pipe: <(gunzip -c …)
                return _from_stream(file, name)
            content = file.read() if status.st_size <= IN_MEMORY else None
    except IsADirectoryError as error:
        raise Har2rpcError(f"{name}: is a folder; name the capture files in it") from error
    except FileNotFoundError as error:
        raise Har2rpcError(f"{name}: there is no such file; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Har2rpcError(f"{name}: cannot be read ({reason})") from error
    return DiskDocument(name, os.path.abspath(path), content, status)


def _from_stream(stream: BinaryIO, name: str) -> Document:
    spool = Spool()
    try:
        while piece := stream.read(_CHUNK):
            if not isinstance(piece, bytes):
                raise Har2rpcError(f"{name}: a stream of text, bytes are needed")
            spool.write(piece)
    except (OSError, ValueError) as error:
        spool.discard()
        raise Har2rpcError(f"{name}: cannot be read ({error})") from error
    return spool.document(name, unpacked=False)
