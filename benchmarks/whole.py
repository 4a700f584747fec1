"""A whole capture as one flow, beside a colleague's: steps, links and inputs against `tests/expected/whole.json`.

    python benchmarks/whole.py [--quiet]

What was chosen is nothing: the calls are those that `convert --flow` takes by itself. A place is `call:path`, as it was
recorded. `benchmarks/census.py` asks the same flows other questions.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from inputs import EXPECTED, Score, is_inside, path_of, print_scores, recorded_place, stands

from har2rpc import pipeline
from har2rpc.converting.paths import walk_paths
from har2rpc.model import Action, Capture, ConvertOptions, Flow, Following, Input, Result, Step
from har2rpc.model.values import walk

Places = dict[str, set[str]]


def expected_wholes() -> list[dict[str, Any]]:
    """The entries of `whole.json`."""
    found: list[dict[str, Any]] = json.loads((EXPECTED / "whole.json").read_text("utf-8"))
    return found


def flow_of(capture: Capture, *, reads: bool = False) -> Flow | None:
    """The flow of all that a person did in a capture, with all its `reads` or without; None where nothing is left."""
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    return pipeline.flow(capture, calls, ConvertOptions(reads=reads)) if calls else None


def of_wholes(entries: Sequence[dict[str, Any]]) -> dict[str, Score]:
    """Steps, links and inputs of the flows that har2rpc makes of these captures."""
    scores = {"steps": Score(), "flow links": Score(), "flow inputs": Score()}
    for entry in entries:
        files = [path_of(name) for name in entry["captures"]]
        if not all(file.exists() for file in files):
            scores["steps"].left_out.append(entry["what"])
            continue
        capture = pipeline.open_capture(files)
        flow = flow_of(capture)
        assert flow, entry["what"]
        _steps(entry, flow, scores["steps"])
        _links(entry, capture, flow, scores["flow links"])
        _inputs(entry, capture, flow, scores["flow inputs"])
    return scores


def _steps(entry: dict[str, Any], flow: Flow, score: Score) -> None:
    wanted = set(entry["steps"])
    given = {n for step in flow.steps for n, _ in parts_of_step(step)} - set(entry["either_steps"])
    _count(score, entry["what"], {f"call {n}" for n in wanted}, {f"call {n}" for n in given})


def _links(entry: dict[str, Any], capture: Capture, flow: Flow, score: Score) -> None:
    wanted = {f"{link['from']} -> {link['to']}:{link['path']}" for link in entry["links"]}
    either = {f"{link['to']}:{link['path']}" for link in entry["either_links"]}
    makers = {step.result: step.n for step in flow.steps}
    given = set()
    for step in flow.steps:
        (first, _), *_rest = parts_of_step(step)
        for place, value in step_values(capture, step):
            # What no step gives is made inside of one: the record of a dialog.
            given |= {
                f"{makers.get(part.name, first)} -> {place}"
                for part in walk(value)
                if isinstance(part, Result)
            }
    given = {link for link in given if link in wanted or link.partition(" -> ")[2] not in either}
    _count(score, entry["what"], wanted, given)


def _inputs(entry: dict[str, Any], capture: Capture, flow: Flow, score: Score) -> None:
    missing, places = list(entry["inputs"]), flow_places(capture, flow)
    score.expected += len(missing)
    for param in flow.inputs:
        told = f"{param.name} at {', '.join(sorted(places[param.name])) or 'no place'}"
        found = [want for want in missing if stands(want, places[param.name])]
        found = found or [want for want in missing if is_inside(want, places[param.name])]
        if not found and places[param.name] and places[param.name] <= set(entry["either"]):
            continue
        score.given += 1
        missing = [want for want in missing if want not in found]
        wrong = [want for want in found if want["required"] not in (None, param.required)]
        if not found or wrong:
            how = "required" if param.required else "not required"
            said = f"{told}: {how}" if wrong else f"not expected: {told}"
            score.misses.append(f"{entry['what']}: {said}")
        else:
            score.right += 1
            score.found += len(found)
    for want in missing:
        score.misses.append(f"{entry['what']}: expected: {', '.join(want['paths'])}")


def _count(score: Score, what: str, wanted: set[str], given: set[str]) -> None:
    score.expected += len(wanted)
    score.given += len(given)
    score.found += len(wanted & given)
    score.right += len(wanted & given)
    for said, these in (("expected", wanted - given), ("not expected", given - wanted)):
        score.misses += [f"{what}: {said}: {one}" for one in sorted(these)]


def parts_of_step(step: Step) -> list[tuple[int, Action]]:
    """The calls that a step makes, by number: one, or all that a dialog is made of."""
    before: tuple[Action, ...] = getattr(step.action, "before", ())
    earlier = [max(call.n for call in part.calls if call.n < step.n) for part in before]
    return [*zip(earlier, before, strict=True), (step.n, step.action)]


def step_values(capture: Capture, step: Step) -> Iterator[tuple[str, Any]]:
    """Each place of a step's calls that holds an input of its action, or a link inside of it, and what the flow puts there."""
    for n, action in parts_of_step(step):
        # What a path begins with is told by the method and its arguments, as for any draft.
        drafted = SimpleNamespace(
            **{name: getattr(action, name) for name in ("args", "kwargs", "context", "method")},
            public_call=SimpleNamespace(model=action.model, method=action.method, args=action.args),
        )
        for path, _, value in walk_paths(drafted):  # type: ignore[arg-type]
            place = f"{n}:{recorded_place(capture.calls[n - 1], path)}"
            if isinstance(value, Result):
                yield place, value
            elif isinstance(value, Input) and value.name in step.values:
                yield place, step.values[value.name]
            elif not isinstance(value, Following) and hasattr(value, "source"):  # lines
                yield re.sub(r"\[\d+\]\Z", "", place), step.values[value.source.name]


def flow_places(capture: Capture, flow: Flow) -> Places:
    """For each input of a flow the places that it goes to."""
    places: Places = {param.name: set() for param in flow.inputs}
    for step in flow.steps:
        for place, value in step_values(capture, step):
            for part in walk(value):
                if isinstance(part, Input):
                    places[part.name].add(place)
    return places


def numbered(names: Sequence[str]) -> list[str]:
    """Names that are told apart by a number alone: `stage_id_2`."""
    return [name for name in names if re.search(r"_\d+\Z", name)]


def main() -> None:
    """The table of figures, and every miss."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quiet", action="store_true", help="the figures alone")
    print_scores(of_wholes(expected_wholes()), quiet=parser.parse_args().quiet)


if __name__ == "__main__":
    main()
