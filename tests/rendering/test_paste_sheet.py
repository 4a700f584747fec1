"""The boxes of a paste sheet: raw text, in the dialog's order, and what a body sends for the recorded values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from har_builder import ROOT, call, page, product, run, search, written

from har2rpc import pipeline

SAMPLES = sorted((ROOT / "samples").glob("*.har"))
OF_ACTIONS = [
    "Action Name",
    "Order Rank",
    "Status",
    "Short Description",
    "Internal Docs",
    "Method",
    "Endpoint",
    "Header Template",
    "Request Body Template",
    "UI Form Schema",
    "Pagination Configuration",
]
HOSTILE = "````\n# x\n{{ 7 * 7 }} `a` \u2028 {% raw %} \\\" '"


def boxes_of(path: Path | str, *, connection: Any = "constants") -> dict[str, Any]:
    capture = pipeline.open_capture([path])
    calls, _ = pipeline.without_refused(pipeline.select(capture))
    steps = pipeline.actions(capture, calls)
    return pipeline.paste_boxes(capture, steps, target="locoia", connection=connection)


def by_label(part: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {box["label"]: box for box in part["boxes"]}


def fenced_texts(sheet: str) -> list[tuple[str, str]]:
    """Heading and text of every box of a sheet, as a reader of Markdown finds them."""
    texts, heading, lines = [], "", iter(sheet.split("\n"))
    for line in lines:
        if line.startswith("### "):
            heading = line[4:]
        elif fence := re.match(r"(`{3,})\w*$", line):
            inner = []
            while (one := next(lines)) != fence[1]:
                inner.append(one)
            texts.append((heading, "\n".join(inner)))
    return texts


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_box_holds_what_the_target_writes(path: Path) -> None:
    boxes = boxes_of(path)
    document = json.loads(product("convert", "-t", "locoia", path))
    connector, *parts = boxes["parts"]
    assert document["connector"]["base_domain"] == by_label(connector)["Base Domain"]["text"]
    assert len(document["actions"]) == len(parts)
    for action, part in zip(document["actions"], parts, strict=True):
        found = by_label(part)
        assert [label for label in OF_ACTIONS if label in found] == list(found)
        assert action["label"] == part["title"]
        assert action["action_name"] == found["Action Name"]["text"]
        assert action["request_body_template"] == found["Request Body Template"]["text"]
        schema = json.loads(found["UI Form Schema"]["text"])
        assert {"ui_form_schema": action["ui_form_schema"]} == schema


def test_what_is_sent_for_the_recorded_values_stands_beside_it(tmp_path: Path) -> None:
    boxes = boxes_of(written(tmp_path, page(), search(domain=[["name", "ilike", HOSTILE]])))
    body = json.loads(by_label(boxes["parts"][1])["Request Body Template"]["rendered"])
    args = body["params"]["args"]
    assert ["lab", 2, "YOUR API KEY", "res.partner", "search_read"] == args[:5]
    assert [[["name", "ilike", HOSTILE]]] == args[5]
    custom = json.loads(by_label(boxes["parts"][2])["Request Body Template"]["rendered"])
    assert args[5] == custom["params"]["args"][5]


def test_the_sheet_gives_back_each_text_as_it_is(tmp_path: Path) -> None:
    values = {"name": HOSTILE, "comment": HOSTILE}
    boxes = boxes_of(written(tmp_path, page(), call("res.partner", "create", (values,), result=5)))
    expected = [
        (box["label"], text)
        for part in boxes["parts"]
        for box in part["boxes"]
        for text in (box["text"], box["rendered"])
        if text
    ]
    assert expected == fenced_texts(pipeline.paste_sheet(boxes))


def test_a_connection_that_is_asked_for_is_in_the_form(tmp_path: Path) -> None:
    boxes = boxes_of(written(tmp_path, page(), search()), connection="inputs")
    address = by_label(boxes["parts"][0])["Base Domain"]
    assert ("", "fill in the address of the server") == (address["text"], address["hint"])
    assert {"db", "uid"} <= set(
        json.loads(by_label(boxes["parts"][1])["UI Form Schema"]["text"])["ui_form_schema"]
    )


def test_a_target_without_a_sheet_says_which_has_one(tmp_path: Path) -> None:
    done = run("convert", "--sheet", written(tmp_path, page(), search()))
    assert 1 == done.exit_code
    assert "python has no paste sheet; these have one: locoia" in done.stderr
