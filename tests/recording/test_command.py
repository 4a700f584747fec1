"""`har2rpc record`, with a fake browser: what it shows while recording, and what it writes."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from har2rpc import pipeline, recording
from har2rpc.cli import cli
from har2rpc.recording.writer import HarWriter

CALL = {
    "params": {
        "model": "res.partner",
        "method": "search_count",
        "args": [[["phone", "ilike", "555"]]],
        "kwargs": {"context": {"uid": 2}},
    }
}


def browser(*bodies: dict):
    """A fake `recording.record`: a person who makes these calls and closes the window."""

    def record(url, *, on_exchange, on_open):
        writer = HarWriter()
        on_open()
        for body in bodies:
            exchange = writer.add(
                url=f"{url}/web/dataset/call_kw",
                http_method="POST",
                body=json.dumps(body),
                status=200,
                answer='{"jsonrpc": "2.0", "id": 1, "result": 4}',
                started="2026-11-23T20:00:00.000+00:00",
                ms=3.0,
            )
            on_exchange(exchange)
        return writer

    return record


def test_calls_are_shown_as_they_happen_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "record", browser(CALL))
    out = tmp_path / "contacts.har"

    done = CliRunner().invoke(cli, ["record", "https://odoo.example.com", "-o", str(out)])

    assert 0 == done.exit_code
    assert "" == done.stdout
    assert "read   res.partner.search_count  Counted partners: phone contains 555" in done.stderr
    assert done.stderr.startswith("Log in, do it once in Odoo, then close the window.\n")
    assert f"next: har2rpc list {out}" in done.stderr
    assert [4] == [call.fetch() for call in pipeline.open_capture([out]).calls]


def test_nobody_is_told_to_log_in_where_no_browser_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    out = tmp_path / "contacts.har"

    done = CliRunner().invoke(cli, ["record", "https://odoo.example.com", "-o", str(out)])

    assert 1 == done.exit_code
    (told,) = done.stderr.splitlines()
    assert told.startswith("har2rpc: recording needs playwright: ")
    assert told.endswith(' install "har2rpc[record]"')


def test_without_calls_there_is_an_error_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "record", browser())
    out = tmp_path / "contacts.har"

    done = CliRunner().invoke(cli, ["record", "https://odoo.example.com", "-o", str(out)])

    assert 1 == done.exit_code
    assert "no request to Odoo was recorded; is this the address of an Odoo server?" in done.stderr
    assert not out.exists()


def test_a_recording_is_for_its_owner_and_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That a file is there is told before anybody has done anything in the browser."""
    monkeypatch.setattr(recording, "record", browser(CALL))
    out = tmp_path / "contacts.har"
    command = ["record", "https://odoo.example.com", "-o", str(out)]
    assert 0 == CliRunner().invoke(cli, command).exit_code
    assert 0o600 == out.stat().st_mode & 0o777
    before = out.read_bytes()

    monkeypatch.setattr(recording, "record", None)
    refused = CliRunner().invoke(cli, command)
    assert 1 == refused.exit_code and "already exists; --force replaces it" in refused.stderr
    assert before == out.read_bytes()

    monkeypatch.setattr(recording, "record", browser(CALL, CALL))
    assert 0 == CliRunner().invoke(cli, [*command, "--force"]).exit_code
    assert 2 == len(pipeline.open_capture([out]).calls)


def test_a_recording_can_be_packed_and_piped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "record", browser(CALL))
    for name in ("a.har.gz", "a.zip"):
        out = tmp_path / name
        CliRunner().invoke(cli, ["record", "https://odoo.example.com", "-o", str(out)])
        assert 1 == len(pipeline.open_capture([out]).calls)
    printed = CliRunner().invoke(cli, ["record", "https://odoo.example.com", "-o", "-"])
    assert 1 == len(json.loads(printed.stdout)["log"]["entries"])
