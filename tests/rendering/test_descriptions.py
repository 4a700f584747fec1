"""One line on an input: its label, whether it must be given, what it holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from har_builder import ROOT, product

from har2rpc.model import Input
from har2rpc.rendering import descriptions


def test_how_odoo_takes_a_moment_is_said_with_its_input() -> None:
    moment = Input("start", "Start", "datetime")
    assert "Start (required): YYYY-MM-DD HH:MM:SS, in UTC" == descriptions.input_description(moment)
    assert "Start (required)" == descriptions.input_description(replace(moment, type="date"))
    assert "Start (required): when it begins" == descriptions.input_description(
        replace(moment, help="When it begins")
    )


SAMPLES = ROOT / "samples"


@pytest.mark.parametrize(
    "path, whose",
    [
        (SAMPLES / "doors" / "synthetic-xml_rpc.har", "as a program did it"),
        (SAMPLES / "doors" / "synthetic-json2.har", "as a program did it"),
        (SAMPLES / "synthetic-jsonrpc.har", "as a program did it"),
        (SAMPLES / "odoo19-chrome-edit_partner.har", "as Odoo 19's web client did it"),
    ],
)
def test_the_head_says_whose_calls_they_are(path: Path, whose: str) -> None:
    for target in ("python", "curl", "postman"):
        assert whose in product("convert", "-t", target, path)
