"""Scripts of `--rows`, run in processes of their own beside a CSV file, and an Odoo that keeps what they make."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from har_builder import call, page, views

from targets.odoo_stub import Asked, Refused
from targets.running import code, stub, variables

ROW_TARGETS = ("python", "python-json2")
FIELDS = {
    "name": {"type": "char", "string": "Name", "required": True},
    "email": {"type": "char", "string": "E-Mail"},
    "country_id": {"type": "many2one", "string": "Country", "relation": "res.country"},
}
CREATE = (
    page(),
    views("res.partner", FIELDS),
    call("res.partner", "create", ({"name": "x", "email": "y", "country_id": 3},), result=9),
)
COUNTRIES = {"Belgium": [[20, "Belgium"]], "Georgia": [[78, "Georgia"], [79, "Georgia"]]}


class PartnerOdoo:
    """Makes partners, all of a request or none; finds countries by name."""

    def __init__(self, target: str, first_id: int = 1) -> None:
        self.made: list[dict[str, Any]] = []
        self.requests: list[int] = []
        """How many partners each request brought."""
        self.lookups: list[str] = []
        self.refuses: set[str] = set()
        self.countries = COUNTRIES
        self.first_id = first_id
        self.after: Callable[[int], None] = lambda number: None
        """Called when a request has been done, with its number; what it waits for holds the answer."""
        self.app = stub(target, self.answer)

    @property
    def names(self) -> list[str]:
        return [values["name"] for values in self.made]

    def answer(self, asked: Asked) -> Any:
        sent = asked.kwargs
        if asked.method == "name_search":
            self.lookups.append(sent["name"])
            assert "=" == sent["operator"]
            return self.countries.get(sent["name"], [])
        assert ("res.partner", "create") == (asked.model, asked.method)
        rows = sent["vals_list"] if asked.args is None else asked.args[0]
        self.requests.append(len(rows))
        for values in rows:
            if values["name"] in self.refuses:
                raise Refused("odoo.exceptions.ValidationError", f"no {values['name']}\nplease")
        self.made += rows
        ids = [self.first_id + number for number in range(len(self.made))][-len(rows) :]
        self.after(len(self.requests))
        return ids


class RowScript:
    """A script and a CSV file in a folder."""

    def __init__(self, folder: Path, text: str, given: dict[str, str]) -> None:
        self.folder, self.given = folder, given
        (folder / "script.py").write_text(text, "utf-8")
        self.csv = folder / "rows.csv"

    def start(self, *options: str, file: Path | None = None) -> subprocess.Popen[str]:
        """Begins a run."""
        return subprocess.Popen(
            [sys.executable, "-W", "error", "script.py", "--csv", str(file or self.csv), *options],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], **self.given},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def run(self, *options: str, file: Path | None = None) -> tuple[int, str, str]:
        """A whole run: its exit status, what it printed, what it said."""
        return finished(self.start(*options, file=file))

    def notes(self) -> list[dict[str, Any]]:
        """The journal."""
        text = self.csv.with_name("rows.csv.journal").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Waits for it."""
    try:
        printed, said = process.communicate(timeout=60)
    finally:
        process.kill()
    return process.returncode, printed, said


def partner_script(
    folder: Path, target: str, url: str, rows: Sequence[Sequence[str]] = ()
) -> RowScript:
    """The script that makes partners, and a CSV file of names, e-mail addresses and countries."""
    text = code(folder, target, *CREATE, options=("--rows",))
    script = RowScript(folder, text, variables(url, target))
    script.csv.write_bytes(as_csv([["Name", "E-Mail", "Country"], *rows]))
    return script


def as_csv(
    rows: Sequence[Sequence[str]], delimiter: str = ";", encoding: str = "utf-8-sig"
) -> bytes:
    """The bytes that Excel writes for a sheet."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


class Gate:
    """Holds whoever goes through it, until it is opened."""

    def __init__(self) -> None:
        self.arrived, self.opened = threading.Event(), threading.Event()

    def hold(self) -> None:
        """Waits, for a minute at most."""
        self.arrived.set()
        self.opened.wait(60)
