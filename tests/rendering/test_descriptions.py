"""One line on an input: its label, whether it must be given, what it holds."""

from __future__ import annotations

from dataclasses import replace

from har2rpc.model import Input
from har2rpc.rendering import descriptions


def test_how_odoo_takes_a_moment_is_said_with_its_input() -> None:
    moment = Input("start", "Start", "datetime")
    assert "Start (required): YYYY-MM-DD HH:MM:SS, in UTC" == descriptions.input_description(moment)
    assert "Start (required)" == descriptions.input_description(replace(moment, type="date"))
    assert "Start (required): when it begins" == descriptions.input_description(
        replace(moment, help="When it begins")
    )
