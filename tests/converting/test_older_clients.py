"""What clients up to Odoo 16 send beside what was done, and what the buttons of their wizards keep."""

from __future__ import annotations

from typing import Any

from har_builder import call

from .actions_of import actions, names

CONTEXT = {"lang": "en_US", "uid": 2, "active_model": "stock.picking"}


def written(*commands: list[Any]) -> tuple[list[Any], str]:
    """The commands that are sent for a field's lines, and the notes."""
    (made,) = actions(call("sale.order", "write", ([33], {"order_line": list(commands)})))
    return made.args[1]["order_line"], " ".join(made.notes)


def test_lines_that_stayed_as_they_were_are_not_sent() -> None:
    sent, said = written([4, 52, False], [2, 51, False], [4, 53, False])
    assert [2] == [command[0] for command in sent]
    assert "order_line: unchanged lines ([4, id]) are left out." in said


def test_a_record_that_was_picked_is_sent() -> None:
    for commands in ([[4, 52], [2, 51]], [[4, 52, False]], [[6, False, [52]]]):
        sent, said = written(*commands)
        assert len(commands) == len(sent) and "left out" not in said


def processed(context: dict[str, Any], *, picking: int = 8) -> Any:
    """The wizard's button behind a picking's own."""
    opened = {"res_model": "stock.immediate.transfer", "res_id": 3}
    return actions(
        call("stock.picking", "button_validate", ([picking],), result=opened),
        call("stock.immediate.transfer", "process", ([3],), {"context": {**CONTEXT, **context}}),
    )[1]


def test_a_record_in_the_context_is_the_one_that_was_acted_on() -> None:
    for context in (
        {"button_validate_picking_ids": [8], "active_ids": [8]},
        {"active_ids": [8], "button_validate_picking_ids": [8]},
        {"button_validate_picking_ids": [8]},
    ):
        made = processed(context)
        assert ["wizard_id", "picking_id"] == names(made)
        assert [made.inputs[1]] == made.context["button_validate_picking_ids"]


def test_several_records_are_one_input_wherever_they_stand() -> None:
    made = processed({"button_validate_picking_ids": [8, 9], "active_ids": [8, 9]})
    assert made.context["active_ids"] is made.context["button_validate_picking_ids"]
    assert "picking_ids" == made.context["active_ids"].name


def test_another_record_in_the_context_stays_as_it_is() -> None:
    made = processed({"button_validate_picking_ids": [8]}, picking=7)
    assert [8] == made.context["button_validate_picking_ids"]
