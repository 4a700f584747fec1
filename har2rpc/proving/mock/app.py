"""An Odoo that answers from a capture: it answers as the recorded server did, and refuses everything else.

The form of the answers follows `odoo/http.py` of 14-19: errors of JSON-RPC come with HTTP 200, and None is an answer
without `result`.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterable, Set
from http.cookies import CookieError, SimpleCookie
from wsgiref.types import StartResponse, WSGIEnvironment

from har2rpc.model import Call, ClientRequest, Json, Session
from har2rpc.odoo import versions
from har2rpc.proving.mock import json2, xml_rpc
from har2rpc.proving.mock.client_pages import ClientPages, Page
from har2rpc.proving.mock.errors import (
    ACCESS_DENIED,
    SESSION_EXPIRED,
    BadRequest,
    Refused,
    json_rpc_error,
)
from har2rpc.proving.mock.gate import LOOPBACK, check_sender
from har2rpc.proving.mock.recordings import CallRequest, Recordings
from har2rpc.proving.mock.services import Services

_ERROR = re.compile(
    r'\{"jsonrpc": "2\.0", "id": [^,]*, "error": |<\?xml[^>]*>\s*<methodResponse>\s*<fault>'
)
_Headers = list[tuple[str, str]]


class RecordedOdoo:
    """A WSGI application: /jsonrpc, /xmlrpc/2, JSON-2 (from Odoo 19 on), and the web client's login and calls.

    The same call gets the same answer; if it is repeated, the recorded answers in order. Any other call is refused.
    Database and login are only checked if the session has them; the secret always is. A request must be for this
    machine or for one of `hosts`, and must not come from a web page of another site.
    """

    def __init__(
        self,
        calls: Iterable[Call],
        session: Session,
        *,
        secret: str,
        hosts: Set[str] = frozenset(),
        requests: Iterable[ClientRequest] = (),
    ) -> None:
        calls = list(calls)
        self._hosts = LOOPBACK | hosts
        uids = {session.get("uid"), *session.users, *(call.uid for call in calls)} - {None}
        self._services = Services(
            Recordings(calls, versions.or_newest(session.major)), session, uids, secret
        )
        self._pages = ClientPages(requests, secret)
        self._sessions: set[str] = set()
        self.on_request: Callable[[str, str], None] = lambda request, answer: None
        """Called after every request, with a line for the request and one for the answer, without any values."""

    @property
    def received(self) -> list[CallRequest]:
        """All calls that arrived, refused or not, in order."""
        return self._services.received

    def add_answer(
        self, model: str, method: str, args: list[Json], kwargs: dict[str, Json], result: Json
    ) -> None:
        """Adds a call that was not recorded, with its answer: the one that a translation will send."""
        self.recordings.add_answer(CallRequest(model, method, args, kwargs), lambda: result)

    @property
    def recordings(self) -> Recordings:
        """The recorded calls and their answers."""
        return self._services.recordings

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        headers: _Headers = []
        before = len(self.received)
        text: str | bytes
        try:
            status, content_type, text = self._serve(environ, headers)
        except BadRequest as refusal:
            (status, text), content_type = refusal.args, "text/html; charset=utf-8"
        except OSError:  # the request did not arrive completely: left to the server
            raise
        except Exception as error:
            status, content_type = "500 INTERNAL SERVER ERROR", "text/html; charset=utf-8"
            text = f"a bug in the mock: {error!r}"
        calls = [f" {request.label}" for request in self.received[before:]]
        line = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}{''.join(calls)}"
        body = text.encode("utf-8", "replace") if isinstance(text, str) else text
        is_ours = status[:3] in (
            "403",
            "500",
        )  # Odoo answers neither like this, so the answer gives the reason
        answer = f"{status}: {text!s}" if is_ours else status
        if status[0] == "2":
            answer = "refused" if isinstance(text, str) and _is_error(text) else "ok"
        self.on_request(line, answer)
        headers += [("Content-Type", content_type), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    def _serve(self, environ: WSGIEnvironment, headers: _Headers) -> tuple[str, str, str | bytes]:
        """Status, content type and content of the answer; adds to the headers. Raises BadRequest."""
        check_sender(environ, self._hosts)
        path = environ.get("PATH_INFO", "").rstrip("/")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        json_type = "application/json; charset=utf-8"
        if path in ("/web/version", "/json/version") and versions.has_version_route(
            self._services.major
        ):
            info = self._services.version()
            version = {
                "version_info": info["server_version_info"],
                "version": info["server_version"],
            }
            return "200 OK", json_type, json.dumps(version)
        if f"{path}/".startswith(json2.PREFIX):
            status, text = json2.respond(self._services, environ, body)
            return status, json_type, text
        if path.startswith(xml_rpc.PREFIX):
            return "200 OK", "text/xml", xml_rpc.respond(self._services, path, body)
        if page := self._page(path, environ, body):
            if page.is_file:
                headers.append(("Content-Disposition", "attachment"))
            return "200 OK", page.content_type, page.body
        return "200 OK", json_type, self._json_rpc(path, environ, body, headers)

    def _page(self, path: str, environ: WSGIEnvironment, body: bytes) -> Page | None:
        """The answer to a logged-in browser on a route without JSON; None for other routes."""
        session_id = self._session_id(environ)
        if session_id not in self._sessions:
            return None
        if environ["REQUEST_METHOD"] == "GET":
            return self._pages.page(path, session_id)
        return self._pages.posted(path, environ.get("CONTENT_TYPE", ""), body, session_id)

    def _json_rpc(self, path: str, environ: WSGIEnvironment, body: bytes, headers: _Headers) -> str:
        handler = self._handler(path, environ, headers)
        if handler is None:
            raise BadRequest("404 NOT FOUND", "Not Found")
        if environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != "application/json":
            if versions.checks_content_type(self._services.major):
                raise BadRequest("415 UNSUPPORTED MEDIA TYPE", "Unsupported Media Type")
            raise BadRequest("400 BAD REQUEST", "Session expired (invalid CSRF token)")
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            raise BadRequest("400 BAD REQUEST", "Invalid JSON data") from None
        if not isinstance(message, dict) or not isinstance(message.get("params", {}), dict):
            raise BadRequest("400 BAD REQUEST", "Invalid JSON-RPC data")
        answer: dict[str, Json] = {"jsonrpc": "2.0", "id": message.get("id")}
        try:
            result = handler(message.get("params", {}))
            if result is not None:
                answer["result"] = result
        except Refused as refusal:
            answer["error"] = json_rpc_error(refusal, self._services.major)
        return json.dumps(answer)

    def _handler(
        self, path: str, environ: WSGIEnvironment, headers: _Headers
    ) -> Callable[[dict[str, Json]], Json] | None:
        """The function from a path's `params` to its result; None for a path that is not served."""
        services = self._services
        if path == "/jsonrpc":
            return lambda params: services.call(*map(params.get, ("service", "method", "args")))
        if path == "/web/webclient/version_info":
            return lambda params: services.version()
        if path == "/web/session/authenticate":
            return lambda params: self._log_in(params, headers)
        if path == "/web/session/get_session_info":
            return lambda params: self._in_session(environ, services.session_info)
        if self._pages.is_json_route(path):
            return lambda params: self._in_session(environ, lambda: True)
        if f"{path}/".startswith("/web/dataset/call_kw/"):
            return lambda params: self._in_session(environ, lambda: self._call_kw(params))
        return None

    def _log_in(self, params: dict[str, Json], headers: _Headers) -> Json:
        """The session info, and the cookie of a new session."""
        if not self._services.login(*map(params.get, ("db", "login", "password"))):
            raise Refused(ACCESS_DENIED, "Access Denied")
        headers.append(("Set-Cookie", f"session_id={self.new_session()}; HttpOnly; Path=/"))
        return self._services.session_info()

    def new_session(self) -> str:
        """The `session_id` of a browser that is logged in from now on."""
        session_id = secrets.token_hex(20)
        self._sessions.add(session_id)
        return session_id

    def _in_session(self, environ: WSGIEnvironment, handler: Callable[[], Json]) -> Json:
        """What the handler gives, for a browser that is logged in. Raises Refused for any other."""
        if self._session_id(environ) not in self._sessions:
            raise Refused(SESSION_EXPIRED, "Session expired")
        return handler()

    @staticmethod
    def _session_id(environ: WSGIEnvironment) -> str:
        """What the cookie says; "" without one."""
        try:
            cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("session_id")
        except CookieError:
            return ""
        return cookie.value if cookie else ""

    def _call_kw(self, params: dict[str, Json]) -> Json:
        """`/web/dataset/call_kw`: the URL's tail is decoration, the body has model and method."""
        return self._services.answer(CallRequest(*map(params.get, CallRequest._fields)))


def _is_error(text: str) -> bool:
    """Whether a body is an error that comes with HTTP 200."""
    return bool(_ERROR.match(text))
