"""docs/json2-migration.md: the three ways of each call give the same answer, on a mock of Odoo 19."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, call, page, search, written

from har2rpc import mock, open_capture

PAGE = (ROOT / "docs" / "json2-migration.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- json2: (\w+) -->\n```python\n(.*?)\n```", re.DOTALL)
BLOCKS = dict(BLOCK.findall(PAGE))
ANSWERS = {
    "search": [{"id": 7, "name": "Azure", "phone": "555"}],
    "create": 41,
    "write": True,
    "button": True,
}
WAYS = ["json_rpc", "xml_rpc", "json_2"]


def entries() -> list[dict[str, Any]]:
    """What the page's calls are answered from."""
    none: dict[str, Any] = {"context": {}}
    return [
        page(),
        search(**none),
        call("res.partner", "create", [{"name": "Marta"}], none, result=41),
        call("res.partner", "write", [[7], {"phone": "555"}]),
        call("sale.order", "action_confirm", [[4]], none, route="/web/dataset/call_button"),
    ]


def answers(block: str, variables: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What each line of a block gives, run below the page's head."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    exec(compile(BLOCKS["head"], "head", "exec"), names)
    return [eval(line, names) for line in block.splitlines()]


def test_each_call_stands_there_in_three_ways() -> None:
    assert {"head", *ANSWERS} == set(BLOCKS) and PAGE.count("<!-- json2:") == len(BLOCKS)
    for name in ANSWERS:
        called = [
            node.func.id
            for node in ast.walk(ast.parse(BLOCKS[name]))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        ]
        assert WAYS == called, name


@pytest.mark.parametrize("name", ANSWERS)
def test_all_ways_give_the_same_answer(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = open_capture([written(tmp_path, *entries())])
    with mock(capture) as (_, variables):
        assert [ANSWERS[name]] * len(WAYS) == answers(BLOCKS[name], variables, monkeypatch)


def test_a_wrong_name_of_an_argument_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture = open_capture([written(tmp_path, *entries())])
    line = 'json_2("res.partner", "write", ids=[7], values={"phone": "555"})'
    with mock(capture) as (_, variables), pytest.raises(RuntimeError):
        answers(line, variables, monkeypatch)
