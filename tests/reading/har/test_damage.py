"""Damage: what is whole is read, what is lost is named, and nothing ends in a traceback.

The fuzzer runs briefly here; for longer: `FUZZ_EXAMPLES=20000 pytest tests/reading/har/test_damage.py`.
"""

from __future__ import annotations

import json
import os
import re
import time

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from har2rpc.model import Har2rpcError

from ..hars import (
    CALL,
    CAPTURES,
    asset,
    calls,
    entry,
    everything,
    facts,
    har,
    limit_memory,
    plain,
    reading,
    urls,
)

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
RAW_ENTRIES = [asset(n) if n % 3 == 0 else entry(n) for n in range(1, 9)]
LAYOUTS = {indent: har(*RAW_ENTRIES, indent=indent) for indent in (2, "\t", None)}
layouts = pytest.mark.parametrize("indent", LAYOUTS, ids=["2", "tab", "one line"])


def spans(data: bytes) -> list[tuple[int, int]]:
    """Where each of RAW_ENTRIES stands in these bytes, located by their text."""
    decoder, text = json.JSONDecoder(), data.decode("latin-1")
    at, entry_spans = text.index('"entries"'), []
    for _ in json.loads(data)["log"]["entries"]:
        start = text.index("{", at)
        at = decoder.raw_decode(text, start)[1]
        entry_spans.append((start, at))
    return entry_spans


@layouts
def test_cut_anywhere_the_whole_entries_are_read_and_the_cut_is_named(indent) -> None:
    data = LAYOUTS[indent]
    ends = [end for _, end in spans(data)]
    for cut in range(spans(data)[0][0] + 1, len(data) - 1, 37):
        exchanges, sentences = reading(data[:cut])
        whole = [
            plain(raw_entry) for raw_entry, end in zip(RAW_ENTRIES, ends, strict=True) if end <= cut
        ]
        assert whole == [facts(exchange) for exchange in exchanges], cut
        if cut < ends[-1]:
            parts = re.fullmatch(
                r"c\.har: cut at byte (\d+), (inside|after) entry (\d+)(; .*)?", sentences[0]
            )
            assert parts and cut - 20 <= int(parts[1]) <= cut
            assert len(whole) + (parts[2] == "inside") == int(parts[3])


def test_the_sentence_of_a_cut_file() -> None:
    data = LAYOUTS[2]
    start, _ = spans(data)[4]
    _, sentences = reading(data[: start + 100])
    assert [
        f"c.har: cut at byte {start + 100}, inside entry 5; the 4 whole entries before it were read"
    ] == sentences


def test_a_file_cut_before_its_entries_is_refused() -> None:
    data = LAYOUTS[2]
    for cut in (1, 5, 30, data.index(b'"entries"')):
        with pytest.raises(Har2rpcError, match=r"^c\.har: "):
            reading(data[:cut])


@layouts
@pytest.mark.parametrize(
    "damage",
    [
        lambda piece: piece[:200] + b"\0" * 100 + piece[300:],
        lambda piece: piece[:100] + piece[300:],
        lambda piece: piece[:-150] + piece[-100:],
        lambda piece: piece.replace(b'"POST"', b'"POST', 1),
        lambda piece: piece.replace(b'"request"', b'"request', 1),
        lambda piece: piece.replace(b"}", b"", 1),
        lambda piece: piece.replace(b"{", b"", 3),
        lambda piece: piece[:-1],
        lambda piece: piece[1:],
        lambda piece: b"X" * len(piece),
        lambda piece: b"",
        lambda piece: piece[: len(piece) // 2],
        lambda piece: piece[len(piece) // 2 :],
    ],
)
def test_a_damaged_entry_costs_none_of_the_others(damage, indent) -> None:
    data = LAYOUTS[indent]
    start, end = spans(data)[3]
    exchanges, _ = reading(data[:start] + damage(data[start:end]) + data[end:])
    kept = [facts(exchange) for exchange in exchanges]
    assert [] == [
        n for n, raw_entry in enumerate(RAW_ENTRIES, 1) if n != 4 and plain(raw_entry) not in kept
    ]
    assert len(kept) <= 8


def test_a_request_before_the_damage_is_kept_and_reported() -> None:
    for data in LAYOUTS.values():
        start, end = spans(data)[3]
        piece = data[start:end].replace(b'"status":', b'"status"', 1)
        exchanges, sentences = reading(data[:start] + piece + data[end:])
        assert [f"c.har#4: damaged (byte {start} to {end - 1}); the request was read"] == sentences
        assert (plain(RAW_ENTRIES[3])[:3], None) == (facts(exchanges[3])[:3], exchanges[3].answer)
        assert "the entry is damaged behind its request" == exchanges[3].note


@layouts
def test_bytes_lost_over_a_border_cost_the_two_entries_beside_it(indent) -> None:
    data = LAYOUTS[indent]
    entry_spans = spans(data)
    exchanges, sentences = reading(data[: entry_spans[3][1] - 60] + data[entry_spans[4][0] + 40 :])
    kept = [facts(exchange) for exchange in exchanges]
    assert [] == [
        n
        for n, raw_entry in enumerate(RAW_ENTRIES, 1)
        if n not in (4, 5) and plain(raw_entry) not in kept
    ]
    assert sentences  # the fourth and the beginning of the fifth may be one plausible entry


@layouts
def test_a_damaged_beginning_does_not_hide_the_entries(indent) -> None:
    data = LAYOUTS[indent]
    start = spans(data)[0][0]
    for head in (
        b"\0" * start,
        b"",
        data[:start].replace(b'"entries"', b'"entri"'),
        b"{" + b"x" * 99,
    ):
        exchanges, _ = reading(head + data[start:])
        assert urls(exchanges) == [raw_entry["request"]["url"] for raw_entry in RAW_ENTRIES]


def test_one_lost_quote_costs_no_more_time_than_a_small_factor() -> None:
    many = [entry(n) for n in range(1000)]
    for raw_entry in many:
        raw_entry["response"]["content"]["text"] = '"' * 600
    data = har(*many, indent=None)
    started = time.process_time()
    reading(data)
    undamaged = time.process_time() - started
    for lost_quotes in (1, 30):
        damaged = data.replace(b'"status":', b'"status:', lost_quotes)
        started = time.process_time()
        exchanges, _ = reading(damaged)
        assert len(exchanges) >= 1000 - 2 * lost_quotes
        assert time.process_time() - started < 12 * undamaged + 5
    started = time.process_time()
    reading(data[:-100] + b'\\"' * 200_000)
    assert time.process_time() - started < 12 * undamaged + 5


@pytest.mark.parametrize(
    "unit",
    [
        b'{"time":',
        b'{"time":{},"x":[',
        b'{"request":{"request":',
        b"[",
        b"null,",
        b"{},",
        b'{"log":{"entries":[]}}',
    ],
)
def test_hostile_files_cost_seconds_at_most(unit: bytes) -> None:
    started = time.process_time()
    reading(b'{"log":{"entries":[' + unit * 2000)
    assert time.process_time() - started < 30


def test_deep_nesting_in_place_of_entries_ends_in_a_sentence() -> None:
    for text in (
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"log":' * 50_000,
        b'{"log":{"entries":[' + b"[" * 99_999,
    ):
        try:
            assert [] == reading(text)[0]
        except Har2rpcError as error:
            assert str(error).startswith("c.har: ")


def damaged(data: bytes) -> st.SearchStrategy[tuple[bytes, int, int]]:
    """The data with one damage, and the first byte that it touched, and the first behind."""
    end = len(data)
    return st.one_of(
        st.tuples(st.integers(0, end), st.just(end), st.just(b"")),  # cut
        st.tuples(st.integers(0, end), st.integers(0, 3000), st.just(b"")),  # lost
        st.tuples(
            st.integers(0, end), st.integers(0, 3), st.binary(min_size=1, max_size=3)
        ),  # flipped
        st.tuples(
            st.integers(0, end),
            st.just(0),
            st.sampled_from([b'"', b"{", b"}", b"]", b"[", b",", b"\\", b"\n"]),
        ),
        st.tuples(st.integers(0, end), st.integers(0, 2000), st.just(b"\0" * 500)),
    ).map(lambda d: (data[: d[0]] + d[2] + data[d[0] + d[1] :], d[0], d[0] + d[1]))


def check(whole: bytes, raw_entries: list[dict], harm: tuple[bytes, int, int]) -> None:
    data, first, behind = harm
    try:
        exchanges, sentences = reading(data, everything)
        reading(data, calls)
    except Har2rpcError as error:
        assert "\n" not in str(error)
        exchanges = []
        assume(not [1 for start, end in spans(whole) if end < first or behind < start])
        return
    heads, head_sentences = reading(data, lambda url, method: "head", again=False)
    read_again = [head.again() if head.abridged else head for head in heads]
    assert (exchanges, sentences) == (read_again, head_sentences)
    kept = [facts(exchange) for exchange in exchanges]
    for raw_entry, (start, end) in zip(raw_entries, spans(whole), strict=True):
        # An entry beside the damage has lost its comma or bracket: that too must not cost it.
        if end <= first or behind <= start:
            assert plain(raw_entry) in kept, (start, end)


@pytest.mark.parametrize("in_memory", [8 << 20, 0], ids=["json", "msgspec"])
@layouts
@settings(
    deadline=None, database=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck)
)
@given(st.data())
def test_entries_outside_of_a_damage_are_kept(indent, in_memory: int, data) -> None:
    with pytest.MonkeyPatch.context() as patch:
        limit_memory(in_memory, patch)
        check(LAYOUTS[indent], RAW_ENTRIES, data.draw(damaged(LAYOUTS[indent])))


REAL = [
    CAPTURES / "odoo19" / name
    for name in (
        "chrome-devtools/search_name.har",
        "firefox/search_phone.har",
        "playwright/search_phone.zip",
    )
]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.parent.name)
@settings(
    deadline=None,
    database=None,
    max_examples=EXAMPLES // 5,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_damaged_real_captures_give_no_traceback(path, data) -> None:
    if not path.exists():
        pytest.skip("../shared/captures is not there")
    whole = path.read_bytes()
    harm = data.draw(damaged(whole))
    with pytest.MonkeyPatch.context() as patch:
        limit_memory(data.draw(st.sampled_from([8 << 20, 0])), patch)
        if path.suffix == ".zip":
            try:
                reading(harm[0])
            except Har2rpcError as error:
                assert "\n" not in str(error)
        else:
            check(whole, json.loads(whole)["log"]["entries"], harm)


def test_the_names_of_lost_entries_are_those_of_the_file() -> None:
    data = LAYOUTS[2]
    entry_spans = spans(data)
    lost_two = (
        data[: entry_spans[2][0]]
        + b"\0" * (entry_spans[3][1] - entry_spans[2][0])
        + data[entry_spans[3][1] :]
    )
    exchanges, sentences = reading(lost_two)
    assert f"{CALL}?5" in urls(exchanges)
    assert 1 == len(sentences)
