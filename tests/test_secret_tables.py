"""tools/secret_fields.py: what it reads off Odoo's sources, and that the table in `data/` holds what it would write."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from har_builder import ROOT

TABLE = ROOT / "har2rpc" / "odoo" / "data" / "secret_fields.json"
CANDIDATES = ROOT.parent / "shared" / "reference" / "odoo-secret-fields.json"
MODEL = """
class Provider(models.Model):
    _name = "payment.provider"
    acme_hmac_key = fields.Char(groups="base.group_system")
    acme_account = fields.Char(groups="base.group_system")
    acme_until = fields.Datetime(groups="base.group_system")
    acme_public_key = fields.Char(groups="base.group_system")
    acme_word = fields.Char()
    acme_token = fields.Char()
    tax_key = fields.Char()
    cache_token_count = fields.Integer()
    name: str = fields.Char(required=True)

class Other(models.Model):
    _inherit = "res.users"
    seed = fields.Binary(groups=fields.NO_ACCESS)
"""
VIEW = """<form><field name="acme_word" password="True"/><field name="name"/></form>"""


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import odoo_sources
    import secret_fields

    return SimpleNamespace(sources=odoo_sources.Sources, fields=secret_fields)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    module = tmp_path / "odoo" / "addons" / "acme"
    (module / "models").mkdir(parents=True)
    (module / "views").mkdir()
    (tmp_path / "odoo" / "release.py").write_text("version_info = (19, 0, 0, 'final', 0, '')\n")
    (module / "__manifest__.py").write_text("{'name': 'Acme', 'author': 'Acme'}")
    (module / "models" / "provider.py").write_text(MODEL)
    (module / "views" / "provider.xml").write_text(VIEW)
    return tmp_path


def test_candidates_and_their_marks(tool: SimpleNamespace, folder: Path) -> None:
    found = tool.fields.candidates(tool.sources(folder))
    assert {
        "acme_hmac_key": {"system"},
        "acme_account": {"system"},
        "acme_public_key": {"system"},
        "acme_word": {"password"},
        "acme_token": {"name"},
        "tax_key": {"name"},
        "seed": {"system"},
    } == found.marks
    assert {"payment.provider"} == found.models["acme_account"]


def test_what_is_secret_everywhere_and_what_of_its_model(
    tool: SimpleNamespace, folder: Path
) -> None:
    found = tool.fields.candidates(tool.sources(folder))
    table = tool.fields.updated(
        {"everywhere": ["old_pin"], "of_models": {}}, found.marks, found.models
    )
    assert ["acme_hmac_key", "acme_token", "acme_word", "old_pin"] == table["everywhere"]
    assert {
        "payment.acquirer": ["acme_account"],
        "payment.provider": ["acme_account"],
        "res.users": ["seed"],
    } == table["of_models"]
    again = tool.fields.updated(table, found.marks, found.models)
    assert table == again


def test_candidates_that_differ_are_told(tool: SimpleNamespace, folder: Path) -> None:
    found = tool.fields.candidates(tool.sources(folder))
    listed: dict[str, Any] = {name: sorted(marks) for name, marks in found.marks.items()}
    assert [] == tool.fields.differing_candidates("19", found, listed)
    listed["acme_account"] = ["password"]
    assert ["19 acme_account: ['system'] in the sources, ['password'] in the file"] == (
        tool.fields.differing_candidates("19", found, listed)
    )


def test_the_table_holds_every_candidate_of_the_reference() -> None:
    if not CANDIDATES.exists():
        pytest.skip("the candidates of 14 to 19 are not here: nothing was compared")
    command = [sys.executable, str(ROOT / "tools" / "secret_fields.py"), "--check"]
    process = subprocess.run(
        [*command, "--candidates", str(CANDIDATES)], capture_output=True, text=True, check=False
    )
    assert (0, "the table is right\n") == (process.returncode, process.stdout)


def test_the_table_is_small_and_in_order() -> None:
    table = json.loads(TABLE.read_text("utf-8"))
    assert TABLE.stat().st_size < 10_000
    assert sorted(set(table["everywhere"])) == table["everywhere"]
