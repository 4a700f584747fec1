"""Pages of one search are one step of a flow; what only looks like a page is a search of its own."""

from __future__ import annotations

from typing import Any

import pytest
from har_builder import call, search

from har2rpc.model import Input

from .actions_of import actions
from .test_flow import asked, flow


def page(offset: int, limit: int = 80, **more: Any) -> dict[str, Any]:
    return search(offset=offset, limit=limit, **more)


def test_three_pages_are_one_step_and_a_bound() -> None:
    (step,) = flow(page(0), page(80), page(160)).steps
    assert isinstance(step.pages, Input)
    assert ("pages", 3, False) == (step.pages.name, step.pages.default, step.pages.required)
    assert (0, 80) == (step.values["offset"], step.values["limit"])
    assert {"phone": "555", "pages": 3} == asked(flow(page(0), page(80), page(160)))


def test_a_search_that_began_behind_the_first_page_begins_there() -> None:
    (step,) = flow(page(160), page(240)).steps
    assert (160, 2) == (step.values["offset"], step.pages and step.pages.default)


def test_turning_back_and_on_again_asks_for_no_page_twice() -> None:
    (step,) = flow(page(0), page(80), page(0), page(80), page(160)).steps
    assert step.pages and 3 == step.pages.default


@pytest.mark.parametrize(
    "other",
    [
        page(81),
        page(160),
        page(80, limit=40),
        page(80, domain=[["phone", "ilike", "666"]]),
        page(80, specification={"name": {}}),
        search("res.users", offset=80),
    ],
    ids=["odd offset", "a page left out", "limit", "text", "fields", "model"],
)
def test_what_is_no_next_page(other: dict[str, Any]) -> None:
    steps = flow(page(0), other).steps
    assert [None, None] == [step.pages for step in steps]


def test_a_page_after_a_change_is_asked_after_it() -> None:
    steps = flow(page(0), call("res.partner", "unlink", ([9],)), page(80), reads=True).steps
    assert ["search_read", "unlink", "search_read"] == [step.action.method for step in steps]
    assert [None, None, None] == [step.pages for step in steps]


def test_without_a_flow_each_page_is_a_run() -> None:
    (found,) = actions(page(0), page(80))
    assert [0, 80] == [run.values["offset"] for run in found.runs]
    assert [1, 1] == [run.pages for run in found.runs]


def test_a_page_asked_again_after_a_change_is_the_clients_own_unless_it_is_chosen() -> None:
    entries = (page(0), page(0), call("res.partner", "unlink", ([9],)), page(0))
    steps = flow(*entries, reads=True).steps
    assert ["search_read", "unlink"] == [step.action.method for step in steps]
    steps = flow(*entries, numbers=[1, 2, 3, 4], reads=True).steps
    assert ["search_read", "unlink", "search_read"] == [step.action.method for step in steps]
