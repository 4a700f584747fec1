"""Documents that have to be rewritten before they can be read: gzip, zlib (mitmproxy's `.zhar`), UTF-16.

Everything streams, into memory or a temporary file, and stops at a size no capture has.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Iterator

from har2rpc.model import Har2rpcError
from har2rpc.reading.files.document import Document, Spool

LARGEST = 8 << 30
"""No document is unpacked to more bytes than this."""
# Firefox pads answers with NUL characters, so a capture may well shrink to a hundredth; a bomb shrinks to a thousandth.
_SUSPICIOUS_SIZE, _SUSPICIOUS_RATIO = 256 << 20, 500
_CHUNK = 1 << 18

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


def is_deflated(head: bytes) -> bool:
    """gzip's magic, or a zlib header (RFC 1950: two bytes, a multiple of 31)."""
    if head[:2] == b"\x1f\x8b":
        return True
    return head[:1] == b"\x78" and len(head) > 1 and int.from_bytes(head[:2], "big") % 31 == 0


def recoded(document: Document, encoding: str) -> Document:
    """The document in UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    spool = Spool()
    with document.opened() as file, spool.or_nothing(document.name):
        while piece := file.read(_CHUNK):
            spool.write(decoder.decode(piece).encode("utf-8", "replace"))
        spool.write(decoder.decode(b"", True).encode("utf-8", "replace"))
    return spool.document(document.name, unpacked=True)


def inflated(document: Document, lost: Callable[[str], None]) -> Document | None:
    """What was packed with gzip or zlib; None if it is not packed after all. Of a cut file, what can be had.

    Raises Har2rpcError for what unpacks to more than `LARGEST`, or shrinks beyond reason.
    """
    spool, name = Spool(), document.name
    with document.opened() as file, spool.or_nothing(name):
        read = 0

        def chunks() -> Iterator[bytes]:
            nonlocal read
            while piece := file.read(_CHUNK):
                read += len(piece)
                yield piece

        try:
            for piece in _inflate(chunks()):
                spool.write(piece)
                grown = spool.size > _SUSPICIOUS_SIZE and spool.size > _SUSPICIOUS_RATIO * read
                if spool.size > LARGEST or grown:
                    raise Har2rpcError(
                        f"{name}: unpacks to more than {spool.size >> 20} MiB from {read} bytes, which no capture"
                        " does; unpack it yourself if you trust it"
                    )
        except (zlib.error, EOFError) as error:
            if not spool.size:
                spool.discard()
                if document.part(0, 2) != b"\x1f\x8b":
                    return None
                raise Har2rpcError(f"{name}: gzip data that cannot be unpacked ({error})") from None
            how = "cut" if isinstance(error, EOFError) else f"damaged ({error})"
            lost(
                f"{name}: packed data {how} at byte {read}; the {spool.size} bytes before it were read"
            )
    return spool.document(name, unpacked=True)


def _inflate(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacks one gzip member after the other; EOFError where the last is cut, zlib.error where one is damaged."""
    unpacker = zlib.decompressobj(47)
    for piece in chunks:
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
                if piece[:2] != b"\x1f\x8b":
                    return  # padding, or bytes that belong to something else
                unpacker = zlib.decompressobj(47)
    if not unpacker.eof:
        raise EOFError("cut")
