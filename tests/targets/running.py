"""Converts small captures for a target and runs what comes out, as its user would."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import php
import pytest
from har_builder import converted

from har2rpc.rendering.php.literals import literal
from targets.odoo_stub import DB, KEY, LOGIN, PLAIN_KEY, UID, StubOdoo

# The target, the module it imports, and what to install where it is missing.
NEEDS = {
    "python": ("requests", "requests"),
    "python-json2": ("requests", "requests"),
    "python-xmlrpc": ("xmlrpc", ""),
    "python-web": ("requests", "requests"),
    "odoolib": ("odoolib", "odoo-client-lib"),
    "odoolib-json2": ("odoolib", "odoo-client-lib"),
    "odooly": ("odooly", "odooly"),
    "odoorpc": ("odoorpc", "odoorpc"),
}
JSON2 = ("python-json2", "odoolib-json2", "curl-json2", "javascript-json2")
BASH = ("curl", "curl-json2")
NODE = ("javascript", "javascript-json2")
PHP = ("php",)
ALL = (*NEEDS, *BASH, *NODE, *PHP)
_PATH = os.environ["PATH"]
_DRIVER = """
import * as there from "./there.mjs";
try {
  console.log(JSON.stringify(await (%s)));
} catch (error) {
  console.error(`${error}`);
  process.exitCode = 1;
}
"""


_PHP_DRIVER = """<?php
namespace %s;
require 'there.php';
try {
    echo json_encode(%s, JSON_PRESERVE_ZERO_FRACTION);
} catch (\\Throwable $error) {
    fwrite(STDERR, $error->getMessage());
    exit(1);
}
"""


class Ran(NamedTuple):
    """What a script did: its exit status, the JSON it printed, what it said of errors."""

    status: int
    printed: Any
    said: str


def missing(target: str) -> str:
    """Why the target cannot be run here; nothing where it can."""
    if target in BASH:
        absent = [tool for tool in ("bash", "curl") if shutil.which(tool) is None]
        return f"{absent[0]} is not here" if absent else ""
    if target in NODE:
        return "" if shutil.which("node") else "node is not here"
    if target in PHP:
        return php.missing()
    module, package = NEEDS[target]
    return "" if importlib.util.find_spec(module) else f"pip install {package}"


def able(*targets: str) -> list[Any]:
    """Parameters for the targets; one that cannot run here is skipped, and says why."""
    params = []
    for target in targets or ALL:
        why = missing(target)
        marks = [pytest.mark.skip(reason=why)] if why else []
        marks += [pytest.mark.node] if target in NODE else []
        marks += [pytest.mark.php] if target in PHP else []
        params.append(pytest.param(target, marks=marks))
    return params


def code(folder: Path, target: str, *entries: dict[str, Any], options: tuple[str, ...] = ()) -> str:
    """What `har2rpc convert -t TARGET` prints for these entries."""
    return converted(folder, *entries, options=("-t", target, *options))


def variables(url: str, target: str, **more: str) -> dict[str, str]:
    """The environment a user would have set."""
    key = PLAIN_KEY if target in JSON2 else KEY
    by_login = target in ("odoorpc", "python-web")
    user = {"ODOO_LOGIN": LOGIN} if by_login else {"ODOO_UID": str(UID)}
    secret = "ODOO_PASSWORD" if target == "python-web" else "ODOO_API_KEY"
    return {"ODOO_URL": url, "ODOO_DB": DB, secret: key, **user, **more}


def stub(target: str, answer: Any) -> StubOdoo:
    """A server that answers every call alike (or with what a function of it gives)."""
    answering = answer if callable(answer) else lambda asked: answer
    return StubOdoo(answering, PLAIN_KEY if target in JSON2 else KEY)


def run(text: str, target: str, given: dict[str, str], *options: str, then: str = "") -> Ran:
    """Runs a script; `then` is code to run with its functions in the place of the recorded runs.

    Python runs in this process, with its environment; the others (BASH, NODE, PHP) may run beside it, in a thread.
    """
    if target in BASH:
        return _bash(text, given, *options, then=then)
    if target in NODE:
        return _node(text, given, *options, then=then)
    if target in PHP:
        return _php(text, given, *options, then=then)
    printed: list[str] = []
    names: dict[str, Any] = {"__name__": "there" if then else "__main__", "print": printed.append}
    cleared = dict.fromkeys(("ODOO_URL", "ODOO_LOGIN", "ODOO_UID"), "")
    with patch.dict(os.environ, {**cleared, **given}), patch("sys.argv", ["there.py", *options]):
        try:
            exec(compile(text, "there.py", "exec"), names)
            if then:
                exec(f"print(json.dumps({then}))", names)
        except SystemExit as stop:
            return Ran(1, None, str(stop.code))
        except Exception as error:
            assert "OdooError" == type(error).__name__, repr(error)
            return Ran(1, None, str(error))
    return Ran(0, json.loads(printed[0]), "")


def in_javascript(text: str, name: str, values: dict[str, Any]) -> str:
    """The call of a function of a module as `then`: by position what it takes so, all else by name."""
    words = name.split("_")
    camel = words[0] + "".join(word.title() for word in words[1:])
    first = re.search(rf"function {camel}\(\s*(\w+) = ", text)
    given = [json.dumps(values[first[1]])] if first else []
    named = {key: value for key, value in values.items() if not first or key != first[1]}
    return f"there.{camel}({', '.join([*given, json.dumps(named)])})"


def in_php(name: str, values: dict[str, Any]) -> str:
    """The call of a function as `then`, everything by name."""
    words = name.split("_")
    camel = words[0] + "".join(word.title() for word in words[1:])
    named = ", ".join(f"{key}: {literal(value)}" for key, value in values.items())
    return f"{camel}({named})"


def _php(text: str, given: dict[str, str], *options: str, then: str) -> Ran:
    namespace = re.search(r"^namespace (.*);$", text, re.MULTILINE)
    assert namespace
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "there.php").write_text(text, encoding="utf-8")
        Path(folder, "driver.php").write_text(_PHP_DRIVER % (namespace[1], then), encoding="utf-8")
        script = "driver.php" if then else "there.php"
        done = php.run_php(script, *options, variables=given, folder=folder)
    printed = json.loads(done.stdout) if done.returncode == 0 else None
    return Ran(done.returncode, printed, done.stderr.strip().removeprefix("OdooError: "))


def _node(text: str, given: dict[str, str], *options: str, then: str) -> Ran:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "there.mjs").write_text(text, encoding="utf-8")
        Path(folder, "driver.mjs").write_text(_DRIVER % then, encoding="utf-8")
        done = subprocess.run(
            ["node", "driver.mjs" if then else "there.mjs", *options],
            cwd=folder,
            env={"PATH": _PATH, **given},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    printed = json.loads(done.stdout) if done.returncode == 0 else None
    return Ran(done.returncode, printed, done.stderr.strip().removeprefix("OdooError: "))


def _bash(text: str, given: dict[str, str], *options: str, then: str) -> Ran:
    command = ["bash", "-c", f'source /dev/stdin <<<"$1"\n{then}', "there", text]
    if not then:
        command = ["bash", "-c", text, "there", *options]
    done = subprocess.run(
        command,
        env={"PATH": _PATH, "LC_ALL": "C.UTF-8", **given},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    printed = json.loads(done.stdout) if done.returncode == 0 else None
    return Ran(done.returncode, printed, done.stderr.strip())
