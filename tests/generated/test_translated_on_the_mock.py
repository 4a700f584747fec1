"""The translated code, run: what arrives is held against a translation written a second time."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generated.recorded import CAPTURES, Recorded, as_json, browser_captures, recorded
from generated.running import AnsweringOdoo, Stage, converted, environment, run
from generated.translation import classic_answer, onchange_answer, problems, times, within
from har2rpc import pipeline
from har2rpc.cli import cli

_SAVES = ("create", "write", "web_save")
# Changing these twice is not the same as once: each must arrive as often as it was recorded.
_WRITES = re.compile(r"create|write|web_save|unlink|copy|action_(?!get)|toggle_|message_post")


def answers(calls: tuple[Recorded, ...], path: Path) -> AnsweringOdoo:
    """An Odoo that takes everything, answers what was recorded, and gives new records the ids that they had got.

    What a form of the capture is asked is answered as its own onchanges were.
    """

    def answer(arrived: dict[str, Any]) -> Any:
        if form := onchange_answer(recorded(path), arrived):
            return form
        made = [call for call in calls if not problems(call, arrived)]
        if made and made[0].outcome == "ok":
            return classic_answer(made[0], arrived["method"])
        return 1 if arrived["method"] == "create" else True

    return AnsweringOdoo(answer)


def but_forms(received: list[dict[str, Any]], *calls: Recorded) -> list[dict[str, Any]]:
    """What arrived for these calls: what a form is asked before its record is saved is no call of its own."""
    if any(call.method == "onchange" for call in calls):
        return list(received)
    return [arrived for arrived in received if arrived["method"] != "onchange"]


@pytest.mark.parametrize("path", browser_captures())
def test_every_call_by_itself(path: Path, stage: Stage) -> None:
    capture = pipeline.open_capture([path])
    wrong = []
    for call, read in zip(recorded(path), capture.calls, strict=True):
        text = pipeline.render(capture, pipeline.actions(capture, [read]))
        stage.app = answers((call,), path)
        run(text, environment(stage.url, call.uid or 2), "--write")
        made = but_forms(stage.app.received, call)
        if len(made) != times(call):
            wrong.append(f"{call}: {len(made)} calls arrived")
        for arrived in made:
            wrong += [f"{call}: {what}" for what in problems(call, arrived)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", browser_captures())
def test_a_whole_capture_in_one_run(path: Path, stage: Stage) -> None:
    numbers = chosen(path)
    if not numbers:
        return
    calls = tuple(call for call in recorded(path) if call.n in numbers)
    stage.app = answers(calls, path)
    run(converted(path), environment(stage.url, 2), "--write")
    left, wrong = but_forms(stage.app.received, *calls), []
    for call in calls:
        if len(left) >= times(call) and not any(problems(call, one) for one in left[: times(call)]):
            del left[: times(call)]
        elif _WRITES.match(call.method) or all(problems(call, one) for one in stage.app.received):
            wrong.append(f"{call}: {problems(call, left[0]) if left else 'it did not arrive'}")
    assert not wrong and not left, (wrong, left)


def chosen(path: Path) -> set[int]:
    """The calls that are converted by default: what `list` shows and Odoo had not refused."""
    listed = CliRunner().invoke(cli, ["list", "--json", str(path)])
    if not recorded(path):
        return set()
    assert 0 == listed.exit_code, listed.stderr
    calls = json.loads(listed.stdout)
    accepted = {call["n"] for call in calls if call["outcome"] != "error"}
    return accepted or {call["n"] for call in calls}


@pytest.mark.parametrize("path", browser_captures())
def test_what_was_typed_is_sent(path: Path, stage: Stage) -> None:
    """Fields that an onchange named since the form was opened, and that were saved with a value."""
    calls = recorded(path)
    for call in calls:
        if call.method not in _SAVES or call.outcome != "ok":
            continue
        stage.app = answers((call,), path)
        run(converted(path, "-n", call.n), environment(stage.url, 2), "--write")
        sent = but_forms(stage.app.received, call)[0]["args"][-1]
        saved = saved_values(call)
        for name in typed(call, calls[: call.n - 1]) & saved.keys():
            assert name in sent or not saved[name], f"{call}: {name} = {saved[name]!r} was typed"


@pytest.mark.parametrize("path", browser_captures())
def test_keep_all_sends_every_value(path: Path, stage: Stage) -> None:
    for call in recorded(path):
        if call.method not in _SAVES or call.outcome != "ok":
            continue
        stage.app = answers((call,), path)
        text = converted(path, "-n", call.n, "--keep-all", "--no-inputs")
        run(text, environment(stage.url, 2), "--write")
        sent, saved = but_forms(stage.app.received, call)[0]["args"][-1], saved_values(call)
        assert set(saved) == set(sent) and not within(sent, saved), call


def saved_values(call: Recorded) -> dict[str, Any]:
    """What the client saved."""
    values = call.args[0] if call.method == "create" else call.args[1]
    return values[0] if isinstance(values, list) else values


def typed(save: Recorded, before: tuple[Recorded, ...]) -> set[str]:
    """The names in the onchange calls of this record's form, back to its opening or its last save."""
    names: set[str] = set()
    ids = [] if save.method == "create" else save.args[0]
    for call in reversed(before):
        if call.model != save.model:
            continue
        if call.method in _SAVES:
            break
        if call.method == "onchange" and as_json(call.args[0]) == as_json(ids):
            changed = call.args[2]
            if not changed:
                break
            names |= set([changed] if isinstance(changed, str) else changed)
    return names


def test_a_new_id_is_used_where_the_recorded_one_stood(stage: Stage) -> None:
    path = CAPTURES / "odoo19" / "chrome-devtools" / "sale_order_confirm.har"
    if not path.is_file():
        pytest.skip("the collection of captures is not here: no flow was run")
    stage.app = AnsweringOdoo(lambda call: 900_001 if call["method"] == "create" else True)
    run(converted(path, "--model", "sale.order"), environment(stage.url, 2), "--write")
    actions = [(call["method"], call["args"]) for call in stage.app.received]
    assert ("create", "action_confirm") == tuple(method for method, _ in actions)
    assert [[900_001]] == actions[-1][1]
