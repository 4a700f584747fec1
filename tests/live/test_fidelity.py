"""Every read of every recording, by every target: what the browser is answered, side by side.

Translated calls are asked in every way; untouched ones of most targets in turn (benchmarks/fidelity.py asks them all).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from live.fidelity import REPORT, SMALLEST_SHARE, TURNS, Asking, takes_turns, ways
from live.replaying import recordings

pytestmark = pytest.mark.live
FEWEST = {19: 100, 14: 120}  # calls of each way
SEEN: dict[int, set[str]] = {19: set(), 14: set()}
SERVERS = {19: "server", 14: "server_14"}


def params() -> list[Any]:
    """A parameter for each recording of each version."""
    return [
        pytest.param(major, path, id=f"{major}-{path.parent.name}-{path.name}")
        for major in SERVERS
        for path in recordings(major)
    ]


@pytest.mark.parametrize(("major", "path"), params())
def test_each_read_is_answered_as_in_the_browser(
    major: int, path: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue(SERVERS[major])
    wrong = Asking(server, REPORT, SEEN[major], in_turn=True).recording(path)
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.parametrize("major", SERVERS)
def test_enough_was_asked(major: int, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(SERVERS[major])
    for way in ways(major):
        row = REPORT.row(major, way)
        fewest = FEWEST[major] // (TURNS if takes_turns(way) else 1)
        assert row.calls >= fewest, f"{way}: {row}"
        assert row.equal + row.refused + row.excepted.total() == row.calls, f"{way}: {row}"
        assert row.leaves_compared >= SMALLEST_SHARE * row.leaves, f"{way}: {row}"
