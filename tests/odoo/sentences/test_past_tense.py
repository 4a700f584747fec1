"""Verbs of Odoo's methods in the past tense."""

from __future__ import annotations

import pytest

from har2rpc.odoo.method_names import _VERBS
from har2rpc.odoo.sentences.past_tense import past_tense


@pytest.mark.parametrize(
    "verb, past",
    [
        ("confirm", "confirmed"),
        ("validate", "validated"),
        ("apply", "applied"),
        ("deploy", "deployed"),
        ("send", "sent"),
        ("put", "put"),
        ("submit", "submitted"),
        ("cancel", "canceled"),
    ],
)
def test_past_tense(verb: str, past: str) -> None:
    assert past == past_tense(verb)


def test_a_last_consonant_is_doubled_where_it_is_in_english() -> None:
    pasts = {past_tense(verb) for verb in _VERBS}
    assert {"planned", "scanned", "starred", "stopped", "submitted", "transferred"} <= pasts
    assert {"opened", "registered", "canceled", "reset", "left", "withdrew"} <= pasts
