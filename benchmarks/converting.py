"""What converting costs: whole processes on a small capture, and a thousand calls of a large one becoming code.

    python benchmarks/converting.py SMALL.har LARGE.har [--runs 9] [--calls 1000]

CPU seconds, the least and the median: the least is what a quiet machine needs. Reading the large capture is not counted.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from har2rpc import pipeline

OURS = [sys.executable, "-m", "har2rpc"]


def process(command: list[str]) -> float:
    """CPU seconds of one process, the interpreter's start included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def small(capture: str, call: int, runs: int) -> Iterator[tuple[str, list[float]]]:
    """The commands that a person waits for."""
    for name, options in (
        ("list", ["list"]),
        ("list --json", ["list", "--json"]),
        (f"convert -n {call}", ["convert", "-n", str(call)]),
        (f"convert -n {call} -t locoia", ["convert", "-n", str(call), "-t", "locoia"]),
    ):
        yield name, [process([*OURS, *options, capture]) for _ in range(runs)]


def large(source: str, most: int, runs: int) -> Iterator[tuple[str, list[float]]]:
    """Calls to actions, actions to text: each in its own time."""
    capture = pipeline.open_capture([source])
    calls = capture.calls[:most]
    shaping, rendering, text = [], [], ""
    for _ in range(runs):
        begun = time.process_time()
        actions = pipeline.actions(capture, calls)
        shaped = time.process_time()
        text = pipeline.render(capture, actions)
        shaping.append(shaped - begun)
        rendering.append(time.process_time() - shaped)
    lines = text.count("\n")
    yield f"{len(calls)} calls to {len(actions)} actions", shaping
    yield f"these to Python, {lines:,} lines", rendering


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("small")
    parser.add_argument("large")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--call", type=int, default=5)
    parser.add_argument("--calls", type=int, default=1000)
    options = parser.parse_args()
    print("| what | CPU s, least | median |")
    print("|---|---|---|")
    rows = [
        *small(options.small, options.call, options.runs),
        *large(options.large, options.calls, min(options.runs, 5)),
    ]
    for name, seconds in rows:
        print(f"| `{name}` | {min(seconds):.2f} | {statistics.median(seconds):.2f} |")


if __name__ == "__main__":
    main()
