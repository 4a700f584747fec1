"""The parameters of methods, by model and version; they give names to positional arguments.

Two tables next to this file (`data/`): the ORM and mail's mixins for Odoo 12-19, and every public method of the official
community modules of 19; `tools/odoo_tables.py` writes both. A model's own row comes before the mixins', these before
the ORM's. Versions that the tables do not know (20, saas~) fall back to the nearest older one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from har2rpc.model import Input, Json, Value
from har2rpc.odoo import versions

_DATA = Path(__file__).with_name("data")
_INHERITED = ("mail.thread", "mail.activity.mixin", "base")
# Record methods that mean something on no records: a form that is not saved yet, a right on the model.
_FINE_WITHOUT_IDS = frozenset(
    {"onchange", "web_save", "has_access", "check_access", "default_get", "fields_get", "web_read"}
)


# Parameters that were called otherwise before Odoo 19: a capture of an older one names them so.
_RENAMED = {
    ("search", "args"): "domain",
    ("search_count", "args"): "domain",
    ("name_search", "args"): "domain",
    ("default_get", "fields_list"): "fields",
    ("get_empty_list_help", "help"): "help_message",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """A method's parameters after self (and after the ids of a record method)."""

    positional: tuple[str, ...]
    """Names in order, as far as they may be given by position."""
    is_model: bool
    """`@api.model`: called without ids; JSON-2 answers 422 when it gets some."""
    private: bool = False
    supposed: bool = False
    """No row of its own: a record method without parameters, for the table of 19 leaves out these alone."""


Table: TypeAlias = Mapping[str, Mapping[str, Sequence[Mapping[str, Json]]]]
"""Rows by model and method: `{"from": 12, "to": 18, "params": ["args", "offset="], "model": true}`."""


class Tables(NamedTuple):
    """The two tables, and the version whose rows of each are meant."""

    orm: Table
    version: int
    public: Table
    """Empty for a version without a table of all its public methods."""
    public_version: int


@dataclass(frozen=True, slots=True)
class Named:
    """A call with named arguments, as JSON-2 takes them."""

    ids: Value = None
    """The records it is called on; None for a method of the model."""
    arguments: Mapping[str, Value] = field(default_factory=dict)
    unnamed: Sequence[Value] = ()
    """Positional values whose names are unknown: a TODO, never a guess."""
    supposed: bool = False
    """Called on records because nothing but records was given, and no parameter is known."""


def signature(
    model: str, method: str, major: int | None, doc: Mapping[str, Json] | None = None
) -> Signature | None:
    """The signature in this major version (the newest where unknown), or None where no table has it.

    `doc` is a server's own `/doc-bearer/<model>.json`: it speaks first for its model.
    """
    if doc and doc.get("model") == model and method in (doc.get("methods") or {}):
        return from_doc(doc["methods"][method])
    version = versions.nearest_known(major)
    complete = versions.public_methods_of(version)
    public = _table(f"public_methods_{complete}") if complete else {}
    return look_up(model, method, Tables(_table("orm_signatures"), version, public, complete or 0))


def look_up(model: str, method: str, tables: Tables) -> Signature | None:
    """The signature that these tables have for a method of a model, its own or an inherited one."""
    # The ORM's table first: it also tells which parameters go by name alone.
    in_turn = ((tables.orm, tables.version), (tables.public, tables.public_version))
    for name in (model, *_INHERITED):
        for table, version in in_turn:
            for row in table.get(name, {}).get(method, ()):
                passes_on = row["params"] == ["*args", "**kwargs"]  # to what it overrides
                if row["from"] <= version <= row["to"] and not passes_on:
                    return _from_row(row)
    if model in tables.public:
        return Signature((), is_model=False, supposed=True)
    return None


def name_arguments(
    model: str,
    method: str,
    args: Sequence[Value],
    kwargs: Mapping[str, Value],
    *,
    known: Signature | None,
    is_button: bool = False,
) -> Named:
    """The arguments by name. `is_button`: called on records for certain, whatever the tables know."""
    arguments = {_name_now(method, name, known): value for name, value in kwargs.items()}
    ids = arguments.pop("ids", None)
    rest = list(args)
    if known is not None and known.supposed and (len(rest) != 1 or kwargs):
        known = None  # it was given more than records: it is none of the official ones
    if known is None and not is_button:
        return Named(None, arguments, rest)
    if (known is None or not known.is_model) and rest:
        first = rest.pop(0)
        is_list = isinstance(first, list) or (isinstance(first, Input) and first.multiple)
        ids = first if is_list else [first]
        if ids == [] and method in _FINE_WITHOUT_IDS:
            ids = None
    elif known is not None and not known.is_model and ids is None:
        ids = (
            None if method in _FINE_WITHOUT_IDS else []
        )  # nothing to act on: refused by who sends it
    names = known.positional if known else ()
    arguments = {**dict(zip(names, rest, strict=False)), **arguments}
    supposed = known is not None and known.supposed and not is_button
    return Named(ids, arguments, rest[len(names) :], supposed)


def _name_now(method: str, name: str, known: Signature | None) -> str:
    new = _RENAMED.get((method, name))
    return new if new and known and new in known.positional else name


def parse_doc(text: str) -> Mapping[str, Json]:
    """A server's own description of a model: what `/doc-bearer/<model>.json` answers (Odoo 19 and later).

    Raises ValueError for anything that is none.
    """
    description = json.loads(text)
    if not isinstance(description, dict) or not isinstance(description.get("model"), str):
        raise ValueError("it does not name its model")
    methods = description.get("methods")
    if not isinstance(methods, dict):
        raise ValueError("it describes no methods")
    for name, about in methods.items():
        if not isinstance(about, dict) or not isinstance(about.get("parameters") or {}, dict):
            raise ValueError(f"its entry {name} does not describe a method")
    return description


def _from_row(row: Mapping[str, Json]) -> Signature:
    positional = []
    for name in row["params"]:
        if name.startswith("*"):
            break
        positional.append(name.rstrip("="))
    return Signature(tuple(positional), bool(row.get("model")), bool(row.get("private")))


def from_doc(described: Mapping[str, Json]) -> Signature:
    """The signature in a server's own description of a method."""
    parameters = described.get("parameters") or {}
    positional = [
        name
        for name, about in parameters.items()
        if (about or {}).get("kind") not in ("KEYWORD_ONLY", "VAR_KEYWORD", "VAR_POSITIONAL")
    ]
    return Signature(tuple(positional), "model" in (described.get("api") or ()))


@cache
def _table(name: str) -> Table:
    table: Table = json.loads((_DATA / f"{name}.json").read_text("utf-8"))["models"]
    return table
