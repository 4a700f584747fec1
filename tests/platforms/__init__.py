"""What the platforms themselves make of generated files: each is installed, fed, and run against the mock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGES = os.environ.get("NODE_PACKAGES", "")


def ran(*command: str | Path, folder: Path, variables: Mapping[str, str] | None = None) -> str:
    """What a command prints, errors included; it must succeed. Tools of npm and of this Python are found by their name."""
    places = [f"{PACKAGES}/node_modules/.bin", str(Path(sys.executable).parent), os.environ["PATH"]]
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env={"PATH": os.pathsep.join(places), "HOME": str(folder), "CI": "1", **(variables or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert 0 == done.returncode, done.stdout
    return done.stdout
