"""A server that answers each call of a capture with what was recorded, secrets included: what a live Odoo would do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def answering(entries: list[dict[str, Any]]) -> Iterator[str]:
    """Serves on loopback while the block runs; gives the URL. A method that was not recorded is refused with all it got."""
    answers: dict[tuple[str, str], Any] = {}
    for entry in entries:
        posted, content = entry["request"].get("postData"), entry["response"]["content"]
        try:
            params, answer = json.loads(posted["text"])["params"], json.loads(content["text"])
            answers.setdefault((params["model"], params["method"]), answer)
        except (TypeError, KeyError, ValueError):
            continue

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            params = body.get("params", {})
            args = params.get("args", [])
            said = {"name": "odoo.exceptions.UserError", "message": f"not recorded: {args}"}
            refusal = {"error": {"code": 200, "message": "x", "data": {**said, "debug": str(args)}}}
            if params.get("service") == "object":
                answer = answers.get((args[3], args[4]), refusal)
            else:
                answer = {"result": 2}
            text = json.dumps(
                {
                    "jsonrpc": "2.0",
                    "id": body.get("id"),
                    **{k: v for k, v in answer.items() if k != "id"},
                }
            )
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
