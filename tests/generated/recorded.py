"""The recorded calls with their answers, read without har2rpc: what generated code is held against."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from plain_walk import ROUTE, body_of, entries_of, walk

ROOT = Path(__file__).resolve().parents[2]
CAPTURES = ROOT.parent / "shared" / "captures"
SAMPLES = ROOT / "samples"
FEWEST_SAMPLES = 8


@dataclass(frozen=True)
class Recorded:
    """One call as the plain walk found it, and what its method had returned."""

    n: int
    where: str
    route: str
    model: str
    method: str
    args: list[Any]
    kwargs: dict[str, Any]
    context: dict[str, Any]
    uid: int | None
    outcome: str
    started: str
    ms: float | None
    answer: Any

    @property
    def sent(self) -> dict[str, Any]:
        """What must arrive when the call is made again untouched: `uid` in the context excepted."""
        context = {key: value for key, value in self.context.items() if key != "uid"}
        return as_sent(self.model, self.method, self.args, self.kwargs, context)

    @property
    def returned(self) -> Any:
        """What the method returns: two old routes answer with an object around the records."""
        if self.route == "/web/dataset/search_read" and isinstance(self.answer, dict):
            return self.answer["records"]
        if self.route == "/web/dataset/load" and isinstance(self.answer, dict):
            return [self.answer["value"]] if self.answer["value"] else []
        return self.answer

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The records in the answer, whatever stands around them."""
        found = self.answer.get("records") if isinstance(self.answer, dict) else self.answer
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def __str__(self) -> str:
        return f"{self.where} (call {self.n}) {self.model}.{self.method}"


def as_sent(model: str, method: str, args: Any, kwargs: Any, context: Any) -> dict[str, Any]:
    """One call in the form that is compared; an empty context is none."""
    found = {key: value for key, value in kwargs.items() if key != "context"}
    return {
        "model": model,
        "method": method,
        "args": args,
        "kwargs": found,
        "context": context or {},
    }


@cache
def recorded(*paths: Path) -> tuple[Recorded, ...]:
    """Every call of the capture that these files are together."""
    answers: dict[str, Any] = {}
    for path in paths:
        entries, read_member = entries_of(path)
        for number, entry in enumerate(entries, start=1):
            if ROUTE.search(entry["request"]["url"]):
                content = (entry.get("response") or {}).get("content")
                answers[f"{path.name}#{number}"] = body_of(content, read_member)
    calls = []
    for found in walk(*paths):
        answer = answers[found["where"]]
        result = answer.get("result") if isinstance(answer, dict) else None
        calls.append(Recorded(**found, answer=result))
    return tuple(calls)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: true is not 1, and 1.0 is not 1."""
    return as_json(one) == as_json(other)


def as_json(value: Any) -> str:
    """One text for a JSON value, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def files_in(folder: Path) -> list[Path]:
    """The captures of a folder, in a steady order."""
    return sorted(path for path in folder.rglob("*") if path.suffix in (".har", ".zip"))


def captures(folders: Iterable[Path] = (CAPTURES, SAMPLES)) -> list[Any]:
    """One pytest parameter for every capture and sample, named by its file; none is no silent pass."""
    params = []
    for folder in folders:
        found = files_in(folder)
        params += [pytest.param(p, id=p.relative_to(folder.parent).as_posix()) for p in found]
        if not found and folder != SAMPLES:
            reason = f"../shared/{folder.name} is not here: its captures were not converted"
            params.append(pytest.param(None, id=folder.name, marks=pytest.mark.skip(reason=reason)))
    return params


def browser_captures() -> list[Any]:
    """The same without what programs sent, which needs no translation: tests/proving/test_programs.py runs that."""
    return [
        param for param in captures() if not param.values[0] or not _is_program(param.values[0])
    ]


def _is_program(path: Path) -> bool:
    return path.parent == SAMPLES / "doors"


def samples() -> list[Path]:
    """The captures of browsers that come with har2rpc; what programs sent is run in tests/proving/test_programs.py."""
    return [path for path in files_in(SAMPLES) if not _is_program(path)]
