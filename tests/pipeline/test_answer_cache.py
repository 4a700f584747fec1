"""Answers that are fetched several times: small ones are read once, as long as there are not too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from har_builder import call, written

from har2rpc import pipeline
from har2rpc.odoo import answers
from har2rpc.pipeline import answer_cache


@pytest.mark.parametrize(
    "small, most, readings",
    [(1000, 10_000, 3), (10, 10_000, 9), (1000, 100, 9)],
    ids=["small", "long", "too many"],
)
def test_small_answers_are_read_once(
    small: int,
    most: int,
    readings: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = [
        call("res.partner", "read", ([n], ["name"]), result=[{"id": n, "name": "x"}])
        for n in range(3)
    ]
    capture = pipeline.open_capture([written(tmp_path, *entries)])
    monkeypatch.setattr(answer_cache, "_SMALL", small)
    monkeypatch.setattr(answer_cache, "_MOST", most)
    read: list[object] = []
    result_of = answers.result_of
    monkeypatch.setattr(
        answers, "result_of", lambda exchange: read.append(exchange) or result_of(exchange)
    )
    for _ in range(3):
        assert [0, 1, 2] == [each.fetch()[0]["id"] for each in capture.calls]
    assert readings == len(read)
