"""A file imported through the web client's dialog, and the generated `load`: both make the same records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from har_builder import converted, page, rpc
from targets.running import run

from live.browser import Browser
from live.server import Server
from live.translated import KW

pytestmark = pytest.mark.live
IMPORT, PARTNER = "base_import.import", "res.partner"
CSV = """Name,Phone,Email,Tags,Colour
"Ada, One",+1 555 9001,ada@import.example,Prospects,red
Ben Two,+1 555 9002,ben@import.example,Prospects,blue
"""
MAPPED = ["name", "phone", "email", "category_id", False]
COLUMNS = ["Name", "Phone", "Email", "Tags", "Colour"]
OPTIONS = {
    "headers": True,  # so called up to 14
    "has_headers": True,
    "encoding": "utf-8",
    "separator": ",",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": False,
    "keep_matches": False,
    "limit": 2000,
    "skip": 0,
}
METHODS = {19: "execute_import", 14: "do"}
FORMS = {19: ("ufile", "id"), 14: ("file", "import_id")}


@pytest.mark.parametrize(
    ("major", "target"), [(19, "python"), (19, "python-json2"), (14, "python")]
)
def test_the_generated_load_makes_what_the_dialog_makes(
    major: int, target: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server: Server = request.getfixturevalue({19: "server", 14: "server_14"}[major])
    server.is_clean = False
    before = imported(server)
    entries = dialog(Browser(server), major)
    text = converted(tmp_path, page(server_version=f"{major}.0"), *entries, options=("-t", target))
    ran = run(text, target, server.variables_for(target), "--write")
    assert 0 == ran.status, ran.said
    by_browser, by_code = split(imported(server)[len(before) :])
    assert [row["id"] for row in imported(server)[-2:]] == ran.printed
    assert by_browser == by_code
    assert ["Ada, One", "Ben Two"] == [row["name"] for row in by_code]
    assert all(row["category_id"] and row["is_company"] for row in by_code)


def dialog(browser: Browser, major: int) -> list[dict[str, Any]]:
    """The dialog's calls, each made on the server: the entries of its recording."""
    entries = []

    def call(method: str, *args: Any, **kwargs: Any) -> Any:
        context = {"lang": "en_US", "uid": 2, "default_is_company": True}
        params = {"model": IMPORT, "method": method, "args": list(args)}
        params["kwargs"] = {"context": context, **kwargs}
        answer = browser.post(KW, params)
        entries.append(rpc(KW, params, answer))
        return answer

    made = call("create", {"res_model": PARTNER})
    field, key = FORMS[major]
    browser.upload("/base_import/set_file", {key: str(made)}, "contacts.csv", CSV, field)
    assert "error" not in call("parse_preview", made, OPTIONS)
    for dryrun in (True, False):
        done = call(METHODS[major], made, MAPPED, COLUMNS, OPTIONS, dryrun=dryrun)
        assert [] == done["messages"]
    return entries


def imported(server: Server) -> list[dict[str, Any]]:
    """All partners of the file, oldest first."""
    domain = [["email", "=like", "%@import.example"]]
    fields = ["name", "phone", "email", "category_id", "is_company", "lang"]
    return server.ask(PARTNER, "search_read", domain, fields=fields, order="id")


def split(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What two imports of the file made, without the ids."""
    plain = [{key: value for key, value in row.items() if key != "id"} for row in rows]
    assert 4 == len(plain)
    return plain[:2], plain[2:]
