"""A long answer of which only the head is read, without decoding the rest; and all of it when it is read again."""

from __future__ import annotations

import base64
import json

import pytest

from har2rpc.model import Exchange
from har2rpc.odoo import answers

from ..hars import entry, har, limit_memory, reading

RECORDS = [{"id": n, "name": f'Müller & "Söhne" \\ 王 😀 {n}'} for n in range(1, 900)]
RPC = {"jsonrpc": "2.0", "id": 7}
WHOLE = json.dumps({**RPC, "result": RECORDS}, ensure_ascii=False)
ERROR = json.dumps({**RPC, "error": {"code": 200, "message": "x, " * 9_000}})
TURNED = json.dumps({"result": RECORDS, **RPC})
NO_COMMA = json.dumps({"result": "x" * 30_000})


def with_answer(text: str, **content) -> dict:
    return entry(response={"status": 200, "content": {"size": len(text), "text": text, **content}})


def read_head(raw_entry: dict, monkeypatch: pytest.MonkeyPatch, in_memory: int = 0) -> Exchange:
    limit_memory(in_memory, monkeypatch)
    exchanges = []
    for indent in (2, None):
        # `again` gives more than the first reading did: what `reading` itself compares is left to the caller.
        heads, sentences = reading(
            har(raw_entry, indent=indent), lambda url, method: "head", again=False
        )
        exchanges += heads
        assert [] == sentences
    assert exchanges[0] == exchanges[1]
    return exchanges[0]


@pytest.mark.parametrize("text", [WHOLE, ERROR, TURNED])
def test_of_a_long_answer_the_beginning_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = read_head(with_answer(text), monkeypatch)
    assert exchange.abridged
    assert text.startswith(exchange.answer) and 1_000 < len(exchange.answer) < 4_096
    whole = exchange.again()
    assert (text, False) == (whole.answer, whole.abridged)
    assert answers.outcome_of(whole) == answers.outcome_of(exchange)
    assert answers.result_of(whole) == answers.result_of(exchange)
    assert answers.result_ids(whole)[:1] == answers.result_ids(exchange)[:1]


@pytest.mark.parametrize(
    "raw_entry",
    [
        with_answer(NO_COMMA),
        with_answer(WHOLE[:-1]),  # cut
        with_answer(WHOLE[:-1] + "\0" * 900),  # cut and filled up, as Firefox does
        with_answer(base64.b64encode(WHOLE.encode()).decode(), encoding="base64"),
        with_answer(f"<html>{WHOLE}</html>"),
        with_answer(json.dumps({**RPC, "result": 4})),
    ],
    ids=["no comma", "cut", "filled up", "base64", "a page", "short"],
)
def test_what_one_cannot_be_sure_of_is_read_whole(
    raw_entry: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_head(raw_entry, monkeypatch) == read_head(raw_entry, monkeypatch, in_memory=8 << 20)
