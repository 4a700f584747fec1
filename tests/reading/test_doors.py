"""Packed captures, streams, and the sentences for what is no capture."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import warnings
import zipfile
import zlib
from pathlib import Path

import pytest

from har2rpc.model import Exchange, Har2rpcError
from har2rpc.reading import har_entry, read
from har2rpc.reading.files import compressed

from .hars import asset, calls, entry, everything, har, hold, plain, reading, told

THREE = [entry(1), asset(2), entry(3)]
DATA = har(*THREE)


def packed_in_zip(*members: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


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


@pytest.mark.parametrize("in_memory", [8 << 20, 100], ids=["in memory", "in temporary files"])
@pytest.mark.parametrize("door", DOORS)
def test_packed_captures_are_unpacked(door, in_memory, tmp_path: Path, monkeypatch) -> None:
    hold(in_memory, monkeypatch)
    path = tmp_path / "c.har"
    path.write_bytes(DOORS[door])
    for source in (path, str(path), io.BytesIO(DOORS[door])):
        exchanges = list(read(source, everything, lost=pytest.fail))
        assert [plain(made) for made in THREE] == [told(one) for one in exchanges]
        assert exchanges == [one.again() for one in exchanges]
        assert THREE[0] == har_entry(exchanges[0]).raw_entry


def test_streams_are_called_stdin_unless_named() -> None:
    for name, expected in ((None, "stdin#1"), ("pasted.har", "pasted.har#1")):
        one = next(read(io.BytesIO(DATA), calls, name=name, lost=pytest.fail))
        assert expected == str(one.where)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are for POSIX")
def test_a_pipe_is_read_like_a_stream(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'wb').write({DATA!r})"]):
        assert 3 == len(list(read(pipe, everything, lost=pytest.fail)))


def with_files() -> tuple[bytes, dict[str, bytes]]:
    bodies = {"1" * 40 + ".json": b'{"params": {}}', "2" * 40 + ".json": b'{"result": []}'}
    request, answer = bodies
    made = entry(1)
    made["request"]["postData"] = {"mimeType": "application/json", "text": "", "_file": request}
    made["response"]["content"] = {"size": 14, "_file": answer}
    return har(made), bodies


def test_attached_bodies_are_read_from_the_zip() -> None:
    data, bodies = with_files()
    exchanges, lost = reading(packed_in_zip(("har.har", data), *bodies.items()))
    assert ([('{"params": {}}', '{"result": []}', "")], []) == (
        [(one.body, one.answer, one.note) for one in exchanges],
        lost,
    )


def test_attached_bodies_are_read_from_beside_the_file_and_nothing_else_is(tmp_path: Path) -> None:
    data, bodies = with_files()
    for name, body in bodies.items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "id_rsa").write_text("secret")
    (tmp_path / "c.har").write_bytes(data)
    one = next(read(tmp_path / "c.har", calls, lost=pytest.fail))
    assert ('{"params": {}}', '{"result": []}') == (one.body, one.answer)
    for name in ("id_rsa", "../" + tmp_path.name + "/id_rsa", str(tmp_path / "id_rsa"), "3" * 40):
        (tmp_path / "c.har").write_bytes(data.replace(("1" * 40 + ".json").encode(), name.encode()))
        one = next(read(tmp_path / "c.har", calls, lost=pytest.fail))
        assert None is one.body
        assert one.note.startswith(f"the request's body stands in {name!r}, which ")


def test_missing_and_damaged_attachments_are_said() -> None:
    data, bodies = with_files()
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
    _, lost = reading(packed_in_zip(("b.har", DATA), ("har.har", DATA), ("__MACOSX/._b.har", b"x")))
    assert ["c.har: b.har in it was not read; unpack it and name it beside the others"] == lost


def test_a_cut_gzip_gives_what_can_be_unpacked() -> None:
    many = [entry(n) for n in range(1, 200)]
    whole = gzip.compress(har(*many))
    exchanges, lost = reading(whole[: len(whole) * 3 // 4])
    assert 20 < len(exchanges) < 199
    assert [plain(made) for made in many[: len(exchanges)]] == [told(one) for one in exchanges]
    assert lost[0].startswith(f"c.har: packed data cut at byte {len(whole) * 3 // 4}; ")
    assert "of the unpacked text, inside entry" in lost[1]
    flipped = whole[:-6] + bytes([whole[-6] ^ 1]) + whole[-5:]  # the checksum
    exchanges, lost = reading(flipped)
    assert (199, 1) == (len(exchanges), len(lost))


def test_bombs_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(compressed, "_SUSPICIOUS_SIZE", 1 << 20)
    with pytest.raises(
        Har2rpcError, match="^c.har: unpacks to more than .* MiB from .* bytes, which no"
    ):
        reading(gzip.compress(b"\0" * (8 << 20)))
    monkeypatch.setattr(compressed, "LARGEST", 1000)
    with pytest.raises(Har2rpcError, match="which no capture does"):
        reading(zlib.compress(os.urandom(3000)))


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
        (b"\x28\xb5\x2f\xfd\0\0", "packed with zstd, which is not read here; unpack it first"),
        (b"\x1f\x8b\x08", "gzip data that cannot be unpacked (cut)"),
        (b"PK\x03\x04 and no more", "a damaged zip ("),
        (packed_in_zip(("a.txt", b"x")), "a zip without a .har in it; "),
        (packed_in_zip(("har.har", b"<html>")), 'not a HAR: it begins with "<html>"; '),
        (packed_in_zip(("har.har", b"")), "empty; "),
    ],
)
def test_what_is_no_capture_is_told_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Har2rpcError) as caught:
        reading(data)
    assert str(caught.value).startswith(f"c.har: {sentence}")
    assert "\n" not in str(caught.value)


def test_folders_and_missing_files_are_told(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path, f"{tmp_path.name}: is a folder; "),
        (tmp_path / "no.har", "no.har: there is no such file; "),
        ("nul\0.har", "nul\0.har: cannot be read ("),
    ):
        with pytest.raises(Har2rpcError) as caught:
            read(path, calls, lost=pytest.fail)
        assert str(caught.value).startswith(sentence)
    with pytest.raises(Har2rpcError, match="bytes are needed"):
        read(io.StringIO("{}"), calls, lost=pytest.fail)


def test_a_file_that_was_replaced_is_not_mistaken_for_the_one_read(
    tmp_path: Path, monkeypatch
) -> None:
    hold(100, monkeypatch)
    path = tmp_path / "c.har"
    path.write_bytes(DATA)
    one = next(read(path, calls, lost=pytest.fail))
    path.write_bytes(DATA + b" ")
    with pytest.raises(Har2rpcError, match="changed since it was read"):
        one.again()
    path.unlink()
    with pytest.raises(Har2rpcError, match="^c.har: No such file"):
        one.again()


def test_har_entry_needs_a_har() -> None:
    one = next(reading(DATA)[0].__iter__())
    elsewhere = Exchange(one.where, one.url)
    with pytest.raises(Har2rpcError, match="not from a HAR"):
        har_entry(elsewhere)


def test_progress_is_told_for_large_files(monkeypatch) -> None:
    from har2rpc.reading.har import parser as format

    monkeypatch.setattr(format, "_WITH_PROGRESS", 1000)
    monkeypatch.setattr(format, "_STEP", 1000)
    steps: list[tuple[int, int]] = []
    for _ in read(
        io.BytesIO(DATA), calls, lost=pytest.fail, progress=lambda *step: steps.append(step)
    ):
        pass
    assert sorted(steps) == steps and (len(DATA), len(DATA)) == steps[-1] and len(steps) == 2


def test_importing_and_reading_small_captures_imports_nothing_heavy(tmp_path: Path) -> None:
    (tmp_path / "c.har").write_bytes(DATA)
    script = (
        "import sys; from har2rpc.reading import read;"
        f"list(read({str(tmp_path / 'c.har')!r}, lambda u, m: True, lost=print));"
        "print(*sorted({'msgspec', 'haralyzer', 'zipfile', 'gzip', 'tempfile', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "\n" == done.stdout
