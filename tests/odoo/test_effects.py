"""What a call may do: known to be harmless, or not."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.odoo.effects import Effects, effects

READ, ADDS, SAME, WORST = (
    Effects(True, True, True),
    Effects(False, True, False),
    Effects(False, False, True),
    Effects(False, False, False),
)


@pytest.mark.parametrize(
    "method, args, expected",
    [
        ("search_read", [[]], READ),
        ("formatted_read_group", [], READ),
        ("create", [{"name": "x"}], ADDS),
        ("copy", [[7]], ADDS),
        ("name_create", ["x"], ADDS),
        ("message_post", [[7]], ADDS),
        ("web_save", [[], {"name": "x"}], ADDS),
        ("web_save", [[7], {"name": "x"}], SAME),
        ("write", [[7], {"name": "x", "amount": 0}], SAME),
        ("write", [[7], {"tag_ids": [[6, 0, [1, 2]]]}], SAME),
        ("write", [[7], {"order_line": [[0, 0, {"name": "x"}]]}], WORST),
        ("write", [[7], {"order_line": [[1, 3, {"taxes": [[0, 0, {}]]}]]}], WORST),
        ("unlink", [[7]], SAME),
        ("message_subscribe", [[7]], Effects(False, True, True)),
        ("action_confirm", [[7]], WORST),
        ("a_method_that_nobody_knows", [], WORST),
    ],
)
def test_effects(method: str, args: list[Any], expected: Effects) -> None:
    assert expected == effects(method, args)
