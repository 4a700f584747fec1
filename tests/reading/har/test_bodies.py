"""Bodies and answers, in the ways exporters write them, and cut as browsers cut them."""

from __future__ import annotations

import base64
import gzip

import pytest

from har2rpc.model import Exchange

from ..hars import entry, har, reading


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def read_one(post: object = None, content: object = None, **request) -> Exchange:
    raw_entry = entry(1)
    if post is not None:
        raw_entry["request"]["postData"] = post
    if content is not None:
        raw_entry["response"]["content"] = content
    raw_entry["request"].update(request)
    results = [reading(har(raw_entry, indent=indent)) for indent in (2, None)]
    assert results[0] == results[1]
    assert [] == results[0][1]
    return results[0][0][0]


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ({"text": "{}"}, "{}"),
        ({"text": encoded('{"é": "😀"}'), "encoding": "base64"}, '{"é": "😀"}'),  # Reqable
        ({"text": "", "_textBase64": encoded("{}")}, "{}"),
        (
            {"params": [{"name": "login", "value": "a b"}, {"name": "é", "value": None}]},
            "login=a+b&%C3%A9=",
        ),
        ({"text": "{}", "params": []}, "{}"),  # Firefox
        ({"text": ""}, None),
        ({"text": None}, None),
        ("{}", "{}"),
        ([], None),
        ({"text": encoded("{}"), "encodig": "base64"}, "{}"),  # chrome-har
    ],
)
def test_request_bodies(post, body) -> None:
    exchange = read_one(post)
    assert (body, "") == (exchange.body, exchange.note)


def test_a_request_that_firefox_cut_is_no_body_and_says_so() -> None:
    cut = '{"image": "' + "A" * (1_048_576 - 11)
    exchange = read_one({"text": cut}, bodySize=1_048_576)
    assert (None, "the request's body was cut by the browser at 1048576 characters") == (
        exchange.body,
        exchange.note,
    )


def test_a_request_cut_behind_a_brace_is_noticed_too() -> None:
    cut = '{"image": "' + "A" * (1_048_576 - 12) + "}"
    assert read_one({"text": cut}, bodySize=2_000_000).note == (
        "the request's body was cut by the browser at 1048576 of 2000000 bytes"
    )


def test_a_whole_request_of_exactly_that_length_is_kept() -> None:
    whole = '{"image": "' + "A" * (1_048_576 - 13) + '"}'
    assert (whole, "") == (read_one({"text": whole}).body, read_one({"text": whole}).note)


@pytest.mark.parametrize(
    ("content", "answer", "note"),
    [
        ({"text": encoded('{"name": "😀"}'), "encoding": "base64"}, '{"name": "😀"}', ""),  # Chrome
        ({"text": encoded("{}").rstrip("="), "encoding": "BASE64"}, "{}", ""),
        ({"text": "~~~~~", "encoding": "base64"}, None, ""),
        ({"text": "A", "encoding": "base64"}, None, "the answer is declared as base64 but is not"),
        ({"text": "é", "encoding": "base64"}, None, "the answer is declared as base64 but is not"),
        ({"size": 7}, None, ""),
        (
            {"comment": "Response bodies are not included."},
            None,
            "no answer in the file: Response bodies are not included.",
        ),
        ({"text": 7}, None, "the answer is not written as text"),
        ({"text": '{"a": 1}\0\0\0'}, '{"a": 1}', ""),
        (
            {"text": '{"a": 1\0\0\0'},
            None,
            "the answer was cut by the browser at 7 of 10 characters",
        ),
        (
            {"text": "<html>\0\0"},
            "<html>",
            "the answer was cut by the browser at 6 of 8 characters",
        ),
        ({"text": "\0\0"}, None, "the answer holds nothing but NUL characters"),
        (
            {"text": '{"a": [', "size": 99},
            None,
            "the answer was cut by the browser at 7 of 99 bytes",
        ),
        ({"text": '{"a": [', "size": 0}, None, "the answer was cut by the browser at 7 characters"),
        ({"_file": "x.json"}, None, "the answer is in 'x.json', which is not there"),
        ([], None, ""),
    ],
)
def test_answers(content, answer, note) -> None:
    exchange = read_one(content=content)
    assert (answer, note) == (exchange.answer, exchange.note)


@pytest.mark.parametrize("mime", ["application/vnd.ms-excel", "application/pdf", "image/png", ""])
def test_a_file_is_never_cut_whatever_it_ends_in(mime: str) -> None:
    for raw in (b"PK\x03\x04\xff\xfe\0\0\0", b"PK\x03\x04 plain\0\0\0"):
        text = base64.b64encode(raw).decode()
        exchange = read_one(content={"text": text, "encoding": "base64", "mimeType": mime})
        if mime or b"\xff" in raw:
            assert "cut" not in exchange.note
            assert raw.decode("utf-8", "replace") == exchange.answer
        else:  # may be text that Firefox filled up
            assert "the answer was cut" in exchange.note


def test_text_is_cut_whatever_its_type_says() -> None:
    content = {"text": "<html>\0\0", "mimeType": "application/pdf"}
    assert "the answer was cut" in read_one(content=content).note
    raw = base64.b64encode(b'{"a": 1\0\0').decode()
    content = {"text": raw, "encoding": "base64", "mimeType": "application/octet-stream"}
    assert "the answer was cut" in read_one(content=content).note


def test_bytes_as_they_went_over_the_wire_are_unpacked() -> None:
    packed = gzip.compress(b'{"result": 1}')
    for raw, answer, note in (
        (packed, '{"result": 1}', ""),
        (packed[:-9], None, "the answer is gzip data that was cut"),
        (packed[:10] + b"\xff" * 9, None, "the answer is gzip data that cannot be unpacked"),
        (b"\x28\xb5\x2f\xfd....", None, "the answer is still compressed (zstd)"),
        (b"\xff\xd8\xff", "\ufffd\ufffd\ufffd", "the answer is not UTF-8 text"),
    ):
        exchange = read_one(content={"text": base64.b64encode(raw).decode(), "encoding": "base64"})
        assert (answer, note) == (exchange.answer, exchange.note)


@pytest.mark.parametrize(
    ("time", "ms"),
    [(None, None), (-1, None), (0, 0.0), ("7", 7.0), ([], None), (2**70, float(2**70))],
)
def test_times(time, ms) -> None:
    for indent in (2, None):
        exchanges, _ = reading(har({**entry(1), "time": time}, indent=indent))
        assert [ms] == [exchange.ms for exchange in exchanges]


def test_an_aborted_request_says_that_no_answer_arrived() -> None:
    raw_entry = entry(1, response={"status": -1, "content": {"size": -1, "mimeType": "x-unknown"}})
    exchanges, _ = reading(har(raw_entry, indent=None))
    assert [(-1, None, "no answer arrived (status -1)")] == [
        (exchange.status, exchange.answer, exchange.note) for exchange in exchanges
    ]
