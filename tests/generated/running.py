"""Runs generated Python as its user would, in this process or in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from generated.by_name import positional
from har2rpc.cli import cli

SECRET = "the key of the tests"
DB = "the_db_of_the_tests"


def converted(*arguments: str | Path) -> str:
    """What `har2rpc convert` prints; it must succeed."""
    run = CliRunner().invoke(cli, ["convert", *map(str, arguments)])
    assert 0 == run.exit_code, run.stderr or run.exception
    return run.stdout


def environment(url: str, uid: int | None, db: str = DB, secret: str = SECRET) -> dict[str, str]:
    """The variables that generated code reads."""
    user = {} if uid is None else {"ODOO_UID": str(uid)}
    return {"ODOO_URL": url, "ODOO_DB": db, "ODOO_LOGIN": "", "ODOO_API_KEY": secret, **user}


def run(code: str | CodeType, variables: Mapping[str, str], *options: str) -> Any:
    """Runs a script here, as `python script.py OPTIONS` would; gives the JSON that it printed."""
    printed = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with (
        patch.dict(os.environ, variables),
        patch.object(sys, "argv", ["generated.py", *options]),
        redirect_stdout(printed),
    ):
        exec(code, {"__name__": "__main__"})
    printed.seek(0)
    return json.loads(printed.read())


def run_alone(
    script: Path, variables: Mapping[str, str], *options: str
) -> subprocess.CompletedProcess[str]:
    """Runs a script in an interpreter of its own, in which nothing but its variables is set."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    return subprocess.run(
        [sys.executable, "-I", "-X", "utf8", str(script), *options],
        env={**kept, **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def run_module(text: str, variables: Mapping[str, str], *options: str, driver: str = "") -> Any:
    """Runs generated JavaScript, or a driver that imports it as `./there.mjs`; gives the JSON that it printed."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "there.mjs").write_text(text, encoding="utf-8")
        Path(folder, "driver.mjs").write_text(driver, encoding="utf-8")
        done = subprocess.run(
            ["node", "driver.mjs" if driver else "there.mjs", *options],
            cwd=folder,
            env={"PATH": os.environ["PATH"], **variables},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return json.loads(done.stdout)


class AnsweringOdoo:
    """A server for `/jsonrpc` and JSON-2 that notes what arrives and answers what it is told to; no har2rpc in it."""

    def __init__(self, answer: Callable[[dict[str, Any]], Any]) -> None:
        self.received: list[dict[str, Any]] = []
        self._answer = answer

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        request = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        if environ["PATH_INFO"].startswith("/json/2/"):
            assert DB == environ["HTTP_X_ODOO_DATABASE"]
            assert f"Bearer {SECRET}" == environ["HTTP_AUTHORIZATION"]
            model, method = environ["PATH_INFO"].split("/")[3:]
            answer = self._answered(model, method, *positional(method, request))
            answer = [answer] if method == "create" and isinstance(answer, int) else answer
        else:
            db, _, secret, *call = request["params"]["args"]
            assert ("object", "execute_kw") == tuple(request["params"][key] for key in _NAMES)
            assert (DB, SECRET) == (db, secret)
            answer = {"jsonrpc": "2.0", "id": 1, "result": self._answered(*call)}
        body = json.dumps(answer).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    def _answered(self, model: str, method: str, args: Any, kwargs: dict[str, Any]) -> Any:
        rest = {key: value for key, value in kwargs.items() if key != "context"}
        arrived = {"model": model, "method": method, "args": args, "kwargs": rest}
        arrived["context"] = kwargs.get("context") or {}
        self.received.append(arrived)
        return self._answer(arrived)


_NAMES = ("service", "method")


@dataclass
class Stage:
    """One server for all tests; each puts its own application on it."""

    url: str = ""
    app: Any = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        return self.app(environ, start_response)
