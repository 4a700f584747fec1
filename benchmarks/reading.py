"""How much reading costs: whole processes, CPU seconds and peak memory, ours beside a peer's in the same run.

    python benchmarks/reading.py CAPTURE.har [CAPTURE.har …] [--runs 3]

The peer does what `har2rpc list --json --all` does with json.load and haralyzer: every call's url, model, method,
arguments and outcome. Ratios are ours / peer; both are measured alternately, so that the machine's load hits both.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

PEER = """
import json, sys
from haralyzer import HarEntry
with open(sys.argv[1], encoding="utf-8-sig") as file:
    entries = json.load(file)["log"]["entries"]
rows = []
for number, raw in enumerate(entries, 1):
    entry = HarEntry(raw)
    if "/web/dataset/" not in entry.request.url:
        continue
    body = json.loads(entry.request.text)["params"]
    answer = json.loads(raw["response"]["content"].get("text") or "null") or {}
    outcome = "ok" if "result" in answer else "error" if "error" in answer else "none"
    rows.append([number, body.get("model"), body.get("method"), body.get("args"), body.get("kwargs"), outcome])
json.dump(rows, sys.stdout)
"""
OURS = [sys.executable, "-m", "har2rpc"]


def commands(capture: str, call: int) -> dict[str, list[str]]:
    return {
        "json.load + haralyzer": [sys.executable, "-c", PEER, capture],
        "har2rpc list --json": [*OURS, "list", "--json", "--all", capture],
        "har2rpc whoami --json": [*OURS, "whoami", "--json", capture],
        f"har2rpc convert -n {call}": [*OURS, "convert", "-n", str(call), capture],
        "python -c pass": [sys.executable, "-c", "pass"],
    }


def measured(command: list[str]) -> tuple[float, float, float, float]:
    """CPU seconds, wall seconds, peak MiB in all, and peak MiB without mapped files, of one process."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = [0, 0]
    watcher = threading.Thread(target=_watch, args=(process.pid, peaks))
    watcher.start()
    code = process.wait()
    wall = time.perf_counter() - begun
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code:
        raise SystemExit(f"{command[:4]} failed with {code}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, peaks[0] / 1024, peaks[1] / 1024


def _watch(pid: int, peaks: list[int]) -> None:
    """Looks at /proc every 5 ms: VmHWM holds the peak, RssAnon what is the process's own."""
    while True:
        try:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        except OSError:
            return
        sizes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith(" kB")}
        if not sizes:
            return
        peaks[0] = max(peaks[0], sizes.get("VmHWM", 0))
        peaks[1] = max(peaks[1], sizes.get("RssAnon", 0))
        time.sleep(0.005)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("captures", nargs="+")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--call", type=int, default=5)
    options = parser.parse_args()
    for capture in options.captures:
        rows: dict[str, list[tuple[float, float, float, float]]] = {}
        for _ in range(options.runs):
            for name, command in commands(capture, options.call).items():
                rows.setdefault(name, []).append(measured(command))
        peer = statistics.median(row[0] for row in rows["json.load + haralyzer"])
        print(f"\n{os.path.basename(capture)}: {os.path.getsize(capture) / 2**20:.1f} MiB\n")
        print("| command | CPU s | / peer | wall s | peak MiB | of it anonymous |")
        print("|---|---|---|---|---|---|")
        for name, runs in rows.items():
            cpu, wall, peak, own = (statistics.median(column) for column in zip(*runs, strict=True))
            print(
                f"| `{name}` | {cpu:.2f} | {cpu / peer:.2f} | {wall:.2f} | {peak:.0f} | {own:.0f} |"
            )


if __name__ == "__main__":
    main()
