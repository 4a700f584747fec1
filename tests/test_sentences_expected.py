"""What `list` says of every sample, beside a table that somebody has read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, product

EXPECTED = json.loads(Path(__file__).with_name("sentences_expected.json").read_text("utf-8"))
SAMPLES = {
    path.name: path for path in (ROOT / "samples").iterdir() if path.suffix in (".har", ".zip")
}


def test_the_table_holds_every_sample() -> None:
    assert set(EXPECTED) == set(SAMPLES)


@pytest.mark.parametrize("name", EXPECTED)
def test_sentences(name: str) -> None:
    rows: list[dict[str, Any]] = json.loads(product("list", "--json", SAMPLES[name]))
    assert EXPECTED[name] == {str(row["n"]): row["about"] for row in rows}
