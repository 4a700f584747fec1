"""What exporters, editors and scripts do to a HAR without breaking it: the rows of the behaviour matrix."""

from __future__ import annotations

import json

import pytest

from ..hars import CALL, asset, calls, entry, facts, har, plain, reading, urls

THREE = [entry(1), asset(2), entry(3)]
layouts = pytest.mark.parametrize("indent", [2, 4, "\t", None], ids=["2", "4", "tab", "one line"])


def expect_all(data: bytes) -> None:
    exchanges, sentences = reading(data)
    assert ([plain(raw_entry) for raw_entry in THREE], []) == (
        [facts(one) for one in exchanges],
        sentences,
    )
    assert [1, 2, 3] == [one.where.entry for one in exchanges]


@layouts
@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data + b"\0" * 70_000,
        lambda data: data + b" \n\n",
        lambda data: data + b"\nEOF: 3 entries }]{[",
        lambda data: b"\n\n  " + data,
        lambda data: b"onInputData(" + data + b");",
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("utf-16-le"),
        lambda data: data.decode().encode("utf-16-be"),
        lambda data: data.decode().encode("utf-32"),
        lambda data: data[: data.rindex(b"]")] + b"," + data[data.rindex(b"]") :],
        lambda data: data.replace(
            b'"version"', b'"_odd": [NaN, -Infinity, {"entries": [1]}], "version"'
        ),
        lambda data: data.replace(
            b'"headers"', b'"_n": NaN, "_i": 1180591620717411303424, "headers"'
        ),
        lambda data: data.replace(b'"headers"', b'"_n": "\\ud83d", "headers"'),
        lambda data: data.replace(b'"headers"', b'"_n": "\xff\xfe raw \t tab \0 nul", "headers"'),
        lambda data: data.replace(
            b'"headers"', b'"_n": ' + b"[" * 3000 + b"]" * 3000 + b', "headers"'
        ),
        lambda data: data.replace(b'"headers"', b'"_n": ' + b"9" * 5000 + b', "headers"'),
        lambda data: data.replace(b'"url"', b'"url": "http://other/", "url"'),
        lambda data: data.replace(b'"pages"', b'"pages": null, "pages"'),
    ],
    ids=[
        "BOM",
        "CRLF",
        "trailing NULs",
        "trailing space",
        "trailing garbage",
        "leading space",
        "JSONP",
        "UTF-16",
        "UTF-16 LE without BOM",
        "UTF-16 BE without BOM",
        "UTF-32",
        "trailing comma",
        "NaN and entries elsewhere",
        "NaN and a large int in an entry",
        "lone surrogate",
        "invalid UTF-8 and control characters",
        "nested 3000 deep",
        "an int of 5000 digits",
        "duplicate key, the last counts",
        "pages twice",
    ],
)
def test_nothing_is_lost(change, indent) -> None:
    expect_all(change(har(*THREE, indent=indent)))


@layouts
def test_escaped_slashes_are_slashes(indent) -> None:
    expect_all(har(*THREE, indent=indent).replace(b"/", b"\\/"))


@layouts
def test_entries_without_response_pages_or_optional_fields_are_read(indent) -> None:
    bare = {"request": {"method": "POST", "url": CALL}}
    nulls = {**bare, "response": None, "time": None, "startedDateTime": None, "pageref": "page_7"}
    words = {**bare, "response": {"status": "200", "content": None}, "time": "12.5"}
    data = har(bare, nulls, words, indent=indent).replace(b'"pages"', b'"_pages"')
    exchanges, sentences = reading(data)
    assert [] == sentences
    assert [(CALL, 0, None, None), (CALL, 0, None, None), (CALL, 200, None, 12.5)] == [
        (one.url, one.status, one.answer, one.ms) for one in exchanges
    ]
    assert ["no answer arrived (status 0)"] * 2 + [""] == [one.note for one in exchanges]


@layouts
@pytest.mark.parametrize("value", [None, 7, "x", {}, {"request": None}, {"request": {"url": None}}])
def test_what_is_not_an_entry_is_named_and_counted(value, indent) -> None:
    exchanges, sentences = reading(har(entry(1), value, entry(3), indent=indent))
    assert [(1, f"{CALL}?1"), (3, f"{CALL}?3")] == [(one.where.entry, one.url) for one in exchanges]
    assert 1 == len(sentences) and sentences[0].startswith("c.har#2: ") and "(byte " in sentences[0]


def test_null_first_does_not_hide_the_layout() -> None:
    exchanges, sentences = reading(har(None, entry(2), asset(3)))
    assert [2, 3] == [one.where.entry for one in exchanges]
    assert 1 == len(sentences) and sentences[0].startswith(
        "c.har#1: null instead of an entry (byte "
    )


@layouts
def test_lone_surrogates_in_a_body_are_kept(indent) -> None:
    raw_entry = entry(1)
    raw_entry["request"]["postData"]["text"] = '{"name": "\ud83d"}'
    data = json.dumps({"log": {"entries": [raw_entry]}}, indent=indent).encode()
    exchanges, sentences = reading(data)
    assert (['{"name": "\ud83d"}'], []) == ([one.body for one in exchanges], sentences)


def test_an_invalid_byte_in_a_body_becomes_the_replacement_character() -> None:
    exchanges, sentences = reading(har(*THREE).replace("王".encode(), b"\xff"))
    assert [] == sentences
    assert "é \ufffd" in json.loads(exchanges[0].body)["params"]["note"]


@layouts
def test_a_second_har_behind_the_first_is_read_too(indent) -> None:
    data = har(*THREE, indent=indent) + b"\n" + har(entry(4), indent=2)
    exchanges, sentences = reading(data)
    assert ([1, 2, 3, 4], []) == ([one.where.entry for one in exchanges], sentences)
    assert f"{CALL}?4" == exchanges[3].url


@layouts
def test_no_entries_yield_nothing_and_say_nothing(indent) -> None:
    assert ([], []) == reading(har(indent=indent))


def test_a_layout_that_changes_half_way_is_followed() -> None:
    first, second = har(*THREE, indent=2), har(*THREE, indent=None)
    block = second[second.index(b'"entries":[') + 11 : second.rindex(b"]")]
    data = first.replace(b'"entries": [', b'"entries": [\n      ' + block + b",")
    exchanges, sentences = reading(data)
    assert [] == sentences
    assert [plain(raw_entry) for raw_entry in THREE + THREE] == [facts(one) for one in exchanges]
    assert 6 == len(reading(data, calls)[0])


def test_entries_quoted_in_bodies_are_not_read() -> None:
    raw_entry = entry(1)
    raw_entry["response"]["content"]["text"] = har(*THREE).decode()
    raw_entry["request"]["postData"]["text"] = har(*THREE, indent=None).decode()
    for indent in (2, None):
        exchanges, sentences = reading(har(raw_entry, entry(2), indent=indent))
        assert ([f"{CALL}?1", f"{CALL}?2"], []) == (urls(exchanges), sentences)


def test_an_entry_of_megabytes_is_one_string() -> None:
    raw_entry = entry(1)
    raw_entry["response"]["content"]["text"] = '"' * 3_000_000
    for indent in (2, None):
        exchanges, sentences = reading(har(raw_entry, entry(2), indent=indent))
        assert (['"' * 3_000_000, []], 2) == ([exchanges[0].answer, sentences], len(exchanges))
