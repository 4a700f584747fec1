"""A HAR in a zip, as Playwright writes it: `har.har`, and the bodies beside it, named by `_file`."""

from __future__ import annotations

import weakref
import zipfile
import zlib
from contextlib import ExitStack
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.callbacks import ReportDamage
from har2rpc.reading.files.compressed import LARGEST_DOCUMENT, largest_body, refuse_bomb
from har2rpc.reading.files.document import Document
from har2rpc.reading.files.spool import Spool
from har2rpc.reading.unsupported import archive_of

# What zipfile raises for damaged, encrypted (RuntimeError) and exotic (NotImplementedError) members.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_CHUNK = 1 << 20


def unzip(document: Document, report_damage: ReportDamage) -> Document:
    """The HAR in a zip. Raises Har2rpcError if there is none, or it cannot be read."""
    stack = ExitStack()
    try:
        file = stack.enter_context(document.open())
        archive = stack.enter_context(_open_archive(file, document.name))
        member = _choose_har(archive, document.name, report_damage)
        inner = _unpack_member(archive, member, document.name, report_damage)
    except BaseException:
        stack.close()
        raise
    inner.attachment = _Bodies(archive, _split_name(member)[0])
    # The bodies are read from the archive as long as anyone holds an entry.
    weakref.finalize(inner, stack.close)
    return inner


def _open_archive(file: BinaryIO, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _UNREADABLE as error:
        raise Har2rpcError(f"{name}: a damaged zip ({error}); export it again") from None


def _choose_har(
    archive: zipfile.ZipFile, name: str, report_damage: ReportDamage
) -> zipfile.ZipInfo:
    """Playwright's `har.har`, or else the first HAR; the others are reported."""
    hars = [
        member
        for member in archive.infolist()
        if member.filename.lower().endswith((".har", ".zhar", ".har.gz"))
        and not member.filename.startswith(("__MACOSX/", "__MACOSX\\"))
    ]
    if not hars and (recorder := archive_of(archive.namelist())):
        raise Har2rpcError(f"{name}: {recorder}")
    if not hars:
        raise Har2rpcError(f"{name}: a zip without a .har in it; name the capture itself")
    hars.sort(key=lambda member: _split_name(member)[1] != "har.har")
    for other in hars[1:]:
        report_damage(f"{name}: {other.filename} in it was not read; unpack it and name it as well")
    return hars[0]


def _split_name(member: zipfile.ZipInfo) -> tuple[str, str]:
    """The folder with its last separator, and the name in it: packers of Windows write backslashes, too."""
    name = member.filename
    start = max(name.rfind("/"), name.rfind("\\")) + 1
    return name[:start], name[start:]


def _unpack_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, report_damage: ReportDamage
) -> Document:
    spool = Spool()
    refuse_bomb(name, member.file_size, member.compress_size)
    with spool.discard_on_error(name):
        try:
            with archive.open(member) as file:
                while piece := file.read(_CHUNK):
                    spool.write(piece)
                    if spool.size > min(LARGEST_DOCUMENT, member.file_size):
                        raise zipfile.BadZipFile("larger than the zip states")
        except _UNREADABLE as error:
            if not spool.size:
                reason = f"{member.filename} in it cannot be unpacked ({error})"
                raise Har2rpcError(f"{name}: {reason}; unpack it yourself") from None
            report_damage(
                f"{name}: {member.filename} in it is damaged ({error}); its first {spool.size} bytes were read"
            )
    return spool.document(name, unpacked=True)


class _Bodies:
    """The members of the archive by their names in the folder of the HAR, which may have been packed with it."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive, self._folder = archive, folder

    def __call__(self, name: str) -> bytes:
        """The body of this name. Raises LookupError, with a clause on why there is none."""
        try:
            member = self._archive.getinfo(self._folder + name)
            limit = largest_body(member.compress_size)
            with self._archive.open(member) as file:
                body = file.read(limit + 1)
        except KeyError:
            raise LookupError("which is not in the zip") from None
        except _UNREADABLE as error:
            raise LookupError(f"which is damaged ({error})") from None
        if len(body) > limit:
            raise LookupError(f"which unpacks to more than {limit} bytes")
        return body
