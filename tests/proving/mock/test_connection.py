"""What arrives half, late, too long or without a sound length blocks nobody, and leaves nothing behind."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest

from har2rpc.model import Session
from har2rpc.proving.mock import connection
from har2rpc.proving.mock.app import RecordedOdoo
from har2rpc.proving.mock.connection import Connection
from har2rpc.proving.mock.server import serve

HEAD = b"POST /jsonrpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
VERSION = json.dumps({"params": {"service": "common", "method": "version", "args": []}}).encode()
HALVES = {
    "nothing": b"",
    "half of a line": b"POST /json",
    "half of the headers": HEAD,
    "half of the body": HEAD + b"Content-Length: 1000\r\n\r\n{",
}


@pytest.fixture
def url() -> Iterator[str]:
    with serve(RecordedOdoo((), Session(), secret="key")) as url:
        yield url


def connected(url: str) -> socket.socket:
    host, port = url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=60)


def status(url: str, *pieces: bytes) -> str:
    """The status line of what is answered to these pieces; "" where the connection is closed without a word."""
    with connected(url) as client:
        client.sendall(b"".join(pieces))
        with suppress(OSError):  # it is closed already
            client.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := client.recv(65536):
            answer += piece
    return answer.split(b"\r\n")[0].decode().removeprefix("HTTP/1.1 ")


def ask(url: str) -> Any:
    request = urllib.request.Request(
        f"{url}/jsonrpc", VERSION, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["result"]["protocol_version"]


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_requests_block_nobody(half: bytes, url: str) -> None:
    """Many more of them than there are threads at first; no one of them is answered or dropped meanwhile."""
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(connected(url)).sendall(half)
        begin = time.monotonic()
        assert [1] * 5 == [ask(url) for _ in range(5)]
        assert time.monotonic() - begin < connection._SECONDS / 2


def test_a_drip_is_cut_off(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS", 0.5)
    with connected(url) as client:
        client.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n")
        with pytest.raises(OSError):
            for _ in range(1000):
                time.sleep(0.05)
                client.sendall(b" ")
    assert 1 == ask(url)


@pytest.mark.parametrize(
    "length",
    ["-1", "-5", "+5", "1_0", "0x10", "five", "1, 1", "1 1", "--1", "²", "5.0", "", "9" * 5000],
    ids=lambda length: length[:9],
)
def test_a_length_that_is_none_is_refused(length: str, url: str) -> None:
    head = HEAD + f"Content-Length: {length}\r\n\r\n".encode()
    assert status(url, head, b"{}").startswith(("400 ", "413 "))
    assert 1 == ask(url)


@pytest.mark.parametrize("length", [(64 << 20) + 1, 10**12, 10**30])
def test_an_absurd_length_is_refused_before_anything_is_read(length: int, url: str) -> None:
    with connected(url) as client:
        client.sendall(HEAD + f"Content-Length: {length}\r\n\r\n".encode())
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_body_without_a_length_is_refused(url: str) -> None:
    chunk = b"2\r\n{}\r\n0\r\n\r\n"
    assert "411 Length Required" == status(url, HEAD, b"Transfer-Encoding: chunked\r\n\r\n", chunk)


def test_endless_headers_are_refused(url: str) -> None:
    assert status(url, HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n").startswith("413 ")


def test_what_the_application_does_not_expect_is_told(url: str) -> None:
    """A mistake of the mock's own is an answer and a line, and no traceback among what it prints."""
    odoo = RecordedOdoo((), Session(), secret="key")
    lines: list[str] = []
    odoo.on_request = lambda request, answer: lines.append(answer)
    odoo._services.call = None  # type: ignore[assignment]
    with serve(odoo) as url:
        head = HEAD + f"Content-Length: {len(VERSION)}\r\nConnection: close\r\n\r\n".encode()
        assert "500 INTERNAL SERVER ERROR" == status(url, head + VERSION)
    assert [
        "500 INTERNAL SERVER ERROR: a bug in the mock: TypeError(\"'NoneType' object is not callable\")"
    ] == lines


def test_both_ends_are_closed_where_a_client_speaks_tls(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    closed: list[Connection] = []
    close = Connection.close

    def remember(connection: Connection) -> None:
        close(connection)
        closed.append(connection)

    monkeypatch.setattr(Connection, "close", remember)

    def app(environ: Any, start_response: Any) -> list[bytes]:
        raise AssertionError("nobody asked anything")

    with serve(app) as url:
        with connected(url) as client:
            client.sendall(b"\x16\x03\x01\x00\x05hello\r\n\r\n")  # how a TLS client begins
            client.recv(1000)
        deadline = time.monotonic() + 60
        while not closed and time.monotonic() < deadline:
            time.sleep(0.01)
    assert closed and all(one.wfile.closed and one.rfile.closed for one in closed)
    assert ("", "") == capfd.readouterr()
