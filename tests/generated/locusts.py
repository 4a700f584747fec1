"""Runs Locust as its user would: in processes of its own, without a browser page."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generated.running import environment

HURRY = {"ODOO_THINK": "none"}  # no pauses, unless a test asks for them
KEPT = ("PATH", "HOME", "SYSTEMROOT", "TMPDIR")


class Ran(NamedTuple):
    """What came of a run: its exit status, Locust's statistics, and what it said."""

    status: int
    stats: list[dict[str, Any]]
    said: str
    printed: str = ""

    @property
    def failures(self) -> int:
        """How many requests counted as failed."""
        return sum(row["num_failures"] for row in self.stats)


def variables(url: str, *, write: bool, **more: str) -> dict[str, str]:
    """What is set for a scenario."""
    return {**environment(url, 2), "ODOO_WRITE": "1" if write else "", **more}


def start(script: Path, given: Mapping[str, str], *options: str) -> subprocess.Popen[str]:
    """Starts Locust on a file."""
    return subprocess.Popen(
        [sys.executable, "-m", "locust", "-f", str(script), "--json", *options],
        env={**{key: os.environ[key] for key in KEPT if key in os.environ}, **HURRY, **given},
        cwd=script.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> Ran:
    """Waits for it."""
    try:
        printed, said = process.communicate(timeout=60)
    finally:
        process.kill()
    stats = json.loads(printed) if printed.strip().startswith("[") else []
    return Ran(process.returncode, stats, said, printed)


def run(script: Path, given: Mapping[str, str], *options: str) -> Ran:
    """One user for a second."""
    alone = ("--headless", "--users", "1", "--run-time", "1s", "--stop-timeout", "10")
    return finished(start(script, given, *alone, *options))


def free_port() -> int:
    """A port on loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def written(folder: Path, text: str) -> Path:
    """A scenario as a file."""
    path = folder / "locustfile.py"
    path.write_text(text, encoding="utf-8")
    return path


def methods(calls: Iterable[Mapping[str, Any]]) -> list[str]:
    """What was called, in order."""
    return [call["method"] for call in calls]
