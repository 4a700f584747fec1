"""The secrets of a capture, and the tallies of what was removed and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from har2rpc.model import Json, Tally
from har2rpc.redacting.tags import Tagger, is_redacted, number_tag

_Tallies = dict[tuple[str, str], list[object]]


class Discoveries(NamedTuple):
    """The findings in some of the entries, to be added to those of the others."""

    secrets: dict[str, str]
    removed: _Tallies
    doubts: _Tallies


class Findings:
    """Gives every secret its tag, and remembers it: `secrets` are then looked for everywhere."""

    def __init__(self, salt: bytes) -> None:
        self.secrets: dict[str, str] = {}
        """Each secret and its kind."""
        self.where = ""
        """The entry at work, as `contacts.har#12`."""
        self.is_counting = True
        """False in the second pass, which meets the same places again."""
        self.changes = 0
        """How many secrets were replaced so far: tells whether a text that was looked at had any."""
        self._tagger = Tagger(salt)
        self._removed: _Tallies = {}
        self._doubts: _Tallies = {}

    def replace(self, secret: str, kind: str, place: str) -> str:
        """The tag that replaces a secret; a text that is not a secret (or no longer one) is returned unchanged."""
        if is_redacted(secret):
            return secret
        self.changes += 1
        if self.is_counting:
            self.secrets.setdefault(secret, kind)
            self._count(self._removed, kind, place)
        return self.tag(secret)

    def replace_number(self, number: int | float, kind: str, place: str) -> int | float:
        """A number of as many digits; 0 and 1 stay."""
        if is_redacted(number):
            return number
        self.changes += 1
        if self.is_counting:
            self._count(self._removed, kind, place)
        return number_tag(number)

    def replace_all(self, value: Json, kind: str, place: str) -> Json:
        """The value with every text and number in it replaced; its shape and its keys stay."""
        if isinstance(value, str):
            return self.replace(value, kind, place)
        if isinstance(value, dict):
            return {key: self.replace_all(item, kind, place) for key, item in value.items()}
        if isinstance(value, list):
            return [self.replace_all(item, kind, place) for item in value]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return value
        return self.replace_number(value, kind, place)

    def tag(self, secret: str) -> str:
        """The tag of a secret, without counting it."""
        return self._tagger.tag(secret)

    def repeated(self, kind: str, count: int) -> None:
        """Counts secrets that were found where no place tells, by their other occurrences."""
        self._count(self._removed, kind, "repeated elsewhere", count)

    def doubt(self, kind: str, place: str, count: int = 1) -> None:
        """Counts something that looks like a secret and stays."""
        self._count(self._doubts, kind, place, count)

    def take(self) -> Discoveries:
        """What was found since this was called last; from now on nothing is."""
        discoveries = Discoveries(self.secrets, self._removed, self._doubts)
        self.secrets, self._removed, self._doubts = {}, {}, {}
        return discoveries

    def add(self, discoveries: Discoveries) -> None:
        """Adds what was found in later entries."""
        for secret, kind in discoveries.secrets.items():
            self.secrets.setdefault(secret, kind)
        for tallies, more in (
            (self._removed, discoveries.removed),
            (self._doubts, discoveries.doubts),
        ):
            for key, (count, where) in more.items():
                tally = tallies.setdefault(key, [0, where])
                tally[0] = tally[0] + count  # type: ignore[operator]

    def removed(self) -> tuple[Tally, ...]:
        """What was removed, the most frequent first."""
        return tuple(_tallies(self._removed))

    def doubts(self) -> tuple[Tally, ...]:
        """What looks like a secret and stayed, the most frequent first."""
        return tuple(_tallies(self._doubts))

    def _count(self, tallies: _Tallies, kind: str, place: str, count: int = 1) -> None:
        tally = tallies.setdefault((kind, place), [0, self.where])
        tally[0] = tally[0] + count  # type: ignore[operator]


def _tallies(tallies: _Tallies) -> Iterator[Tally]:
    in_order = sorted(tallies.items(), key=lambda item: (-int(str(item[1][0])), item[0]))
    for (kind, place), (count, where) in in_order:
        yield Tally(kind, place, int(str(count)), str(where))
