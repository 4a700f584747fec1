"""What a redaction removed and what it left as doubtful: counts and places, never a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one kind of secret occurred in one kind of place."""

    kind: str
    """What it is: `password`, `session`, `token`, `API key`, …"""
    place: str
    """Where in an entry: `request header Cookie`, `answer`, …"""
    count: int
    where: str
    """The first entry in which it was met (`contacts.har#12`)."""


@dataclass(frozen=True, slots=True)
class RedactionReport:
    """What was removed, what looks like a secret and stayed, and what could not be kept."""

    files: tuple[str, ...]
    removed: tuple[Tally, ...]
    doubts: tuple[Tally, ...]
    notes: tuple[str, ...]
    """One sentence for everything that was damaged or left out."""
