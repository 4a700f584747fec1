"""Which lists came with a page that was opened."""

from __future__ import annotations

from pathlib import Path

from har_builder import call, search, views, written

from har2rpc import open_capture
from har2rpc.odoo.landing import landing_calls


def landed(folder: Path, *entries: dict) -> list[int]:
    return sorted(landing_calls(open_capture([written(folder, *entries)]).calls))


def test_the_first_list_behind_its_views_and_every_list_of_all(tmp_path: Path) -> None:
    menu = search(domain=[["customer_rank", ">", 0]])
    calls = (
        views("res.partner", {}),
        menu,
        menu,
        search(domain=[]),
        views("res.partner", {}),
        menu,
    )
    assert [2, 4, 6] == landed(tmp_path, *calls)


def test_a_search_without_its_page_was_done_by_a_person(tmp_path: Path) -> None:
    assert [] == landed(tmp_path, search(), views("sale.order", {}), search())


def test_what_is_no_list_of_records_is_none(tmp_path: Path) -> None:
    saved = call("res.partner", "web_save", ([], {"name": "A"}), result=[{"id": 1}])
    assert [3] == landed(tmp_path, views("res.partner", {}), saved, search())
