"""Redacts the secret columns of files that somebody uploaded or exported, cell by cell."""

from __future__ import annotations

from har2rpc.odoo.secret_columns import column_spans
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import kind_of
from har2rpc.redacting.tags import is_redacted


def redact_columns(text: str, findings: Findings, place: str) -> str:
    """The text with tags in the columns whose heading names a secret; as it is, if it is not such a file."""
    pieces, done = [], 0
    for start, end, name in column_spans(text):
        cell = text[start:end].replace('""', '"')
        if not is_redacted(cell):
            pieces += [text[done:start], findings.replace(cell, kind_of(name), place)]
            done = end
    return "".join([*pieces, text[done:]]) if pieces else text
