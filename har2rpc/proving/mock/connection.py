"""The mock's HTTP server: drops requests that are slow, too long or without a valid length, so that they block nobody.

Any web page can open connections to loopback. A half-sent or very slow request has a thread of its own, so that others
need not wait, and is cut off after a time that no real client needs.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from wsgiref.types import WSGIApplication

from cheroot.server import HTTPConnection, HTTPRequest
from cheroot.wsgi import Server

LARGEST_BODY = 64 << 20  # bytes
_LARGEST_HEAD = 64 << 10  # bytes: the request line and all headers
_SECONDS = 20.0  # for a whole request and its answer
_THREADS = 4  # that wait for a request
_MOST_THREADS = 256
_MORE_THREADS = 16  # started at once where all are busy: the pool needs a tenth of a second, however many it starts


class Request(HTTPRequest):
    """A request whose body must have a valid Content-Length."""

    def read_request_headers(self) -> bool:
        """Reads the headers; returns False, and has answered, where the request cannot be used."""
        read: Callable[[], bool] = super().read_request_headers
        if not read():
            return False
        if self.chunked_read:
            self.simple_response("411 Length Required")
            return False
        length = self.inheaders.get(b"Content-Length", b"0")
        if not length.isdigit():  # `int` takes -5, +5 and 1_000
            self.simple_response("400 Bad Request", "Malformed Content-Length Header.")
            return False
        return True


class Connection(HTTPConnection):
    """A connection with a time limit for each request; closing it discards unsent data."""

    RequestHandlerClass = Request

    def communicate(self) -> bool:
        """Reads a request and answers it; cut off, from another thread, when its time is over."""
        timer = threading.Timer(self.server.seconds or _SECONDS, self._cut_off)
        timer.daemon = True
        timer.start()
        try:
            communicate: Callable[[], bool] = super().communicate
            return communicate()
        finally:
            timer.cancel()

    def _cut_off(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Closes both ends; what was not sent by now is dropped: else Python 3.13 complains on stderr of such an answer."""
        super().close()
        if not self.linger:
            with suppress(OSError):
                self.wfile.close()


class LoopbackServer(Server):
    """Serves an application on loopback; there is always a thread for the next request."""

    ConnectionClass = Connection
    max_request_header_size = _LARGEST_HEAD
    expiration_interval = 0.02  # seconds that stopping may take

    def __init__(
        self,
        app: WSGIApplication,
        port: int,
        *,
        seconds: float = 0,
        largest_body: int = LARGEST_BODY,
    ) -> None:
        super().__init__(
            ("127.0.0.1", port),
            app,
            numthreads=_THREADS,
            max=_MOST_THREADS,
            request_queue_size=128,
            shutdown_timeout=1,
        )
        self.seconds = seconds
        """For a whole request and its answer; 0: what no client of the mock takes."""
        self.max_request_body_size = largest_body

    def process_conn(self, conn: HTTPConnection) -> None:
        """Hands a connection to a thread, a new one where all others are busy."""
        if self.requests.qsize >= self.requests.idle:
            self.requests.grow(_MORE_THREADS)
        super().process_conn(conn)

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Says nothing of connections that broke: their texts are the other end's. The application reports its own errors."""
