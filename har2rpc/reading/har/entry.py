"""One entry of a HAR: from the bytes of its JSON object to an Exchange."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from har2rpc.model import Exchange, Json, Where, Worth
from har2rpc.reading.files.document import IN_MEMORY, Document
from har2rpc.reading.har.bodies import answer_text, request_text
from har2rpc.reading.har.entry_json import fields_of

WorthReading = Callable[[str, str], Worth]


class NoEntry(ValueError):
    """These bytes are no entry that can be used; the text says why."""


class Damaged(NoEntry):
    """These bytes are not the JSON of an entry."""


@dataclass(slots=True)
class Place:
    """An entry's place in its document; called, it reads the entry again (`Exchange.again`)."""

    document: Document
    where: Where
    start: int
    end: int
    passed: tuple[str, str, str] | None = None
    """Url, method and started of an entry that nobody asked for: there is no more to be read."""

    def __call__(self) -> Exchange:
        if self.passed:
            return passed_over(self, *self.passed)
        return exchange_at(self, self.piece(), lambda url, method: True)

    def piece(self) -> bytes:
        """The entry's JSON as it stands in the document."""
        return self.document.part(self.start, self.end)


def exchange_at(
    place: Place, piece: Any, worth_reading: WorthReading, damaged_too: bool = True
) -> Exchange:
    """The Exchange of the entry whose JSON is `piece` (bytes or a view of them).

    Raises NoEntry where it has no request with a url, Damaged where it is damaged before one was read; with
    `damaged_too` false also where it is damaged anywhere.
    """
    found = fields_of(piece, place.document.size > IN_MEMORY, damaged_too)
    if found is None:
        raise Damaged("is damaged")
    if not isinstance(found.url, str):
        if found.note:
            raise Damaged("is damaged")
        raise NoEntry("has no request with a url")
    method = (
        found.method if isinstance(found.method, str) else "GET" if found.post is None else "POST"
    )
    worth = worth_reading(found.url, method)
    if not worth:
        return passed_over(place, found.url, method, found.started)
    attachment = place.document.attachment
    body, body_note = request_text(found.post, found.body_size, attachment)
    beginning = found.beginning() if worth == "glance" else None
    if beginning is None:
        answer, answer_note = answer_text(found.content(), attachment)
    else:
        answer, answer_note = beginning, ""
    status = _status(found.status)
    notes = [found.note, body_note, answer_note]
    if status <= 0 and not found.note and answer is None:
        notes.append(f"no answer arrived (status {status})")
    return Exchange(
        where=place.where,
        url=found.url,
        http_method=method,
        body=body,
        status=status,
        answer=answer,
        abridged=beginning is not None,
        started=found.started if isinstance(found.started, str) else "",
        ms=_milliseconds(found.time),
        note="; ".join(note for note in notes if note),
        again=place,
    )


def passed_over(place: Place, url: str, method: str, started: Json) -> Exchange:
    """The little that is told of an entry nobody asked for."""
    place.passed = url, method, started if isinstance(started, str) else ""
    return Exchange(place.where, url, method, started=place.passed[2], again=place)


def _status(value: Json) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0


def _milliseconds(value: Json) -> float | None:
    """HAR 1.2 `time`; -1 and null stand for unknown."""
    try:
        ms = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return ms if math.isfinite(ms) and ms >= 0 else None
