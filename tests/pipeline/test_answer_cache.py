"""Answers that are fetched several times: small ones are read once, as long as there are not too many.

Of long ones a part is fetched as the whole would give it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from har_builder import call, search, written

from har2rpc import pipeline
from har2rpc.odoo import answers, display_names
from har2rpc.pipeline import answer_cache


@pytest.mark.parametrize(
    "small, most, readings",
    [(1000, 10_000, 3), (10, 10_000, 9), (1000, 100, 9)],
    ids=["small", "long", "too many"],
)
def test_small_answers_are_read_once(
    small: int,
    most: int,
    readings: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = [
        call("res.partner", "read", ([n], ["name"]), result=[{"id": n, "name": "x"}])
        for n in range(3)
    ]
    capture = pipeline.open_capture([written(tmp_path, *entries)])
    monkeypatch.setattr(answer_cache, "_SMALL", small)
    monkeypatch.setattr(answer_cache, "_MOST", most)
    read: list[object] = []
    result_of = answers.result_of
    monkeypatch.setattr(
        answers, "result_of", lambda exchange: read.append(exchange) or result_of(exchange)
    )
    for _ in range(3):
        assert [0, 1, 2] == [each.fetch()[0]["id"] for each in capture.calls]
    assert readings == len(read)


SECRET = "5f2a9c1e7b3d4860a1b2c3d4e5f60718293a4b5c"
NAMES_OF_SECRETS = [
    ("res.partner", {"id": 7, "display_name": SECRET, "phone": "1"}),
    ("res.partner", {"id": 7, "name": f"Bearer {SECRET}", "country_id": [20, "Belgium"]}),
    (
        "res.partner",
        {
            "id": 7,
            "name": "Azure",
            "signup_token": [20, SECRET],
            "user_id": [2, f"https://a:{SECRET}@b.example"],
        },
    ),
    (
        "res.partner",
        {"id": 7, "name": "Azure", "user_id": {"id": 2, "display_name": SECRET, "api_key": SECRET}},
    ),
    ("payment.provider", {"id": 7, "name": "Adyen", "adyen_api_key": SECRET}),
    (
        "ir.config_parameter",
        {"id": 7, "display_name": "database.secret", "key": "database.secret", "value": SECRET},
    ),
]


@pytest.mark.parametrize("model, row", NAMES_OF_SECRETS)
@pytest.mark.parametrize("is_searched", [False, True], ids=["rows", "records"])
def test_names_out_of_a_long_answer_are_those_of_the_whole(
    model: str, row: dict[str, Any], is_searched: bool, tmp_path: Path
) -> None:
    rows = [row, {"id": 8, "name": "Bolt", "image_1920": "iVBORw0KGgo" * 1000}]
    method = "web_search_read" if is_searched else "read"
    answer = {"records": rows, "length": 2} if is_searched else rows
    (part, _), (of_whole, _) = (
        pipeline.open_capture(
            [written(tmp_path, call(model, method, ([7, 8],), result=answer), search())]
        ).calls
        for _ in range(2)
    )
    taken, masked = part.fetch(display_names.names_in), of_whole.fetch()
    assert "Bolt" in json.dumps(taken) and SECRET not in json.dumps([taken, masked])
    for read in (display_names.named_rows, display_names.labels_in_rows):
        assert list(read(masked)) == list(read(taken))
    assert masked == part.fetch()
    assert taken == part.fetch(display_names.names_in)


def test_a_part_of_a_credential_is_masked(tmp_path: Path) -> None:
    entry = call("res.users.apikeys", "generate", ("mine",), result=[7, "x" * 9000 + SECRET])
    (made,) = pipeline.open_capture([written(tmp_path, entry)]).calls
    assert SECRET not in json.dumps(made.fetch(display_names.names_in))
