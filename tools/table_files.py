"""The tables as files: one row a line, always in the same layout, so that a rerun changes no byte."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any, TypeAlias

DATA = Path(__file__).resolve().parents[1] / "har2rpc" / "odoo" / "data"
_WIDTH = 118  # characters of a line of names

Table: TypeAlias = dict[str, Any]
"""A file of `data/`: its `_about`, and rows by name, by model and method, or names alone."""


def read_table(name: str) -> Table:
    """A table by its name; an empty one of methods, if there is no such file yet."""
    path = DATA / f"{name}.json"
    if not path.exists():
        return {"_about": "", "models": {}}
    table: Table = json.loads(path.read_text("utf-8"))
    return table


def table_text(table: Table) -> str:
    """The content of a table's file."""
    parts = ",\n".join(f"{json.dumps(key)}: {_value(key, part)}" for key, part in table.items())
    return f"{{\n{parts}\n}}\n"


def _value(key: str, value: Any) -> str:
    if key == "models":
        models = (f"{json.dumps(model)}: {_rows(rows)}" for model, rows in value.items())
        return "{\n" + ",\n".join(models) + "\n}"
    if isinstance(value, dict):
        return _rows(value)
    text = json.dumps(value)
    if isinstance(value, list) and len(text) > _WIDTH:
        lines = textwrap.wrap(text[1:-1], _WIDTH, break_long_words=False, break_on_hyphens=False)
        return "[\n" + "\n".join(lines) + "\n]"
    return text


def _rows(rows: dict[str, Any]) -> str:
    lines = (f" {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def entries(table: Table) -> dict[str, str]:
    """What a table says, by row: `base.search` and its rows, `operators.any` and its versions, `transient.sms.cancel`."""
    rows: dict[str, str] = {}
    for key, value in table.items():
        if key == "models":
            for model, methods in value.items():
                rows |= {f"{model}.{name}": json.dumps(row) for name, row in methods.items()}
        elif isinstance(value, dict):
            rows |= {f"{key}.{name}": json.dumps(row) for name, row in value.items()}
        elif isinstance(value, list):
            rows |= {f"{key}.{name}": "listed" for name in value}
        else:
            rows[key] = json.dumps(value)
    return rows
