"""docs/versions.md says of each version what the code holds of it."""

from __future__ import annotations

import re

from har_builder import ROOT

from har2rpc.odoo import version_hints, versions

PAGE = (ROOT / "docs" / "versions.md").read_text("utf-8")
COLUMNS = (14, 16, 17, 19)  # of the table of methods, the first version of each


def methods_by_column() -> list[list[set[str]]]:
    """Of each row of the table, the methods and routes of each column."""
    head = "| what you do | 14, 15 | 16 | 17, 18 | 19 | the code calls |"
    table = PAGE.split(head)[1].split("\n\n")[0].strip().splitlines()[1:]
    return [[set(re.findall(r"`([^`]+)`", cell)) for cell in row.split("|")[2:6]] for row in table]


def test_a_method_stands_under_the_versions_that_have_it() -> None:
    seen = set()
    for row in methods_by_column():
        for first, methods in zip(COLUMNS, row, strict=True):
            for method in methods:
                since = version_hints._FIRST.get(method, 0)
                last = version_hints._LAST_ROUTES.get(method, 99)
                assert since <= first <= last, f"{method} in {first}"
                seen |= {method} if since in COLUMNS or last != 99 else set()
    assert {"web_save", "web_read", "web_save_multi", "/web/dataset/search_read"} <= seen


def test_what_begins_with_a_version_begins_with_it() -> None:
    begins = {
        r"`message_post` escapes its body": versions.takes_html_flag,
        r"`message_post` returns a list": versions.posting_answers_a_list,
        "JSON-2": versions.has_json_2,
        "much of what only a form's": lambda major: not versions.form_computes_alone(major),
    }
    for words, holds in begins.items():
        (major,) = re.findall(rf"^\| (\d+) \| {words}", PAGE, re.MULTILINE)
        assert (False, True) == (holds(int(major) - 1), holds(int(major))), words
