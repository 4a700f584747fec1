"""Captures that were cut, are deep, huge or made to cost: what is written is whole, and no secret is in it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from har_builder import call, exchange, har, run, search

from har2rpc.redacting import repetition
from har2rpc.redacting.body_texts import redact_words
from har2rpc.redacting.findings import Findings
from har2rpc.redacting.known_values import redact_text
from redacting.redacting import entries_of, left_in, redacted_text

SECRET = "Sx7-hunter2-Planted"
ENTRIES = [
    call(
        "res.users", "write", ([n], {"password": f"{SECRET}{n}"}), result=[{"note": f"{SECRET}{n}"}]
    )
    for n in range(9)
]


@pytest.mark.parametrize("share", [0.3, 0.5, 0.77, 0.93, 0.999])
@pytest.mark.parametrize("indent", [2, None])
def test_a_cut_file_becomes_a_whole_one(share: float, indent: int | None, tmp_path: Path) -> None:
    whole = json.dumps(har(*ENTRIES), indent=indent)
    text = redacted_text(tmp_path, whole[: int(len(whole) * share)])
    assert [] == left_in(text, [SECRET])
    assert 1 <= len(entries_of(text)) <= len(ENTRIES)
    assert 0 == run("list", "--all", tmp_path / "out" / "c.har").exit_code


def test_deep_bodies_are_redacted_by_their_words(tmp_path: Path) -> None:
    deep = "[" * 3000 + json.dumps({"password": SECRET}) + "]" * 3000
    text = redacted_text(
        tmp_path, json.dumps(har(search(), exchange("/web/dataset/call_kw", deep, deep)))
    )
    assert [] == left_in(text, [SECRET])


def test_a_deep_entry_is_left_out_with_a_word(tmp_path: Path) -> None:
    deep = '{"request": {"url": "/a", "method": "GET"}, "x": ' + "[" * 9000 + "]" * 9000 + "}"
    whole = json.dumps(har(search()))
    source = tmp_path / "c.har"
    source.write_text(whole[: whole.rindex("]")] + "," + deep + whole[whole.rindex("]") :])
    result = run("redact", source, "-o", tmp_path / "x.har")
    assert 0 == result.exit_code and "left out" in result.stderr
    assert 1 == len(entries_of((tmp_path / "x.har").read_text()))


@pytest.mark.parametrize(
    "body",
    ["null", "3", '"x"', "[]", "{}", "{", "\0", "\ud800", '{"params": []}', '{"params": {"args": {}, "service": "db"}}', "=&=", "a" * 100_000],
    ids=range(12),
)  # fmt: skip
def test_bodies_of_any_kind_are_borne(body: str, tmp_path: Path) -> None:
    text = redacted_text(tmp_path, json.dumps(har(search(), exchange("/jsonrpc", body, body))))
    assert 2 == len(entries_of(text))


@pytest.mark.parametrize(
    "entry", [{}, {"request": []}, {"request": {"url": 1}}, {"request": {"url": "/a", "headers": {}, "postData": []}}, {"request": {"url": "/a", "cookies": [1, {"name": 2}]}, "response": "x"}], ids=range(5)
)  # fmt: skip
def test_entries_of_any_kind_are_borne(entry: dict[str, object], tmp_path: Path) -> None:
    whole = har(search())
    whole["log"]["entries"].append(entry)
    assert entries_of(redacted_text(tmp_path, json.dumps(whole)))


PIECES = ("://", "://a:", "eyJ", "-----BEGIN PRIVATE KEY-----", "password=", '"password": "', "?a=", "\\", "Bearer ", "<input ", '<input name="token" ', "csrf_token: '", "&amp;", "redacted-", "%22", "<password>", "<td>Password</td>", "<tr><th>Password</th>", "Password for a: ", "password (x", "&quot;password&quot;: ", "login('a', ", "docker login ", "-password ", "/survey/a", '\\"token\\": \\"')  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_one_piece_over_and_over_takes_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        redact_text(text, Findings(b"x"), "p")
        redact_words(text, Findings(b"x"), "p")
        return time.process_time() - start

    def best(length: int) -> float:
        return min(seconds(length) for _ in range(3))  # others work on the machine, too

    assert best(200_000) < 8 * max(best(50_000), 0.02)


def test_a_secret_does_not_begin_inside_an_escape(tmp_path: Path) -> None:
    secret = "n8Password"
    entries = call("res.users", "write", ([2], {"password": secret})), call(
        "x.y", "act", ([1], "a\n8Password")
    )
    for entry in entries_of(redacted_text(tmp_path, json.dumps(har(*entries)))):
        json.loads(entry["request"]["postData"]["text"])


def test_without_the_extra_the_result_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [b"abcdefgh1", b"abcdefgh12", b"zzz\\n12345"]
    data = b"x abcdefgh12 abcdefgh1 zzz\\n12345 abcdefg"
    expected = [(1, 2, 12), (0, 13, 22), (2, 23, 33)]
    assert expected == [*repetition._ExpressionSearch(words)(data)]
    pytest.importorskip("ahocorasick_rs")
    assert expected == [tuple(match) for match in repetition._search_for(words)(data)]
