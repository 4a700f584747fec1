"""An Odoo that answers from a capture: it says what the recorded server said, and refuses the rest.

How Odoo answers is from `odoo/http.py` and `odoo/service/{common,model}.py` of 14-19: errors come
with HTTP 200, a wrong password at login is `false`, and None is an answer without `result`.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple, TypeAlias
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from har2rpc.model import Call, Json, Outcome, Session

Recordings: TypeAlias = list[tuple[Outcome, Callable[[], Json]]]


class Received(NamedTuple):
    """A call as it arrived, without the credentials; `kwargs` still holds the context."""

    model: str
    method: str
    args: list[Json]
    kwargs: dict[str, Json]


class Refused(Exception):
    """An error that Odoo would answer with: the name of its exception, and what it says."""


class BadRequest(Exception):
    """A request that Odoo refuses before looking at any call: the HTTP status, and the text."""


class RecordedOdoo:
    """A WSGI application for `/jsonrpc` and `/web/dataset/call_kw`: the same call, the same answer.

    The same call means: model, method, args, kwargs, and context without `uid`, as JSON values
    (true is not 1). Asked again it gives the next recorded answer, and then the last one again.
    What the session does not know (the database, the login) is not checked; the secret always is.
    """

    def __init__(self, calls: Iterable[Call], session: Session, *, secret: str) -> None:
        self.received: list[Received] = []
        """All that arrived, refused or not, in order."""
        self._session, self._secret = session, secret
        self._major = session.major or 19  # where nothing tells, as the newest answers
        self._answers: defaultdict[str, Recordings] = defaultdict(list)
        self._uids = {session.get("uid"), *session.users}
        for call in calls:
            self._uids.add(call.uid)
            kwargs = {**call.kwargs, "context": call.context}
            key = _key(call.model, call.method, call.args, kwargs)
            self._answers[key].append((call.outcome, partial(_returned, call)))
        self._uids.discard(None)
        for key, answers in self._answers.items():
            # The client gave up a search and asked again: the answer that arrived counts.
            self._answers[key] = [a for a in answers if a[0] != "missing"] or answers

    def also(self, model: str, method: str, args: list, kwargs: dict, result: Json) -> None:
        """Adds a call that nobody recorded, with its answer: what a translation will send."""
        self._answers[_key(model, method, args, kwargs)].append(("ok", lambda: result))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        try:
            status, kind, text = "200 OK", "application/json; charset=utf-8", self._serve(environ)
        except BadRequest as refusal:
            (status, text), kind = refusal.args, "text/html; charset=utf-8"
        body = text.encode()
        start_response(status, [("Content-Type", kind), ("Content-Length", str(len(body)))])
        return [body]

    def _serve(self, environ: WSGIEnvironment) -> str:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        path = environ.get("PATH_INFO", "").rstrip("/")
        external = path == "/jsonrpc"
        if not external and not f"{path}/".startswith("/web/dataset/call_kw/"):
            raise BadRequest("404 NOT FOUND", "Not Found")
        if environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != "application/json":
            if self._major >= 19:
                raise BadRequest("415 UNSUPPORTED MEDIA TYPE", "Unsupported Media Type")
            raise BadRequest("400 BAD REQUEST", "Session expired (invalid CSRF token)")
        try:
            request = json.loads(body)
        except ValueError:
            raise BadRequest("400 BAD REQUEST", "Invalid JSON data") from None
        if not isinstance(request, dict) or not isinstance(request.get("params", {}), dict):
            raise BadRequest("400 BAD REQUEST", "Invalid JSON-RPC data")
        answer: dict[str, Json] = {"jsonrpc": "2.0", "id": request.get("id")}
        try:
            params = request.get("params", {})
            result = self._external(params) if external else self._web(params)
            if result is not None:
                answer["result"] = result
        except Refused as refusal:
            answer["error"] = self._error(refusal)
        return json.dumps(answer)

    def _external(self, params: dict[str, Any]) -> Json:
        """`/jsonrpc`: a service, its method, and arguments that begin with credentials."""
        service, method, args = params.get("service"), params.get("method"), params.get("args")
        if not isinstance(args, list):
            raise Refused("builtins.TypeError", "args is not a list")
        if (service, method) == ("common", "version"):
            name = self._session.get("server_version") or f"{self._major}.0"
            info = [self._major, 0, 0, "final", 0, ""]
            return {"server_version": name, "server_version_info": info, "protocol_version": 1}
        if (service, method, len(args)) in (("common", "login", 3), ("common", "authenticate", 4)):
            self._check_db(args[0])
            welcome = args[1] == (self._session.get("login") or args[1]) and args[2] == self._secret
            return (self._session.get("uid") or min(self._uids, default=1)) if welcome else False
        if service != "object" or method not in ("execute", "execute_kw"):
            raise Refused("builtins.NameError", f"Method not available {method}")
        if len(args) < (6 if method == "execute_kw" else 5):
            raise Refused("builtins.TypeError", f"{method}() missing required positional arguments")
        db, uid, secret, model, called, *rest = args
        kwargs = (rest[1] if method == "execute_kw" and len(rest) > 1 else None) or {}
        arrived = Received(model, called, rest[0] if method == "execute_kw" else rest, kwargs)
        self.received.append(arrived)
        self._check_db(db)
        number = int(uid) if str(uid).isdecimal() else 0  # Odoo takes "2", too; False is no user
        if secret != self._secret or not number or number not in (self._uids or {number}):
            raise Refused("odoo.exceptions.AccessDenied", "Access Denied")
        return self._recorded(arrived)

    def _web(self, params: dict[str, Any]) -> Json:
        """`/web/dataset/call_kw`: the URL's tail is decoration, the body says what is called."""
        arrived = Received(*(params.get(key) for key in Received._fields))
        self.received.append(arrived)
        return self._recorded(arrived)

    def _check_db(self, db: Json) -> None:
        if db != (self._session.get("db") or db):
            raise Refused("psycopg2.OperationalError", f'database "{db}" does not exist')

    def _recorded(self, arrived: Received) -> Json:
        what = f"{arrived.model}.{arrived.method}"
        if not isinstance(arrived.args, list) or not isinstance(arrived.kwargs, dict):
            raise Refused("builtins.TypeError", f"{what}: args is no list, or kwargs no object")
        if not isinstance(arrived.kwargs.get("context") or {}, dict):
            raise Refused("builtins.TypeError", f"{what}: the context is no object")
        answers = self._answers.get(_key(*arrived))
        if not answers:
            raise Refused("odoo.exceptions.UserError", f"This call was never recorded: {what}")
        outcome, returned = answers.pop(0) if len(answers) > 1 else answers[0]
        why = {"error": "recorded as an error", "missing": "no answer in the capture"}.get(outcome)
        if why:
            raise Refused("odoo.exceptions.UserError", f"{why}: {what}")
        return returned()

    def _error(self, refusal: Refused) -> Json:
        name, message = refusal.args
        said = {"message": message, "arguments": [message], "context": {}}
        data = {"name": name, "debug": f"{name}: {message}", **said}
        code = 0 if self._major >= 19 else 200
        return {"code": code, "message": "Odoo Server Error", "data": data}


def _key(model: str, method: str, args: Json, kwargs: dict[str, Json]) -> str:
    """One text for all spellings of the same JSON; `uid` in the context selects nobody."""
    context = {key: v for key, v in (kwargs.get("context") or {}).items() if key != "uid"}
    value = [model, method, args, {**kwargs, "context": context}]
    return json.dumps(json.loads(json.dumps(value), parse_float=_number), sort_keys=True)


def _number(text: str) -> int | float:
    """JSON has one kind of number: 1.0 is 1, and languages differ in which one they write."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _returned(call: Call) -> Json:
    """What the method returned: two old routes wrap it in an object of their own."""
    result = call.fetch()
    if call.route == "/web/dataset/search_read" and isinstance(result, dict):
        return result.get("records")
    if call.route == "/web/dataset/load" and isinstance(result, dict):
        return [result["value"]] if result.get("value") else []
    return result


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: what arrived is in `received`."""


@contextmanager
def serve(app: WSGIApplication) -> Iterator[str]:
    """Serves an application on loopback, on a free port, while the block runs; gives its URL."""
    with make_server("127.0.0.1", 0, app, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
