"""The shapes of `odoo/secret_texts.py` in files: a long text is searched with Aho-Corasick, and tags are no secrets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from har2rpc.odoo import secret_texts
from har2rpc.odoo.secret_literals import literal_spans
from har2rpc.odoo.secret_texts import ANCHORS, STRONG_ANCHORS, Span, apart, is_api_key
from har2rpc.redacting.tags import TAG, is_redacted


class Anchors:
    """Whether one of these words stands in bytes: in one search with `ahocorasick_rs`, else word by word."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = [word.encode() for word in words]
        self._search: object = None
        try:
            from ahocorasick_rs import BytesAhoCorasick
        except ImportError:
            return
        self._search = BytesAhoCorasick(self._words).find_matches_as_indexes

    def stand_in(self, data: bytes | memoryview) -> bool:
        """Whether any of them does."""
        if callable(self._search):
            return bool(self._search(data))
        whole = bytes(data)
        return any(word in whole for word in self._words)


@cache
def anchors(*, strong_alone: bool = False) -> Anchors:
    """What every shape begins with; or only those of credentials that are nothing else."""
    return Anchors(STRONG_ANCHORS if strong_alone else ANCHORS)


def spans_in(text: str, *, strong_alone: bool = False) -> Sequence[Span]:
    """The secrets of a text that are still there, in order. `strong_alone`: not by the names of parameters."""
    search = anchors(strong_alone=strong_alone)
    spans = secret_texts.spans_in(
        text,
        strong_alone=strong_alone,
        has_anchor=lambda text: search.stand_in(text.encode("utf-8", "surrogatepass")),
    )
    return without_tags(text, spans)


def without_tags(text: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Those of the spans that hold no tag, and nothing that others put in the place of a secret."""
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
    spans = [*secret_texts.spans_in(text), *literal_spans(text)]
    return without_tags(text, apart(spans)) if spans else ()


def looks_random(text: str) -> bool:
    """Whether a value is of the length and the mixture of characters of a key, though nothing tells that it is one."""
    if (
        not 24 <= len(text) <= 200
        or TAG.search(text)
        or not re.fullmatch(r"[\w+/=-]+", text, re.ASCII)
    ):
        return False
    return all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
