"""Readers of hostile text: twice the input takes about twice the time, and packed data cannot fill memory or disk."""

from __future__ import annotations

import base64
import gzip
import io
import json
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from har_builder import call, exchange, har, page, run, search, written

from har2rpc.model import Har2rpcError
from har2rpc.pipeline import open_capture, redact

pytestmark = pytest.mark.security

# Begin -> what is repeated -> end. Found by trying, for each reader, what begins again and again and does not end.
COPIED = {
    "fetch": ('fetch("https://h/web/dataset/call_kw", {"body": "{}"});\n', ""),
    "PowerShell": ('Invoke-WebRequest -Uri "https://h/web" -Body "{}"\n', "\n'@"),
    "cURL": ("curl 'https://h/web/dataset/call_kw' --data-raw '{}'\n", ""),
    "cURL for cmd": ('curl ^"https://h/web^" ^\n', ""),
    "any text": ("Notes on call_kw:\n", ""),
    "collection": ('{"info": {"_postman_id": "a"}, "item": [{"request": "', '"}]}'),
    "XML-RPC": ("curl http://h/xmlrpc/2/object -d '<methodCall>", "'"),
}
UNITS = {
    "fetch": (
        ';fetch("a", {|;fetch("a", {"b|\nfetch("a", {|;fetch("a", {//|;fetch("a", [|;fetch("|;fetch(|;fetch   '
        '|;fetch("a",|;fetch("a", {"x":1 //\n|;fetch("a", {{{{{{{{|;fetch("a", {"a":1,}| window.'
    ),
    "PowerShell": (
        "Invoke-WebRequest |Invoke-WebRequest \"|Invoke-WebRequest '|Invoke-WebRequest @'\n|Invoke-WebRequest (|`|-a"
        '|"$([char]1)"|@\'\n\'|""'
    ),
    "cURL": (
        "\ncurl 'x|\ncurl \"x|\ncurl $'x|;curl x|;curl '|\ncurl \\|\n |\n#| a|&|$| -d x|\\\n|; |\ncurl 'x\ncurl \"y\n"
    ),
    "any text": (
        "{|{a:|{a:[|'|execute_kw(|execute_kw('a.b', 'c', [|<methodCall>|{\\\"a|fetch('u',{|POST /x HTTP/1.1\n|/web/dataset/"
        '|https://x/web/dataset/call_kw |/a/a|x = "a"\n|${x}|/*|curl -d @- x <<EOF\n|Host: x\n|@{|{a=1\n|{a: x+'
        '|{"model": "a", "method": "b"} |{"jsonrpc": 1, "result": 1} |{"jsonrpc": {"a": "{\\"params\\": {|{ fetch( } |{“'
        "|{&quot;a"
    ),
    "collection": "{{a}}|{{|/:a",
    "XML-RPC": "<array><data><value>|<value>a</value>|<struct>|&lt;|<!--|<![CDATA[",
    "cURL for cmd": ('\ncurl ^"x|;curl x|\ncurl ^\n|^"|^^|\\"| http://x'),
}
HAR = '{"log": {"entries": [\n'
HAR_UNITS = (
    '{|[|{"a":|"|\\|{"request": {},|{"log": {"entries": [|{"log": {"entries": []}}|"request": {"url": "/web/x"},|}|],'
    '|{"startedDateTime": "2026|"entries": ['
)


def info(text: str) -> dict[str, object]:
    return exchange("/web", answer=f"<script>{text}</script>")


ENTRIES = {
    "session info": lambda n: info("odoo.session_info = {" * n),
    "session info that is text": lambda n: info('odoo.session_info = "{' * n),
    "session info and spaces": lambda n: info("odoo.session_info" + " " * 20 * n),
    "websocket": lambda n: exchange("/" + "websocket?/" * n, answer="x"),
    "websocket's versions": lambda n: exchange("/websocket?" + "v=1.0&" * n, answer="x"),
    "websocket's digits": lambda n: exchange("/websocket?v=" + "1.1" * n, answer="x"),
    "path": lambda n: exchange("/web" * n + "/dataset/call_kw", {"params": {}}, {}),
    "user in the URL": lambda n: exchange("https://" + "a:b" * n, answer="x"),
    "query": lambda n: exchange("/web?" + "db=a&" * n, answer="x"),
    "login form": lambda n: exchange("/web/login", "login=a&" * n, "x"),
    "domain": lambda n: search(domain=["|"] * n + [["name", "=", "x"]] * (n + 1)),
    "domain as text": lambda n: call("res.partner", "search", ("[" * n,)),
    "deep arguments": lambda n: call(
        "res.partner", "write", ([7], json.loads("[" * 90 + "]" * 90))
    ),
    "a long text": lambda n: call("res.partner", "write", ([7], {"comment": "<p>a &amp; " * n})),
    "many lines": lambda n: call(
        "x", "create", ({"line_ids": [[0, 0, {"a": k}] for k in range(n)]},)
    ),
    "many fields": lambda n: call("res.partner", "write", ([7], {f"f{k}": k for k in range(n)})),
    "many ids": lambda n: call("res.partner", "write", (list(range(1, n)), {"a": 1})),
}


def seconds(data: str | bytes) -> float:
    """The better of two readings; what is refused in a sentence was read as well."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    times = []
    for _ in range(2):
        begin = time.perf_counter()
        with suppress(Har2rpcError):
            open_capture([io.BytesIO(raw)])
        times.append(time.perf_counter() - begin)
    return min(times)


def assert_linear(once: str | bytes, twice: str | bytes) -> None:
    """A square would be 4, each time; what takes no time at all is not measured, and a busy machine gets three attempts."""
    attempts = []
    while len(attempts) < 3:
        first, second = seconds(once), seconds(twice)
        if second < 3 * first + 0.1:
            return
        attempts.append((first, second))
    raise AssertionError(attempts)


@pytest.mark.parametrize(
    "kind, unit", [(kind, unit) for kind, units in UNITS.items() for unit in units.split("|")]
)
def test_copied_text_is_read_in_linear_time(kind: str, unit: str) -> None:
    head, tail = COPIED[kind]
    count = 40_000 // len(unit)
    assert_linear(head + unit * count + tail, head + unit * 2 * count + tail)


@pytest.mark.parametrize("unit", HAR_UNITS.split("|"))
def test_damaged_hars_are_read_in_linear_time(unit: str) -> None:
    count = 40_000 // len(unit)
    for head in (HAR, ""):
        assert_linear(head + unit * count, head + unit * 2 * count)


@pytest.mark.parametrize("what", ENTRIES)
def test_entries_are_read_in_linear_time(what: str) -> None:
    once, twice = (
        json.dumps(har(page(), ENTRIES[what](count), search())) for count in (4000, 8000)
    )
    assert_linear(once, twice)


@pytest.mark.parametrize("what", ENTRIES)
def test_entries_are_redacted_in_linear_time(what: str) -> None:
    def redacting(count: int) -> float:
        raw = json.dumps(har(page(), ENTRIES[what](count), search())).encode()
        times = []
        for _ in range(2):
            begin = time.perf_counter()
            redact([io.BytesIO(raw)], None)
            times.append(time.perf_counter() - begin)
        return min(times)

    attempts = []
    while len(attempts) < 3:
        first, second = redacting(2000), redacting(4000)
        if second < 3 * first + 0.2:
            return
        attempts.append((first, second))
    raise AssertionError(attempts)


ODD = {**call("res.partner", "write", ([7], {"name": "x"}))}
ODD["response"] = {**ODD["response"], "content": {"size": 1, "comment": "gone"}}
WHOLE = json.dumps(ODD)
SENTENCES = {
    "an answer that is missing": lambda n: json.dumps(har(*[ODD] * n)),
    "an entry without its end": lambda n: HAR + ",".join([WHOLE[:-2]] * n) + "]}}",
    "entries inside of entries": lambda n: HAR + (WHOLE[:-1] + ', "x": ') * n,
    "entries of two browsers": lambda n: json.dumps(har(*[ODD, {"_b": 1, **ODD}] * (n // 2))),
}


@pytest.mark.parametrize("what", SENTENCES)
def test_what_makes_us_say_something_is_read_in_linear_time(what: str) -> None:
    assert_linear(SENTENCES[what](2000), SENTENCES[what](4000))


def peak_of(data: bytes) -> int:
    """Bytes of memory that reading takes at most."""
    tracemalloc.start()
    try:
        with suppress(Har2rpcError):
            open_capture([io.BytesIO(data)])
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_small_body_cannot_take_gigabytes() -> None:
    packed = base64.b64encode(gzip.compress(b"[" + b" " * (200 << 20))).decode()
    odd = exchange("/web/dataset/call_kw", {"params": {}})
    odd["response"]["content"] = {"size": 1, "encoding": "base64", "text": packed}
    assert peak_of(json.dumps(har(odd, search())).encode()) < 150 << 20


def test_a_zip_that_is_a_bomb_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("har.har", "w") as file,
    ):
        for _ in range(300):
            file.write(b" " * (1 << 20))
    with pytest.raises(
        Har2rpcError, match=r"unpacks to more than 300 MiB from .* bytes, unlike any"
    ):
        open_capture([io.BytesIO(buffer.getvalue())])


def test_a_body_beside_the_har_that_is_a_bomb_is_left_out() -> None:
    odd = exchange("/web/dataset/call_kw", {"params": {"model": "a", "method": "b", "args": []}})
    odd["response"]["content"] = {"size": 1, "_file": "a.json"}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("har.har", json.dumps(har(odd)))
        archive.writestr("a.json", b"[" + b" " * (100 << 20))
    assert peak_of(buffer.getvalue()) < 250 << 20
    buffer.seek(0)
    (sentence,) = open_capture([buffer]).skipped
    assert "unpacks to more than" in sentence


def test_thousands_of_sentences_are_counted(tmp_path: Path) -> None:
    """What a capture makes us say does not bury the rest."""
    odd = call("res.partner", "write", ([7], {"name": "x"}))
    odd["response"]["content"] = {"size": 1, "comment": "gone"}
    told = run("list", written(tmp_path, *[odd] * 300)).stderr.splitlines()
    assert 51 == len(told) and "har2rpc: and 250 more messages like these" == told[-1]
