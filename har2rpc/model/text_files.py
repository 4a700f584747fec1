"""Text files that a person wrote, as the editors and shells of each system save them."""

from __future__ import annotations

import codecs

_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> str:
    """The text: UTF-8, or UTF-16 or UTF-32 with a BOM, as Windows PowerShell's `>` writes; lines end with `\\n`.

    Raises UnicodeDecodeError for anything else.
    """
    encoding = "utf-32" if data.startswith(_UTF_32) else "utf-8-sig"
    if encoding != "utf-32" and data.startswith(_UTF_16):
        encoding = "utf-16"
    return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
