"""*Run on my Odoo* of the page, on a real Odoo 19 and 14: it reads, and writes only where somebody agreed, each time."""

from __future__ import annotations

import re
from typing import Any

import pytest
from har_builder import ROOT
from page.conversation import Talk

from live.server import Server

pytestmark = pytest.mark.live

SEARCHES = {
    19: "odoo19-chrome-search_partner_by_phone.har",
    14: "odoo14-chrome-search_partner_by_name.har",
}


@pytest.fixture(params=[19, 14])
def odoo(request: pytest.FixtureRequest) -> Server:
    server: Server = request.getfixturevalue("server" if request.param == 19 else "server_14")
    server.reset()
    return server


def typed(server: Server) -> dict[str, str]:
    """What a person types into the form of the page."""
    return {
        "url": f"{server.url}/",
        "db": server.db,
        "login": server.login,
        "key": server.api_key,
    }


def opened(sample: str) -> tuple[Talk, list[int]]:
    talk = Talk(ROOT / "samples" / sample, runs=True)
    return talk, [row["n"] for row in talk.opened["calls"] if row["ticked"]]


def run(talk: Talk, server: Server, calls: list[int], **more: Any) -> list[dict[str, Any]]:
    run = {"calls": calls, "target": "python", "server": typed(server), **more}
    return talk.ask("verify", **run)["verdicts"]


def test_a_search_finds_what_it_found_in_the_browser(odoo: Server) -> None:
    talk, calls = opened(SEARCHES[odoo.major])
    assert [] == talk.ask("changes", calls=calls)["changes"]
    verdicts = run(talk, odoo, calls)
    assert {"same", "changed"} >= {verdict["status"] for verdict in verdicts}, verdicts
    found = re.search(r'"id": (\d+)', talk.ask("answered", n=calls[0])["text"])
    assert found
    odoo.is_clean = False
    odoo.ask("res.partner", "write", [int(found[1])], {"street": "Another Street 1"})
    (verdict,) = run(talk, odoo, calls)
    fields = talk.ask("values", n=calls[0])["fields"]
    assert ("different" == verdict["status"]) == ("street" in fields), verdict


def test_a_wrong_key_is_a_sentence(odoo: Server) -> None:
    talk, calls = opened(SEARCHES[odoo.major])
    wrong = {**typed(odoo), "key": "no such key"}
    (verdict,) = talk.ask("verify", calls=calls, target="python", server=wrong)["verdicts"]
    assert "refused" == verdict["status"] and "no such key" not in str(verdict)


def test_a_write_is_named_and_done_only_where_it_was_agreed_to(odoo: Server) -> None:
    talk, calls = opened(f"odoo{odoo.major}-chrome-create_partner.har")
    (change,) = talk.ask("changes", calls=calls)["changes"]
    assert "res.partner.create" in change
    count = lambda: odoo.ask("res.partner", "search_count", [])  # noqa: E731
    before = count()
    (verdict,) = run(talk, odoo, calls)
    assert "skipped" == verdict["status"] and before == count()
    odoo.is_clean = False
    for times in (1, 2):
        (verdict,) = run(talk, odoo, calls, writes=True)
        assert verdict["status"] in ("same", "changed"), verdict
        assert before + times == count()
        (verdict,) = run(talk, odoo, calls)  # what was agreed to once is not agreed to for ever
        assert "skipped" == verdict["status"] and before + times == count()
