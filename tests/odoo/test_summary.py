"""What a call was about, as the list tells it."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.odoo import classify
from har2rpc.odoo.routes import Recorded
from har2rpc.odoo.summary import subject


@pytest.mark.parametrize(
    "method, args, words",
    [
        ("web_save", [[7], {"name": "X", "phone": False}], "id 7: name and phone"),
        ("write", [[7], {"active": False}], "id 7: active"),
        ("web_save", [[], {"name": "X", "phone": False}], 'name "X"'),
        ("create", [[{"name": "X", "phone": "1"}]], 'name "X" and 1 more value'),
        ("create", [{"name": "X", "phone": "1", "city": "Y"}], 'name "X" and 2 more values'),
        ("create", [[{"name": "X"}, {"name": "Y"}]], "2 records"),
        ("name_create", ["Bob"], 'name "Bob"'),
    ],
)
def test_at_a_glance(method: str, args: list[Any], words: str) -> None:
    assert words == subject(
        classify.alone(Recorded("", "/web/dataset/call_kw", "res.partner", method, args, {}, {}, 2))
    )
