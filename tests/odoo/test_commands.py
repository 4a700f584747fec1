"""x2many commands: one function says what is one, and it is sent as it came."""

from __future__ import annotations

from typing import Any

import pytest

from har2rpc.model import Input
from har2rpc.odoo.schema.commands import (
    Clear,
    Create,
    Delete,
    Link,
    Set,
    Unlink,
    Update,
    command_json,
    creates_records,
    parse_command,
    parse_commands,
    without_virtual_ids,
)

ID = Input("tag_id", example=7)
COMMANDS = [
    ([0, 0, {"name": "x"}], Create({"name": "x"})),
    ([0, "virtual_3", {}], Create({}, "virtual_3")),
    ([1, 7, {"name": "x"}], Update(7, {"name": "x"})),
    ([2, 7], Delete(7)),
    ([2, 7, False], Delete(7, (False,))),
    ([3, 9], Unlink(9)),
    ([4, 7, 0], Link(7, (0,))),
    ([4, ID], Link(ID)),
    ([5], Clear()),
    ([5, False, False], Clear((False, False))),
    ([6, 0, [1, 2]], Set([1, 2])),
    ([6, False, []], Set([], False)),
    ([6, 0, ID], Set(ID)),
]
VALUES: list[Any] = [
    [],
    [4],
    [7, 1],
    [-1, 1],
    [True, 5],
    [False, 0, {}],
    [4.0, 7],
    [4, 7, 0, 1],
    [0, 0],
    [0, 0, [1]],
    [1, 7],
    [6, 0],
    [6, 0, 5],
    [6, 0, {}],
    ["4", 7],
    "47",
    {"0": 4},
    None,
    4,
]


@pytest.mark.parametrize(("value", "command"), COMMANDS, ids=repr)
def test_a_command_is_parsed_and_written_as_it_came(value: list[Any], command: Any) -> None:
    assert command == parse_command(value)
    assert value == command_json(command)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_any_other_value_is_none(value: Any) -> None:
    assert parse_command(value) is None
    assert [] == parse_commands([[4, 7], value])


def test_a_fields_value_is_commands_or_none_of_it_is() -> None:
    assert [Link(7), Clear()] == parse_commands([[4, 7], [5]])
    assert [] == parse_commands([[4, 7], 5]) == parse_commands([]) == parse_commands("x")


def test_what_makes_a_record() -> None:
    assert creates_records([[4, 7], [0, 0, {}]])
    assert not creates_records([[4, 7], [0, 0, []], [False, 0, {}]])


def test_the_clients_own_ids_are_left_out_at_any_depth() -> None:
    value = {
        "lines": [[0, "virtual_1", {"tags": [[0, "virtual_2", {}], [4, 1]]}]],
        "x": ["virtual_1"],
    }
    expected = {"lines": [[0, 0, {"tags": [[0, 0, {}], [4, 1]]}]], "x": ["virtual_1"]}
    assert expected == without_virtual_ids(value)
