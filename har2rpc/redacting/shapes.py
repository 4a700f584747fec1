"""Finds the shapes of `odoo/secret_texts.py` in files: long texts are searched with Aho-Corasick, and tags do not count."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from har2rpc.odoo import secret_texts
from har2rpc.odoo.secret_columns import column_spans
from har2rpc.odoo.secret_hints import HINTS
from har2rpc.odoo.secret_literals import literal_spans
from har2rpc.odoo.secret_texts import ANCHORS, STRONG_ANCHORS, Span, apart, is_api_key
from har2rpc.odoo.secret_words import NAMES, places_of
from har2rpc.redacting.tags import TAG, is_redacted

Bytes: TypeAlias = bytes | memoryview


class Words:
    """Where any of these words stands in bytes: in one search with `ahocorasick_rs`, else word by word."""

    def __init__(self, words: Sequence[bytes]) -> None:
        self._words = words
        self._search: Callable[..., list[tuple[int, int, int]]] | None = None
        try:
            from ahocorasick_rs import BytesAhoCorasick
        except ImportError:
            return
        self._search = BytesAhoCorasick(words).find_matches_as_indexes

    def stand_in(self, data: Bytes) -> bool:
        """Whether any of them does."""
        if self._search:
            return bool(self._search(data))
        whole = bytes(data)
        return any(word in whole for word in self._words)

    def in_order(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The number of each word that is there and where it begins, those inside another excepted."""
        if self._search:
            yield from ((number, start) for number, start, _ in self._search(data))
        else:
            places = (
                (start, number)
                for number, word in enumerate(self._words)
                for start in places_of(word, data)
            )
            yield from ((number, start) for start, number in sorted(places))


@cache
def anchors(*, strong_alone: bool = False) -> Words:
    """What every shape begins with; or only those of credentials that are nothing else."""
    return Words([anchor.encode() for anchor in (STRONG_ANCHORS if strong_alone else ANCHORS)])


@cache
def _hints() -> Words:
    return Words([*HINTS, *NAMES])


def find_hints(data: bytes) -> Iterator[int]:
    """Where hints at secrets stand in bytes (`odoo/secret_hints.py`), in order."""
    return (start for _, start in _hints().in_order(data))


def may_hint(data: Bytes) -> bool:
    """Whether any of them does, in any case of letters."""
    return _hints().stand_in(bytes(data).lower())


def spans_in(text: str, *, strong_alone: bool = False) -> Sequence[Span]:
    """The secrets of a text that are still there, in order. `strong_alone`: not by the names of parameters."""
    spans = secret_texts.spans_in(text, strong_alone=strong_alone, find_anchors=_found_anchors)
    return without_tags(text, spans)


def _found_anchors(text: str) -> Collection[str]:
    data = text.encode("utf-8", "surrogatepass")
    return {ANCHORS[number] for number, _ in anchors().in_order(data)}


def without_tags(text: str, spans: Sequence[Span]) -> Sequence[Span]:
    """The spans that contain neither a tag nor a placeholder that others use for secrets."""
    return [
        span
        for span in spans
        if not is_redacted(text[span.start : span.end])
        and not TAG.search(text, span.start, span.end)
    ]


def spans_in_value(text: str, name: str) -> Sequence[Span]:
    """The same of a value in Odoo's JSON under this name: what looks like code is read as well."""
    if is_api_key(text, name):
        return [Span(0, len(text), "API key")]
    columns = column_spans(text, 2) if "\n" in text else ()
    spans = [*columns, *secret_texts.spans_in(text), *literal_spans(text)]
    return without_tags(text, apart(spans)) if spans else ()


def file_spans(text: str) -> Sequence[Span]:
    """The same of a file that somebody uploaded."""
    spans = apart([*column_spans(text), *secret_texts.spans_in(text), *literal_spans(text)])
    return without_tags(text, spans)


def looks_random(text: str) -> bool:
    """Whether a value is of the length and the mixture of characters of a key, though nothing tells that it is one."""
    if (
        not 24 <= len(text) <= 200
        or TAG.search(text)
        or not re.fullmatch(r"[\w+/=-]+", text, re.ASCII)
    ):
        return False
    return all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
