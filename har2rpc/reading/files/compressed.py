"""Decompresses and decodes documents: gzip, zlib (mitmproxy's `.zhar`), UTF-16.

Everything streams into memory or a temporary file, and stops at a size that no capture has.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from har2rpc.model import Har2rpcError
from har2rpc.reading.callbacks import ReportDamage
from har2rpc.reading.files.document import Document
from har2rpc.reading.files.spool import Spool

LARGEST_DOCUMENT = 8 << 30
"""No document is unpacked to more bytes than this."""
# Firefox pads answers with NUL characters, so a capture may well shrink to a hundredth; a bomb shrinks to a thousandth.
_SUSPICIOUS_SIZE, _SUSPICIOUS_RATIO = 256 << 20, 200
_SMALL_BODY, _LARGEST_BODY = 64 << 20, 1 << 30
_CHUNK = 1 << 18
_GZIP_MAGIC = b"\x1f\x8b"

_UTF_16_LE = re.compile(rb"(?:[\x09-\x7e]\0){4}")
_UTF_16_BE = re.compile(rb"(?:\0[\x09-\x7e]){4}")


def encoding_of(head: bytes) -> str | None:
    """The encoding of a text that is not UTF-8 (PowerShell's `>` writes UTF-16), by BOM or its pattern of NULs."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _UTF_16_LE.match(head):
        return "utf-16-le"
    return "utf-16-be" if _UTF_16_BE.match(head) else None


def reencode(document: Document, encoding: str) -> Document:
    """The document in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    spool = Spool()
    with document.open() as file, spool.discard_on_error(document.name):
        while piece := file.read(_CHUNK):
            spool.write(decoder.decode(piece).encode("utf-8", "replace"))
        spool.write(decoder.decode(b"", True).encode("utf-8", "replace"))
    return spool.document(document.name, unpacked=True)


def is_deflated(head: bytes) -> bool:
    """gzip's magic, or a zlib header (RFC 1950: two bytes, a multiple of 31)."""
    if head[:2] == _GZIP_MAGIC:
        return True
    return head[:1] == b"\x78" and len(head) > 1 and int.from_bytes(head[:2], "big") % 31 == 0


def inflate(document: Document, report_damage: ReportDamage) -> Document | None:
    """What was packed with gzip or zlib; None if it is not packed after all. Of a cut file, what can be unpacked.

    Raises Har2rpcError for what unpacks to more than `LARGEST_DOCUMENT`, or shrinks beyond reason.
    """
    spool, name = Spool(), document.name
    with document.open() as file, spool.discard_on_error(name):
        chunks = _CountedChunks(file)
        try:
            for piece in _inflated_pieces(chunks):
                spool.write(piece)
                refuse_bomb(name, spool.size, chunks.size)
        except (zlib.error, EOFError) as error:
            if not spool.size:
                spool.discard()
                if document.part(0, 2) != _GZIP_MAGIC:
                    return None
                raise Har2rpcError(f"{name}: gzip data that cannot be unpacked ({error})") from None
            damage = "cut" if isinstance(error, EOFError) else f"damaged ({error})"
            report_damage(
                f"{name}: packed data {damage} at byte {chunks.size}; "
                f"the {spool.size} bytes before it were read"
            )
    return spool.document(name, unpacked=True)


class _CountedChunks:
    """The chunks of a file; `size` is how many bytes were read so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.size = file, 0

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(_CHUNK):
            self.size += len(piece)
            yield piece


def refuse_bomb(name: str, size: int, packed_size: int) -> None:
    """Raises Har2rpcError for a document that unpacks to so much from so little that nobody can have recorded it."""
    is_suspicious = size > _SUSPICIOUS_SIZE and size > _SUSPICIOUS_RATIO * packed_size
    if size > LARGEST_DOCUMENT or is_suspicious:
        raise Har2rpcError(
            f"{name}: unpacks to more than {size >> 20} MiB from {packed_size} bytes, unlike any "
            "capture; unpack it yourself if you trust it"
        )


def largest_body(packed_size: int) -> int:
    """Bytes to which one body of this size is unpacked: a megabyte must not take gigabytes of memory."""
    return min(_LARGEST_BODY, max(_SMALL_BODY, 100 * packed_size))


def _inflated_pieces(chunks: _CountedChunks) -> Iterator[bytes]:
    """Unpacks one gzip member after the other; EOFError where the last is cut, zlib.error where one is damaged."""
    unpacker = zlib.decompressobj(47)  # 32 + 15: the header says gzip or zlib
    for chunk in chunks:
        piece = chunk
        while piece:
            before = unpacker.copy()
            try:
                yield unpacker.decompress(piece, 4 * _CHUNK)
            except zlib.error:
                # The failed call kept what it had unpacked before the damage: once more, byte by byte.
                for n in range(len(piece)):
                    yield before.decompress(piece[n : n + 1])
                raise
            piece = unpacker.unconsumed_tail
            if unpacker.eof:
                piece = unpacker.unused_data.lstrip(b"\0")
                if piece[:2] != _GZIP_MAGIC:
                    return  # padding, or bytes that belong to something else
                unpacker = zlib.decompressobj(47)
    if not unpacker.eof:
        raise EOFError("cut")
