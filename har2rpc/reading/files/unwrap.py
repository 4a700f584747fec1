"""Opens what the user names: files and streams, decompressed and decoded to UTF-8."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO, TypeAlias

from har2rpc.model import Har2rpcError
from har2rpc.reading.callbacks import ReportDamage
from har2rpc.reading.files.document import IN_MEMORY, DiskDocument, Document

Source: TypeAlias = str | os.PathLike[str] | BinaryIO
_CHUNK = 1 << 20
_LAYERS = 4  # a gzip in a zip; not a file that unpacks to itself


def open_document(source: Source, name: str | None, report_damage: ReportDamage) -> Document:
    """The document in a file or stream. Raises Har2rpcError if there is nothing to be read."""
    if isinstance(source, (str, bytes, os.PathLike)):
        path = os.fsdecode(source)
        document = _open_path(path, name or os.path.basename(path.rstrip("/\\")) or path)
    else:
        document = _read_stream(source, name or "stdin")
    for _ in range(_LAYERS):
        inner = _unwrap_layer(document, report_damage)
        if inner is None:
            break
        document = inner
    return document


def _unwrap_layer(document: Document, report_damage: ReportDamage) -> Document | None:
    """The document wrapped in this one, or None. What unwraps is imported only where there is something to unwrap."""
    head = document.part(0, 64)
    if head.lstrip()[:1] == b"{" and b"\0" not in head:
        return None
    if head.startswith(b"PK\x03\x04"):
        from har2rpc.reading.files.archive import unzip

        return unzip(document, report_damage)
    from har2rpc.reading.files import compressed

    if compressed.is_deflated(head):
        return compressed.inflate(document, report_damage)
    encoding = compressed.encoding_of(head)
    return compressed.reencode(document, encoding) if encoding else None


def _open_path(path: str, name: str) -> Document:
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # a pipe: <(gunzip -c …)
                return _read_stream(file, name)
            content = file.read() if status.st_size <= IN_MEMORY else None
    except IsADirectoryError as error:
        raise Har2rpcError(f"{name}: is a folder; name the capture files in it") from error
    except FileNotFoundError as error:
        raise Har2rpcError(f"{name}: there is no such file; check the path") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Har2rpcError(f"{name}: cannot be read ({reason})") from error
    return DiskDocument(name, os.path.abspath(path), content, status)


def _read_stream(stream: BinaryIO, name: str) -> Document:
    from har2rpc.reading.files.spool import Spool

    spool = Spool()
    try:
        while piece := stream.read(_CHUNK):
            if not isinstance(piece, bytes):
                raise Har2rpcError(f"{name}: a text stream; open it in binary mode")
            spool.write(piece)
    except (OSError, ValueError) as error:
        spool.discard()
        raise Har2rpcError(f"{name}: cannot be read ({error})") from error
    return spool.document(name, unpacked=False)
