"""Generated code run as its user would: a file, the variables that it reads, an interpreter of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from har2rpc.model import Har2rpcError, Json

_SECONDS = 120
_INTERPRETERS = {
    "py": ([sys.executable, "-X", "utf8"], "python"),
    "sh": (["bash"], "bash"),
    "mjs": (["node"], "node"),
}
_INHERITED = (
    "PATH",
    "HOME",
    "SYSTEMROOT",
    "TEMP",
    "TMPDIR",
    "LANG",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)


class RunResult(NamedTuple):
    """The JSON that a run printed, or why there is none."""

    answer: Json = None
    refusal: str = ""
    """Odoo's own words, or a sentence on what ended the run; empty where it printed JSON."""


def check_runnable(language: str) -> None:
    """Raises Har2rpcError for a language that no interpreter here runs."""
    if language not in _INTERPRETERS:
        known = ", ".join(name for _, name in _INTERPRETERS.values())
        raise Har2rpcError(
            f"what a target writes as .{language} is no program of its own: verify runs {known}"
        )
    command, name = _INTERPRETERS[language]
    if not shutil.which(command[0]):
        raise Har2rpcError(f"{name} is not installed: nothing was run")


def run_code(
    text: str, language: str, variables: Mapping[str, str], options: Sequence[str] = ()
) -> RunResult:
    """Runs the code with these environment variables, and no others that matter to it."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="har2rpc-") as folder:
        script = Path(folder, f"generated.{language}")
        script.write_text(text, encoding="utf-8", errors="surrogatepass")
        try:
            process = subprocess.run(
                [*_INTERPRETERS[language][0], str(script), *options],
                env={**inherited, "LC_ALL": "C.UTF-8", **variables},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return RunResult(refusal=f"no answer within {_SECONDS} seconds")
        except ValueError:  # a NUL, or half of a surrogate pair
            return RunResult(refusal=f"{_unfit(variables)} holds what no environment can hold")
    if process.returncode:
        refusal = _last_words(process.stderr) or f"it ended with {process.returncode}"
        return RunResult(refusal=refusal)
    try:
        return RunResult(json.loads(process.stdout))
    except ValueError:
        return RunResult(refusal="it printed no JSON")


def _unfit(variables: Mapping[str, str]) -> str:
    """The first variable whose value the system refuses to hand on."""
    for name, value in variables.items():
        try:
            if b"\0" not in os.fsencode(value):
                continue
        except UnicodeEncodeError:
            pass
        return name
    return "a variable"


def _last_words(stderr: str) -> str:
    """The message of the exception that ended a script, without its traceback."""
    text = stderr.strip()
    _, mark, message = f"\n{text}".rpartition("\nOdooError: ")
    if mark:
        return message
    return text.splitlines()[-1] if text else ""
