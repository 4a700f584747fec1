"""Finds targets: each is a template file whose first comment is its summary.

A new target needs no Python here: it is a file `templates/NAME.LANGUAGE.j2` (`har2rpc targets --show python` is an example),
a line in the goldens' table (`tests/generated/goldens.py`) and a row in the table of `docs/targets.md`. Its language is one
of `languages.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from har2rpc.model import Har2rpcError
from har2rpc.model.near_names import did_you_mean
from har2rpc.model.text_files import decoded
from har2rpc.rendering.languages import suffix_of_family, usual_suffix

_PACKAGE = Path(__file__).resolve().parent.parent
_SHEETS = Path(__file__).resolve().parent / "sheets"
_PARENT = re.compile(r"\{%-?\s*extends\s+[\"']([^\"']+)")
_FLOW = re.compile(r"\{[%{][^}]*\bflow\b")
_SESSION = re.compile(r"\{%-?\s*block\s+session\b")
_ROWS = re.compile(r"\{%-?\s*block\s+send_batch\b|\{%-?\s*include\s+[\"']parts/csv_table\b")
_SUMMARY = re.compile(r"\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_FAMILY = re.compile(r"\bliterals:\s*([\w-]+)")


# What can write new lines: code that has a function for them, and the filters that put such values together.
_LINES = re.compile(r"\bhas_lines\b|\|\s*(?:marked|value_schema|expression)\b")


@dataclass(frozen=True, slots=True)
class Target:
    """A template: `python` is `templates/python.py.j2`."""

    name: str
    path: Path
    language: str
    """The language, from the middle of the file's name: py, json, … In an own template the first comment may name another."""
    is_own: bool = False
    """Given by its path: the user's own, formatted with black where it writes Python."""

    @property
    def source(self) -> str:
        """The template's text. Raises Har2rpcError if it cannot be read."""
        try:
            return decoded(self.path.read_bytes())
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            raise Har2rpcError(f"{self.path}: the template cannot be read: {reason}") from error

    @property
    def summary(self) -> str:
        """What the template's first line says of it."""
        match = _SUMMARY.match(self.source)
        return " ".join(match[1].split()) if match else ""

    def mentions(self, noun: str) -> bool:
        """Whether it (or, unless it sends in its own way, the template that it builds on) supports a noun."""
        if re.search(rf"\{{[%{{][^}}]*\b{re.escape(noun)}\b", self.source):
            return True
        is_own_way = self.is_own and re.search(r"\{%-?\s*block\s+send\b", self.source)
        parent = None if is_own_way else self._parent
        return parent is not None and parent.mentions(noun)

    @property
    def sheet(self) -> Target | None:
        """The template of its paste sheet, `rendering/sheets/NAME-sheet.json.j2`; None where it has none."""
        path = _SHEETS / f"{self.name}-sheet.json.j2"
        return None if self.is_own or not path.is_file() else _target_at(path)

    @property
    def has_session(self) -> bool:
        """Whether it (or the template that it builds on) does all in a session of the web client."""
        return self._speaks_of(_SESSION)

    @property
    def knows_flows(self) -> bool:
        """Whether it (or the template that it builds on) writes a flow as one; else it writes the single actions."""
        return self._speaks_of(_FLOW)

    @property
    def knows_rows(self) -> bool:
        """Whether it itself does an action or a flow for each row of a CSV file (`--rows`)."""
        return bool(_ROWS.search(self.source))

    @property
    def knows_lines(self) -> bool:
        """Whether it writes a command for each of the lines that are given; else it takes the commands themselves."""
        return self._speaks_of(_LINES)

    def _speaks_of(self, what: re.Pattern[str]) -> bool:
        if what.search(self.source):
            return True
        parent = self._parent
        return parent is not None and parent._speaks_of(what)

    @property
    def _parent(self) -> Target | None:
        """The built-in template that it builds on."""
        builds_on = _PARENT.search(self.source)
        path = templates_folder() / Path(builds_on[1]).name if builds_on else None
        return _target_at(path) if path and path.is_file() else None


def templates_folder() -> Path:
    """Beside the package in a checkout (sdist, editable install), inside it in a wheel."""
    return next(p for p in (_PACKAGE / "templates", _PACKAGE.parent / "templates") if p.is_dir())


def list_targets() -> list[Target]:
    """All targets that come with har2rpc, by name."""
    return [_target_at(path) for path in sorted(templates_folder().glob("*.j2"))]


def find_target(name: str) -> Target:
    """A target by its name, or the user's own template by its path (it ends in `.j2`).

    Raises Har2rpcError if there is none.
    """
    if name.endswith(".j2"):
        path = Path(name)
        if not path.is_file():
            raise Har2rpcError(
                f"{name}: no such template; har2rpc targets lists those that come with it"
            )
        return _own_target(path)
    known = list_targets()
    for target in known:
        if target.name == name:
            return target
    names = [target.name for target in known]
    near = did_you_mean(name, names)
    hint = f"{near} All" if near else "known"
    raise Har2rpcError(
        f"no target {name!r}; {hint}: {', '.join(names)}; or give a template of your own (FILE.j2)"
    )


def _own_target(path: Path) -> Target:
    """A template of the user's own: its language is that of its suffix, or the family that its first comment names."""
    target = _target_at(path, is_own=True)
    family = _FAMILY.search(target.summary)
    suffix = suffix_of_family(family[1]) if family else usual_suffix(target.language)
    return replace(target, language=suffix)


def _target_at(path: Path, *, is_own: bool = False) -> Target:
    name, _, language = path.name.removesuffix(".j2").rpartition(".")
    return Target(name=name or language, path=path, language=language, is_own=is_own)
