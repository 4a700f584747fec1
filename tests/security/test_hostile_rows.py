"""The hostile corpus for `--rows`: texts as labels, options, constants and cells; each row sends what it holds and does nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, views
from targets.row_scripts import as_csv

from har2rpc import pipeline
from har2rpc.proving.mock.server import serve
from security.evaluators import Bench
from security.hostile_texts import EVERYTHING, TEXTS, at, opened_page
from security.noting_odoo import KEY, NotingOdoo
from security.test_hostile_corpus import capture_of

ROW_TARGETS = ("python", "python-json2")


class ListingOdoo(NotingOdoo):
    """Answers the list that a create of a list gets."""

    def _answer(self, path: str, environ: dict[str, Any], body: bytes) -> bytes:
        answer = super()._answer(path, environ, body)
        return answer.replace(b" 999}", b" [999]}") if path.endswith("/jsonrpc") else answer


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    odoo = ListingOdoo()
    with serve(odoo) as url:
        made = Bench(tmp_path_factory.mktemp("bench"), odoo, url)
        yield made
        made.close()


def wrong_in_rows(target: str, text: str, bench: Bench, folder: Path) -> list[str]:
    """What is wrong with the script for a capture that holds a text wherever it can stand."""
    fields = {
        "name": {"type": "char", "string": text, "help": text},
        "kind": {"type": "selection", "string": "Kind", "selection": [["a", text], [text, "B"]]},
    }
    context = {"lang": "en_US", "default_note": text}
    values = {"name": f"recorded {text}", "kind": text}
    create = call("x.y", "create", (values,), {"context": context}, result=9)
    entries = [
        opened_page(19, bench.url),
        *(at(bench.url, one) for one in (views("x.y", fields), create)),
    ]
    capture = capture_of(folder, *entries)
    script = pipeline.render(capture, pipeline.actions(capture), target=target, rows=True)
    cell = "plain" if "\ud83d" in text else text
    file = bench.folder / "rows.csv"
    file.write_bytes(as_csv([["name", "kind"], [cell, "B"]]))
    bench.odoo.taken()
    options = ("--csv", str(file), "--write")
    told = bench.audited(script, {"ODOO_API_KEY": KEY}, options)
    file.unlink()
    Path(f"{file}.journal").unlink(missing_ok=True)
    found = [*told["events"], *bench.traces(), *bench.odoo.taken_strange()]
    found += [told["said"]] if told["said"] else []
    sent = [
        one.args if one.kwargs is None else {"vals_list": one.args[0], **one.kwargs}
        for one in bench.odoo.taken()
    ]
    wanted = [{"vals_list": [{"name": cell, "kind": text}], "context": context}]
    return found if sent == wanted else [*found, f"it sends {sent!r:.300}"]


@pytest.mark.parametrize("target", ROW_TARGETS)
def test_a_row_of_hostile_texts(target: str, bench: Bench, tmp_path: Path) -> None:
    assert [] == wrong_in_rows(target, EVERYTHING, bench, tmp_path)


@pytest.mark.security
@pytest.mark.parametrize("target", ROW_TARGETS)
def test_each_text_in_a_row(target: str, bench: Bench, tmp_path: Path) -> None:
    wrong = {
        name: found
        for name, text in TEXTS.items()
        if text and (found := wrong_in_rows(target, text, bench, tmp_path))
    }
    assert {} == wrong
