"""The text on the page is that of the command line which it shows, byte for byte: samples, targets, both bodies."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from har_builder import product, targets
from playwright.sync_api import Browser

from browser.bodies import SAMPLES, Body, Visitor

CAPTURES = sorted(SAMPLES.glob("*.[hz]*")) + sorted((SAMPLES / "doors").glob("*.txt"))

# Chooses one target after the other, as a click does, and reads what stands on the page once it is not busy: asked
# step by step through the API, each of a thousand would take ten times as long.
READ_ALL = """async (names) => {
  const byId = (id) => document.getElementById(id);
  const shown = [];
  for (const name of names) {
    const radio = byId(`target-${name}`);
    const others = document.querySelector("[aria-label='Other targets']");
    if (radio) radio.click();
    else { others.value = name; others.dispatchEvent(new Event("change")); }
    while (document.documentElement.dataset.busy) await new Promise((resolve) => setTimeout(resolve, 0));
    shown.push([byId("code-text").textContent, byId("command").textContent]);
  }
  return shown;
}"""


@pytest.fixture(scope="module")
def one_visitor(chromium: Browser, body: Body) -> Iterator[Visitor]:
    visitor = Visitor(chromium, body)
    yield visitor
    visitor.close()
    assert [] == visitor.errors


@cache
def printed(folder: Path, line: str) -> str:
    """What a command line prints in a folder: for both bodies it is run once."""
    return product(*shlex.split(line)[1:])


@pytest.mark.parametrize("sample", CAPTURES, ids=lambda path: path.stem)
def test_the_text_is_that_of_the_command_line(
    one_visitor: Visitor, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample.parent)
    one_visitor.open_another()
    one_visitor.drop(sample)
    one_visitor.settled()
    names = targets()
    shown = one_visitor.page.evaluate(READ_ALL, names)
    for target, (text, command) in zip(names, shown, strict=True):
        assert f"-t {target} " in command or target == "python"
        assert printed(sample.parent, command) == text
