"""What programs sent through JSON-2 and XML-RPC, converted and run: the same answers come from the capture's own Odoo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from har_builder import ROOT, product

DOORS = ROOT / "samples" / "doors"


@pytest.mark.parametrize(
    "name, count, target",
    [
        ("synthetic-json2", 4, "python"),
        ("synthetic-json2", 4, "python-json2"),
        ("synthetic-json2", 4, "python-xmlrpc"),
        ("synthetic-xml_rpc", 3, "python"),  # nothing tells that this server has JSON-2
        ("synthetic-xml_rpc", 3, "python-xmlrpc"),
    ],
)
def test_the_code_does_what_the_program_did(name: str, count: int, target: str) -> None:
    verdicts = json.loads(
        product("verify", "--json", "--writes", "-t", target, DOORS / f"{name}.har")
    )
    assert ["same"] * count == [verdict["status"] for verdict in verdicts]


def test_a_twin_with_one_argument_changed_is_told(tmp_path: Path) -> None:
    """The mock answers what was recorded alone: the code of another capture is refused."""
    text = (DOORS / "synthetic-json2.har").read_text("utf-8")
    twin = tmp_path / "twin.har"
    twin.write_text(text.replace("555 01 03", "555 01 04"), "utf-8")
    codes = [product("convert", "-n", "3", path) for path in (DOORS / "synthetic-json2.har", twin)]
    assert "555 01 03" in codes[0] and "555 01 04" in codes[1] and "555 01 03" not in codes[1]


@pytest.mark.parametrize("name", ["synthetic-json2", "synthetic-xml_rpc"])
@pytest.mark.parametrize("target", ["python", "python-json2", "curl", "javascript", "n8n", "json"])
def test_no_credential_comes_out(name: str, target: str) -> None:
    assert "not-a-real-password" not in product("convert", "-t", target, DOORS / f"{name}.har")
