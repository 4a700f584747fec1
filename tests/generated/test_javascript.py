"""JavaScript for the samples: read by node and ESLint, run, filled with hostile values, and changed by one value."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from node import PACKAGES, asked, needs_node

from generated.connector import at, leaves, put
from generated.goldens import Golden, goldens
from generated.mocking import mock, sent_as
from generated.recorded import Recorded, recorded, same, samples
from generated.running import AnsweringOdoo, Stage, environment, run_module
from generated.translation import classic_answer, onchange_answer, problems
from har2rpc import pipeline
from har2rpc.model import ConvertOptions

pytestmark = needs_node
MODULES = goldens("javascript.mjs", "javascript-flow.mjs", "javascript-verbatim.mjs")
HOSTILE = [
    'a "quote", a \\ and a \' \r\n\t\0\x1f',
    "`${process.exit(3)}` */ // {{ 7*7 }}",
    "\u2028 </script> <!-- \ud83d 🙂",
    "__proto__",
    9007199254740991,
    False,
]
# Calls of the functions, each with values by input name; which one comes first, the function itself says.
DRIVER = """
import * as there from "./there.mjs";
const { calls } = JSON.parse(process.env.GIVEN);
for (const [name, values] of calls) {
  const first = String(there[name]).match(/^async function [^(]+\\(\\s*(\\w+) = /)?.[1];
  const { [first]: given, ...named } = values;
  await there[name](...(first ? [given, named] : [named]));
}
console.log("true");
"""


@pytest.mark.skipif(not PACKAGES, reason="NODE_PACKAGES names no folder of npm packages")
def test_eslint_has_nothing_to_object_to() -> None:
    texts = {str(param.id): param.values[0].text for param in MODULES}
    assert [] == asked("lint.mjs", texts)
    assert len(texts) >= len(samples())


@pytest.mark.skipif(not PACKAGES, reason="NODE_PACKAGES names no folder of npm packages")
@pytest.mark.parametrize(
    "good, bad, objection",
    [
        ("const ODOO_URL", "const ODOO_DB", "already been declared"),
        ("return executeKw(", "return execute_kw(", "'execute_kw' is not defined"),
        (
            "let knownUid;",
            "let knownUid, more;",
            "'more' is assigned" "|'more' is defined but never",
        ),
        ("async function main() {", "async function main() {{", "Parsing error"),
        ("await main()", "await main(", "Parsing error"),
    ],
)
def test_eslint_would_object(good: str, bad: str, objection: str) -> None:
    text = MODULES[0].values[0].text
    assert good in text
    found = asked("lint.mjs", {"twin": text.replace(good, bad, 1)})
    assert re.search(objection, " ".join(found)), found


@pytest.mark.parametrize("golden", MODULES)
def test_the_script_sends_what_was_recorded(golden: Golden, stage: Stage) -> None:
    calls = recorded(golden.sample)
    is_verbatim = "verbatim" in golden.file

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
    run_module(golden.text, environment(stage.url, 2), "--write")
    assert stage.app.received, "it sent nothing"


@pytest.mark.parametrize("golden", goldens("javascript.mjs"))
def test_hostile_values_arrive_as_they_are_and_change_nothing_else(
    golden: Golden, stage: Stage
) -> None:
    """Each function with a mark for every input, then with hostile values: these stand where the marks stood.

    Not wizards, nor what asks a form or takes lines, which a mark is none of: test_lines.py, test_form_spec.py.
    """
    inputs = {
        name: {word: f"mark of {word}" for word in words}
        for name, words in parameters(golden.text).items()
        if not re.search(r"_FORM\w*\.|newLines\(|wizard_id", body_of(golden.text, name))
    }
    variants = [inputs] + [
        {name: dict.fromkeys(words, evil) for name, words in inputs.items()} for evil in HOSTILE
    ]
    calls = [[name, values] for variant in variants for name, values in variant.items()]
    stage.app = AnsweringOdoo(lambda arrived: True)
    given = {**environment(stage.url, 2), "GIVEN": json.dumps({"calls": calls})}
    run_module(golden.text, given, driver=DRIVER)
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


def body_of(text: str, name: str) -> str:
    """The text of an exported function."""
    start = text.index(f"export async function {name}(")
    return text[start : text.index("\n}\n", start)]


def parameters(text: str) -> dict[str, list[str]]:
    """The exported functions of a module and the names of what they are given, with a default or without."""
    found = {}
    for name, inside in re.findall(
        r"^export async function (\w+)\((.*?)\) \{$", text, re.MULTILINE | re.DOTALL
    ):
        plain = re.sub(r'missing\("\w+"\)|"(?:[^"\\]|\\.)*"', "0", inside).replace("= {}", "")
        found[name] = re.findall(r"(?:^|[,{(])\s*([A-Za-z_]\w*)(?=:| =|,|\s*\}|\s*$)", plain)
    return found


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.stem)
def test_every_call_arrives_as_recorded_and_its_twin_is_refused(path: Path, stage: Stage) -> None:
    capture, wrong = pipeline.open_capture([path]), []
    for call, read in zip(recorded(path), capture.calls, strict=True):
        if call.outcome not in ("ok", "none") or read.kind == "noise":
            continue
        steps = pipeline.actions(capture, [read], ConvertOptions(verbatim=True))
        text = pipeline.render(capture, steps, target="javascript")
        wrong += [f"{call}: {what}" for what in differences(call, text, stage)]
    assert not wrong, "\n".join(wrong)


def differences(call: Recorded, text: str, stage: Stage) -> list[str]:
    """What is wrong with a call as its generated module makes it, and with the answer to its twin."""
    uid = call.uid or 2
    variables = environment(stage.url, uid)
    stage.app = mock([call], uid)
    printed = run_module(text, variables, "--write")
    found = [] if same(one_number(call.returned), printed) else [f"printed {printed!r}"]
    arrived = [sent_as(received) for received in stage.app.received]
    found += [] if same([call.sent], arrived) else [f"sent {arrived!r}, not {call.sent!r}"]
    stage.app = mock([call], uid)
    with pytest.raises(RuntimeError, match="never recorded"):
        run_module(twin(text, call.n), variables, "--write")
    return found if 1 == len(stage.app.received) else [*found, "the twin did not arrive once"]


def one_number(value: Any) -> Any:
    """The same JSON as JavaScript says it: 1.0 and 1 are one number."""
    return json.loads(json.dumps(value), parse_float=lambda text: _shortest(float(text)))


def _shortest(number: float) -> float:
    return int(number) if number.is_integer() else number


def twin(text: str, n: int) -> str:
    """The module with one text of its call changed; which one, the call's number decides."""
    start = text.index("return executeKw(")
    texts = list(re.finditer(r'"(?:[^"\\]|\\.)*"', text[start : text.index("\n}\n", start)]))
    chosen = texts[n % len(texts)].end() - 1 + start
    return f"{text[:chosen]}≠{text[chosen:]}"
