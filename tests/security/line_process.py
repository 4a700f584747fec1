"""A process that is asked many times: one line of JSON in, one out. Starting a language costs more than what it is asked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class LineProcess:
    """It starts when it is first asked, and again if it ended."""

    def __init__(self, command: Sequence[str], folder: Path | None = None) -> None:
        self._command, self._folder = command, folder
        self._process: subprocess.Popen[str] | None = None

    def ask(self, question: Any) -> Any:
        """The answer; None where the process ended without one."""
        if self._process is None:
            pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, encoding="utf-8", **pipes
            )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self.close()
            return None
        return json.loads(line)

    def close(self) -> None:
        """Ends the process."""
        if self._process:
            self._process.communicate()
            self._process = None
