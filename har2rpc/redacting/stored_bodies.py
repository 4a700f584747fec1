"""Reads and writes bodies as exporters store them: as text or base64, perhaps compressed, perhaps next to the HAR."""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

LARGEST_PACKED = 64 << 20
"""Characters of base64 that are decoded."""
LARGEST_UNPACKED = 64 << 20
"""Bytes to which a compressed body is unpacked."""
_HIGHEST_RATIO = 1_000  # a bomb shrinks to a thousandth
_GZIP, _ZSTD, _ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"
_SCRIPTS = ("javascript", "ecmascript", "/css", "wasm", "font", "image/", "audio/", "video/")
_TEXTUAL = ("text", "json", "xml", "javascript", "form-urlencoded")


@dataclass(slots=True)
class PackedBody:
    """A body that was packed: `text` is what it says, `pack` packs another text in the same way."""

    text: str | None
    raw: bytes
    pack: Callable[[str], str]
    reason: str = ""
    """Why there is no text to look into."""


def unpack(stored: str, mime_type: str) -> PackedBody:
    """The body in this base64."""
    if len(stored) > LARGEST_PACKED:
        return _opaque("too large to read")
    try:
        raw = binascii.a2b_base64(stored.rstrip("=\0 \r\n") + "===")
    except ValueError:
        return _opaque("declared as base64 but is not")
    return unpack_bytes(raw, mime_type)


def unpack_bytes(raw: bytes, mime_type: str) -> PackedBody:
    """The body in these bytes."""
    is_gzip = raw[:2] == _GZIP
    is_zlib = raw[:1] == b"\x78" and len(raw) > 2 and int.from_bytes(raw[:2], "big") % 31 == 0
    if raw[:4] == _ZSTD:
        return _opaque("compressed with zstd", raw)
    if raw[:4] == _ZIP:
        return _opaque("a spreadsheet or an archive", raw)
    if is_gzip or is_zlib:
        limit = min(LARGEST_UNPACKED, max(1 << 20, len(raw) * _HIGHEST_RATIO))
        unpacker = zlib.decompressobj(47)
        try:
            unpacked = unpacker.decompress(raw, limit)
        except zlib.error:
            return _opaque("damaged gzip data" if is_gzip else "", raw)
        if not unpacker.eof:
            return _opaque("gzip data that was cut or unpacks to too much", raw)
        raw = unpacked
    compress = _gzipped if is_gzip else zlib.compress if is_zlib else bytes
    for encoding in ("utf-8", "latin-1"):
        if encoding == "latin-1" and not any(word in mime_type for word in _TEXTUAL):
            break
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text and not mime_type.startswith(("text", "application/json")):
            break
        return PackedBody(text, raw, partial(_packed, encoding=encoding, compress=compress))
    return _opaque("", raw)


def _packed(text: str, encoding: str, compress: Callable[[bytes], bytes]) -> str:
    return base64.b64encode(compress(text.encode(encoding, "replace"))).decode()


def _gzipped(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)


def _opaque(reason: str, raw: bytes = b"") -> PackedBody:
    return PackedBody(None, raw, lambda text: text, reason)


def as_stored(raw: bytes) -> tuple[str, bool]:
    """Bytes from a file next to the HAR, as `text` inside it, and whether that is base64."""
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        return base64.b64encode(raw).decode(), True


def is_picture(mime_type: str) -> bool:
    """Whether a body of this type is shown or played, and says nothing."""
    return mime_type.startswith(("image/", "font/", "audio/", "video/"))


def is_script(mime_type: str) -> bool:
    """Whether a body of this type is a static file of code or style."""
    return any(word in mime_type for word in _SCRIPTS)
