"""Packed captures, streams, and bodies beside the HAR."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from har2rpc.model import Har2rpcError
from har2rpc.reading import har_entry, read
from har2rpc.reading.files import compressed, document

from ..hars import (
    asset,
    calls,
    entry,
    everything,
    facts,
    har,
    limit_memory,
    map_nothing,
    packed_in_zip,
    plain,
    reading,
)

THREE = [entry(1), asset(2), entry(3)]
DATA = har(*THREE)


DOORS = {
    "gzip": gzip.compress(DATA),
    "gzip in two members": gzip.compress(DATA[:500]) + gzip.compress(DATA[500:]),
    "gzip with padding": gzip.compress(DATA) + b"\0" * 512,
    "zlib": zlib.compress(DATA),
    "zlib, fast": zlib.compress(DATA, 1),
    "zip": packed_in_zip(("har.har", DATA)),
    "gzip in zip": packed_in_zip(("capture.har.gz", gzip.compress(DATA))),
    "UTF-16 in gzip": gzip.compress(DATA.decode().encode("utf-16")),
}


@pytest.mark.parametrize("maps", [True, False], ids=["mapped", "in one buffer"])
@pytest.mark.parametrize("in_memory", [8 << 20, 100], ids=["in memory", "in temporary files"])
@pytest.mark.parametrize("door", DOORS)
def test_packed_captures_are_unpacked(door, in_memory, maps, tmp_path: Path, monkeypatch) -> None:
    limit_memory(in_memory, monkeypatch)
    if not maps:
        map_nothing(monkeypatch)
    path = tmp_path / "c.har"
    path.write_bytes(DOORS[door])
    for source in (path, str(path), io.BytesIO(DOORS[door])):
        exchanges = list(read(source, everything, report_damage=pytest.fail))
        assert [plain(raw_entry) for raw_entry in THREE] == [
            facts(exchange) for exchange in exchanges
        ]
        assert exchanges == [exchange.again() for exchange in exchanges]
        assert THREE[0] == har_entry(exchanges[0]).raw_entry


@pytest.mark.parametrize("kept", [1 << 20, 100], ids=["kept", "too large"])
def test_what_cannot_be_mapped_is_read_once_where_it_is_not_large(
    kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit_memory(100, monkeypatch)
    map_nothing(monkeypatch)
    monkeypatch.setattr(document, "_KEPT", kept)
    path = tmp_path / "c.har"
    path.write_bytes(DATA)
    exchanges = list(read(path, everything, report_damage=pytest.fail))
    path.unlink()
    if kept > len(DATA):
        assert exchanges == [exchange.again() for exchange in exchanges]
    else:
        with pytest.raises(Har2rpcError, match="give it again"):
            exchanges[0].again()


def test_streams_are_called_stdin_unless_named() -> None:
    for name, expected in ((None, "stdin#1"), ("pasted.har", "pasted.har#1")):
        exchange = next(read(io.BytesIO(DATA), calls, name=name, report_damage=pytest.fail))
        assert expected == str(exchange.where)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are for POSIX")
def test_a_pipe_is_read_like_a_stream(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'wb').write({DATA!r})"]):
        assert 3 == len(list(read(pipe, everything, report_damage=pytest.fail)))


def with_files() -> tuple[bytes, dict[str, bytes]]:
    bodies = {"1" * 40 + ".json": b'{"params": {}}', "2" * 40 + ".json": b'{"result": []}'}
    request, answer = bodies
    raw_entry = entry(1)
    raw_entry["request"]["postData"] = {
        "mimeType": "application/json",
        "text": "",
        "_file": request,
    }
    raw_entry["response"]["content"] = {"size": 14, "_file": answer}
    return har(raw_entry), bodies


def test_attached_bodies_are_read_from_the_zip() -> None:
    data, bodies = with_files()
    exchanges, sentences = reading(packed_in_zip(("har.har", data), *bodies.items()))
    assert ([('{"params": {}}', '{"result": []}', "")], []) == (
        [(exchange.body, exchange.answer, exchange.note) for exchange in exchanges],
        sentences,
    )


def test_attached_bodies_are_read_from_beside_the_file_and_nothing_else_is(tmp_path: Path) -> None:
    data, bodies = with_files()
    for name, body in bodies.items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "id_rsa").write_text("secret")
    (tmp_path / "c.har").write_bytes(data)
    exchange = next(read(tmp_path / "c.har", calls, report_damage=pytest.fail))
    assert ('{"params": {}}', '{"result": []}') == (exchange.body, exchange.answer)
    for name in ("id_rsa", "../" + tmp_path.name + "/id_rsa", str(tmp_path / "id_rsa"), "3" * 40):
        (tmp_path / "c.har").write_bytes(data.replace(("1" * 40 + ".json").encode(), name.encode()))
        exchange = next(read(tmp_path / "c.har", calls, report_damage=pytest.fail))
        assert None is exchange.body
        assert exchange.note.startswith(f"the request's body is in {name!r}, which ")


def test_missing_and_damaged_attachments_are_reported() -> None:
    data, _ = with_files()
    exchanges, _ = reading(packed_in_zip(("har.har", data)))
    assert exchanges[0].note.endswith("which is not in the zip")
    whole = packed_in_zip(
        ("har.har", data), ("1" * 40 + ".json", b'{"params": "unmistakable"}' * 9)
    )
    at = whole.index(b"1" * 40) + 60
    exchanges, _ = reading(
        whole[:at] + bytes(b ^ 255 for b in whole[at : at + 9]) + whole[at + 9 :]
    )
    assert "which is damaged (" in exchanges[0].note


def test_other_hars_in_a_zip_are_named() -> None:
    _, sentences = reading(
        packed_in_zip(("b.har", DATA), ("har.har", DATA), ("__MACOSX/._b.har", b"x"))
    )
    assert ["c.har: b.har in it was not read; unpack it and name it as well"] == sentences


def test_a_cut_gzip_gives_what_can_be_unpacked() -> None:
    many = [entry(n) for n in range(1, 200)]
    whole = gzip.compress(har(*many))
    exchanges, sentences = reading(whole[: len(whole) * 3 // 4])
    assert 20 < len(exchanges) < 199
    assert [plain(raw_entry) for raw_entry in many[: len(exchanges)]] == [
        facts(exchange) for exchange in exchanges
    ]
    assert sentences[0].startswith(f"c.har: packed data cut at byte {len(whole) * 3 // 4}; ")
    assert "of the unpacked text, inside entry" in sentences[1]
    flipped = whole[:-6] + bytes([whole[-6] ^ 1]) + whole[-5:]  # the checksum
    exchanges, sentences = reading(flipped)
    assert (199, 1) == (len(exchanges), len(sentences))


def test_bombs_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(compressed, "_SUSPICIOUS_SIZE", 1 << 20)
    with pytest.raises(
        Har2rpcError, match=r"^c\.har: unpacks to more than .* MiB from .* bytes, unlike any"
    ):
        reading(gzip.compress(b"\0" * (8 << 20)))
    monkeypatch.setattr(compressed, "LARGEST_DOCUMENT", 1000)
    with pytest.raises(Har2rpcError, match="unlike any capture"):
        reading(zlib.compress(os.urandom(3000)))


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path, f"{tmp_path.name}: is a folder; "),
        (tmp_path / "no.har", "no.har: there is no such file; "),
        ("nul\0.har", "nul\0.har: cannot be read ("),
    ):
        with pytest.raises(Har2rpcError) as caught:
            read(path, calls, report_damage=pytest.fail)
        assert str(caught.value).startswith(sentence)
    with pytest.raises(Har2rpcError, match="open it in binary mode"):
        read(io.StringIO("{}"), calls, report_damage=pytest.fail)


def test_a_file_that_was_replaced_is_not_mistaken_for_the_one_read(
    tmp_path: Path, monkeypatch
) -> None:
    limit_memory(100, monkeypatch)
    path = tmp_path / "c.har"
    path.write_bytes(DATA)
    exchange = next(read(path, calls, report_damage=pytest.fail))
    path.write_bytes(DATA + b" ")
    with pytest.raises(Har2rpcError, match="changed since it was read"):
        exchange.again()
    path.unlink()
    with pytest.raises(Har2rpcError, match=r"^c\.har: No such file"):
        exchange.again()


@pytest.mark.parametrize("folder", ["trace/", "trace\\", "C:\\rec\\trace\\", "..\\", "../"])
def test_a_folder_packed_as_a_whole_has_its_bodies_beside_the_har(folder: str) -> None:
    """As the file managers of each system pack it; Windows PowerShell's Compress-Archive writes backslashes."""
    data, bodies = with_files()
    members = [(folder + name, body) for name, body in bodies.items()]
    first = (f"{folder}b.har", DATA)
    exchanges, sentences = reading(packed_in_zip(first, (f"{folder}har.har", data), *members))
    assert [('{"params": {}}', '{"result": []}', "")] == [
        (exchange.body, exchange.answer, exchange.note) for exchange in exchanges
    ]
    assert [f"c.har: {folder}b.har in it was not read; unpack it and name it as well"] == sentences
