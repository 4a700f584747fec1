"""Serves an application on loopback while a block runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import WSGIApplication

from har2rpc.model import Har2rpcError


@contextmanager
def serve(
    app: WSGIApplication, port: int = 0, *, seconds: float = 0, largest_body: int | None = None
) -> Iterator[str]:
    """Serves an application on loopback while the block runs; gives its URL. Port 0 is any that is free.

    A request is cut off after some seconds, and one with a body of more bytes is refused: as it suits a mock, unless
    others are given (0 bytes: any).
    Raises Har2rpcError if the port is taken, or if the server's library is not installed.
    """
    try:
        from har2rpc.proving.mock.connection import LARGEST_BODY, LoopbackServer
    except ImportError as error:
        raise Har2rpcError('a mock server needs cheroot: pip install "har2rpc[prove]"') from error
    largest_body = LARGEST_BODY if largest_body is None else largest_body
    server = LoopbackServer(app, port, seconds=seconds, largest_body=largest_body)
    try:
        server.prepare()
    except OSError as error:
        raise Har2rpcError(
            f"port {port}: {error.strerror or error}; give another --port"
        ) from error
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join()
