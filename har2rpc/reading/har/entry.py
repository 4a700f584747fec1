"""Turns one entry of a HAR, the bytes of a JSON object, into an Exchange."""

from __future__ import annotations

import math
from dataclasses import dataclass

from har2rpc.model import Exchange, Json, Where
from har2rpc.reading.callbacks import InterestIn
from har2rpc.reading.files.document import IN_MEMORY, Document
from har2rpc.reading.har.bodies import answer_text, request_text
from har2rpc.reading.har.disposition import attachment_name
from har2rpc.reading.har.entry_fields import Piece
from har2rpc.reading.har.entry_json import read_fields


class NotAnEntry(ValueError):
    """These bytes are not an entry that can be used; the text says why."""


class DamagedEntry(NotAnEntry):
    """These bytes are not the JSON of an entry."""


@dataclass(slots=True)
class EntrySpan:
    """Where an entry stands in its document; called, it reads the entry again (`Exchange.again`)."""

    document: Document
    where: Where
    start: int
    end: int
    summary: tuple[str, str, str] | None = None
    """Url, method and start of an entry of no interest: there is no more to be read."""

    def __call__(self) -> Exchange:
        if self.summary:
            return summarized_exchange(self, *self.summary)
        return exchange_at(self, self.piece(), lambda url, method: True)

    def piece(self) -> bytes:
        """The entry's JSON as it stands in the document."""
        return self.document.part(self.start, self.end)


def exchange_at(
    span: EntrySpan, piece: Piece, interest_in: InterestIn, damaged_too: bool = True
) -> Exchange:
    """The Exchange of the entry whose JSON is `piece`.

    Raises NotAnEntry if it has no request with a url, DamagedEntry if it is damaged before one was read; with
    `damaged_too` false also where it is damaged anywhere.
    """
    fields = read_fields(piece, span.document.size > IN_MEMORY, damaged_too)
    if fields is None:
        raise DamagedEntry("is damaged")
    if not isinstance(fields.url, str):
        if fields.note:
            raise DamagedEntry("is damaged")
        raise NotAnEntry("has no request with a url")
    method = (
        fields.method.strip().upper()  # HAR 1.2 does not say which case
        if isinstance(fields.method, str)
        else "GET" if fields.post is None else "POST"
    )
    interest = interest_in(fields.url, method)
    if not interest:
        return summarized_exchange(span, fields.url, method, fields.started)
    attachment = span.document.attachment
    body, body_note = request_text(fields.post, fields.body_size, attachment)
    file_name = attachment_name(fields.headers())
    head = fields.answer_head() if interest == "head" else None
    if file_name is not None:
        answer, answer_note = None, ""  # a file, which nobody reads here
    elif head is None:
        answer, answer_note = answer_text(fields.content(), attachment)
    else:
        answer, answer_note = head, ""
    status = _status(fields.status)
    notes = [fields.note, body_note, answer_note]
    if status <= 0 and not fields.note and answer is None:
        notes.append(f"no answer arrived (status {status})")
    return Exchange(
        where=span.where,
        url=fields.url,
        http_method=method,
        body=body,
        status=status,
        answer=answer,
        abridged=head is not None,
        started=fields.started if isinstance(fields.started, str) else "",
        ms=_milliseconds(fields.time),
        attachment=file_name,
        note="; ".join(note for note in notes if note),
        again=span,
    )


def summarized_exchange(span: EntrySpan, url: str, method: str, started: Json) -> Exchange:
    """The Exchange of an entry of no interest: its place, url, method and start."""
    span.summary = url, method, started if isinstance(started, str) else ""
    return Exchange(span.where, url, method, started=span.summary[2], again=span)


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
