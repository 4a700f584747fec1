"""The hostile corpus: whatever a capture holds, wherever it stands, each target sends it as it was, and does nothing else.

Templates are found in templates/: a new one is tried by being there. The plain suite has one capture of each version with
all texts; `pytest -m security` tries each text alone, in every position and mode.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import php
import pytest
from har_builder import TEMPLATES, call, written

from har2rpc import pipeline
from har2rpc.model import Capture, ConvertOptions, Har2rpcError
from har2rpc.proving.mock.server import serve
from har2rpc.rendering.adapted_steps import adapted
from har2rpc.rendering.languages import FAMILIES
from har2rpc.rendering.targets import find_target
from security.evaluators import EVALUATORS, Bench, Generated, wrong_in
from security.expected_calls import expected, texts_in
from security.hostile_texts import EVERYTHING, TEXTS, VERSIONS, at, opened_page, planted
from security.noting_odoo import NotingOdoo

FOUND = sorted(
    (stem, suffix)
    for path in TEMPLATES.glob("*.j2")
    for stem, _, suffix in [path.name.removesuffix(".j2").rpartition(".")]
)
OWN = sorted((Path(__file__).parent / "own_templates").glob("*.j2"))
TOOLS = {"mjs": "node", "sh": "curl"}  # what the evaluator of a suffix needs
MODES = {
    "": ConvertOptions(),
    "verbatim": ConvertOptions(verbatim=True),
    "no inputs": ConvertOptions(inputs=False),
    "keep all": ConvertOptions(keep_all=True),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    odoo = NotingOdoo()
    with serve(odoo) as url:
        made = Bench(tmp_path_factory.mktemp("bench"), odoo, url)
        yield made
        made.close()


def able(target: str, suffix: str) -> None:
    """Skips what cannot be evaluated here, and says so."""
    if suffix == "php" and php.missing():
        pytest.skip(php.missing())
    tool = "node" if target == "n8n" else TOOLS.get(suffix)
    if tool and not shutil.which(tool):
        pytest.skip(f"{tool} is not here")


def capture_of(folder: Path, *entries: dict[str, Any]) -> Capture:
    return pipeline.open_capture([written(folder, *entries)])


def generated(
    capture: Capture, target: str, suffix: str, mode: str, name: str, **more: Any
) -> Generated:
    """What a target writes for all that was done, and what must be sent for it."""
    calls = [call for call in capture.calls if call.method != "get_views"]
    steps: Any
    if mode == "flow":
        steps = pipeline.flow(capture, calls)
    else:
        steps = pipeline.actions(capture, calls, MODES[mode])
    text = pipeline.render(capture, steps, target=target)
    major = capture.session.major or 0
    sent = expected(adapted(steps, find_target(target)), major)
    return Generated(f"{target}, {mode}: {name}", target, suffix, text, sent, **more)


def may_refuse(target: str, sent: Any) -> bool:
    """XML 1.0 has neither most control characters nor half an emoji (section 2.2); httpx sends no half of one, either."""
    chars = {char for text in texts_in(sent) for char in text}
    if any("\ud800" <= char <= "\udfff" for char in chars):
        return "xmlrpc" in target or "odoolib" in target
    return "xmlrpc" in target and any(char < " " and char not in "\t\n\r" for char in chars)


@pytest.mark.parametrize("suffix", sorted({*(suffix for _, suffix in FOUND), *FAMILIES.values()}))
def test_every_suffix_has_an_evaluator(suffix: str) -> None:
    assert suffix in EVALUATORS, f"nothing runs or reads .{suffix}: add it to evaluators.py"
    templates = {suffix for _, suffix in FOUND} | {find_target(str(path)).language for path in OWN}
    assert suffix in templates, f"no template writes .{suffix}: add one to own_templates"


@pytest.mark.parametrize("template", OWN, ids=lambda path: path.name)
def test_each_text_in_a_template_of_ones_own(template: Path, bench: Bench, tmp_path: Path) -> None:
    """Documents without inputs hold all that was recorded, and nothing of it is anything but a value."""
    wrong: list[str] = []
    suffix = find_target(str(template)).language
    for number, (name, text) in enumerate(TEXTS.items()):
        version = VERSIONS[number % len(VERSIONS)]
        entries = planted(text, version, bench.url)
        capture = capture_of(tmp_path, opened_page(version, bench.url), *entries)
        made = generated(capture, str(template), suffix, "no inputs", f"{name} on {version}")
        wrong += wrong_in(bench, made)
    assert [] == wrong


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("target, suffix", FOUND)
def test_a_capture_of_hostile_texts(
    target: str, suffix: str, version: int, bench: Bench, tmp_path: Path
) -> None:
    able(target, suffix)
    entries = [opened_page(version, bench.url)]
    share = [*TEXTS.values()][VERSIONS.index(version) :: len(VERSIONS)]
    for number, text in enumerate([EVERYTHING, *share]):
        if not may_refuse(target, [text]):
            calls = planted(text, version, bench.url, number)
            entries += calls if text == EVERYTHING else [*calls[:2], calls[2 + number % 4]]
    capture = capture_of(tmp_path, *entries)
    assert [] == wrong_in(bench, generated(capture, target, suffix, "", f"all of {version}"))


@pytest.mark.security
@pytest.mark.parametrize("mode", [*MODES, "flow"])
@pytest.mark.parametrize("target, suffix", FOUND)
def test_each_text_in_each_place(
    target: str, suffix: str, mode: str, bench: Bench, tmp_path: Path
) -> None:
    able(target, suffix)
    wrong: list[str] = []
    for number, (name, text) in enumerate(TEXTS.items()):
        version = VERSIONS[number % len(VERSIONS)]
        entries = planted(text, version, bench.url)
        capture = capture_of(tmp_path, opened_page(version, bench.url), *entries)
        made = generated(capture, target, suffix, mode, f"{name} on {version}")
        sent = [[call.args, call.kwargs] for call in made.calls]
        wrong += wrong_in(bench, replace(made, may_refuse=may_refuse(target, sent)))
    assert [] == wrong


# Names that no Odoo has are refused where a call is recognised (tests/odoo/test_routes.py); here they are let through.
POSITIONS = ("model", "method", "db", "login", "url")


def named(position: str, text: str, version: int, bench: Bench, folder: Path) -> Capture:
    """A capture with one call, and the text as the name of something."""
    url = bench.url + path_of(text) if position == "url" else bench.url
    who = {position: text} if position in ("db", "login") else {}
    entry = at(url, call("x.y", "frobnicate", ([7],)))
    capture = capture_of(folder, opened_page(version, url, **who), entry)
    if position in ("model", "method"):
        renamed = tuple(replace(one, **{position: text}) for one in capture.calls)
        capture = replace(capture, calls=renamed)
    return capture


def path_of(text: str) -> str:
    """A text as one part of a path: clients, as browsers, leave out dots between slashes."""
    return f"/{quote(text, safe='', errors='surrogatepass')}".rstrip("/")


def wrong_names(
    target: str, suffix: str, texts: Mapping[str, str], bench: Bench, folder: Path
) -> list[str]:
    """What is wrong with a target for these texts in each position."""
    wrong: list[str] = []
    for number, (name, text) in enumerate(texts.items()):
        for position in POSITIONS:
            version = VERSIONS[number % len(VERSIONS)]
            try:
                capture = named(position, text, version, bench, folder)
                made = generated(capture, target, suffix, "", f"{name} as {position}")
            except Har2rpcError as refusal:
                if not refusal_is_due(target, text, str(refusal)):
                    wrong.append(f"{target}: {name} as {position}: {refusal}")
                continue
            is_name = text and "\0" not in text
            made = replace(
                made,
                db=text if position == "db" and is_name else "lab",
                root=path_of(text) if position == "url" else "",
                may_refuse=may_refuse(target, [text]) or not is_sent(target, position, text),
            )
            wrong += wrong_in(bench, made)
    return wrong


def refusal_is_due(target: str, text: str, refusal: str) -> bool:
    """Whether a language has no word for a text: bash has none for one with a NUL."""
    return target.startswith("curl") and "\0" in text and "NUL" in refusal


def is_sent(target: str, position: str, text: str) -> bool:
    """Whether a name can be sent at all: an address has no path for some libraries, a header only printable ASCII."""
    if position == "login" and target in ("odoorpc", "python-web"):
        return bool(text) and "\0" not in text
    if position in ("model", "method") and "\ud83d" in text:
        return not target.endswith(("json2", "python-web"))
    is_word = text.isascii() and text.isprintable() and " " not in text and text != ""
    if position == "db":
        return bool(text) and "\0" not in text and (is_word or not target.endswith("json2"))
    if position == "url":
        return is_word and not target.startswith(("odoolib", "odoorpc"))
    return True


@pytest.mark.parametrize("target, suffix", FOUND)
def test_hostile_names(target: str, suffix: str, bench: Bench, tmp_path: Path) -> None:
    able(target, suffix)
    texts = {"a path": "res.partner/unlink?x=", "quotes": "'\"$(touch hostile-was-here){{ 7 }}"}
    assert [] == wrong_names(target, suffix, texts, bench, tmp_path)


@pytest.mark.security
@pytest.mark.parametrize("target, suffix", FOUND)
def test_each_text_as_a_name(target: str, suffix: str, bench: Bench, tmp_path: Path) -> None:
    able(target, suffix)
    assert [] == wrong_names(target, suffix, TEXTS, bench, tmp_path)
