#!/usr/bin/env python3
"""`har2rpc redact` beside `json.load` of the same file: CPU seconds, wall seconds and memory of whole processes.

    python benchmarks/redacting.py CAPTURE.har [--runs 3]
    python benchmarks/redacting.py --planted 20 CAPTURE.har    # the same with a secret in every 20th answer

Figures are ratios: whatever else the machine does, both are done in the same minutes, by turns.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEER = [sys.executable, "-c", "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"]
OURS = [sys.executable, "-m", "har2rpc", "redact", "--force", "-o"]


def measured(command: list[str]) -> tuple[float, float, float, float]:
    """CPU seconds, wall seconds, peak MiB and the peak of anonymous MiB of one process."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    anonymous = 0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        try:
            text = Path(f"/proc/{process.pid}/status").read_text()
        except OSError:
            text = ""
        if match := re.search(r"RssAnon:\s+(\d+)", text):
            anonymous = max(anonymous, int(match[1]))
        time.sleep(0.02)
    if status:
        raise SystemExit(f"{' '.join(command)}: status {status}")
    seconds = time.monotonic() - start
    return usage.ru_utime + usage.ru_stime, seconds, usage.ru_maxrss / 1024, anonymous / 1024


def plant(source: Path, target: Path, every: int) -> None:
    """The capture with a session cookie in each request, and a token of its own in every so many answers."""
    count = 0
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            if '"value": "session_id=; ' in line:
                line = line.replace("session_id=; ", "session_id=Qm9-planted-Sess10n-0001; ")
                count += 1
            elif every and count % every == 0 and '\\"records\\": [{' in line:
                planted = f'\\"records\\": [{{\\"access_token\\": \\"tOk-{count:08}-Zq\\", '
                line = line.replace('\\"records\\": [{', planted, 1)
            out.write(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("capture", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--planted", type=int, default=0, metavar="N")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, target = options.capture, Path(folder) / "out.har"
        if options.planted:
            source = Path(folder) / "planted.har"
            plant(options.capture, source, options.planted)
        commands = {"json.load": [*PEER, str(source)], "redact": [*OURS, str(target), str(source)]}
        runs: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in commands}
        for _ in range(options.runs):
            for name, command in commands.items():
                runs[name].append(measured(command))
        peer = statistics.median(run[0] for run in runs["json.load"])
        print("| command | CPU s | / json.load | wall s | peak MiB | of it anonymous |")
        print("|---|---|---|---|---|---|")
        for name, figures in runs.items():
            cpu, wall, peak, anonymous = map(statistics.median, zip(*figures, strict=True))
            print(
                f"| {name} | {cpu:.2f} | {cpu / peer:.2f} | {wall:.1f} | {peak:.0f} | {anonymous:.0f} |"
            )


if __name__ == "__main__":
    main()
