"""Answers are bounded and say what was cut; errors hold no credential, and nothing that cannot be seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from har2rpc.serving.tool_texts import MOST, answer_texts, error_text, one_line

ROW = {"id": 1, "name": "Azure Interior", "note": "x" * 90}
ANSWERS: dict[str, Any] = {
    "a number": 7,
    "nothing": None,
    "few rows": [ROW] * 3,
    "many rows": [ROW] * 5000,
    "one row with a long text": [{"id": 1, "image": "A" * 100_000}],
    "one row with many ids": [{"id": 1, "message_ids": list(range(50_000))}],
    "many long rows": [{"id": n, "image": "A" * 5000} for n in range(500)],
    "many ids": list(range(50_000)),
    "a long text": "é" * 100_000,
    "a flow's answers": {"partner_id": 7, "rows": [ROW] * 5000},
    "one huge row": [{f"x{n}": "y" * 40 for n in range(3000)}],
    "what cannot be seen": [{"name": "\u202e\x1b" * 9000}],
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_bounded(name: str) -> None:
    answer = ANSWERS[name]
    text, *notes = answer_texts(answer)
    assert sum(map(len, (text, *notes))) <= MOST == 20_000
    assert text.isprintable()
    whole = json.dumps(answer, ensure_ascii=False)
    if len(whole) <= MOST and whole.isprintable():
        assert [] == notes and answer == json.loads(text)
    else:
        assert len(notes) <= 1 and "".join(notes).startswith("Cut by har2rpc: ")
        assert "not valid JSON" in notes[0] or json.loads(text) is not None


def test_as_many_rows_as_fit_are_told() -> None:
    text, note = answer_texts([ROW] * 5000)
    rows = json.loads(text)
    assert f"the first {len(rows)} of 5000 are here" in note
    assert MOST * 0.9 < len(text)
    assert [ROW] * len(rows) == rows


def test_errors_hold_no_credential_and_are_short() -> None:
    words = error_text("bad key s3cret\x1b]0;x\x07 " + "y" * 9000, ("s3cret", ""))
    assert "s3cret" not in words and "***" in words
    assert len(words) <= 2000 and words.isprintable()
    assert "a\nb" == error_text("a\nb")


def test_one_line_is_one() -> None:
    assert "a b \\u202ec" == one_line("a\n b\u2028\u202ec", 20)
    assert 5 == len(one_line("abcdefgh", 5))
