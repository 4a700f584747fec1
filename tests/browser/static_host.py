"""A static host as anyone has one: a folder under a path, no headers of its own; and one that counts who reaches it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class _FolderHandler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 (as the class above has it)
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def __init__(self, *args: Any, prefix: str, **more: Any) -> None:
        self._prefix = prefix
        super().__init__(*args, **more)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._prefix):
            return super().translate_path("/there/is/no/such/file")
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def log_message(self, *args: object) -> None:
        """Says nothing."""


class _Canary(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hits.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_OPTIONS = do_GET

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def serve_folder(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serves a folder on loopback; gives the URL of its root."""
    handler = partial(_FolderHandler, directory=str(folder), prefix=prefix)
    with _serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as url:
        yield url + prefix


@contextmanager
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that nobody may reach: its URL, and the paths that were asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Canary)
    server.hits = []  # type: ignore[attr-defined]
    with _serving(server) as url:
        yield url, server.hits  # type: ignore[attr-defined]


@contextmanager
def _serving(server: ThreadingHTTPServer) -> Iterator[str]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
