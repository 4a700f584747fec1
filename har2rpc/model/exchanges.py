"""An HTTP request with its answer, from whatever format, and the types that all nouns share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Json: TypeAlias = Any  # None, bool, int, float, str, list of Json, dict of str to Json
Kind: TypeAlias = Literal["read", "write", "action", "noise"]
Outcome: TypeAlias = Literal["ok", "error", "none", "missing"]
Interest: TypeAlias = bool | Literal["head"]  # in an entry: none, all of it, a long answer's head


@dataclass(frozen=True, slots=True)
class Where:
    """The place of an entry: the file as the user named it (its last part), and the entry, from 1."""

    file: str
    entry: int

    def __str__(self) -> str:
        return f"{self.file}#{self.entry}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its answer, from whatever input format.

    No headers and no cookies: what has no place here cannot leak.
    """

    where: Where
    url: str
    http_method: str = "GET"
    body: str | None = None
    """The request's body as text (`postData.text`, decoded); None where the file has none."""
    status: int = 0
    """The HTTP status; 0 (or less) where no answer arrived."""
    answer: str | None = None
    """The answer's body as text (`content.text`, decoded); None where the file has none."""
    abridged: bool = False
    """`answer` is only the beginning of a long one; `again` reads all of it."""
    started: str = ""
    """`startedDateTime` as written: ISO 8601, with whatever offset the exporter used."""
    ms: float | None = None
    """How long it took, in milliseconds."""
    attachment: str | None = None
    """If the answer is a file (`Content-Disposition: attachment`): its name, "" if it has none. None for other answers."""
    note: str = ""
    """What is wrong with this entry, as a sentence ("the answer was cut by the browser at 786432 of …")."""
    is_copied: bool = False
    """Whether it is text that somebody copied, and not an entry of a recording."""
    again: Callable[[], Exchange] | None = field(default=None, compare=False, repr=False)
    """Reads the same entry once more, so that listing a gigabyte keeps no answers."""
