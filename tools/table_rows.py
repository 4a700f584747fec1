"""The rows of one version, put into the tables: what is right stays, what differs is replaced, the rest is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odoo_server import Server, row_of
from odoo_sources import Methods, Row, Sources
from table_files import Table

from har2rpc.odoo import signatures

# What a server is asked about partners to see whether it takes an operator; the others are asked of a name.
PROBES: Mapping[str, tuple[str, Any]] = {
    **dict.fromkeys(("in", "not in"), ("name", ["x"])),
    **dict.fromkeys(("child_of", "parent_of"), ("id", 1)),
    **dict.fromkeys(("any", "not any", "any!", "not any!"), ("child_ids", [["name", "=", "x"]])),
    **dict.fromkeys(("inselect", "not inselect"), ("id", ["select 1", []])),
}
# Rows read off a later state of a version than its packages have (Debian's 14 is the first release of 14.0).
_LATER = frozenset({("base", "modified", 14)})


def orm_signatures(table: Table, version: int, sources: Sources) -> Table:
    """The ORM's methods, with one row for all versions in a row that have the same."""
    current = sources.orm_methods()
    models: dict[str, dict[str, list[Row]]] = {}
    for model in sorted(table["models"].keys() | current.keys()):
        known, new = table["models"].get(model, {}), current.get(model, {})
        models[model] = {}
        for name in sorted(known.keys() | new.keys()):
            by_version = _by_version(known.get(name, ()))
            if (model, name, version) not in _LATER:
                by_version.pop(version, None)
                by_version |= {version: new[name]} if name in new else {}
            if by_version:
                models[model][name] = _merged(by_version)
    return {**table, "models": models}


def public_methods(
    table: Table, version: int, sources: Sources | None, server: Server | None, orm: Table
) -> Table:
    """Every public method of the official modules: off the sources, and what a server says otherwise of its models.

    What a model has of another one that is no mixin of the ORM's table, only a server tells. Without one such rows stay.
    """
    rows: Methods = {
        model: {name: _without_versions(row) for name, [row] in methods.items()}
        for model, methods in table["models"].items()
    }
    if sources:
        own = sources.public_methods()
        rows = own if server else _joined(rows, own)
    if server:
        rows = _joined(rows, _otherwise(server, version, orm, _dated(rows, version)))
    return {**table, "models": _dated(rows, version)}


def domain_operators(
    table: Table, version: int, sources: Sources | None, server: Server | None
) -> Table:
    """The operators that the server takes, and what the sources say is out of use."""
    operators = {name: dict(row) for name, row in table["operators"].items()}
    new = {**table, "operators": operators}
    if server:
        for name in [*operators, *table["internal"]]:
            field, value = PROBES.get(name, ("name", "x"))
            is_taken = not server.refuses([[field, name, value]])
            if is_taken or name in operators:
                _date(operators.setdefault(name, {"from": version}), version, is_taken)
        is_taken = not server.refuses([["name", "ILIKE", "x"]])
        new["any_case_from"] = _since(table["any_case_from"], version, is_taken)
        parts = dict(table["date_parts"])
        is_taken = not any(
            server.refuses([[f"create_date.{name}", "=", 1]]) for name in parts["names"]
        )
        new["date_parts"] = {**parts, "from": _since(parts["from"], version, is_taken)}
    if sources:
        deprecated = sources.deprecated_operators()
        for name, row in operators.items():
            if name in deprecated:
                row["deprecated"], row["instead"] = deprecated[name]
            elif row.get("deprecated", version + 1) <= version:
                del row["deprecated"], row["instead"]
        if names := sources.date_parts():
            new["date_parts"] = {**new["date_parts"], "names": names}
        relative = table["relative_dates"]
        since = _since(relative["from"], version, sources.has_relative_dates())
        new["relative_dates"] = {**relative, "from": since}
    return new


def known_models(table: Table, server: Server) -> Table:
    """The models of a server, each on the side that it says; models of other servers stay."""
    transient = {model for model, is_transient in server.models.items() if is_transient}
    kept = server.models.keys() - transient
    return {
        **table,
        "transient": sorted((set(table["transient"]) - kept) | transient),
        "kept": sorted((set(table["kept"]) - transient) | kept),
    }


def _otherwise(server: Server, version: int, orm: Table, public: Table) -> Methods:
    """The methods of which the server says another thing than the tables, or has what they do not know."""
    tables = signatures.Tables(orm["models"], version, public, version)
    rows: Methods = {}
    for model, described in server.descriptions.items():
        for name, description in described.items():
            row = row_of(description)
            known = signatures.look_up(model, name, tables)
            # The table leaves out record methods without parameters: of a model that it has they are supposed.
            is_plain = (known is None or known.supposed) and row == {"params": []}
            if not is_plain and known != signatures.from_doc(description):
                rows.setdefault(model, {})[name] = row
    return rows


def _by_version(rows: list[Row] | tuple[()]) -> dict[int, Row]:
    return {
        version: _without_versions(row)
        for row in rows
        for version in range(row["from"], row["to"] + 1)
    }


def _merged(by_version: Mapping[int, Row]) -> list[Row]:
    """The rows of a method, one for versions that follow each other and have the same."""
    rows: list[Row] = []
    for version, row in sorted(by_version.items()):
        last = rows[-1] if rows else {}
        if last.get("to") == version - 1 and _without_versions(last) == row:
            last["to"] = version
        else:
            rows.append({"from": version, "to": version, **row})
    return rows


def _without_versions(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("from", "to")}


def _joined(rows: Methods, others: Methods) -> Methods:
    """Both, where the others' row of a method counts."""
    return {
        model: {**rows.get(model, {}), **others.get(model, {})}
        for model in rows.keys() | others.keys()
    }


def _dated(rows: Methods, version: int) -> dict[str, dict[str, list[Row]]]:
    return {
        model: {
            name: [{"from": version, "to": version, **row}]
            for name, row in sorted(rows[model].items())
        }
        for model in sorted(rows)
    }


def _date(row: dict[str, Any], version: int, is_taken: bool) -> None:
    """Puts right from and to which version an operator is there."""
    is_known = row["from"] <= version <= row.get("to", version)
    if is_taken and not is_known:
        row["from"] = min(row["from"], version)
        row.pop("to", None)
    elif not is_taken and is_known:
        row["to"] = version - 1


def _since(first: float, version: int, has_it: bool) -> float:
    """The first version that has something, where it is another one than was known."""
    if has_it == (version >= first):
        return first
    return version if has_it else version + 1
