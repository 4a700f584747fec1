"""The census of captures (`benchmarks/census.py`): it finds what it counts, and finds nothing of it in what is made."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest
from har_builder import CAPTURES, ROOT, call, search, views, written

sys.path.insert(0, str(ROOT / "benchmarks"))
census = importlib.import_module("census")
PLACES = [ROOT / "samples", ROOT / "tests/expected", *([CAPTURES] if CAPTURES.exists() else [])]


def counted(folder: Path, *entries: dict[str, Any], **options: bool) -> Any:
    return census.count([Path(written(folder, *entries))], **options)


CHANGE = call("res.partner", "write", ([7], {"phone": "+32 9 555 01 10"}))


def test_nothing_is_in_a_flow_that_nobody_uses() -> None:
    made = census.count(census.files_in(PLACES))
    assert 20 < made.changing < made.flows < made.steps
    assert [] == made.unused_reads + made.inputs_for_these + made.untyped_only_links


def test_a_read_that_nobody_uses_is_counted_with_the_inputs_that_serve_it_alone(
    tmp_path: Path,
) -> None:
    entries = (views("res.partner", {}), search(domain=[["country_id", "=", 20]]), CHANGE)
    without, with_all = counted(tmp_path, *entries), counted(tmp_path, *entries, reads=True)
    assert ([], []) == (without.unused_reads, without.inputs_for_these)
    assert ["small.har: call 2"] == with_all.unused_reads
    assert ["small.har: country_id"] == with_all.inputs_for_these


def test_a_search_whose_answer_is_used_is_used(tmp_path: Path) -> None:
    words = search(domain=[["name", "ilike", "azure"]])
    made = counted(tmp_path, words, CHANGE, reads=True)
    assert ([], 1, []) == (made.unused_reads, made.only_links, made.untyped_only_links)


@pytest.mark.parametrize(
    ("request_", "is_typed"),
    [
        ([{"domain": [["name", "ilike", "azure"]]}], True),
        ([{"domain": ["|", ["ref", "=", "PO 7"], ["id", "=", 4]]}], True),
        ([{"name": "Azure", "operator": "ilike"}], True),
        ([{"domain": [["type", "=", "opportunity"], ["user_id", "=", 2]]}], False),
        ([{"domain": [["name", "ilike", ""]], "name": ""}], False),
        ([[["stage_id", "=", 3]]], False),
    ],
)
def test_typed_text_is_told_from_what_the_screen_asks(request_: Any, is_typed: bool) -> None:
    assert is_typed == census.holds_typed_text(request_)
