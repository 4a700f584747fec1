"""One line on an input: its label, whether it must be given, what it holds."""

from __future__ import annotations

from dataclasses import replace

from har2rpc.model import Input
from har2rpc.rendering import template_context


def test_how_odoo_takes_a_moment_is_said_with_its_input() -> None:
    moment = Input("start", "Start", "datetime")
    assert "Start (required): YYYY-MM-DD HH:MM:SS, in UTC" == template_context.said(moment)
    assert "Start (required)" == template_context.said(replace(moment, type="date"))
    assert "Start (required): when it begins" == template_context.said(
        replace(moment, help="When it begins")
    )
