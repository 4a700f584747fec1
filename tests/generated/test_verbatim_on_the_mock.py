"""`--verbatim`, call by call: what arrives is what was recorded, and a changed twin is refused."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from generated.mocking import mock, sent_as
from generated.recorded import Recorded, as_json, captures, recorded, same
from generated.running import Stage, environment, run
from har2rpc import pipeline
from har2rpc.model import ConvertOptions

# Clients say the same in every capture: each call with its outcome is proved once.
_PROVED: set[str] = set()
REFUSALS = {"error": "recorded as an error", "missing": "no answer in the capture"}


@pytest.mark.parametrize("path", captures())
def test_every_call_arrives_as_recorded_and_its_twin_is_refused(path: Path, stage: Stage) -> None:
    calls = recorded(path)
    capture = pipeline.open_capture([path])
    assert [call.n for call in calls] == [call.n for call in capture.calls]
    wrong = []
    for call, read in zip(calls, capture.calls, strict=True):
        if not _is_new(call):
            continue
        text = pipeline.render(
            capture, pipeline.actions(capture, [read], ConvertOptions(verbatim=True))
        )
        uid = call.uid or 2
        variables = environment(stage.url, uid)
        stage.app = mock([call], uid)
        wrong += [f"{call}: {what}" for what in differences(call, text, variables, stage)]
        stage.app = mock(calls, uid)
        if "never recorded" not in refusal(changed(text, call.n), variables):
            wrong.append(f"{call}: the twin was answered")
        if len(stage.app.received) != 1:
            wrong.append(f"{call}: the twin did not arrive once")
    assert not wrong, "\n".join(wrong)


def _is_new(call: Recorded) -> bool:
    """Whether no call like it was proved before."""
    key = as_json([call.sent, call.outcome, call.returned, call.uid])
    return key not in _PROVED and not _PROVED.add(key)


def differences(call: Recorded, text: str, variables: dict[str, str], stage: Stage) -> list[str]:
    """What differs between a call as recorded and its generated code, when that runs."""
    if call.outcome in ("ok", "none"):
        printed = run(text, variables, "--write")
        if not same(call.returned, printed):
            return [f"printed {printed!r}, not {call.returned!r}"]
    elif REFUSALS[call.outcome] not in (told := refusal(text, variables)):
        return [f"the outcome was {call.outcome}, but the script said {told!r}"]
    arrived = [sent_as(received) for received in stage.app.received]
    return [] if same([call.sent], arrived) else [f"sent {arrived!r}, not {call.sent!r}"]


def refusal(code: Any, variables: dict[str, str]) -> str:
    """What the script's own OdooError says; nothing where it ran through."""
    try:
        run(code, variables, "--write")
    except Exception as error:
        assert "OdooError" == type(error).__name__, error
        return str(error)
    return ""


def changed(text: str, n: int) -> Any:
    """The script with one value of its call changed; which one, the call's number decides."""
    tree = ast.parse(text)
    sent = [call for call in ast.walk(tree) if is_named(call, "execute_kw")]
    assert 1 == len(sent), "the function that sends, and no other"
    model, _, *arguments = sent[0].args
    leaves = [leaf for part in arguments for leaf in ast.walk(part) if is_constant(leaf)]
    leaf = leaves[n % len(leaves)] if leaves else model
    leaf.value = twin_of(leaf.value)
    return compile(tree, "twin", "exec")


def is_named(node: ast.AST, name: str) -> bool:
    """Whether it is a call of the function of this name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def is_constant(node: ast.AST) -> bool:
    """Whether it is a literal with a value of its own."""
    return isinstance(node, ast.Constant)


def twin_of(value: Any) -> Any:
    """Almost the same value: for true the number 1, which is not the same in JSON."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value + 1_000_003
    return f"{value}≠" if isinstance(value, str) else False
