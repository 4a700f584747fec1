"""Progress while a large HAR is read."""

from __future__ import annotations

import io

import pytest

from har2rpc.reading import read
from har2rpc.reading.har import parser

from ..hars import asset, calls, entry, har

DATA = har(entry(1), asset(2), entry(3))


def test_progress_is_reported_for_large_files(monkeypatch) -> None:
    monkeypatch.setattr(parser, "WITH_PROGRESS", 1000)
    monkeypatch.setattr(parser, "STEP", 1000)
    steps: list[tuple[int, int]] = []
    for _ in read(
        io.BytesIO(DATA),
        calls,
        report_damage=pytest.fail,
        progress=lambda *step: steps.append(step),
    ):
        pass
    assert sorted(steps) == steps and (len(DATA), len(DATA)) == steps[-1] and len(steps) == 2
