"""Text files that are base64 inside JSON, as an upload sends them (`datas`, `file`)."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

_SHORTEST = 24  # characters
_LARGEST = 16 << 20
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}+={0,2}+")
_IN_QUOTES = re.compile(r'"([A-Za-z0-9+/]{24,}+={0,2}+)(?=\\*+")')
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1f\x7f\ufffd]")


def packed_text(text: str) -> str | None:
    """The text that this base64 holds; None for anything else."""
    if not _SHORTEST <= len(text) <= _LARGEST or len(text) % 4 or not text.isascii():
        return None
    if not _is_text(text[:_SHORTEST], is_whole=False) or not _BASE64.fullmatch(text):
        return None
    return _is_text(text, is_whole=True)


def pack(text: str) -> str:
    """The base64 of a text."""
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode()


def packed_texts_in(json_text: str) -> Iterator[str]:
    """The texts that stand as base64 in JSON, each once."""
    done: set[int] = set()
    for piece in _IN_QUOTES.finditer(json_text):
        packed = piece[1]
        if len(packed) % 4 == 0 and hash(packed) not in done:
            done.add(hash(packed))
            if (text := packed_text(packed)) is not None:
                yield text


def _is_text(packed: str, *, is_whole: bool) -> str | None:
    try:
        raw = base64.b64decode(packed)
        text = raw.decode("utf-8", "strict" if is_whole else "ignore")
    except ValueError:
        return None
    if not is_whole and len(text) < len(raw) // 2:
        return None
    return None if _NO_TEXT.search(text) else text
