"""Odoo's sources as they stand in a folder: what a version's methods take and what its domains know.

Read with ast; nothing of Odoo is imported or run.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from har2rpc.odoo.versions import Version, parse_version

Row: TypeAlias = dict[str, Any]
"""A method as a table has it, without its versions: `{"params": ["domain", "limit="], "model": True}`."""
Methods: TypeAlias = dict[str, dict[str, Row]]
"""Rows by model and method."""

# Where the models of the ORM's table stand; of two places the first that is there, and all of them for `base`.
_ORM = ("odoo/orm/models.py", "odoo/models.py")
_BASE = ("odoo/addons/base/models/ir_ui_view.py", "addons/web/models/models.py")
_MODELS = {
    "mail.thread": ("addons/mail/models/mail_thread.py",),
    "mail.activity.mixin": (
        "addons/mail/models/mail_activity_mixin.py",  # from 15 on
        "addons/mail/models/mail_activity.py",
    ),
    "res.users": ("odoo/addons/base/models/res_users.py",),
}
_NO_METHODS = frozenset({"init"})  # runs at an installation
_NO_MODELS = frozenset({"tests", "migrations", "upgrades", "populate"})
_OFFICIAL = "Odoo S.A."
_DEPRECATED = re.compile(r"Operator '(.+?)' is deprecated since (\d+)\.\d+, use '(.+?)' directly")


@dataclass(frozen=True, slots=True)
class Sources:
    """A folder that holds Odoo: a checkout (`odoo/`, `addons/`), or the installed package itself (`odoo/addons/`)."""

    folder: Path

    @property
    def package(self) -> Path:
        """The folder of the Python package `odoo`."""
        inner = self.folder / "odoo"
        return inner if (inner / "release.py").is_file() else self.folder

    def version(self) -> Version | None:
        """The version in `release.py`; None where there is none."""
        try:
            tree = _parsed(self.package / "release.py")
        except OSError:
            return None
        for node in tree.body:
            is_tuple = isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple)
            if is_tuple and "version_info" in map(ast.unparse, node.targets):
                major, minor = (ast.literal_eval(part) for part in node.value.elts[:2])
                return parse_version(f"{major}.{minor}")
        return None

    def orm_methods(self) -> Methods:
        """The public methods of the ORM, mail's mixins and the users.

        Of a model those of the class that bears its name: what extends it elsewhere passes its arguments on.
        """
        orm = next(path for path in map(self._path, _ORM) if path.is_file())
        base = _methods(node for node in _classes(orm) if node.name == "BaseModel")
        for path in map(self._path, _BASE):
            if path.is_file():
                base |= _methods(node for node in _classes(path) if model_of(node) == "base")
        found = {"base": base}
        for model, files in _MODELS.items():
            path = next(path for path in map(self._path, files) if path.is_file())
            found[model] = _methods(
                node for node in _classes(path) if _attributes(node).get("_name") == model
            )
        return found

    def public_methods(self) -> Methods:
        """Those of all official modules that have parameters, or are of the model, or not to be called from outside.

        Where several modules define one, the row with the most parameters: the others pass theirs on.
        """
        found: Methods = defaultdict(dict)
        for path in self.model_files(official=True):
            for node in _classes(path):
                if model := model_of(node):
                    for name, row in _methods([node]).items():
                        known = found[model].get(name)
                        if known is None or _named(row) > _named(known):
                            found[model][name] = row
        return {
            model: telling
            for model, rows in found.items()
            if (telling := {n: row for n, row in rows.items() if row["params"] or len(row) > 1})
        }

    def deprecated_operators(self) -> dict[str, tuple[int, str]]:
        """Operators of domains that are out of use: since which version, and what to write instead."""
        path = self._path("odoo/orm/domains.py")
        texts = _texts(_parsed(path)) if path.is_file() else ()
        found = (_DEPRECATED.match(text) for text in texts)
        return {match[1]: (int(match[2]), match[3]) for match in found if match}

    def date_parts(self) -> list[str]:
        """The numbers of a date that a field's path may end with, in the order of the sources."""
        path = self._path("odoo/orm/utils.py")
        for node in _parsed(path).body if path.is_file() else ():
            is_dict = isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
            if is_dict and "READ_GROUP_NUMBER_GRANULARITY" in map(ast.unparse, node.targets):
                return [ast.literal_eval(key) for key in node.value.keys if key]
        return []

    def has_relative_dates(self) -> bool:
        """Whether a date's value may be `today -7d`."""
        path = self._path("odoo/tools/date_utils.py")
        return path.is_file() and any(
            isinstance(node, ast.FunctionDef) and node.name == "parse_date"
            for node in _parsed(path).body
        )

    def _path(self, name: str) -> Path:
        """A file by its path in a checkout."""
        if name.startswith("odoo/"):
            return self.package / name.removeprefix("odoo/")
        beside = self.package.parent / name
        return beside if beside.exists() else self.package / name

    def module_folders(self, *, official: bool = False) -> Iterator[Path]:
        """The folders of the modules; `official`: only of those that Odoo itself is the author of."""
        folders = {self.package / "addons", self._path("addons")}
        for manifest in sorted(path for f in folders for path in f.glob("*/__manifest__.py")):
            declared = ast.literal_eval(manifest.read_text("utf-8"))
            if not official or declared.get("author") == _OFFICIAL:
                yield manifest.parent

    def model_files(self, *, official: bool = False) -> Iterator[Path]:
        """Their Python files, without tests and what runs at an upgrade."""
        for folder in self.module_folders(official=official):
            for path in sorted(folder.rglob("*.py")):
                if not _NO_MODELS & set(path.relative_to(folder).parts):
                    yield path


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(_parsed(path)) if isinstance(node, ast.ClassDef))


def _texts(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _attributes(node: ast.ClassDef) -> dict[str, Any]:
    """`_name` and `_inherit`, where they are literals."""
    values: dict[str, Any] = {}
    for target, value in class_attributes(node):
        if target in ("_name", "_inherit"):
            try:
                values[target] = ast.literal_eval(value)
            except ValueError:
                continue
    return values


def class_attributes(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    """What is assigned in a class: fields, `_name`, …"""
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            yield from ((ast.unparse(target), statement.value) for target in statement.targets)
        elif isinstance(statement, ast.AnnAssign) and statement.value:
            yield ast.unparse(statement.target), statement.value


def model_of(node: ast.ClassDef) -> str:
    """The model that a class defines, or extends as the only one; "" for other classes."""
    attributes = _attributes(node)
    inherited = attributes.get("_inherit") or []
    inherited = [inherited] if isinstance(inherited, str) else list(inherited)
    return str(attributes.get("_name") or (inherited[0] if len(inherited) == 1 else ""))


def _methods(nodes: Iterator[ast.ClassDef] | list[ast.ClassDef]) -> dict[str, Row]:
    """The public methods of some classes: the later definition wins."""
    found = {}
    for node in nodes:
        for function in node.body:
            if isinstance(function, ast.FunctionDef) and _is_public(function):
                found[function.name] = _row(function)
    return found


def _is_public(function: ast.FunctionDef) -> bool:
    if function.name.startswith("_") or function.name in _NO_METHODS:
        return False
    decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
    return not any(
        name in ("property", "classmethod", "staticmethod") or name.endswith(".setter")
        for name in decorators
    )


def _row(function: ast.FunctionDef) -> Row:
    decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
    row: Row = {"params": _parameters(function.args)}
    if decorators & {"api.model", "api.model_create_multi"}:
        row["model"] = True
    if "api.private" in decorators:
        row["private"] = True
    return row


def _parameters(arguments: ast.arguments) -> list[str]:
    """After self, in Python's own notation: `name=` has a default, what follows `*` goes by name alone."""
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    names = [
        f"{argument.arg}{'=' if place >= required else ''}"
        for place, argument in enumerate(positional)
    ][1:]
    if arguments.vararg:
        names.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        names.append("*")
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        names.append(f"{argument.arg}{'=' if default is not None else ''}")
    if arguments.kwarg:
        names.append(f"**{arguments.kwarg.arg}")
    return names


def _named(row: Row) -> int:
    """How many parameters a row names."""
    return len([name for name in row["params"] if not name.startswith("*")])
