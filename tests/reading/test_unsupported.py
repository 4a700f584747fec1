"""The sentences for what is not a capture."""

from __future__ import annotations

import pytest

from har2rpc.model import Har2rpcError

from .hars import packed_in_zip, reading


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty; "),
        (b" \n\0\0", "empty; "),
        (b"<html>\n<body>", 'not a HAR: it begins with "<html>"; export it from the browser'),
        (b"\xff\xd8\xff\xe0", "not a HAR: it begins with "),
        (b"[1, 2]", 'not a HAR: it begins with "[1, 2]"; '),
        (b"{}", "JSON, but not a HAR: there is no log.entries; "),
        (
            b'{"name": "x", "id": 1}',
            "JSON, but not a HAR: there is no log.entries (it has name, id); ",
        ),
        (b'{"log": {"version": "1.2"}}', "JSON, but not a HAR: there is no log.entries; "),
        (b'{"log": {"entries": null}}', "JSON, but not a HAR: there is no log.entries; "),
        (b'{"log": null}', "JSON, but not a HAR: there is no log.entries; "),
        (b'{"log": {"version": "1.2", "pag', "cut at byte 31, before the first entry; "),
        (b"\x28\xb5\x2f\xfd\0\0", "packed with zstd, which har2rpc does not read; unpack it first"),
        (b"\x1f\x8b\x08", "gzip data that cannot be unpacked (cut)"),
        (b"PK\x03\x04 and no more", "a damaged zip ("),
        (b"2114:7:version;2:20#4:type;4:http;2:id;36:0d", "a mitmproxy flow file; `mitmdump -nr "),
        (b"9:1:a;1:b;}", "a mitmproxy flow file; "),
        (
            b"\xac\xed\x00\x05sr\x00\x1dcom.xk72.charles.model.Session",
            "a Charles session; in Charles, File",
        ),
        (
            b'{"_type":"export","__export_format":4,"resources":[]}',
            "an Insomnia export; in Insomnia, Pref",
        ),
        (b"type: collection.insomnia.rest/5.0\nname: x\n", "an Insomnia export; "),
        (
            b"meta {\n  name: x\n  type: http\n}\npost {\n  url: a/jsonrpc\n}\n",
            "a Bruno request; Bruno ",
        ),
        (
            b'{"version": "1", "name": "x", "type": "collection", "ignore": []}',
            "a Bruno collection's settings",
        ),
        (b"\x0a\x0d\x0d\x0a\x1c\x00", "packets as Wireshark and tcpdump record them"),
        (
            packed_in_zip(("raw/01_c.txt", b"POST"), ("raw/01_s.txt", b"x")),
            "a Fiddler archive; in Fiddler, ",
        ),
        (packed_in_zip(("a.txt", b"x")), "a zip without a .har in it; "),
        (packed_in_zip(("har.har", b"<html>")), 'not a HAR: it begins with "<html>"; '),
        (packed_in_zip(("har.har", b"")), "empty; "),
    ],
)
def test_what_is_not_a_capture_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Har2rpcError) as caught:
        reading(data)
    assert str(caught.value).startswith(f"c.har: {sentence}")
    assert "\n" not in str(caught.value)
