#!/usr/bin/env python3
"""Writes the rows of one version of Odoo into the tables of `har2rpc/odoo/data/`, or compares them with --check.

What a version's rows are read off: `--sources`, a folder with Odoo's sources (read, never run), and `--url`, a server
of that version for what only a server tells. Rows of other versions stay as they are; whatever is not given is not
looked at. Run again with the same sources and server it changes no byte.

    python tools/odoo_tables.py --version 19 --sources ~/odoo-19.0 --url http://localhost:8069 --db test
    python tools/odoo_tables.py --version 14 --sources ~/odoo-14.0 --check

The credential comes from the environment: ODOO_API_KEY, else ODOO_PASSWORD. URL, database and login may stand there,
too: ODOO_URL, ODOO_DB, ODOO_LOGIN. The user must be one who may read ir.model (an administrator).

A version that is new here: run this first, then raise NEWEST in har2rpc/odoo/versions.py and add to PUBLIC_METHODS.
Exit codes: 0 written, or nothing differs; 1 differences (with --check), or a server that refuses; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from odoo_server import Server, ServerError, log_in
from odoo_sources import Sources
from table_files import DATA, entries, read_table, table_text
from table_rows import domain_operators, known_models, orm_signatures, public_methods

from har2rpc.odoo import versions

Update: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


def updates(
    version: int, sources: Sources | None, server: Server | None
) -> Iterator[tuple[str, Update]]:
    """Each table that these sources and this server tell something of: its name, and what makes the new of the old."""
    if sources:
        yield "orm_signatures", lambda table: orm_signatures(table, version, sources)
    if version >= min(versions.PUBLIC_METHODS):
        orm = read_table("orm_signatures")
        yield f"public_methods_{version}", lambda table: public_methods(
            table, version, sources, server, orm
        )
    yield "domain_operators", lambda table: domain_operators(table, version, sources, server)
    if server:
        yield "models", lambda table: known_models(table, server)


def differences(name: str, old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """A line for each entry that is otherwise: `-` what the table has, `+` what it should have."""
    lines = []
    before, after = entries(old), entries(new)
    for key in sorted(before.keys() | after.keys()):
        if before.get(key) != after.get(key):
            lines += [f"{name}: - {key}: {before[key]}"] if key in before else []
            lines += [f"{name}: + {key}: {after[key]}"] if key in after else []
    return lines


def run(version: int, sources: Sources | None, server: Server | None, *, check: bool) -> list[str]:
    """Compares the tables, and writes them unless `check` is set. Returns what differed."""
    lines: list[str] = []
    for name, update in updates(version, sources, server):
        old = read_table(name)
        new = update(old)
        changed = differences(name, old, new)
        path = DATA / f"{name}.json"
        text = table_text(new)
        if not changed and path.exists() and path.read_text("utf-8") != text:
            changed = [f"{name}: the same rows, in another layout"]
        if changed and not check:
            path.write_text(text, "utf-8")
        lines += changed
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """The command. Returns its exit code."""
    options = _parser().parse_args(arguments)
    sources = Sources(options.sources) if options.sources else None
    if sources is None and not options.url:
        _parser().error("nothing to read off: give --sources, or --url (or both)")
    if sources and not _is_version(sources.version(), options.version):
        _parser().error(f"{options.sources} is not Odoo {options.version}, but {sources.version()}")
    try:
        server = _server(options) if options.url else None
        lines = run(options.version, sources, server, check=options.check)
    except (ServerError, OSError) as error:
        print(f"odoo_tables: {error}", file=sys.stderr)
        return 1
    print("\n".join(lines) or f"Odoo {options.version}: the tables are right")
    return 1 if lines and options.check else 0


def _server(options: argparse.Namespace) -> Server:
    secret = os.environ.get("ODOO_API_KEY") or os.environ.get("ODOO_PASSWORD")
    if not secret:
        _parser().error(
            "the credential is read from the environment: ODOO_API_KEY or ODOO_PASSWORD"
        )
    server = log_in(options.url, options.db, options.login, str(secret))
    if not _is_version(server.version(), options.version):
        raise ServerError(f"{options.url} is not Odoo {options.version}, but {server.version()}")
    return server


def _is_version(version: versions.Version | None, major: int) -> bool:
    return version is not None and version[0] == major


def _parser() -> argparse.ArgumentParser:
    summary, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="odoo_tables.py",
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    newest = versions.NEWEST + 1  # the rows of the next one are written before it is known
    known = range(versions.OLDEST, newest + 1)
    parser.add_argument("--version", type=int, required=True, choices=known, metavar="MAJOR")
    parser.add_argument("--sources", type=Path, help="a folder with Odoo's sources of this version")
    parser.add_argument("--url", default=os.environ.get("ODOO_URL"), help="a server of it")
    parser.add_argument("--db", default=os.environ.get("ODOO_DB"), help="its database")
    parser.add_argument("--login", default=os.environ.get("ODOO_LOGIN", "admin"))
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
