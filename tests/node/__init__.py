"""Runs the programs of this folder, which look at generated texts with packages from npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PACKAGES = os.environ.get("NODE_PACKAGES", "")
needs_node = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not here"),
]
needs_packages = [
    *needs_node,
    pytest.mark.skipif(not PACKAGES, reason="NODE_PACKAGES names no folder of npm packages"),
]


def asked(program: str, given: Any, **variables: str) -> Any:
    """What a program of this folder prints for what it is given, both as JSON."""
    done = subprocess.run(
        ["node", str(HERE / program)],
        input=json.dumps(given),
        env={**os.environ, **variables},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)
