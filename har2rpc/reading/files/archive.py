"""A HAR in a zip, as Playwright writes it: `har.har`, and the bodies beside it, named by `_file`."""

from __future__ import annotations

import weakref
import zipfile
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.files.compressed import LARGEST
from har2rpc.reading.files.document import LARGEST_BODY, Document, Spool

# What zipfile raises for damaged, encrypted (RuntimeError) and exotic (NotImplementedError) members.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_CHUNK = 1 << 20


def zipped(document: Document, lost: Callable[[str], None]) -> Document:
    """The HAR in a zip. Raises Har2rpcError where there is none, or it cannot be read."""
    held = ExitStack()
    try:
        archive = held.enter_context(_archive(held.enter_context(document.opened()), document.name))
        inner = _unpacked(archive, _chosen(archive, document.name, lost), document.name, lost)
    except BaseException:
        held.close()
        raise
    inner.attachment = _Bodies(archive)
    weakref.finalize(
        inner, held.close
    )  # the bodies are read from it as long as anyone holds an entry
    return inner


def _archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _UNREADABLE as error:
        raise Har2rpcError(f"{name}: a damaged zip ({error}); export it again") from None


def _chosen(archive: zipfile.ZipFile, name: str, lost: Callable[[str], None]) -> zipfile.ZipInfo:
    hars = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith((".har", ".zhar", ".har.gz"))
        and not member.filename.startswith("__MACOSX/")
    ]
    if not hars:
        raise Har2rpcError(f"{name}: a zip without a .har in it; name the capture itself")
    hars.sort(key=lambda member: member.filename != "har.har")
    for other in hars[1:]:
        lost(
            f"{name}: {other.filename} in it was not read; unpack it and name it beside the others"
        )
    return hars[0]


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, lost: Callable[[str], None]
) -> Document:
    spool = Spool()
    with spool.or_nothing(name):
        try:
            with archive.open(member) as file:
                while piece := file.read(_CHUNK):
                    spool.write(piece)
                    if spool.size > min(LARGEST, member.file_size):
                        raise zipfile.BadZipFile("larger than it says")
        except _UNREADABLE as error:
            if not spool.size:
                reason = f"{member.filename} in it cannot be unpacked ({error})"
                raise Har2rpcError(f"{name}: {reason}; unpack it yourself") from None
            lost(
                f"{name}: {member.filename} in it is damaged ({error}); its first {spool.size} bytes were read"
            )
    return spool.document(name, unpacked=True)


class _Bodies:
    """The members of the archive, by name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def __call__(self, name: str) -> bytes:
        """The body of this name. Raises LookupError, with a clause on why there is none."""
        try:
            with self._archive.open(name) as file:
                body = file.read(LARGEST_BODY + 1)
        except KeyError:
            raise LookupError("which is not in the zip") from None
        except _UNREADABLE as error:
            raise LookupError(f"which is damaged ({error})") from None
        if len(body) > LARGEST_BODY:
            raise LookupError(f"which is larger than {LARGEST_BODY} bytes")
        return body
