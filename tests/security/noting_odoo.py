"""An Odoo that notes what arrives, raw paths and databases included, and answers anything; no har2rpc in it."""

from __future__ import annotations

import json
import xmlrpc.client
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

KEY = "0123456789abcdef"


class Arrived(NamedTuple):
    """One call of a method."""

    path: str
    """As it came, nothing of it decoded."""
    db: str
    model: str
    """For JSON-2 as it stands in the path."""
    method: str
    args: Any
    """For JSON-2 the body; `kwargs` is None."""
    kwargs: Any


class NotingOdoo:
    """The WSGI application. Whatever does not carry the key, or is no request to an Odoo, is in `strange`."""

    def __init__(self) -> None:
        self.arrived: list[Arrived] = []
        self.strange: list[str] = []
        self._db = ""

    def taken(self) -> list[Arrived]:
        """What arrived since it was last asked."""
        arrived, self.arrived = self.arrived, []
        return arrived

    def taken_strange(self) -> list[str]:
        """The same of what is no request to an Odoo."""
        strange, self.strange = self.strange, []
        return strange

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path = environ["REQUEST_URI"]
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        try:
            status, kind, answer = "200 OK", "application/json", self._answer(path, environ, body)
        except Exception as error:
            self.strange.append(f"{path}: {error!r}: {body[:300]!r}")
            status, kind, answer = "400 BAD REQUEST", "text/plain", b"strange"
        if "/xmlrpc/" in path:
            kind = "text/xml"
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(answer)))])
        return [answer]

    def _answer(self, path: str, environ: dict[str, Any], body: bytes) -> bytes:
        if path.endswith("/web/webclient/version_info"):
            return _result(_version())
        if path.endswith("/web/session/authenticate"):
            who = json.loads(body)["params"]
            assert who["password"] == KEY
            self._db = who["db"]
            return _result({"uid": 2})
        if "/web/dataset/call_kw/" in path:
            return _result(self._of_session(path, json.loads(body)["params"]))
        if path.endswith("/jsonrpc"):
            params = json.loads(body)["params"]
            return _result(self._service(path, params["service"], params["method"], params["args"]))
        if "/xmlrpc/2/" in path:
            args, method = xmlrpc.client.loads(body)
            result = self._service(path, path.rpartition("/")[2], method, list(args))
            return xmlrpc.client.dumps((result,), methodresponse=True, allow_none=True).encode()
        _, there, name = path.partition("/json/2/")
        model, _, method = name.partition("/")
        assert there and environ["HTTP_AUTHORIZATION"].lower() == f"bearer {KEY}"
        db = environ["HTTP_X_ODOO_DATABASE"].encode("latin-1").decode()  # WSGI's way with bytes
        self.arrived.append(Arrived(path, db, model, method, json.loads(body), None))
        answer = answer_to(method)
        return json.dumps([answer] if method == "create" else answer).encode()

    def _of_session(self, path: str, params: dict[str, Any]) -> Any:
        model, method = params["model"], params["method"]
        tail = "/".join(quote(name, safe="", errors="surrogatepass") for name in (model, method))
        assert path.endswith(f"/web/dataset/call_kw/{tail}")
        self.arrived.append(
            Arrived(path, self._db, model, method, params["args"], params["kwargs"])
        )
        return answer_to(method)

    def _service(self, path: str, service: str, method: str, args: list[Any]) -> Any:
        if service == "common":
            return _version() if method == "version" else 2
        db, uid, key, model, called, *rest = args
        assert ("object", 2, KEY) == (service, uid, key)
        if (method, model, called) == ("execute", "res.users", "context_get"):
            return {"lang": "en_US"}  # OdooRPC asks for it
        assert "execute_kw" == method
        positional, named = rest
        self.arrived.append(Arrived(path, db, model, called, positional, named))
        return answer_to(called)


def answer_to(method: str) -> Any:
    """What a method answers here; a new record has an id that none was recorded with."""
    if method == "web_search_read":
        return {"length": 0, "records": []}
    if method == "web_save":
        return [{"id": 999}]
    return [] if method in ("search_read", "read") else 999 if method == "create" else True


def _result(result: Any) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "result": result}).encode()


def _version() -> dict[str, Any]:
    info = [19, 0, 0, "final", 0, ""]
    return {"server_version": "19.0", "server_version_info": info, "protocol_version": 1}
