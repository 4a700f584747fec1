"""Runs or reads what was generated, by the suffix of its template, and gives each way in which it is not what was recorded.

A suffix without an evaluator fails the corpus: a new language brings its own. Programs are run against a server that notes
raw requests; documents are filled in as their platform would do it (`documents.py`).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import php
import yaml
from markdown_it import MarkdownIt

from security.documents import differences_of_document, path_part
from security.expected_calls import Expected, as_json
from security.line_process import LineProcess
from security.noting_odoo import KEY, Arrived, NotingOdoo

AUDITED = Path(__file__).with_name("audited.py")


@dataclass(frozen=True)
class Generated:
    """What a target wrote, and the calls that it stands for."""

    name: str
    """For people: the target, and what is in it."""
    target: str
    suffix: str
    text: str
    calls: Sequence[Expected]
    db: str = "lab"
    root: str = ""
    """The path of the server's address."""
    may_refuse: bool = False
    """Whether the language or its protocol cannot hold the text: then nothing may be sent in its place."""


@dataclass
class Bench:
    """Where it is run: an empty folder, a server, and a process for all programs of a language."""

    folder: Path
    odoo: NotingOdoo
    url: str
    _auditors: dict[str, LineProcess] = field(default_factory=dict, repr=False)
    _files: Iterator[int] = field(default_factory=count, repr=False)

    def audited(
        self, text: str, variables: Mapping[str, str], options: Sequence[str] = ("--write",)
    ) -> dict[str, Any]:
        """Runs Python with the audit hook: `said`, `events`."""
        command = [sys.executable, "-I", "-X", "utf8", str(AUDITED), self.url.rpartition(":")[2]]
        auditor = self._auditors.setdefault("py", LineProcess(command, self.folder))
        told: dict[str, Any] = auditor.ask(
            {"text": text, "variables": dict(variables), "options": [*options]}
        )
        return told

    def imported(self, text: str, variables: Mapping[str, str]) -> dict[str, Any]:
        """Runs a JavaScript module: `said`, `events`. Node reads a file once, so each has a name of its own."""
        module = self.folder / f"generated{next(self._files)}.mjs"
        module.write_text(text, "utf-8", "surrogatepass")
        command = ["node", str(AUDITED.with_suffix(".mjs"))]
        auditor = self._auditors.setdefault("mjs", LineProcess(command, self.folder))
        told = auditor.ask({"file": str(module), "variables": dict(variables)})
        module.unlink()
        return told or {"said": "node ended", "events": []}

    def run(self, command: Sequence[str], variables: Mapping[str, str]) -> str:
        """Runs a program in the folder; gives what it said of errors."""
        done = self.ran(command, variables)
        return done.stderr if done.returncode else ""

    def ran(
        self, command: Sequence[str], variables: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """Runs a program in the folder."""
        return subprocess.run(
            [*command, "--write"],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "LC_ALL": "C.UTF-8",
                "HOME": str(self.folder),
                **variables,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=120,
        )

    def close(self) -> None:
        """Ends the processes."""
        for auditor in self._auditors.values():
            auditor.close()

    def traces(self) -> list[str]:
        """What was made in the folder; it is empty then."""
        left = [path for path in self.folder.iterdir() if path.suffix not in (".sh", ".php")]
        for path in left:
            path.unlink()
        return [f"{path.name[:80]!r} was made" for path in left]


def wrong_in(bench: Bench, generated: Generated) -> list[str]:
    """Everything that is wrong with it, one line each."""
    bench.odoo.taken()
    found = [*EVALUATORS[generated.suffix](bench, generated), *bench.traces()]
    return [f"{generated.name}: {each}" for each in found]


def _run_python(bench: Bench, generated: Generated) -> Iterator[str]:
    told = bench.audited(generated.text, _variables(generated))
    yield from told["events"]
    yield from _differences(bench, generated, told["said"])


def _run_bash(bench: Bench, generated: Generated) -> Iterator[str]:
    script = bench.folder / "generated.sh"
    script.write_text(generated.text, "utf-8", "surrogatepass")
    said = bench.run(["bash", script.name], _variables(generated))
    yield from _differences(bench, generated, said)


def _run_node(bench: Bench, generated: Generated) -> Iterator[str]:
    told = bench.imported(generated.text, _variables(generated))
    yield from told["events"]
    yield from _differences(bench, generated, told["said"])


def _run_php(bench: Bench, generated: Generated) -> Iterator[str]:
    script = bench.folder / "generated.php"
    script.write_text(generated.text, "utf-8", "surrogatepass")
    done = bench.ran(["php", *php.OPTIONS, script.name], _variables(generated))
    if done.returncode == 0 and (done.stderr or not _is_json(done.stdout)):
        yield f"it says {done.stderr[-300:]!r} and prints {done.stdout[:300]!r}"  # not all is code
    yield from _differences(bench, generated, done.stderr if done.returncode else "")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _read_json(bench: Bench, generated: Generated) -> Iterator[str]:
    return differences_of_document(generated.target, json.loads(generated.text), generated.calls)


def _read_yaml(bench: Bench, generated: Generated) -> Iterator[str]:
    document = yaml.safe_load(generated.text)
    if generated.target.endswith(".j2"):  # one of own_templates
        yield from _same_calls(generated, document["calls"])
        yield from _same_calls(generated, document["again"])
    else:
        yield from differences_of_document(generated.target, document, generated.calls)


def _read_markdown(bench: Bench, generated: Generated) -> Iterator[str]:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(generated.text)
    parts = [part for token in tokens for part in [token, *(token.children or [])]]
    for part in parts:
        is_comment = part.type == "html_block" and re.fullmatch(r"<!-- [^<>]* -->\n?", part.content)
        if part.type not in _PARTS and not is_comment:
            yield f"it has a {part.type}: {part.content[:100]!r}"
    blocks = [json.loads(part.content) for part in parts if part.type == "fence"]
    yield from _same_calls(generated, blocks)


def _read_text(bench: Bench, generated: Generated) -> Iterator[str]:
    title, *lines = generated.text.split("\n")
    yield from (
        f"it cannot be seen: {line!r}" for line in (title, *lines) if not line.isprintable()
    )
    about, calls = lines[:-1:2], lines[1:-1:2]
    yield from (f"not a line about a call: {line!r}" for line in about if line[:6] != "about ")
    yield from _same_calls(generated, list(map(json.loads, calls)))


def _same_calls(generated: Generated, found: Any) -> Iterator[str]:
    wanted = [[call.model, call.method, call.args, call.kwargs] for call in generated.calls]
    if as_json(found) != as_json(wanted):
        yield f"it holds {as_json(found)[:300]} and not {as_json(wanted)[:300]}"


_PARTS = "heading_open heading_close paragraph_open paragraph_close inline text text_special code_inline fence".split()
EVALUATORS: Mapping[str, Callable[[Bench, Generated], Iterator[str]]] = {
    "json": _read_json,
    "md": _read_markdown,
    "mjs": _run_node,
    "php": _run_php,
    "py": _run_python,
    "sh": _run_bash,
    "txt": _read_text,
    "yml": _read_yaml,
}


def _variables(generated: Generated) -> dict[str, str]:
    """The key, and what opens the locks; all else is the capture's."""
    return {"ODOO_API_KEY": KEY, "ODOO_PASSWORD": KEY, "ODOO_WRITE": "1"}


def _differences(bench: Bench, generated: Generated, said: str) -> Iterator[str]:
    """What arrived beside what was expected."""
    arrived, strange = bench.odoo.taken(), bench.odoo.taken_strange()
    if generated.may_refuse and said:
        wanted = [as_json(each) for each in map(_as_arrived, generated.calls)]
        yield from (
            f"sent in its place: {one}" for one in arrived if as_json(one[2:]) not in wanted
        )
        return
    yield from strange
    if said:
        yield f"it failed: {said[-300:]}"
    for number, call in enumerate(generated.calls):
        if number >= len(arrived):
            yield f"call {number} of {len(generated.calls)} did not arrive"
            return
        one = arrived[number]
        yield from _difference(generated, one, call)
    if len(arrived) > len(generated.calls):
        yield f"{len(arrived) - len(generated.calls)} calls too many"


def _difference(generated: Generated, one: Arrived, call: Expected) -> Iterator[str]:
    if one.kwargs is None:
        path = f"{generated.root}/json/2/{path_part(call.model)}/{path_part(call.method)}"
        # JavaScript leaves ' ( ) as they are, which mean nothing in a path; what parts it is compared before it is decoded.
        if [*map(unquote, one.path.split("/"))] != [*map(unquote, path.split("/"))]:
            yield f"the path is {one.path!r} and not {path!r}"
    elif [one.model, one.method] != _as_protocol(one, [call.model, call.method]):
        yield f"it calls {one.model!r}.{one.method!r} and not {call.model!r}.{call.method!r}"
    wanted_db = _as_protocol(one, generated.db)
    if one.kwargs is None:  # in a header, whose value has no spaces around it (RFC 9110, 5.5)
        wanted_db = wanted_db.strip()
    if one.db != wanted_db:
        yield f"the database is {one.db!r} and not {generated.db!r}"
    wanted = _as_arrived(call, by_name=one.kwargs is None)[2:]
    if as_json(one[4:]) != as_json(_as_protocol(one, wanted)):
        yield f"it sends {as_json(one[4:])[:300]} and not {as_json(wanted)[:300]}"


def _as_arrived(call: Expected, by_name: bool = False) -> tuple[Any, ...]:
    values = (call.named, None) if by_name else (call.args, call.kwargs)
    return (call.model, call.method, *values)


def _as_protocol(one: Arrived, value: Any) -> Any:
    """The value as the protocol carries it: XML knows one kind of line break (XML 1.0, 2.11)."""
    if "/xmlrpc/" not in one.path:
        return value
    return json.loads(as_json(value).replace("\\r\\n", "\\n").replace("\\r", "\\n"))
