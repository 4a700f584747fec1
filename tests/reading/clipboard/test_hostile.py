"""Copies that are damaged, or made to hurt: cheap, and never anything but a sentence."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from har2rpc.model import Har2rpcError

from .copies import CALL, DOORS, reading

BODY = json.dumps({"params": {"model": "res.partner", "method": "name_search", "args": ["a"]}})
CURL = f"curl '{CALL}' --data-raw "

DAMAGES = {
    "one line of 10 MB": CURL + "'" + BODY.replace('"a"', f'"{"x" * 10_000_000}"') + "'",
    "quotes without end": "curl '\n" * 40_000,
    "dollar quotes": "curl $'\\'\n" * 40_000,
    "all three": "curl \"'$'\n" * 40_000,
    "junk between": "curl http://x/\njunk\n" * 20_000,
    "no quotes": "curl http://x/\n" * 20_000,
    "carets": 'curl ^"' + "^" * 4_000_000,
    "careted lines": 'curl ^"^\n' * 60_000,
    "backslashes": "curl '" + CALL + "' -d $'" + "\\" * 4_000_001,
    "here strings": "Invoke-WebRequest " + "@'\n" * 100_000,
    "power quotes": 'Invoke-WebRequest "\n' * 40_000,
    "power nested": "Invoke-WebRequest " + "@{" * 100_000,
    "half fetches": 'fetch("u", {\n' * 40_000,
    "half fetches on a line": 'fetch("u", {"a": fetch(' * 20_000,
    "fetch of commas": 'fetch("u", {' + ",//\n" * 100_000,
    "fetch of brackets": 'fetch("u", ' + "[" * 100_000,
    "half payloads": '{"model": {x\n' * 60_000,
    "payload quotes": '{"model": "\n' * 60_000,
    "payload array": '[{"model":1}' + ",1" * 60_000 + "]",
    "notes that do not end": "call_kw: " + "{a: [" * 40_000,
    "script of half calls": "execute_kw('a.b', 'c', [" * 20_000,
    "objects in objects": "call_kw " + '{"a": ' * 60_000,
    "texts in texts": 'call_kw {"params": "' + '{\\"params\\": \\"' * 20_000,
    "half XML": "<methodCall>" * 20_000,
    "heads": "POST /web/dataset/call_kw HTTP/1.1\n" * 20_000,
    "assignments": "a = {\n" * 40_000 + "call_kw",
    "here documents": "curl -d @- http://x/ <<EOF\n" * 20_000,
    "many payloads": '{"model": "a", "method": "b"}\n' * 20_000,
    "nul": CURL + "'\0\0" + BODY + "'\0" * 1000,
    "binary": CURL + "'" + BODY + "'\n\x00\x80\x93'\"\x07" * 50_000,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_hostile_texts_cost_little_and_raise_nothing_else(name: str) -> None:
    data = DAMAGES[name].encode("latin-1")
    begun = time.process_time()
    sentences: list[str] = []
    try:
        exchanges, sentences = reading(data)
        assert exchanges or sentences
    except Har2rpcError as error:
        assert str(error).startswith("c.txt") and len(str(error)) < 400
    assert time.process_time() - begun < 30  # what grows with the square takes minutes
    assert len(sentences) < 30 and all(len(sentence) < 400 for sentence in sentences)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_samples_raise_nothing_else(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(DOORS.glob("*.txt"))))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 300))
    put = data.draw(st.binary(max_size=4) | st.sampled_from([b"'", b'"', b"\\", b"^", b"`", b"\n"]))
    try:
        reading(whole[:at] + put + whole[at + gone :])
    except Har2rpcError as error:
        assert str(error)
