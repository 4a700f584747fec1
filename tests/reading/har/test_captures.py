"""Every real capture, compared with a plain walk over its JSON."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from har2rpc.reading import har_entry, read

from ..hars import CAPTURES, SAMPLES, calls, everything, facts, plain, reading

HARS = sorted(path for root in (CAPTURES, SAMPLES) for path in root.rglob("*.har"))
ZIPS = sorted(path for root in (CAPTURES, SAMPLES) for path in root.rglob("*.zip"))
needs_captures = pytest.mark.skipif(
    not HARS, reason="neither ../shared/captures nor samples/ is there"
)


def entries_of(path: Path) -> list[dict]:
    return json.loads(path.read_text("utf-8-sig"))["log"]["entries"]


@needs_captures
@pytest.mark.parametrize("path", HARS, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_entry_is_read_as_a_plain_walk_reads_it(path: Path) -> None:
    sentences: list[str] = []
    exchanges = list(read(path, everything, report_damage=sentences.append))
    assert [] == sentences
    assert [plain(entry) for entry in entries_of(path)] == [
        facts(exchange) for exchange in exchanges
    ]
    assert [(path.name, n + 1) for n in range(len(exchanges))] == [
        (exchange.where.file, exchange.where.entry) for exchange in exchanges
    ]
    assert exchanges == [exchange.again() for exchange in exchanges]


@needs_captures
def test_what_is_of_no_interest_keeps_its_place() -> None:
    for path in HARS[::7]:
        some = list(read(path, calls, report_damage=pytest.fail))
        for exchange, whole in zip(
            some, read(path, everything, report_damage=pytest.fail), strict=True
        ):
            assert (whole.where, whole.url, whole.started) == (
                exchange.where,
                exchange.url,
                exchange.started,
            )
            assert (whole if calls(exchange.url, "") else None) == (
                exchange if exchange.status or exchange.body else None
            ) or (whole.status <= 0)


@needs_captures
def test_the_same_capture_on_one_line_is_the_same() -> None:
    for path in HARS[::5]:
        whole = json.loads(path.read_text("utf-8-sig"))
        compact = json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()
        expected, _ = reading(path.read_bytes())
        exchanges, sentences = reading(compact)
        assert (expected, []) == (exchanges, sentences)


@pytest.mark.skipif(not ZIPS, reason="no zip beside ../shared/captures or in samples/")
@pytest.mark.parametrize("path", ZIPS, ids=lambda path: "/".join(path.parts[-3:]))
def test_playwrights_attached_bodies_are_read_from_the_zip(path: Path) -> None:
    exchanges = list(read(path, everything, report_damage=pytest.fail))
    with zipfile.ZipFile(path) as archive:
        entries = json.loads(archive.read("har.har"))["log"]["entries"]
        for entry, exchange in zip(entries, exchanges, strict=True):
            for name, text in (
                (entry["request"].get("postData", {}).get("_file"), exchange.body),
                (entry["response"]["content"].get("_file"), exchange.answer),
            ):
                if name and name in archive.namelist():
                    assert (archive.read(name).decode("utf-8", "replace") or None) == text
    assert any(exchange.body for exchange in exchanges)
    assert exchanges == [exchange.again() for exchange in exchanges]


@needs_captures
def test_haralyzer_sees_the_same_entry_with_its_headers() -> None:
    path = next(path for path in HARS if "firefox" in str(path))
    for entry, exchange in zip(
        entries_of(path), read(path, calls, report_damage=pytest.fail), strict=True
    ):
        assert entry == har_entry(exchange).raw_entry
        assert entry["request"]["url"] == har_entry(exchange).request.url
