"""Captured text for a terminal."""

from __future__ import annotations


def clean(text: str) -> str:
    """Captured text for a terminal: one line, no control sequences."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
