"""How far har2rpc agrees with a colleague on inputs, links and flows: precision and recall against `tests/expected`.

    python benchmarks/inputs.py [--quiet]

Every miss is printed. An input is right where its place is, and its name, type, model, default, being required and taking
several, too; a wrong name is a miss and a mistake at once. An input that holds all lines of a record stands for each value
in them. Entries whose recordings are not here are left out, and said.
"""

from __future__ import annotations

import argparse
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from har2rpc import pipeline
from har2rpc.model import Call, Capture, Input

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "tests" / "expected"
_STEP = re.compile(r"\[(\d+)\]|\.?([^.\[\]]+)")


@dataclass
class Score:
    """What was expected and what was given, counted; each disagreement as a sentence."""

    expected: int = 0
    given: int = 0
    found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what was given that was expected."""
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        """The share of what was expected that was given."""
        return self.found / self.expected if self.expected else 1.0


def path_of(name: str) -> Path:
    """A file of the table: of this repository, or `captures/…` of the collection beside it."""
    return (ROOT.parent / "shared" if name.startswith("captures/") else ROOT) / name


def expected_calls() -> list[dict[str, Any]]:
    """The entries of all `calls-*.json`."""
    files = sorted(EXPECTED.glob("calls-*.json"))
    return [entry for file in files for entry in json.loads(file.read_text("utf-8"))]


def expected_flows() -> list[dict[str, Any]]:
    """The entries of `flows.json`."""
    found: list[dict[str, Any]] = json.loads((EXPECTED / "flows.json").read_text("utf-8"))
    return found


def of_inputs(entries: Sequence[dict[str, Any]]) -> Score:
    """The inputs of the actions that har2rpc makes of these calls, one by one."""
    score = Score()
    for entry in entries:
        file = path_of(entry["capture"])
        if not file.exists():
            score.left_out.append(f"{entry['capture']} call {entry['call']}")
            continue
        capture = pipeline.open_capture([file])
        call = capture.calls[entry["call"] - 1]
        if entry.get("alone"):
            capture = alone(file, call)
            (call,) = capture.calls
        _compare(entry, call, given_inputs(capture, call), score)
    return score


def alone(file: Path, call: Call) -> Capture:
    """The capture of this one request, as if it had been copied alone."""
    har = json.loads(file.read_text("utf-8-sig"))
    har["log"]["entries"] = [har["log"]["entries"][call.where.entry - 1]]
    return pipeline.open_capture([io.BytesIO(json.dumps(har).encode())])


def given_inputs(capture: Capture, call: Call) -> list[tuple[Input, set[str]]]:
    """The inputs of a call's action, each with the places in the recorded call where its values stood."""
    places: dict[str, set[str]] = {}
    spelled_out: dict[str, Input] = {}
    for path, made in pipeline.find_inputs(capture, [call])[call.n]:
        places.setdefault(made.name, set()).add(recorded_place(call, path.partition(":")[2]))
        spelled_out[made.name] = made
    (action,) = pipeline.actions(capture, [call])
    inputs = {made.name: made for made in action.inputs if made.type != "lines"}
    if len(inputs) < len(action.inputs):  # the values of lines are counted one by one
        inputs = {**spelled_out, **inputs}
    return [(made, places.get(name, set())) for name, made in inputs.items()]


def recorded_place(call: Call, path: str) -> str:
    """`vals.order_line[0].name` as it was recorded: `args[1].order_line[0][2].name`."""
    root, *steps = (index or key for index, key in _STEP.findall(path))
    place, value = _root(call, root)
    if place == "args":
        place, value = f"args[{steps[0]}]", _at(value, steps.pop(0))
    for step in steps:
        if isinstance(value, list) and not step.isdigit():  # a line: [0, "virtual_1", {…}]
            place, value = f"{place}[2]", _at(value, "2")
        place += f"[{step}]" if isinstance(value, list) else f".{step}"
        value = _at(value, step)
    return place


def _root(call: Call, root: str) -> tuple[str, Any]:
    if root == "context":
        return root, call.context
    if root == "args" and root not in call.kwargs:
        return root, call.args
    number = {"ids": 0, "domain": 0, "vals": 0 if call.method == "create" else 1}.get(root)
    if number is None or root in call.kwargs:
        return f"kwargs.{root}", call.kwargs.get(root)
    return f"args[{number}]", _at(call.args, str(number))


def _at(value: Any, step: str) -> Any:
    if isinstance(value, list):
        return value[int(step)] if step.isdigit() and int(step) < len(value) else None
    return value.get(step) if isinstance(value, dict) else None


def _compare(
    entry: dict[str, Any], call: Call, given: list[tuple[Input, set[str]]], score: Score
) -> None:
    where = f"{entry['capture']} call {entry['call']} ({entry['what']})"
    missing = list(entry["inputs"])
    score.expected += len(missing)
    for made, places in given:
        told = f"{made.name} at {', '.join(sorted(places)) or 'no place'}"
        match = next((want for want in missing if stands(want, places)), None)
        if match is None and places and places <= set(entry["either"]):
            continue
        score.given += 1
        if match is None and (inside := [want for want in missing if is_inside(want, places)]):
            missing = [want for want in missing if want not in inside]
            score.found += len(inside)
            score.right += 1
            continue
        if match is None:
            score.misses.append(f"{where}: not expected: {told}")
            continue
        missing.remove(match)
        if wrong := list(_differences(match, made, call)):
            score.misses.append(f"{where}: {told}: {'; '.join(wrong)}")
            continue
        score.found += 1
        score.right += 1
    score.misses += [
        f"{where}: expected: {want['name'][0]} at {', '.join(want['paths'])}" for want in missing
    ]


def stands(want: dict[str, Any], places: set[str]) -> bool:
    """Whether an input at these places is the wanted one."""
    paths = set(want["paths"])
    return bool(paths & places) if want.get("any_path") else paths <= places


def is_inside(want: dict[str, Any], places: set[str]) -> bool:
    """Whether the wanted one is a part of an input at these places: of a list of lines, each value."""
    return any(path.startswith(f"{place}[") for path in want["paths"] for place in places)


def _differences(want: dict[str, Any], made: Input, call: Call) -> Iterator[str]:
    if made.name not in want["name"]:
        yield f"called {made.name}, not {want['name'][0]}"
    if made.type not in want["type"]:
        yield f"of type {made.type}, not {' or '.join(want['type'])}"
    if want["required"] is not None and made.required != want["required"]:
        yield "required" if made.required else "not required"
    if "comodel" in want and made.relation not in want["comodel"]:
        yield f"an id of {made.relation or 'no model'}, not of {want['comodel'][0]}"
    if "multiple" in want and made.multiple != want["multiple"]:
        yield "several values" if made.multiple else "one value"
    recorded = [_recorded(call, path) for path in want["paths"]]
    default = {"recorded": recorded, "none": [None]}.get(want.get("default", ""), [made.default])
    if not made.required and made.default not in default:
        yield f"defaults to {made.default!r}, not {want['default']}"


def _recorded(call: Call, path: str) -> Any:
    value: Any = {"args": call.args, "kwargs": call.kwargs, "context": call.context}
    for index, key in _STEP.findall(path):
        value = _at(value, index or key)
    return value


def of_links(entries: Sequence[dict[str, Any]]) -> Score:
    """The links of the flows that har2rpc makes of these calls."""
    score = Score()
    for entry in entries:
        files = [path_of(name) for name in entry["captures"]]
        if not all(file.exists() for file in files):
            score.left_out.append(entry["what"])
            continue
        capture = pipeline.open_capture(files)
        calls = {n: capture.calls[n - 1] for n in entry["calls"]}
        wanted = {(link["from"], link["to"], link["path"]) for link in entry["links"]}
        either = {(link["to"], link["path"]) for link in entry["either"]}
        given = {
            (link.source, link.n, recorded_place(calls[link.n], link.path.partition(":")[2]))
            for link in pipeline.find_links(capture, list(calls.values()))
        }
        given = {link for link in given if link in wanted or link[1:] not in either}
        score.expected += len(wanted)
        score.given += len(given)
        score.found += len(wanted & given)
        score.right += len(wanted & given)
        for said, links in (("expected", wanted - given), ("not expected", given - wanted)):
            for source, target, place in sorted(links):
                score.misses.append(
                    f"{entry['what']}: {said}: {place} of call {target} from call {source}"
                )
    return score


def print_scores(scores: dict[str, Score], *, quiet: bool) -> None:
    """The table of figures, what was left out, and every miss."""
    print("| what | expected | given | precision | recall |\n|---|---|---|---|---|")
    for what, score in scores.items():
        print(
            f"| {what} | {score.expected} | {score.given} | {score.precision:.3f} | {score.recall:.3f} |"
        )
    for what, score in scores.items():
        if score.left_out:
            print(
                f"\n{what}: {len(score.left_out)} entries left out, their recordings are not here"
            )
        if not quiet:
            print("", *score.misses, sep="\n")


def main() -> None:
    """The figures of single calls and of the links between some; `whole.py` has those of whole captures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quiet", action="store_true", help="the figures alone")
    scores = {"inputs": of_inputs(expected_calls()), "links": of_links(expected_flows())}
    print_scores(scores, quiet=parser.parse_args().quiet)


if __name__ == "__main__":
    main()
