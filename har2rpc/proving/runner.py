"""Runs generated code as its user would: as a file, with the variables that it reads, in an interpreter of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from har2rpc.model import Har2rpcError, Json
from har2rpc.model.values import is_nested_deeper
from har2rpc.odoo.secret_fields import MASK
from har2rpc.proving.limited_process import MEMORY, run_limited

_DEEPEST = 150  # levels of JSON that are compared
_LONGEST = 2000  # characters of Odoo's own words
_OUT_OF_MEMORY = f"its answer takes more than {MEMORY >> 30} GiB of memory"
_TOO_DEEP = "its answer is nested too deep to be compared"
# Python, bash (which may break down as well), PHP, and Node in its two ways
_NO_MEMORY = re.compile(
    r"MemoryError|cannot allocate|Segmentation fault|Allowed memory size|out of memory|allocation failed"
    r"|string longer than",
    re.IGNORECASE,
)
_INTERPRETERS = {
    "py": ([sys.executable, "-X", "utf8"], "python"),
    "sh": (["bash"], "bash"),
    "mjs": (["node"], "node"),
    "php": (["php", "-d", "display_errors=stderr"], "php"),
}
_SECRETS = ("ODOO_API_KEY", "ODOO_PASSWORD", "ODOO_SESSION_ID")
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
    """Odoo's message, or a sentence on what ended the run; empty if it printed JSON."""
    is_late: bool = False
    """Whether the time limit ended it."""


def check_runnable(language: str) -> None:
    """Raises Har2rpcError for a language without an interpreter here."""
    if language not in _INTERPRETERS:
        known = ", ".join(name for _, name in _INTERPRETERS.values())
        raise Har2rpcError(
            f"a .{language} file is not a program that verify can run; it runs {known}"
        )
    command, name = _INTERPRETERS[language]
    if not shutil.which(command[0]):
        raise Har2rpcError(f"{name} is not installed: nothing was run")


def run_code(
    text: str, language: str, variables: Mapping[str, str], options: Sequence[str] = ()
) -> RunResult:
    """Runs the code with these environment variables, and without others that it would read."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="har2rpc-") as folder:
        script = Path(folder, f"generated.{language}")
        script.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
        try:
            ending = run_limited(
                [*_INTERPRETERS[language][0], str(script), *options],
                {**inherited, "LC_ALL": "C.UTF-8", **variables},
                folder,
            )
        except ValueError:  # a NUL, or half of a surrogate pair
            return RunResult(
                refusal=f"{_unfit(variables)} contains a character that an environment variable cannot have"
            )
    if ending.limit:
        return RunResult(refusal=ending.limit, is_late=ending.is_late)
    if ending.code < 0:  # Node has no words for it
        name = signal.Signals(-ending.code).name
        return RunResult(refusal=f"{name} ended it; possible cause: {_OUT_OF_MEMORY}")
    if ending.code:
        stderr = ending.stderr
        for secret in filter(None, map(variables.get, _SECRETS)):
            stderr = stderr.replace(secret, MASK)  # a server may repeat it
        words = _last_words(stderr)
        return RunResult(refusal=words or f"it ended with {ending.code}")
    try:
        answer = json.loads(ending.stdout)
    except ValueError:
        return RunResult(refusal="it printed no JSON")
    except RecursionError:
        return RunResult(refusal=_TOO_DEEP)
    if is_nested_deeper(answer, _DEEPEST, ending.stdout):
        return RunResult(refusal=_TOO_DEEP)
    return RunResult(answer)


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
    if _NO_MEMORY.search(text):
        return _OUT_OF_MEMORY
    if "RecursionError" in text:
        return _TOO_DEEP
    _, mark, message = f"\n{text}".rpartition("\nOdooError: ")
    if mark:
        return message[:_LONGEST]
    return text.splitlines()[-1][:_LONGEST] if text else ""
