"""Reduces a long JSON text to its distinct strings: most keys and values of an answer repeat in each row."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_IMAGE = 512  # bytes: longer than a name, and what is looked at around it


class Pieces(NamedTuple):
    """What stands between the double quotes of a text, each once and in any order, as bytes of UTF-8.

    Nearly all keys of an answer, and many of its values, come again in each row: a word without a quote is found in a
    fifth of the time.
    """

    words: bytes
    """With quotes around each; of long base64 its end alone: names stand before a quote or a sign."""
    images: bytes
    """The long base64."""


@lru_cache(maxsize=1)
def distinct_pieces(text: str) -> Pieces:
    """The pieces of a text of JSON; that of the last one is kept, for it is asked for twice."""
    pieces = set(text.encode("utf-8", "surrogatepass").split(b'"'))
    images = [piece for piece in pieces if len(piece) >= _IMAGE and is_base64(piece)]
    words = pieces.difference(images)
    words.update(image[-_IMAGE:] for image in images)
    return Pieces(b'"'.join([b"", *words, b""]), b'"'.join(images))


def is_base64(piece: bytes) -> bool:
    """Whether it holds the letters of base64 alone."""
    return not piece.rstrip(b"=").translate(None, _BASE64)


def end_of_string(text: str, at: int, quote: str) -> int:
    """Where the string that began with this quote ends; the end of the text, if it was cut."""
    start = at
    while True:
        stop = text.find(quote, at)
        if stop < 0:
            return len(text)
        backslashes = 0
        while stop - backslashes > start and text[stop - backslashes - 1] == "\\":
            backslashes += 1
        if (backslashes // (quote.count("\\") + 1)) % 2 == 0:
            return stop
        at = stop + len(quote)
