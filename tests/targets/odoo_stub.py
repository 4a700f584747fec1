"""A server that notes what arrives at each of Odoo's doors, and answers what it is told to.

It has its own reading of the protocols (odoo/http.py, odoo/addons/base/controllers/rpc.py, odoo/addons/rpc
of 19): no line of har2rpc is in it, because it judges what har2rpc writes.
"""

from __future__ import annotations

import json
import xmlrpc.client
from collections.abc import Callable
from typing import Any, NamedTuple

DB, KEY, LOGIN = "the_db", 'the "key" of $the tests', "ann@example.com"
PLAIN_KEY = "0123456789abcdef"
UID = 2
SESSION_ID = "5e55104abcdef"
_MARSHALLING = 'Traceback (most recent call last):\n  File "client.py", in dumps\n{}TypeError: {}\n'
_NONE = "cannot marshal None unless allow_none is enabled"


class Asked(NamedTuple):
    """One call of a method, credentials checked and left out."""

    door: str
    model: str
    method: str
    args: Any
    kwargs: Any
    """With the context; for JSON-2 all that was in the body, and `args` is None."""


class Refused(Exception):
    """What Odoo raises: the exception's full name and its message."""


class StubOdoo:
    """The WSGI application."""

    def __init__(self, answer: Callable[[Asked], Any], key: str = KEY) -> None:
        self.asked: list[Asked] = []
        """The calls of methods."""
        self.beside: list[str] = []
        """Everything else that was asked: logins, versions."""
        self.knows_clients = True
        """Whether the web client's own methods are asked as what they do (`web_save` is create or write)."""
        self._answer, self._key = answer, key

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        kind, status = "application/json", "200 OK"
        if path == "/jsonrpc":
            answer = self._json_rpc(json.loads(body)).encode()
        elif path == "/web/webclient/version_info":
            self.beside.append("version_info")
            answer = json.dumps({"jsonrpc": "2.0", "id": 1, "result": _version()}).encode()
        elif path.startswith("/web/"):
            return self._web(path, environ, json.loads(body), start_response)
        elif path.startswith("/xmlrpc/2/"):
            answer, kind = self._xml_rpc(path.rpartition("/")[2], body), "text/xml"
        elif path.startswith("/json/2/"):
            status, answer = self._json_2(path, environ, json.loads(body))
        else:
            status, answer, kind = "404 NOT FOUND", b"<h1>Not Found</h1>", "text/html"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(answer)))])
        return [answer]

    def _json_rpc(self, request: dict[str, Any]) -> str:
        answer: dict[str, Any] = {"jsonrpc": "2.0", "id": request.get("id")}
        params = request["params"]
        try:
            result = self._service("jsonrpc", params["service"], params["method"], params["args"])
            if result is not None:
                answer["result"] = result
        except Refused as refusal:
            name, message = refusal.args
            debug = f'Traceback:\n  File "x.py"\n{name}: "message": "no" {message}'
            data = {"name": name, "debug": debug, "message": message, "arguments": [message]}
            answer["error"] = {"code": 200, "message": "Odoo Server Error", "data": data}
        return json.dumps(answer)

    def _web(
        self,
        path: str,
        environ: dict[str, Any],
        request: dict[str, Any],
        start_response: Callable[..., Any],
    ) -> list[bytes]:
        """A session of the web client: the login gives a cookie, and all else asks for it."""
        params, headers = request["params"], [("Content-Type", "application/json")]
        answer: dict[str, Any] = {"jsonrpc": "2.0", "id": request.get("id")}
        try:
            if path == "/web/session/authenticate":
                self.beside.append("authenticate")
                if params != {"db": DB, "login": LOGIN, "password": self._key}:
                    raise Refused("odoo.exceptions.AccessDenied", "Access Denied")
                headers.append(("Set-Cookie", f"session_id={SESSION_ID}; HttpOnly; Path=/"))
                answer["result"] = {"uid": UID}
            elif environ.get("HTTP_COOKIE") != f"session_id={SESSION_ID}":
                raise Refused("odoo.http.SessionExpiredException", "Session expired")
            elif path == "/web/session/get_session_info":
                self.beside.append("get_session_info")
                answer["result"] = {"uid": UID}
            else:
                model, method = params["model"], params["method"]
                assert path == f"/web/dataset/call_kw/{model}/{method}"
                sent = Asked("web", model, method, params["args"], params["kwargs"])
                result = self._method_of_client(sent) if self.knows_clients else self._ask(sent)
                answer |= {} if result is None else {"result": result}
        except Refused as refusal:
            name, message = refusal.args
            data = {"name": name, "message": message, "arguments": [message], "debug": "Traceback"}
            answer["error"] = {"code": 0, "message": "Odoo Server Error", "data": data}
        text = json.dumps(answer).encode()
        start_response("200 OK", [*headers, ("Content-Length", str(len(text)))])
        return [text]

    def _ask(self, asked: Asked) -> Any:
        self.asked.append(asked)
        return self._answer(asked)

    def _method_of_client(self, sent: Asked) -> Any:
        """What `addons/web/models/models.py` of 19 does for these, and how it answers."""
        args, kwargs = sent.args, {key: sent.kwargs[key] for key in sent.kwargs}
        if sent.method == "web_save":
            ids, values = args
            assert {} == kwargs.pop("specification")
            what = ("write", [ids, values]) if ids else ("create", [values])
            made = self._ask(sent._replace(method=what[0], args=what[1], kwargs=kwargs))
            return [{"id": ids[0] if ids else made}]
        if sent.method == "web_search_read":
            fields, domain = list(kwargs.pop("specification")), kwargs.pop("domain")
            given = {
                key: kwargs[key] for key in kwargs if key != "count_limit" and kwargs[key] != ""
            }
            read = sent._replace(
                method="search_read", args=[domain], kwargs={"fields": fields, **given}
            )
            records = self._ask(read)
            return {"length": len(records), "records": records}
        if sent.method == "read" and len(args) == 2:
            return self._ask(sent._replace(args=args[:1], kwargs={"fields": args[1], **kwargs}))
        return self._ask(sent)

    def _xml_rpc(self, service: str, body: bytes) -> bytes:
        args, method = xmlrpc.client.loads(body)
        try:
            result = self._service("xmlrpc", service, method, list(args))
        except Refused as refusal:
            name, message = refusal.args
            trace = (
                f'Traceback (most recent call last):\n  File "x.py"\n    raise\n{name}: {message}'
            )
            is_warning = name.endswith(("UserError", "ValidationError"))
            fault = xmlrpc.client.Fault(2 if is_warning else 1, message if is_warning else trace)
            return xmlrpc.client.dumps(fault).encode()
        try:
            return xmlrpc.client.dumps((result,), methodresponse=True).encode()
        except TypeError:  # the real one sends its traceback: a None inside is in dump_array
            inside = "" if result is None else '  File "client.py", in dump_array\n'
            fault = xmlrpc.client.Fault(1, _MARSHALLING.format(inside, _NONE))
            return xmlrpc.client.dumps(fault).encode()

    def _json_2(self, path: str, environ: dict[str, Any], body: Any) -> tuple[str, bytes]:
        db, key = environ.get("HTTP_X_ODOO_DATABASE"), environ.get("HTTP_AUTHORIZATION", "")
        if db != DB:
            return "404 NOT FOUND", b"<h1>No database is selected</h1>"
        if (key[:7].lower(), key[7:]) != ("bearer ", self._key):
            said = {"name": "werkzeug.exceptions.Unauthorized", "message": "Invalid apikey"}
            return "401 UNAUTHORIZED", json.dumps(said).encode()
        _, _, _, model, method = path.split("/")
        self.asked.append(Asked("json2", model, method, None, body))
        try:
            return "200 OK", json.dumps(self._answer(self.asked[-1])).encode()
        except Refused as refusal:
            name, message = refusal.args
            said = {"name": name, "message": message, "arguments": [message], "debug": "Traceback"}
            return "422 UNPROCESSABLE ENTITY", json.dumps(said).encode()

    def _service(self, door: str, service: str, method: str, args: list[Any]) -> Any:
        if service == "common":
            self.beside.append(method)
            if method == "version":
                return _version()
            return UID if args[:3] == [DB, LOGIN, self._key] else False
        assert method in ("execute", "execute_kw")
        db, uid, key, model, called, *rest = args
        if (db, uid, key) != (DB, UID, self._key):
            raise Refused("odoo.exceptions.AccessDenied", "Access Denied")
        if called == "context_get":
            self.beside.append(called)
            return {"lang": "fr_FR", "tz": "Europe/Paris", "uid": uid}
        assert service == "object"
        positional, named = rest if method == "execute_kw" else (rest, {})
        self.asked.append(Asked(door, model, called, positional, named))
        return self._answer(self.asked[-1])


def _version() -> dict[str, Any]:
    info = [19, 0, 0, "final", 0, ""]
    return {"server_version": "19.0", "server_version_info": info, "protocol_version": 1}
