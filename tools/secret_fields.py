#!/usr/bin/env python3
"""Adds to `har2rpc/odoo/data/secret_fields.json` the fields that hold secrets, from Odoo's sources; --check compares.

A field of a text or binary type is a candidate where a view hides it as it is typed (`password="True"`), where only
administrators may read it (`groups="base.group_system"`, `fields.NO_ACCESS`), or where its name holds a telling word.
Candidates of the first kind, and those whose names tell (`har2rpc/odoo/secret_names.py`, and the keys below), are secret
everywhere; the others of the second kind for their model alone. Nothing is dropped: captures are of old versions, too.

    python tools/secret_fields.py --sources ~/odoo-14.0 --sources ~/odoo-19.0
    python tools/secret_fields.py --sources ~/odoo-19.0 --candidates candidates.json --check

`--candidates` is a file with what the sources of several versions say, `{"15": {"adyen_api_key": ["password", "system"]}}`:
its names are added, and those of a version whose sources are given are compared with these.

Exit codes: 0 written, or nothing differs; 1 differences (with --check); 2 wrong usage.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from odoo_sources import Sources, class_attributes, model_of
from table_files import DATA, entries, table_text

from har2rpc.odoo.secret_names import is_never_secret, is_secret_name

_TYPES = frozenset(f"fields.{type_}" for type_ in "Char Text Html Binary Json".split())
_SYSTEM = frozenset({"base.group_system", "fields.NO_ACCESS"})
_WORDS = re.compile(r"pass|pwd|secret|token|key|credential|authorization_code|^pin$")
# Keys of these names open nothing: of rows that belong together, of a keyboard, of files.
_HARMLESS = re.compile(
    r"keys?|key_\w+|(?:discount_allocation|epd|term|push_to_talk|website_form)_key|country_proxy_keys|\w*_keywords"
    r"|\w*_filename"
)
_TAG = re.compile(r"<field\b[^>]*>")
_HIDES = re.compile(r"""\bpassword\s*=\s*["'](?:True|true|1)["']""")
_NAME = re.compile(r"""\bname\s*=\s*["'](\w+)["']""")
# Of versions whose sources nobody has at hand.
_MODELS = {"paypal_seller_account": {"payment.provider"}}
# A model's name in older versions.
_ONCE = {"payment.provider": "payment.acquirer"}
_ABOUT = (
    "Fields of Odoo's modules that hold secrets, 14 to 19, from their sources by tools/secret_fields.py: everywhere, "
    "or of one model alone."
)


@dataclass
class Candidates:
    """What the sources of one version say: marks by name, and the models that show a field to administrators alone."""

    marks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    models: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def candidates(sources: Sources) -> Candidates:
    """Every candidate of all modules."""
    found = Candidates()
    for path in sources.model_files():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                for name, groups in _text_fields(node):
                    if groups & _SYSTEM:
                        found.marks[name].add("system")
                        found.models[name].add(model_of(node))
                    elif _WORDS.search(name):
                        found.marks[name].add("name")
    for name in _hidden_fields(sources):
        found.marks[name].add("password")
    return found


def _text_fields(node: ast.ClassDef) -> Iterator[tuple[str, set[str]]]:
    """The text and binary fields of a class, and the groups that may read each."""
    for name, value in class_attributes(node):
        if isinstance(value, ast.Call) and ast.unparse(value.func) in _TYPES:
            groups = next((key.value for key in value.keywords if key.arg == "groups"), None)
            text = (
                groups.value if isinstance(groups, ast.Constant) else groups and ast.unparse(groups)
            )
            yield name, {group.strip() for group in str(text or "").split(",")}


def _hidden_fields(sources: Sources) -> Iterator[str]:
    """The fields that views show as dots."""
    for folder in sources.module_folders():
        for path in sorted(folder.rglob("*.xml")):
            for tag in _TAG.findall(path.read_text("utf-8", "replace")):
                if _HIDES.search(tag) and (name := _NAME.search(tag)):
                    yield name[1]


def updated(
    table: Mapping[str, Any], marks: Mapping[str, set[str]], models: Mapping[str, set[str]]
) -> dict[str, Any]:
    """The table with these candidates in it."""
    everywhere, of_models = set(table["everywhere"]), defaultdict(set)
    for model, names in table["of_models"].items():
        of_models[model] |= set(names)
    for name, kinds in marks.items():
        if is_never_secret(name):
            continue
        if "password" in kinds or _tells(name):
            everywhere.add(name)
        for model in models.get(name) or _MODELS.get(name, ()):
            of_models[model].add(name)
    rows = {}
    for model in sorted(of_models | {_ONCE[model]: set() for model in of_models if model in _ONCE}):
        known = {now for now, once in _ONCE.items() if once == model}
        names = set().union(of_models[model], *(of_models[now] for now in known)) - everywhere
        if model and names:
            rows[model] = sorted(names)
    return {"_about": _ABOUT, "everywhere": sorted(everywhere), "of_models": rows}


def _tells(name: str) -> bool:
    """Whether a candidate's name tells that it is secret: among candidates nearly every key does."""
    is_key = re.search(r"_keys?\b|key_(?:in|out)\b", name) is not None
    return is_secret_name(name) or (is_key and not _HARMLESS.fullmatch(name))


def differing_candidates(version: str, found: Candidates, listed: Mapping[str, Any]) -> list[str]:
    """A line for each candidate that only one side has, or one with another mark of the views or of the groups."""
    lines = []
    for name in sorted(listed.keys() | found.marks.keys()):
        own, their = found.marks.get(name, set()), set(listed.get(name, ()))
        if own - {"name"} != their - {"name"} or bool(own) != bool(their):
            lines.append(
                f"{version} {name}: {sorted(own)} in the sources, {sorted(their)} in the file"
            )
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns its exit code."""
    options = _parser().parse_args(arguments)
    path = DATA / "secret_fields.json"
    old: dict[str, Any] = {"everywhere": [], "of_models": {}}
    if path.exists():
        old = json.loads(path.read_text("utf-8"))
    listed = json.loads(options.candidates.read_text("utf-8")) if options.candidates else {}
    new, lines = dict(old), []
    for marks in listed.values():
        new = updated(new, {name: set(kinds) for name, kinds in marks.items()}, {})
    for folder in options.sources:
        sources = Sources(folder)
        version = sources.version()
        if version is None:
            _parser().error(f"{folder}: no sources of Odoo")
        found = candidates(sources)
        new = updated(new, found.marks, found.models)
        if str(version[0]) in listed:
            lines += differing_candidates(str(version[0]), found, listed[str(version[0])])
    before, after = entries(old), entries(new)
    changed = [f"+ {key}" for key in sorted(after.keys() - before.keys())]
    changed += [f"* {key}" for key in before if key in after and before[key] != after[key]]
    if not options.check:
        path.write_text(table_text(new), "utf-8")
    print("\n".join([*lines, *changed]) or "the table is right")
    return 1 if options.check and (lines or changed) else 0


def _parser() -> argparse.ArgumentParser:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="secret_fields.py",
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--sources",
        type=Path,
        action="append",
        default=[],
        help="a folder with Odoo's sources; may be repeated",
    )
    parser.add_argument("--candidates", type=Path, help="a file of candidates by version")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
