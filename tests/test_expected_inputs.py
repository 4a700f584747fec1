"""The table of expected inputs, links and flows (tests/expected): it is about real calls, and har2rpc agrees with it.

The table is held against `plain_walk`, which knows nothing of har2rpc; `benchmarks/inputs.py` and `whole.py` print the
misses. Entries whose recordings are not in this repository are skipped, one by one, and left out of the figures.
"""

from __future__ import annotations

import copy
import importlib
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from har_builder import NO_CAPTURES, ROOT
from plain_walk import ROUTE, body_of, entries_of, walk

FLOORS = {  # precision, recall
    "inputs": (0.98, 0.99),
    "links": (0.99, 0.99),
    "steps": (0.98, 0.99),
    "flow links": (0.99, 0.99),
    "flow inputs": (0.97, 0.97),
}
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")

sys.path.insert(0, str(ROOT / "benchmarks"))
benchmark = importlib.import_module("inputs")
whole = importlib.import_module("whole")
CALLS = benchmark.expected_calls()
FLOWS = benchmark.expected_flows()
WHOLES = whole.expected_wholes()


@cache
def recorded(*names: str) -> list[dict[str, Any]]:
    """The calls of a capture as they were recorded."""
    return walk(*(_file(name) for name in names))


def test_the_table_is_large_and_wide_enough() -> None:
    versions = {
        found[0] for entry in CALLS if (found := re.findall(r"odoo(\d\d)", entry["capture"]))
    }
    assert len(CALLS) >= 180 and len(FLOWS) >= 20 and len(versions) >= 3
    assert len(WHOLES) >= 30 and sum(bool(entry.get("alone")) for entry in CALLS) >= 40


@pytest.mark.parametrize("entry", CALLS, ids=lambda e: f"{Path(e['capture']).name}:{e['call']}")
def test_an_expected_input_stands_where_it_is_said_to(entry: dict[str, Any]) -> None:
    call = recorded(entry["capture"])[entry["call"] - 1]
    assert f"{call['model']} {call['method']}" == entry["what"]
    for wanted in entry["inputs"]:
        values = [value for path in wanted["paths"] for value in _found(call, path)]
        if wanted.get("any_path"):
            assert values, f"{wanted['paths']}: none of these is there"
        else:
            assert len(values) == len(wanted["paths"]), f"{wanted['paths']}: not all are there"
            assert all(value == values[0] for value in values), "one input, several values"


@pytest.mark.parametrize("entry", FLOWS, ids=lambda e: e["what"])
def test_an_expected_link_holds_an_id_that_was_answered_before(entry: dict[str, Any]) -> None:
    calls = recorded(*entry["captures"])
    assert all(1 <= number <= len(calls) for number in entry["calls"])
    for link in entry["links"]:
        (linked,) = _found(calls[link["to"] - 1], link["path"])
        assert link["from"] < link["to"] and {link["from"], link["to"]} <= set(entry["calls"])
        assert linked in _numbers(_answer(entry["captures"], calls[link["from"] - 1]))


@pytest.mark.parametrize("entry", WHOLES, ids=lambda e: e["what"])
def test_what_is_expected_of_a_whole_capture_stands_in_it(entry: dict[str, Any]) -> None:
    calls = recorded(*entry["captures"])
    steps = set(entry["steps"]) | set(entry["either_steps"])
    assert entry["steps"] and all(1 <= number <= len(calls) for number in steps)
    for link in entry["links"]:
        (linked,) = _found(calls[link["to"] - 1], link["path"])
        assert link["from"] < link["to"] and {link["from"], link["to"]} <= steps
        assert linked in _numbers(_answer(entry["captures"], calls[link["from"] - 1]))
    for wanted in entry["inputs"]:
        places = [path.partition(":") for path in wanted["paths"]]
        found = [_found(calls[int(number) - 1], path) for number, _, path in places]
        assert any(found) if wanted.get("any_path") else all(found), wanted["paths"]
        assert {int(number) for number, _, _ in places} <= steps


def test_har2rpc_chooses_the_inputs_that_a_colleague_would() -> None:
    _holds("inputs", benchmark.of_inputs(CALLS))


def test_har2rpc_links_what_a_colleague_would() -> None:
    _holds("links", benchmark.of_links(FLOWS))


def test_har2rpc_makes_the_flows_that_a_colleague_would() -> None:
    for what, score in whole.of_wholes(WHOLES).items():
        _holds(what, score)


def test_what_is_recorded_here_alone_holds_as_well() -> None:
    """So that the floors mean something where the collection of captures is not."""
    of_samples = [entry for entry in CALLS if not entry["capture"].startswith("captures/")]
    _holds("inputs", benchmark.of_inputs(of_samples))


def test_another_table_would_be_disagreed_with() -> None:
    """The figures come from the table: another name, place, model or link in it is a miss each."""
    entry = next(e for e in CALLS if e["capture"].endswith("odoo19-chrome-create_partner.har"))
    entry = next(e for e in CALLS if e["capture"] == entry["capture"] and "web_save" in e["what"])
    assert benchmark.of_inputs([entry]).misses == []
    for key, value in {
        "name": ["fax"],
        "paths": ["args[1].fax"],
        "required": True,
        "type": ["html"],
    }.items():
        changed = copy.deepcopy(entry)
        changed["inputs"][1][key] = value
        score = benchmark.of_inputs([changed])
        assert score.found == score.right == len(entry["inputs"]) - 1 and score.misses, key
    flow = copy.deepcopy(FLOWS[0])
    flow["links"][0]["path"] = "args[1].partner_invoice_id"
    flow["either"] = []
    assert len(benchmark.of_links([flow]).misses) == 2


def test_another_flow_would_be_disagreed_with() -> None:
    """Another step, link or input in the table of whole captures is a miss each, and another default of an input."""
    right = next(e for e in WHOLES if e["what"] == "a quotation, confirmed (19)")
    assert not any(score.misses for score in whole.of_wholes([right]).values())
    changed = copy.deepcopy(right)
    changed["steps"].append(3)
    changed["links"][0]["path"] = "args[0]"
    changed["inputs"][0]["required"] = False
    misses = {what: score.misses for what, score in whole.of_wholes([changed]).items()}
    assert [1, 2, 1] == [len(misses[what]) for what in ("steps", "flow links", "flow inputs")]
    alone = next(e for e in CALLS if e.get("alone") and "odoo19.har" in e["capture"])
    assert alone["inputs"][1]["default"] == "recorded"
    other = copy.deepcopy(alone)
    other["inputs"][1]["default"] = "none"
    assert 1 == len(benchmark.of_inputs([other]).misses) - len(benchmark.of_inputs([alone]).misses)


def _holds(what: str, score: Any) -> None:
    precision, recall = FLOORS[what]
    assert score.expected > 0
    assert score.precision >= precision, "\n".join(score.misses)
    assert score.recall >= recall, "\n".join(score.misses)


def _file(name: str) -> Path:
    path: Path = benchmark.path_of(name)
    if not path.exists():
        pytest.skip(NO_CAPTURES)
    return path


def _found(call: dict[str, Any], path: str) -> list[Any]:
    """What stands at a path: a list of one, or of none."""
    value: Any = call
    for index, key in STEP.findall(path):
        try:
            value = value[int(index)] if index else value[key]
        except (KeyError, IndexError, TypeError):
            return []
    return [value]


def _answer(names: list[str], call: dict[str, Any]) -> Any:
    file, _, number = call["where"].rpartition("#")
    path = next(_file(name) for name in names if Path(name).name == file)
    entries, read_member = entries_of(path)
    entry = entries[int(number) - 1]
    assert ROUTE.search(entry["request"]["url"])
    return body_of(entry["response"]["content"], read_member)["result"]


def _numbers(answer: Any) -> set[int]:
    """Every number in an answer."""
    return {int(found) for found in re.findall(r"(?<![\w.])\d+(?![\w.])", json.dumps(answer))}
