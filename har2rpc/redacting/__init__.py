"""Removes secrets from a capture: rewrites the raw entries, headers included, so that they can still be converted."""

from har2rpc.redacting.capture_redactor import DAMAGED, CaptureRedactor, names_among
from har2rpc.redacting.findings import Discoveries, Findings
from har2rpc.redacting.layout_style import Style
from har2rpc.redacting.pseudonyms import Pseudonyms

__all__ = [
    "DAMAGED",
    "CaptureRedactor",
    "Discoveries",
    "Findings",
    "Pseudonyms",
    "Style",
    "names_among",
]
