"""The table of expected inputs and links (tests/expected): it is about real calls, and har2rpc agrees with it.

The table is held against `plain_walk`, which knows nothing of har2rpc; `benchmarks/inputs.py` prints the misses.
Entries whose recordings are not in this repository are skipped, one by one, and left out of the figures.
"""

from __future__ import annotations

import copy
import importlib.util
import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from har_builder import NO_CAPTURES, ROOT
from plain_walk import ROUTE, body_of, entries_of, walk

FLOORS = {"inputs": (0.95, 0.95), "links": (0.95, 0.95)}  # precision, recall
STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def _benchmark() -> Any:
    spec = importlib.util.spec_from_file_location(
        "benchmark_of_inputs", ROOT / "benchmarks/inputs.py"
    )
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


benchmark = _benchmark()
CALLS = benchmark.expected_calls()
FLOWS = benchmark.expected_flows()


@cache
def recorded(*names: str) -> list[dict[str, Any]]:
    """The calls of a capture as they were recorded."""
    return walk(*(_file(name) for name in names))


def test_the_table_is_large_and_wide_enough() -> None:
    versions = {
        found[0] for entry in CALLS if (found := re.findall(r"odoo(\d\d)", entry["capture"]))
    }
    assert len(CALLS) >= 40 and len(FLOWS) >= 6 and len(versions) >= 3


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


def test_har2rpc_chooses_the_inputs_that_a_colleague_would() -> None:
    _holds("inputs", benchmark.of_inputs(CALLS))


def test_har2rpc_links_what_a_colleague_would() -> None:
    _holds("links", benchmark.of_links(FLOWS))


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
