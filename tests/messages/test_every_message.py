"""Each sentence that the package raises or warns of comes out of a command of the table, or of a test that holds its words.

The sentences are read from the source: a new `raise Har2rpcError("…")` without a row fails here, and so does a row that
brings nothing about any more.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from har_builder import call, page, run, search, written

from har2rpc.model import Har2rpcError
from messages.commands import ROWS, Row
from messages.damaged_captures import DAMAGED_CAPTURES
from messages.library_calls import LIBRARY
from messages.missing_packages import MISSING_PACKAGES
from messages.sites import PACKAGE, Site, says, sites, sites_of, texts_of_test
from messages.tested_elsewhere import TESTED

CALLS = (*LIBRARY, *MISSING_PACKAGES, *DAMAGED_CAPTURES)


@cache
def said(row: Row) -> str:
    """What the command of a row says on either stream, in one line."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in row.files:
            (folder / file).write_text(text, "utf-8")
        update = call("res.partner", "write", ([7], {"name": "x", "phone": "1"}))
        capture = written(folder, page(), search(), search(), update)
        words = [word.replace("FOLDER", name) for word in row.command.split()]
        keys = dict.fromkeys(("ODOO_API_KEY", "ODOO_PASSWORD", "ODOO_SESSION_ID"), "")
        with patch.dict(os.environ, {**keys, "ODOO_API_KEY": row.key}):
            result = run(*(capture if word == "FILE" else word for word in words), stdin=row.stdin)
        return " ".join((result.stdout + result.stderr).split())


@cache
def said_by(trigger: Callable[[], Any]) -> str:
    """What a call of the package raises, or else the sentences that it reports."""
    try:
        reported = trigger()
    except Har2rpcError as error:
        return str(error)
    assert isinstance(reported, list), reported
    return "\n".join(reported)


def found_in(file: str, text: str) -> list[Site]:
    """The sentences of a file of the package that a text holds."""
    found = [site for site in sites_of(PACKAGE / file) if site.pattern.search(text)]
    return [site for site in found if len(re.findall("[a-z]", site.text)) >= 5]


def of_call(file: str, trigger: Callable[[], Any]) -> list[Site]:
    """The sentences of a file that a call raised or reported: each as a whole, and nothing around it."""
    text = said_by(trigger)
    wholes = (text, *text.splitlines())
    return [s for s in found_in(file, text) if any(map(s.pattern.fullmatch, wholes))]


def of_row(row: Row) -> list[Site]:
    """The sentences of the row's file that its command brought about."""
    return found_in(row.file, said(row))


def has_row(site: Site) -> bool:
    """Whether a command of the table, or a test that it names, brings the sentence about."""
    if any(site in of_row(row) for row in ROWS if row.file == site.file):
        return True
    if any(site in of_call(file, do) for file, do in CALLS if file == site.file):
        return True
    return any(
        says(text, site) for test in TESTED.get(site.file, ()) for text in texts_of_test(test)
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.command[:60])
def test_the_command_says_it(row: Row) -> None:
    assert of_row(row), said(row)


@pytest.mark.parametrize("file, trigger", CALLS)
def test_the_call_raises_it(file: str, trigger: Callable[[], Any]) -> None:
    assert of_call(file, trigger), said_by(trigger)


def test_each_sentence_has_a_trigger() -> None:
    without = {site.key for site in sites() if not has_row(site)}
    assert without == set(), "add a row to commands.py, or a test to tested_elsewhere.py"


def test_each_test_of_the_table_holds_a_sentence() -> None:
    for file, tests in TESTED.items():
        for test in tests:
            texts = texts_of_test(test)
            found = [
                site for site in sites_of(PACKAGE / file) for text in texts if says(text, site)
            ]
            assert found, f"{test} says nothing of {file}"


def test_the_walk_finds_the_sentences() -> None:
    rooms = Counter(site.file.partition("/")[0] for site in sites())
    assert rooms["cli"] > 40 and rooms["reading"] > 20 and len(sites()) > 180


def test_a_sentence_is_read_from_the_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "there.py"
    source.write_text(
        'def f(a):\n    if a:\n        raise Har2rpcError(f"{a}: no file" if a else "nothing is there")\n'
        '    raise Har2rpcError(a)\n    print_notes([f"left out {a}", a])\n    raise KeyError("inside")\n',
        "utf-8",
    )
    monkeypatch.setattr("messages.sites.PACKAGE", tmp_path)
    texts = {site.text for site in sites_of(source)}
    assert texts == {"{…}: no file", "nothing is there", "left out {…}"}
