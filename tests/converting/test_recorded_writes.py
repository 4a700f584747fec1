"""A change, copied alone: every recorded value is sent, the emptied ones too; and a creation, whatever made it.

The recorded values are read off the files by the plain walk, which knows nothing of har2rpc.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from har_builder import CAPTURES, ROOT, call
from plain_walk import entries_of, walk

from har2rpc.model import Action

from .actions_of import actions, as_sent

PLACES = (ROOT / "samples", ROOT / "tests/expected", CAPTURES)
FILES = sorted(path for place in PLACES for path in place.rglob("*.har"))
A_FILE = 20_000  # characters of a value that is an image or a file
MASK = "***"


@cache
def changes(path: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The entries of a file that change records by `write` or `web_save`, each with the call of the plain walk."""
    entries, _ = entries_of(path)
    found = []
    for each in walk(path):
        is_change = each["method"] == "write" or (each["method"] == "web_save" and each["args"][0])
        if is_change and each["route"] != "/jsonrpc" and isinstance(each["args"][1], dict):
            found.append((entries[int(each["where"].rpartition("#")[2]) - 1], each))
    return found


def lost(recorded: Any, sent: Any, at: str) -> Iterator[str]:
    """Where a recorded value is not sent, or another is; the client's own numbers of new lines mean nothing."""
    if isinstance(recorded, dict) and isinstance(sent, dict):
        for key, value in recorded.items():
            yield from lost(value, sent.get(key, "nothing at all"), f"{at}.{key}")
    elif isinstance(recorded, list) and isinstance(sent, list) and len(recorded) == len(sent):
        pairs = enumerate(zip(recorded, sent, strict=True))
        is_new_line = recorded[:1] == [0] and len(recorded) == 3
        for number, (value, other) in pairs:
            if not (is_new_line and number == 1):
                yield from lost(value, other, f"{at}[{number}]")
    elif recorded != sent and not (recorded is False and sent == 0):  # the 0 of a command
        is_file = isinstance(recorded, str) and len(recorded) > A_FILE
        if sent != MASK and not is_file:
            yield f"{at}: {recorded!r}, sent {sent!r}"


def sent_by(entry: dict[str, Any]) -> Any:
    (action,) = actions(entry)
    return as_sent(action.args, dict(action.runs[0].values))


@pytest.mark.parametrize("path", [path for path in FILES if changes(path)], ids=lambda p: p.name)
def test_every_recorded_value_of_a_change_is_sent(path: Path) -> None:
    for entry, recorded in changes(path):
        ids, values = recorded["args"]
        sent_ids, sent = sent_by(entry)
        assert list(ids) == sent_ids
        assert [] == list(lost(without_empty_lines(values), sent, "vals"))
        assert values.keys() == sent.keys()


def without_empty_lines(values: dict[str, Any]) -> dict[str, Any]:
    """What a new line holds of nothing needs not be sent: Odoo has nothing of it either."""

    def command(one: Any) -> Any:
        if not (isinstance(one, list) and one[:1] == [0] and len(one) == 3):
            return one
        kept = {
            name: value
            for name, value in one[2].items()
            if value not in (None, False, "", [], [[6, False, []]]) or type(value) in (int, float)
        }
        return [*one[:2], kept]

    return {
        name: list(map(command, value)) if isinstance(value, list) else value
        for name, value in values.items()
    }


def test_there_are_changes_to_see() -> None:
    here = [path for path in FILES if CAPTURES not in path.parents]
    assert 8 <= sum(len(changes(path)) for path in here)
    emptied = [
        name
        for path in here
        for _, recorded in changes(path)
        for name, value in recorded["args"][1].items()
        if value in (False, "", [])
    ]
    assert emptied, "nothing was emptied in any of them"


EVERYTHING = {
    "name": "Kade 4",
    "phone": False,
    "comment": "",
    "active": False,
    "color": 0,
    "parent_id": False,
    "category_id": [[3, 7], [4, 9]],
    "child_ids": [[1, 12, {"email": False, "phone": "1"}], [2, 13, False]],
}


@pytest.mark.parametrize("method", ["write", "web_save"])
@pytest.mark.parametrize("name", [*EVERYTHING, ""])
def test_one_emptied_field_is_a_change_as_well(method: str, name: str) -> None:
    values = {name: EVERYTHING[name]} if name else EVERYTHING
    entry = call("res.partner", method, ([7], values))
    ids, sent = sent_by(entry)
    assert [7] == ids and values.keys() == sent.keys()
    assert [] == list(lost(values, sent, "vals"))


def test_the_walk_sees_what_is_lost() -> None:
    for wrong in ({}, {"a": [[1, 4, {"b": 2}]]}, {"a": [[1, 4, {}]]}, {"a": []}):
        assert list(lost({"a": [[1, 4, {"b": 1}]]}, wrong, "vals"))
    assert not list(lost({"a": [[0, "virtual_1", {}]]}, {"a": [[0, 0, {}]]}, "vals"))


def made(entry: dict[str, Any]) -> Action:
    (action,) = actions(entry)
    return action


def test_a_change_by_a_program_is_sent_whole() -> None:
    sent = ["shop", 6, "a-key", "res.partner", "write", [[7], EVERYTHING]]
    entry = call("x", "y", route="/jsonrpc")
    params = {"service": "object", "method": "execute_kw", "args": sent}
    entry["request"]["postData"]["text"] = json.dumps({"jsonrpc": "2.0", "params": params})
    action = made(entry)
    _, values = as_sent(action.args, dict(action.runs[0].values))
    assert EVERYTHING.keys() == values.keys() and not list(lost(EVERYTHING, values, "vals"))
