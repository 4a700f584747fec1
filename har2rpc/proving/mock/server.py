"""Serving an application on loopback, for as long as a block runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.types import WSGIApplication

from har2rpc.model import Har2rpcError


@contextmanager
def serve(app: WSGIApplication, port: int = 0) -> Iterator[str]:
    """Serves an application on loopback while the block runs; gives its URL. Port 0 is any that is free.

    Raises Har2rpcError if the port is taken, or if the server's library is not installed.
    """
    try:
        from har2rpc.proving.mock.connection import LoopbackServer
    except ImportError as error:
        raise Har2rpcError("a mock server needs cheroot: pip install 'har2rpc[prove]'") from error
    server = LoopbackServer(app, port)
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
