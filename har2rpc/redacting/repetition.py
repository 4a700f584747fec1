"""Searches a whole capture for its secrets: one Aho-Corasick search with `ahocorasick_rs`, else with `re`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from har2rpc.redacting.findings import Findings
from har2rpc.redacting.spellings import base64_spellings, encoded_word, is_looked_for, spellings

Bytes: TypeAlias = bytes | memoryview
_Match: TypeAlias = tuple[int, int, int]  # number of the word, start, end
_Search: TypeAlias = Callable[[Bytes], Sequence[_Match]]

MOST_SECRETS = 20_000
"""More than these are known by their place alone: no capture has as many, and each costs memory."""
_SHORTEST_DOUBT = 4  # characters
_UNICODE_ESCAPE = re.compile(rb"\\u[0-9a-fA-F]{0,3}\Z")
_LETTER_OR_DIGIT = re.compile(rb"\w")


class Repetition:
    """The secrets to replace everywhere, and those to count only.

    `harmless` are the capture's own names: models, methods, fields, databases, logins, hosts. A secret that is also one
    of these, or is short or of one kind of character, goes only where its place tells, and is a doubt elsewhere.
    """

    def __init__(
        self, findings: Findings, secrets: Mapping[str, str], harmless: Collection[str]
    ) -> None:
        self._findings = findings
        self._made_of = findings, secrets, harmless
        lower = {name.lower() for name in harmless}
        is_wide = {
            secret: is_looked_for(secret) and secret.lower() not in lower for secret in secrets
        }
        wide = [secret for secret, answer in is_wide.items() if answer]
        if len(wide) > MOST_SECRETS:
            findings.doubt(
                "too many secrets to look for everywhere", "capture", len(wide) - MOST_SECRETS
            )
        words: dict[bytes, tuple[bytes, str]] = {}
        offsets: dict[bytes, str] = {}
        for secret in wide[:MOST_SECRETS]:
            kind = secrets[secret]
            words |= dict.fromkeys(spellings(secret), (findings.tag(secret).encode(), kind))
            offsets |= dict.fromkeys(base64_spellings(secret), f"{kind} in base64")
        common = {
            encoded_word(secret): f"{secrets[secret]} that is a common word"
            for secret, answer in is_wide.items()
            if not answer and _SHORTEST_DOUBT <= len(secret) <= 64
        }
        self._tags_and_kinds = [*words.values()]
        self._search = _search_for([*words])
        doubts = {**offsets, **common}
        self._is_common = [word in common for word in doubts]
        self._doubt_labels = [*doubts.values()]
        self._doubt_search = _search_for([*doubts])

    def __reduce__(self) -> tuple[type[Repetition], tuple[object, ...]]:
        """For another process, which makes its own: a search cannot be sent."""
        return Repetition, self._made_of

    def replaced(self, data: Bytes) -> Iterator[Bytes]:
        """The same bytes of JSON, piece by piece, with a tag for each secret in them."""
        done = 0
        for number, start, end in self._search(data):
            if start < done or _is_inside_an_escape(data, start):
                continue
            yield data[done:start]
            tag, kind = self._tags_and_kinds[number]
            yield tag
            self._findings.repeated(kind, 1)
            done = end
        yield data[done:]

    def replaced_text(self, text: str) -> str:
        """A text that is to be packed again, with a tag for each secret in it."""
        data = json.dumps(text, ensure_ascii=False).encode("utf-8", "backslashreplace")
        new_data = b"".join(self.replaced(data))
        new_text: str = text if new_data == data else json.loads(new_data)
        return new_text

    def count_in_binary(self, data: bytes, place: str) -> None:
        """Counts the secrets in a body that cannot be rewritten (an image, a PDF)."""
        if matches := self._search(data):
            self._findings.doubt("in a body that is not text", place, len(matches))

    def count_doubts(self, data: Bytes, place: str) -> None:
        """Counts what is left of short and common secrets, and what base64 made of all others."""
        for number, start, end in self._doubt_search(data):
            if self._is_common[number] and not _is_whole_word(data, start, end):
                continue
            self._findings.doubt(self._doubt_labels[number], place)


def _search_for(words: Sequence[bytes]) -> _Search:
    if not words:
        return lambda data: ()
    try:
        from ahocorasick_rs import BytesAhoCorasick, MatchKind
    except ImportError:
        return _ExpressionSearch(words)
    return BytesAhoCorasick(words, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes


class _ExpressionSearch:
    """The same with one alternation, which is tried only where one of its words stands: each is looked for first."""

    def __init__(self, words: Sequence[bytes]) -> None:
        self._numbers = {word: n for n, word in enumerate(words)}
        self._groups: dict[bytes, list[bytes]] = {}
        for word in sorted(words, key=len, reverse=True):
            self._groups.setdefault(word[:_COMMON], []).append(word)

    def __call__(self, data: Bytes) -> Sequence[_Match]:
        view = bytes(data)
        there = [word for start, group in self._groups.items() if start in view for word in group]
        if not there:
            return ()
        there.sort(key=len, reverse=True)
        pattern = re.compile(b"|".join(map(re.escape, there)))
        return [(self._numbers[match[0]], *match.span()) for match in pattern.finditer(view)]


_COMMON = 8  # bytes by which spellings of one secret are looked for together


def _is_inside_an_escape(data: Bytes, start: int) -> bool:
    """Whether a match begins with the letter of an escape, as the n of \\n8password, or within \\u00e9."""
    before = bytes(data[max(0, start - 64) : start])
    backslashes = len(before) - len(before.rstrip(b"\\"))
    return backslashes % 2 == 1 or bool(_UNICODE_ESCAPE.search(before[-6:]))


def _is_whole_word(data: Bytes, start: int, end: int) -> bool:
    around = bytes(data[max(0, start - 1) : start]) + bytes(data[end : end + 1])
    return not _LETTER_OR_DIGIT.search(around)
