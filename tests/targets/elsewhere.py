"""A second server: what arrives there has left the one that was meant."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Elsewhere(ThreadingHTTPServer):
    """Notes every request, as its head and its body, and has nothing."""

    def __init__(self) -> None:
        super().__init__(("0.0.0.0", 0), _Handler)
        self.received: list[str] = []

    @property
    def url(self) -> str:
        """An address of this machine that is not one of loopback."""
        return f"http://0.0.0.0:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.received.append(f"{self.requestline}\n{self.headers}{body.decode()}")
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_POST

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """The server, while the block runs."""
    server = Elsewhere()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
