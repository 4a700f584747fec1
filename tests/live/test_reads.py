"""Every read of the samples of Odoo 19, three ways, on the real server: the answers of the recording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from generated.connector_values import body_as_recorded, without_offset
from generated.recorded import Recorded, recorded, samples
from generated.running import run

from har2rpc import pipeline
from har2rpc.model import Capture, ConvertOptions
from live.comparing import compared, compared_as_classic
from live.replaying import BEFORE, LEFT_ALONE, changes_something, is_change
from live.server import Server
from live.tally import TALLY, WAYS

pytestmark = pytest.mark.live

FEWEST_CALLS, FEWEST_COMPARED, SMALLEST_SHARE = 100, 70, 0.98
# Refused through /jsonrpc, whoever asks: only a browser's session has a current device.
REFUSED = {("res.users", "web_read", "python --verbatim"): "res.device.is_current"}


def of_odoo_19() -> list[Any]:
    """The samples of Odoo 19."""
    found = [path for path in samples() if path.name.startswith("odoo19")]
    found.sort(key=lambda path: changes_something(path))  # each of these needs a reset behind it
    return [pytest.param(path, id=path.stem) for path in found]


@pytest.mark.parametrize("path", of_odoo_19())
def test_the_answers_are_those_of_the_recording(path: Path, server: Server) -> None:
    calls, capture, wrong = recorded(path), pipeline.open_capture([path]), []
    server.reset()
    server.is_clean = not changes_something(path)
    if path.stem in BEFORE:
        BEFORE[path.stem](server)
    for call in calls:
        TALLY.calls += 1
        if call.method in LEFT_ALONE:
            TALLY.skipped[LEFT_ALONE[call.method]] += 1
        elif is_change(call):
            replay(call, capture, server)
        else:
            TALLY.reads += 1
            wrong += [
                f"{call}: {what}" for way in WAYS for what in read(call, way, capture, server)
            ]
    assert not wrong, "\n".join(wrong[:40])


def replay(call: Recorded, capture: Capture, server: Server) -> None:
    """Makes a changing call again, untouched; one that Odoo had refused must be refused."""
    text = written(call, "python --verbatim", capture)
    TALLY.replayed += 1
    if call.outcome == "error":
        with pytest.raises(Exception, match=r"ValidationError|UserError|AccessError"):
            run(text, server.variables, "--write")
    else:
        run(text, server.variables, "--write")


def written(call: Recorded, way: str, capture: Capture) -> str:
    """What is generated for one call."""
    read = capture.calls[call.n - 1]
    steps = pipeline.actions(capture, [read], ConvertOptions(verbatim=way == "python --verbatim"))
    return pipeline.render(capture, steps, target="locoia" if way == "locoia" else "python")


def read(call: Recorded, way: str, capture: Capture, server: Server) -> list[str]:
    """What differs between the recorded answer and the live one."""
    refused = REFUSED.get((call.model, call.method, way))
    try:
        live = answer(call, way, capture, server)
    except Exception as error:
        if refused and refused in str(error):
            TALLY.skipped[f"{call.model}.{call.method} {way}: refused for {refused}"] += 1
            return []
        return [f"{way}: {type(error).__name__}: {error}"]
    TALLY.executed[way] += 1
    if call.outcome == "missing":
        TALLY.skipped[f"{way}: run, but no answer was recorded"] += 1
        return []
    made = (compared if way == "python --verbatim" else compared_as_classic)(call, live)
    share = TALLY.count(str(call), way, made)
    few = [f"only {share:.1%} compared"] if share < SMALLEST_SHARE else []
    return [f"{way}: {what}" for what in (*few, *made.differences)]


def answer(call: Recorded, way: str, capture: Capture, server: Server) -> Any:
    """The live answer to what was generated."""
    text = written(call, way, capture)
    if way != "locoia":
        return run(text, server.variables)
    action = json.loads(text)["actions"][0]
    both = (call, without_offset(call))
    answered = server.post(body_as_recorded(action, both, server.db, server.api_key))
    assert "error" not in answered, answered["error"]["data"]["message"]
    return answered.get("result")


def test_enough_was_proved(server: Server) -> None:
    print("\n".join(TALLY.lines()))
    assert TALLY.calls >= FEWEST_CALLS
    assert all(TALLY.compared[way] >= FEWEST_COMPARED for way in WAYS), TALLY.compared
    assert TALLY.leaves_compared >= SMALLEST_SHARE * TALLY.leaves
