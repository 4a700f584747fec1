"""The text on the page is that of the command line which it shows, byte for byte: samples, targets, both bodies."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from har_builder import ROOT, product, targets
from playwright.sync_api import Browser

from browser.bodies import Body, Visitor

SAMPLES = sorted((ROOT / "samples").glob("*.[hz]*")) + sorted(
    (ROOT / "samples" / "doors").glob("*.txt")
)


@pytest.fixture(scope="module")
def visitor(chromium: Browser, body: Body):
    visitor = Visitor(chromium, body)
    yield visitor
    visitor.close()
    assert [] == visitor.errors


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_text_is_that_of_the_command_line(
    visitor: Visitor, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample.parent)
    if visitor.page.locator("#open-another").is_visible():
        visitor.page.locator("#open-another").click()
    visitor.drop(sample)
    for target in targets():
        visitor.choose(target)
        text, command = visitor.code, visitor.command
        assert f"-t {target} " in command or target == "python"
        assert product(*shlex.split(command)[1:]) == text
