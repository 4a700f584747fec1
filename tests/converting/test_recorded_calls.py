"""`Action.calls` is what was recorded, never what a translation made of it."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import CAPTURES, ROOT, call

from har2rpc import pipeline
from har2rpc.model import ConvertOptions

from .actions_of import capture_of

FILES = sorted([*(ROOT / "samples").glob("*.har"), *CAPTURES.rglob("*.har")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_calls_of_an_action_are_those_of_the_capture(path: Any) -> None:
    capture = pipeline.open_capture([path])
    recorded = {id(call) for call in capture.calls}
    for options in (ConvertOptions(), ConvertOptions(deep=True), ConvertOptions(verbatim=True)):
        for action in pipeline.actions(capture, capture.calls, options):
            assert action.calls
            assert {id(call) for call in action.calls} <= recorded, action.name
            assert len({call.n for call in action.calls}) == len(action.calls)


def test_a_resequence_is_told_as_it_was_recorded() -> None:
    entry = call("crm.stage", "web_resequence", ([3, 1], {}), {"field_name": "sequence"}, result=[])
    (action,) = pipeline.actions(capture_of(entry))
    assert "write" == action.method and 2 == len(action.runs)
    assert ["web_resequence"] == [recorded.method for recorded in action.calls]
