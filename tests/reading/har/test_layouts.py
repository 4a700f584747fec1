"""All reading paths give the same: generated entries in generated layouts, read as a plain walk reads them."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from har2rpc.reading.har import lines

from ..hars import calls, facts, limit_memory, map_nothing, plain, reading

text = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        '"',
        "\\",
        '{"a": "}"}',
        "},\n      {\n",
        ',{"startedDateTime":',
        "\ud83d",
        "\x07\t",
        "😀王",
        "/web/x",
        "text",
    ]
)
odd = st.none() | st.booleans() | st.integers() | st.just(2**70) | st.floats(allow_nan=False) | text
nested = st.recursive(
    odd, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3)
)
url = st.sampled_from(["http://h/web/dataset/call_kw/", "http://h/web/assets/"]).flatmap(
    lambda start: text.map(start.__add__)
)


def some(members: dict, **always) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(always, optional=members)


request = some(
    {
        "bodySize": st.integers(-1, 9),
        "postData": some({"text": text.map("x".__add__), "mimeType": text, "params": st.just([])}),
        "headers": st.lists(st.fixed_dictionaries({"name": text, "value": text}), max_size=2),
        "_odd": nested,
    },
    method=st.sampled_from(["GET", "POST"]),
    url=url,
)
response = some(
    {"status": st.integers(100, 599), "content": some({"text": text.map("x".__add__), "_odd": odd})}
)
entries = st.lists(
    some(
        {
            "response": response | st.none(),
            "startedDateTime": st.just("2026-11-23T18:51:34.449Z"),
            "time": st.none() | st.integers(-1, 99) | st.floats(0, 9),
            "pageref": text,
            "_initiator": some({"url": url, "type": text, "request": some({"url": url})}),
            "cache": nested,
        },
        request=request,
    ),
    max_size=5,
)
layouts = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 0, 1, 2, 4, "\t"]),
        "separators": st.sampled_from([(",", ":"), (", ", ": "), (",", " : ")]),
        "ensure_ascii": st.booleans(),
        "sort_keys": st.booleans(),
    }
)


def shuffled(value, order: random.Random):
    if isinstance(value, list):
        return [shuffled(one, order) for one in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    order.shuffle(keys)
    return {key: shuffled(value[key], order) for key in keys}


@pytest.mark.parametrize(
    "in_memory, maps",
    [(8 << 20, True), (0, True), (0, False)],
    ids=["json, bytes", "msgspec, mapped file", "msgspec, one buffer"],
)
@settings(deadline=None, database=None, max_examples=100)
@given(
    entries,
    layouts,
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
    st.none() | st.randoms(use_true_random=False),
)
def test_every_layout_reads_like_a_plain_walk(
    in_memory: int,
    maps: bool,
    raw_entries,
    layout,
    newline: str,
    slashes: bool,
    pages_last: bool,
    order,
) -> None:
    if order:
        raw_entries = shuffled(raw_entries, order)
    pages = {"pages": [{"startedDateTime": "2026", "id": "p"}]}
    log = {"entries": raw_entries, **pages} if pages_last else {**pages, "entries": raw_entries}
    written = json.dumps({"log": log}, **layout)
    if slashes:
        written = written.replace("/", "\\/")
    data = written.replace("\n", newline).encode("utf-8", "surrogatepass")
    with pytest.MonkeyPatch.context() as patch:
        limit_memory(in_memory, patch)
        if not maps:
            map_nothing(patch)
        patch.setattr(
            lines, "_PIECE", 7
        )  # so that bodies end in the second piece, and at its edges
        exchanges, sentences = reading(data)
        few, _ = reading(data, calls)
    read_back = json.loads(data.decode("utf-8", "replace"), strict=False)["log"]["entries"]
    assert ([plain(one) for one in read_back], []) == ([facts(one) for one in exchanges], sentences)
    assert [one if calls(one.url, "") else None for one in exchanges] == [
        one if calls(one.url, "") else None for one in few
    ]
    assert [(one.where, one.url, one.http_method, one.started) for one in exchanges] == [
        (one.where, one.url, one.http_method, one.started) for one in few
    ]
