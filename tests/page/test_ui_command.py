"""`har2rpc ui` as a process: it prints its address, serves the page, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from har_builder import search, written


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_it_serves_until_it_is_ended_and_removes_what_was_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    capture = written(tmp_path, search())
    process = subprocess.Popen(
        [sys.executable, "-m", "har2rpc", "ui", "--no-browser", capture],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(url) as answer:
            assert b"<title>har2rpc</title>" in answer.read()
        upload = f"{url}pages/123e4567-e89b-42d3-a456-426614174000/files/0/a.har"
        origin = {"Origin": url[: url.index("/", 8)]}
        request = urllib.request.Request(upload, b"{}", origin, method="PUT")
        urllib.request.urlopen(request).close()
        assert 1 == len(list(folder.iterdir()))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stdout.close()
    assert [] == list(folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_standard_input_is_a_capture_and_gone_with_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "har2rpc", "ui", "--no-browser", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(Path(written(tmp_path, search())).read_text("utf-8"))
        process.stdin.close()
        url = process.stdout.readline().strip()
        origin = {"Origin": url[: url.index("/", 8)]}
        address = f"{url}pages/123e4567-e89b-42d3-a456-426614174000/messages"
        for message, expected in (
            ({"do": "open", "given": True}, '"files": ["stdin"]'),
            ({"do": "convert", "calls": [1], "target": "curl"}, 'convert -n 1 -t curl -"'),
        ):
            body = json.dumps(message).encode()
            request = urllib.request.Request(address, body, origin, method="POST")
            with urllib.request.urlopen(request) as answer:
                assert expected in answer.read().decode()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        process.stdout.close()
    assert [] == list(folder.iterdir())


def test_a_port_that_is_taken_is_a_sentence() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "har2rpc", "ui", "--no-browser", "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert 1 == done.returncode and "give another --port" in done.stderr
