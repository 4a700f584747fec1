"""What flows and actions hold that nobody needs, counted over a folder of captures.

    python benchmarks/census.py FOLDER-OR-FILE… [--reads] [--quiet]

Each capture is taken whole, as `convert --flow` takes it. What is used is told here by a plain walk over the values that
the steps are given, and by the recorded request of a search, and not by what har2rpc itself decides with.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whole import flow_of, numbered, step_values

from har2rpc import pipeline
from har2rpc.model import Capture, Flow, Har2rpcError, Input, Result

_SUFFIXES = (".har", ".zip", ".txt")
_EXPORTS = ("export_data",)


@dataclass
class Census:
    """Counts, and where each of the bad ones stands."""

    captures: int = 0
    flows: int = 0
    changing: int = 0
    steps: int = 0
    steps_of_changing: int = 0
    inputs: int = 0
    inputs_of_changing: int = 0
    actions: int = 0
    action_inputs: int = 0
    only_links: int = 0
    unused_reads: list[str] = field(default_factory=list)
    inputs_for_these: list[str] = field(default_factory=list)
    untyped_only_links: list[str] = field(default_factory=list)
    numbered_inputs: list[str] = field(default_factory=list)
    numbered_functions: list[str] = field(default_factory=list)

    def rows(self) -> list[tuple[str, int, int]]:
        """What is counted, how many, of how many."""
        return [
            ("flows that change something", self.changing, self.flows),
            (
                "… their steps that are reads nobody uses",
                len(self.unused_reads),
                self.steps_of_changing,
            ),
            (
                "… their inputs for these alone",
                len(self.inputs_for_these),
                self.inputs_of_changing,
            ),
            ('"the one found" where nobody typed', len(self.untyped_only_links), self.only_links),
            (
                "inputs told apart by a number",
                len(self.numbered_inputs),
                self.inputs + self.action_inputs,
            ),
            ("functions told apart by a number", len(self.numbered_functions), self.actions),
        ]

    def told(self) -> list[str]:
        """Each of the bad ones, as a sentence."""
        return [
            *(f"a read nobody uses: {where}" for where in self.unused_reads),
            *(f"an input for these alone: {where}" for where in self.inputs_for_these),
            *(f"the one found, and nobody typed: {where}" for where in self.untyped_only_links),
            *(
                f"a number in a name: {where}"
                for where in self.numbered_inputs + self.numbered_functions
            ),
        ]


def files_in(places: Iterable[Path]) -> list[Path]:
    """The captures in these folders, and these files."""
    found = {
        path
        for place in places
        for path in ([place] if place.is_file() else place.rglob("*"))
        if path.suffix in _SUFFIXES
    }
    return sorted(found)


def count(paths: Iterable[Path], *, reads: bool = False) -> Census:
    """The census of these captures, each by itself; a file that is none, or holds no call, is passed over."""
    census = Census()
    for path in paths:
        try:
            capture = pipeline.open_capture([path])
        except Har2rpcError:
            continue
        flow = flow_of(capture, reads=reads)
        if flow is None:
            continue
        census.captures += 1
        _count_actions(path.name, capture, census)
        _count_flow(path.name, capture, flow, census)
    return census


def _count_actions(name: str, capture: Capture, census: Census) -> None:
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    actions = pipeline.actions(capture, calls)
    census.actions += len(actions)
    census.numbered_functions += [
        f"{name}: {each}" for each in numbered([action.name for action in actions])
    ]
    for action in actions:
        names = [param.name for param in action.inputs]
        census.action_inputs += len(names)
        census.numbered_inputs += [f"{name}: {each} of {action.name}" for each in numbered(names)]


def _count_flow(name: str, capture: Capture, flow: Flow, census: Census) -> None:
    census.flows += 1
    census.steps += len(flow.steps)
    census.inputs += len(flow.inputs)
    census.numbered_inputs += [
        f"{name}: {each} of the flow" for each in numbered([param.name for param in flow.inputs])
    ]
    _count_only_links(name, capture, flow, census)
    if not any(step.action.changes for step in flow.steps):
        return
    census.changing += 1
    census.steps_of_changing += len(flow.steps)
    census.inputs_of_changing += len(flow.inputs)
    used = {
        part.name
        for step in flow.steps
        for part in parts_of(dict(step.values))
        if isinstance(part, Result)
    }
    unused = {
        step.n
        for step in flow.steps
        if not step.action.changes
        and step.action.method not in _EXPORTS
        and step.result not in used
    }
    census.unused_reads += [f"{name}: call {n}" for n in sorted(unused)]
    for param in flow.inputs:
        served = {
            step.n
            for step in flow.steps
            for value in [*step.values.values(), step.pages]
            if param in list(parts_of(value))
        }
        if served and served <= unused:
            census.inputs_for_these.append(f"{name}: {param.name}")


def _count_only_links(name: str, capture: Capture, flow: Flow, census: Census) -> None:
    makers = {step.result: step.n for step in flow.steps}
    for step in flow.steps:
        for place, value in step_values(capture, step):
            for part in parts_of(value):
                if isinstance(part, Result) and part.what == "only" and part.name in makers:
                    census.only_links += 1
                    call = capture.calls[makers[part.name] - 1]
                    if not holds_typed_text([*call.args, call.kwargs]):
                        census.untyped_only_links.append(f"{name}: {place} from call {call.n}")


def holds_typed_text(request: Any) -> bool:
    """Whether a recorded search looks for words: a leaf that compares with a text as `ilike` does, or a `name`.

    A code that one is given whole (an order's number, an email) is looked for with `=`: its text has a space or a digit.
    """
    todo = [request]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            if isinstance(part.get("name"), str) and part["name"].strip():
                return True
            todo.extend(part.values())
        elif isinstance(part, list):
            if len(part) == 3 and all(isinstance(one, str) for one in part) and part[2].strip():
                is_compared = part[1] in ("ilike", "like", "=ilike", "=like")
                is_code = part[1] == "=" and any(c.isdigit() or c in " @" for c in part[2])
                if is_compared or is_code:
                    return True
            todo.extend(part)
    return False


def parts_of(value: Any) -> Iterable[Any]:
    """A value and all that it holds, links and inputs among it."""
    todo = [value]
    while todo:
        part = todo.pop()
        yield part
        if isinstance(part, dict):
            todo.extend(part.values())
        elif isinstance(part, (list, tuple)):
            todo.extend(part)
        elif not isinstance(part, Input) and hasattr(part, "source"):
            todo.append(part.source)  # what goes only with the record that it belongs to


def main() -> None:
    """The table of counts, and each bad one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("places", nargs="+", type=Path, help="folders of captures, or captures")
    parser.add_argument("--reads", action="store_true", help="with all reads, as convert --reads")
    parser.add_argument("--quiet", action="store_true", help="the counts alone")
    options = parser.parse_args()
    census = count(files_in(options.places), reads=options.reads)
    print(f"{census.captures} captures, {census.flows} flows, {census.steps} steps\n")
    print("| what | how many | of |\n|---|---|---|")
    for what, bad, whole in census.rows():
        print(f"| {what} | {bad} | {whole} |")
    if not options.quiet:
        print("", *census.told(), sep="\n")


if __name__ == "__main__":
    main()
