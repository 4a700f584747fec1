"""What a client leaves unread is dropped with its connection: nothing tries to send it later."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from har2rpc.proving.mock.connection import Connection
from har2rpc.proving.mock.server import serve


def test_both_ends_are_closed_where_a_client_speaks_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Connection] = []
    close = Connection.close

    def remember(connection: Connection) -> None:
        close(connection)
        closed.append(connection)

    monkeypatch.setattr(Connection, "close", remember)

    def app(environ: Any, start_response: Any) -> list[bytes]:
        raise AssertionError("nobody asked anything")

    with serve(app) as url:
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=60) as client:
            client.sendall(b"\x16\x03\x01\x00\x05hello\r\n\r\n")  # how a TLS client begins
            client.recv(1000)
        deadline = time.monotonic() + 60
        while not closed and time.monotonic() < deadline:
            time.sleep(0.01)
    assert closed and all(one.wfile.closed and one.rfile.closed for one in closed)
