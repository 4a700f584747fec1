"""Runs a process with limits on time, memory and output, because a server's answer can be endless."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import IO, NamedTuple

SECONDS = 120.0
MEMORY = 1 << 30  # bytes, of each process; where the system can limit it (Linux)
_LARGEST_OUTPUT = 64 << 20  # bytes
_CHUNK = 1 << 16


class Ending(NamedTuple):
    """How a process ended, and what it printed."""

    code: int
    stdout: str
    stderr: str
    limit: str = ""
    """The limit that stopped it, as a sentence; empty if it ended by itself."""
    is_late: bool = False
    """Whether that was the limit of time."""


def run_limited(command: Sequence[str], variables: Mapping[str, str], folder: str) -> Ending:
    """Runs a command with only these variables. Processes that it started end with it.

    Raises ValueError for a variable that the system cannot hand on.
    """
    with subprocess.Popen(  # nosec B603 # a list, no shell; the interpreter is one of three, the file our own
        _in_limit(command),
        env=variables,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout and process.stderr
        limits: list[str] = []
        readers = [_Reader(process, stream, limits) for stream in (process.stdout, process.stderr)]
        is_late = False
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            is_late = True
            limits.append(f"no answer within {SECONDS:g} seconds")
        finally:
            _end(process)
        for reader in readers:
            reader.join()
    stdout, stderr = (str(reader.data, "utf-8", "replace") for reader in readers)
    return Ending(process.returncode, stdout, stderr, "; ".join(limits), is_late)


class _Reader(threading.Thread):
    """Keeps what comes out of a pipe, up to a limit, at which the process is ended."""

    def __init__(
        self, process: subprocess.Popen[bytes], stream: IO[bytes], limits: list[str]
    ) -> None:
        super().__init__(daemon=True)
        self.data = bytearray()
        self._process, self._stream, self._limits = process, stream, limits
        self.start()

    def run(self) -> None:
        """Reads to the end, or to the limit."""
        while chunk := os.read(self._stream.fileno(), _CHUNK):
            self.data += chunk
            if len(self.data) > _LARGEST_OUTPUT:
                self._limits.append(f"it printed more than {_LARGEST_OUTPUT >> 20} MiB")
                _end(self._process)
                return


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process, and all that it started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _in_limit(command: Sequence[str]) -> list[str]:
    """The command with the memory limit set before it starts, so that all its child processes have it."""
    program = shutil.which(command[0])
    try:
        from resource import prlimit  # noqa: F401 # only Linux has it, and keeps this limit
    except ImportError:
        program = None
    if program is None:
        return list(command)
    limit = 'ulimit -d "$0" 2>/dev/null; exec "$@"'  # in KiB; it may be lower already
    return ["/bin/sh", "-c", limit, str(MEMORY >> 10), program, *command[1:]]
