"""The page on loopback: a small WSGI application that serves its files and answers its messages.

Other users of the machine, and any web page in the user's browser, can reach the port as well. So the URL contains a
random token; the Host must be that of loopback (against DNS rebinding); requests must come from the page itself
(Origin); and a content security policy keeps the page from contacting anything else.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import cast
from wsgiref.types import WSGIApplication

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    jsonify,
    request,
    send_file,
    send_from_directory,
)

from har2rpc import pipeline
from har2rpc.model import Har2rpcError
from har2rpc.page.samples import SAMPLES, samples_folder
from har2rpc.page.uploads import OpenPages

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_STATIC = Path(__file__).parent / "static"


def application(pages: OpenPages, *, token: str = "") -> tuple[WSGIApplication, str]:
    """The application, and the path of its page (`/TOKEN/`). Without `token` it is random."""
    token = token or secrets.token_urlsafe(24)
    app = Flask(__name__, static_folder=None)
    app.before_request(_check_caller)
    app.after_request(_add_headers)
    app.register_error_handler(Har2rpcError, lambda error: ({"error": str(error)}, 400))
    app.register_blueprint(_routes(pages), url_prefix=f"/{token}")
    return cast(WSGIApplication, app), f"/{token}/"


def _check_caller() -> None:
    """Rejects a request that does not name this server, or that another page sent."""
    port = request.environ.get("SERVER_PORT")
    if request.host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        abort(403)
    if request.method not in ("GET", "HEAD"):
        if request.headers.get("Origin") != f"http://{request.host}":
            abort(403)
    elif request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        abort(403)


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


def _routes(pages: OpenPages) -> Blueprint:
    routes = Blueprint("page", __name__)

    @routes.get("/")
    def index() -> Response:
        return send_file(_STATIC / "index.html")

    @routes.get("/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(_STATIC, name)

    @routes.get("/samples/<name>")
    def sample(name: str) -> Response:
        folder = samples_folder()
        if folder is None or name not in SAMPLES:
            abort(404)
        return send_from_directory(folder, name)

    @routes.get("/begin.json")
    def begin() -> Response:
        names = SAMPLES if samples_folder() else {}
        titles = [{"file": name, "title": title} for name, title in names.items()]
        return jsonify(
            {
                "given": bool(pages.captures),
                "samples": titles,
                "targets": pipeline.as_targets(),
            }
        )

    @routes.post("/pages/<uuid:page_id>/messages")
    def message(page_id: object) -> Response:
        text = request.get_data(as_text=True)
        lines = pages.page(str(page_id)).answers(text)
        return Response(lines, mimetype="application/x-ndjson")

    @routes.delete("/pages/<uuid:page_id>/files")
    def forget_files(page_id: object) -> Response:
        pages.page(str(page_id)).begin()
        return Response(status=204)

    @routes.put("/pages/<uuid:page_id>/files/<int:group>/<path:path>")
    def upload(page_id: object, group: int, path: str) -> Response:
        pages.page(str(page_id)).upload(group, path, request.stream)
        return Response(status=204)

    @routes.get("/pages/<uuid:page_id>/copies/<name>")
    def copy(page_id: object, name: str) -> Response:
        path = pages.page(str(page_id)).copy(name)
        return send_file(path, mimetype="application/octet-stream", as_attachment=True)

    @routes.post("/pages/<uuid:page_id>/close")
    def close(page_id: object) -> Response:
        pages.close(str(page_id))
        return Response(status=204)

    return routes
