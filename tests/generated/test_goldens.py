"""What is generated from the samples, to the letter: a missing golden fails, `--update-goldens` writes it."""

from __future__ import annotations

import ast
import difflib
import json
from typing import Any

import black
import pytest

from generated.goldens import (
    GOLDENS,
    Golden,
    door_goldens,
    file_goldens,
    goldens,
    protocol_goldens,
    row_goldens,
)
from generated.recorded import FEWEST_SAMPLES, recorded, same, samples
from generated.running import AnsweringOdoo, Stage, environment, run
from generated.secrets_of import leaked, secrets_of
from generated.translation import classic_answer, onchange_answer, problems

LOCUST = ("locust.py", "locust-flow.py")
PYTHON = ("python.py", "python-verbatim.py", "python-flow.py")


def test_there_are_enough_samples() -> None:
    assert len(samples()) >= FEWEST_SAMPLES, f"{len(samples())} samples in samples/"


def every_golden() -> list[Any]:
    return [*goldens(), *door_goldens(), *file_goldens(), *protocol_goldens(), *row_goldens()]


@pytest.mark.parametrize("golden", every_golden())
def test_golden(golden: Golden, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-goldens"):
        golden.path.parent.mkdir(parents=True, exist_ok=True)
        golden.path.write_text(golden.made, encoding="utf-8", newline="\n")
    name = golden.path.relative_to(GOLDENS.parent.parent)
    how = "pytest --update-goldens writes it; then read the diff"
    assert golden.path.is_file(), f"{name} is missing: {how}"
    changes = difflib.unified_diff(
        golden.text.splitlines(), golden.made.splitlines(), "golden", "now"
    )
    assert golden.text == golden.made, f"{name} differs ({how}):\n" + "\n".join(changes)


def test_every_golden_has_its_sample() -> None:
    wanted = {param.values[0].path for param in every_golden()}
    there = {path for path in GOLDENS.rglob("*") if path.is_file()}
    assert not there - wanted, "goldens of samples that are gone: remove them"


@pytest.mark.parametrize(
    "golden",
    [*goldens(*PYTHON, *LOCUST), *door_goldens(), *protocol_goldens(), *row_goldens()],
)
def test_it_is_python_that_black_leaves_alone(golden: Golden) -> None:
    ast.parse(golden.text, feature_version=(3, 8))
    with pytest.raises(black.NothingChanged):
        black.format_file_contents(golden.text, fast=False, mode=black.Mode())


@pytest.mark.parametrize("golden", [*goldens(), *row_goldens()])
def test_it_holds_no_secret(golden: Golden) -> None:
    assert [] == leaked(secrets_of(golden.sample), golden.text)


def test_secrets_are_there_to_be_found() -> None:
    """Otherwise the test above says nothing."""
    found = set().union(*(secrets_of(sample) for sample in samples()))
    assert found, "no sample holds a secret"
    assert ["hunter-22"] == leaked({"hunter-22", "other"}, 'password="hunter-22"')
    assert [] == leaked({"admin"}, "base.group_admin") and leaked({"admin"}, 'x = "admin"')


@pytest.mark.parametrize("golden", goldens(*PYTHON))
def test_the_script_sends_what_was_recorded(golden: Golden, stage: Stage) -> None:
    calls = recorded(golden.sample)
    is_verbatim = golden.file == "python-verbatim.py"

    def answer(arrived: dict[str, Any]) -> Any:
        for call in calls:
            if is_verbatim and same(call.sent, arrived):
                return call.answer
            if not is_verbatim and not problems(call, arrived):
                return classic_answer(call, arrived["method"])
        if not is_verbatim and (form := onchange_answer(calls, arrived)):
            return form
        raise AssertionError(f"no call of the sample is {json.dumps(arrived)}")

    stage.app = AnsweringOdoo(answer)
    run(golden.text, environment(stage.url, 2), "--write")
    assert stage.app.received, "it sent nothing"
