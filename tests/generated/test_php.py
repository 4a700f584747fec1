"""PHP for the samples: read by php, run, filled with hostile values, and changed by one value."""

from __future__ import annotations

import copy
import json
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from php import needs_php, run_php

from generated.connector import at, leaves, put
from generated.goldens import GOLDENS, Golden, goldens
from generated.mocking import mock, sent_as
from generated.recorded import Recorded, recorded, same, samples
from generated.running import AnsweringOdoo, Stage, environment, run
from generated.translation import classic_answer, onchange_answer, problems
from har2rpc import pipeline
from har2rpc.model import ConvertOptions

pytestmark = needs_php
SCRIPTS = goldens("php.php", "php-flow.php", "php-verbatim.php")
# What PHP has other plans for: code in texts, another way to write a number, what is empty, what is a list.
HOSTILE = [
    'a "quote", a \\ and a \' \r\n\t\0\x1f',
    "{$GLOBALS['argv']} ${x} ?> <?php exit(3); */ // {{ 7*7 }}",
    "\u2028 \u202e 🙂",
    "0",
    9223372036854775807,
    1.0,
    False,
]
# Calls of the functions, each with values by input name, as JSON in the environment.
DRIVER = """<?php
namespace %s;
require 'there.php';
foreach (json_decode(getenv('GIVEN'), true) as [$name, $values]) {
    (__NAMESPACE__ . '\\\\' . $name)(...$values);
}
echo 'true';
"""


def run_script(text: str, variables: dict[str, str], *options: str, driver: str = "") -> Any:
    """Runs generated PHP, or a driver that requires it as `there.php`; gives the JSON that it printed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "there.php").write_text(text, encoding="utf-8")
        Path(folder, "driver.php").write_text(driver, encoding="utf-8")
        script = "driver.php" if driver else "there.php"
        done = run_php(script, *options, variables=variables, folder=folder)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)


def objections(path: Path) -> str:
    """What `php -l` says of a file; nothing where it has no objection."""
    done = run_php("-l", str(path))
    return "" if done.returncode == 0 else f"{path.name}: {done.stdout}{done.stderr}"


def test_php_reads_every_golden(tmp_path: Path) -> None:
    paths = sorted(GOLDENS.glob("*/*.php"))
    assert len(paths) >= len(samples())
    broken = tmp_path / "broken.php"
    broken.write_text(paths[0].read_text("utf-8").replace("): mixed\n{", "): mixed\n{{", 1))
    with ThreadPoolExecutor(2) as pool:
        assert [] == [said for said in pool.map(objections, paths) if said]
        assert (
            "unexpected" in objections(broken).lower() or "unclosed" in objections(broken).lower()
        )


@pytest.mark.parametrize("golden", SCRIPTS)
def test_the_text_is_laid_out_as_its_style_guide_wants_it(golden: Golden) -> None:
    """PER Coding Style 2.0, sections 2.2 to 2.4, as far as it can be seen in lines; strings stay in one."""
    text = golden.text
    assert text.startswith("<?php\n\n/**\n") and text.endswith("}\n") and "?>" not in text
    assert "\t" not in text and not re.search(r"[ ]+$|\n\n\n", text, re.MULTILINE)
    for line in text.splitlines():
        assert (len(line) - len(line.lstrip(" "))) % 4 == 0 or line.lstrip().startswith("*")
        assert (
            len(line) <= 120 or re.search(r"['\"][^'\"]{60,}", line) or line.startswith(" *")
        ), line


@pytest.mark.parametrize("golden", SCRIPTS)
def test_the_script_sends_what_was_recorded(golden: Golden, stage: Stage) -> None:
    is_verbatim = "verbatim" in golden.file
    stage.app = AnsweringOdoo(lambda arrived: answer(recorded(golden.sample), arrived, is_verbatim))
    run_script(golden.text, environment(stage.url, 2), "--write")
    assert stage.app.received, "it sent nothing"


def answer(calls: list[Recorded], arrived: dict[str, Any], is_verbatim: bool = False) -> Any:
    """What the recorded call answered that this one is the translation of."""
    for call in calls:
        if is_verbatim and same(call.sent, arrived):
            return call.answer
        if not is_verbatim and not problems(call, arrived):
            return classic_answer(call, arrived["method"])
    if not is_verbatim and (form := onchange_answer(calls, arrived)):
        return form
    raise AssertionError(f"no call of the sample is {json.dumps(arrived)}")


@pytest.mark.parametrize("golden", [each for each in SCRIPTS if "new Form(" in each.values[0].text])
def test_a_form_is_asked_as_python_asks_it(golden: Golden, stage: Stage) -> None:
    """tests/live holds what Python does against a real Odoo."""
    python = golden._replace(file=golden.file.replace("php", "python", 1).replace(".php", ".py"))
    asked = []
    for script, text in ((run_script, golden.text), (run, python.text)):
        stage.app = AnsweringOdoo(lambda arrived: answer(recorded(golden.sample), arrived))
        script(text, environment(stage.url, 2), "--write")
        asked.append(stage.app.received)
    assert any(one["method"] == "onchange" for one in asked[0])
    assert len(asked[0]) == len(asked[1])
    for one, other in zip(*asked, strict=True):
        assert same(one, other)


@pytest.mark.parametrize("golden", goldens("php.php"))
def test_hostile_values_arrive_as_they_are_and_change_nothing_else(
    golden: Golden, stage: Stage
) -> None:
    """Each function with a mark for every input, then with hostile values: these stand where the marks stood.

    Not wizards, nor what asks a form or takes lines, which a mark is none of: test_lines.py.
    """
    inputs = {
        name: {word: f"mark of {word}" for word in words}
        for name, words, body in functions(golden.text)
        if not re.search(r"_FORM\w*->|newLines\(|wizard_id", body)
    }
    variants = [inputs] + [
        {name: dict.fromkeys(words, evil) for name, words in inputs.items()} for evil in HOSTILE
    ]
    calls = [[name, values] for variant in variants for name, values in variant.items()]
    stage.app = AnsweringOdoo(lambda arrived: True)
    given = {**environment(stage.url, 2), "GIVEN": json.dumps(calls)}
    run_script(golden.text, given, driver=DRIVER % namespace(golden.text))
    assert len(calls) == len(stage.app.received)
    marked, arrived = stage.app.received[: len(inputs)], iter(stage.app.received[len(inputs) :])
    for evil in HOSTILE:
        for plain, words in zip(marked, inputs.values(), strict=True):
            expected = copy.deepcopy(plain)
            places = [path for path, leaf in leaves(plain) if leaf in words.values()]
            assert {at(plain, path) for path in places} == set(words.values())
            for path in places:
                put(expected, path, evil)
            assert same(expected, next(arrived))


def namespace(text: str) -> str:
    """The namespace that a script declares."""
    found = re.search(r"^namespace (.*);$", text, re.MULTILINE)
    assert found
    return found[1]


def functions(text: str) -> list[tuple[str, list[str], str]]:
    """The functions for actions: name, parameters, body. They take no types."""
    return [
        (name, re.findall(r"(?:^|[,(]\s*)\$(\w+)", inside), body)
        for name, inside, body in re.findall(
            r"^function (\w+)\(((?:\s*\$[^\n]*?)?\n?)\): mixed\s*\{\n(.*?)^\}\n",
            text,
            re.MULTILINE | re.DOTALL,
        )
        if name != "main"
    ]


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_every_call_arrives_as_recorded_and_its_twin_is_refused(path: Path, stage: Stage) -> None:
    capture, wrong = pipeline.open_capture([path]), []
    for call, read in zip(recorded(path), capture.calls, strict=True):
        if call.outcome not in ("ok", "none") or read.kind == "noise":
            continue
        steps = pipeline.actions(capture, [read], ConvertOptions(verbatim=True))
        text = pipeline.render(capture, steps, target="php")
        wrong += [f"{call}: {what}" for what in differences(call, text, stage)]
    assert not wrong, "\n".join(wrong)


def differences(call: Recorded, text: str, stage: Stage) -> list[str]:
    """What is wrong with a call as its generated script makes it, and with the answer to its twin."""
    uid = call.uid or 2
    variables = environment(stage.url, uid)
    stage.app = mock([call], uid)
    printed = run_script(text, variables, "--write")
    found = [] if same(call.returned, printed) else [f"printed {printed!r}"]
    arrived = [sent_as(received) for received in stage.app.received]
    found += [] if same([call.sent], arrived) else [f"sent {arrived!r}, not {call.sent!r}"]
    stage.app = mock([call], uid)
    with pytest.raises(RuntimeError, match="never recorded"):
        run_script(twin(text, call.n), variables, "--write")
    return found if 1 == len(stage.app.received) else [*found, "the twin did not arrive once"]


def twin(text: str, n: int) -> str:
    """The script with one text of its call changed; which one, the call's number decides."""
    start = text.index("return executeKw(")
    texts = list(re.finditer(r"'(?:[^'\\]|\\.)*'", text[start : text.index("\n}\n", start)]))
    chosen = texts[n % len(texts)].end() - 1 + start
    return f"{text[:chosen]}≠{text[chosen:]}"
