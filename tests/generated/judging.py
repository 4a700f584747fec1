"""An Odoo that takes nothing but the translation of a recorded call, at /jsonrpc and at JSON-2; no har2rpc in it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from generated.recorded import Recorded
from generated.running import SECRET
from generated.translation import classic_answer, onchange_answer, problems

# What JSON-2 calls the positional arguments of the methods in our samples (odoo/orm/models.py of 19): of those of
# records behind their ids, and of those of models.
_IDS = {"read": ("fields",), "write": ("vals",), "export_data": ("fields_to_export",)}
_MODEL = {
    "search_read": ("domain",),
    "search_count": ("domain",),
    "create": ("vals_list",),
    "read_group": ("domain", "fields", "groupby"),
}

Judge = Callable[[dict[str, Any]], Any]


class JudgingOdoo:
    """The WSGI application: it refuses, in Odoo's forms, what is not one of the calls."""

    def __init__(self, calls: Iterable[Recorded] = (), judge: Judge | None = None) -> None:
        self.received: list[dict[str, Any]] = []
        """What arrived, refused or not, in the form of `as_sent`."""
        self._calls = list(calls)
        self._judge = judge or self._as_recorded

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        path = environ["PATH_INFO"]
        try:
            if path == "/jsonrpc":
                status, answer = "200 OK", self._json_rpc(body)
            else:
                status, answer = "200 OK", self._json_2(path, environ, body)
        except PermissionError as refusal:
            error = {"name": "odoo.exceptions.UserError", "message": str(refusal)}
            if path == "/jsonrpc":
                error = {"error": {"code": 0, "message": "Odoo Server Error", "data": error}}
            status, answer = "422 UNPROCESSABLE ENTITY" if path != "/jsonrpc" else "200 OK", error
        text = json.dumps(answer).encode()
        kind = ("Content-Type", "application/json")
        start_response(status, [kind, ("Content-Length", str(len(text)))])
        return [text]

    def _json_rpc(self, body: dict[str, Any]) -> dict[str, Any]:
        params = body["params"]
        assert ("object", "execute_kw") == (params["service"], params["method"])
        _, uid, secret, model, method, args, kwargs = params["args"]
        assert isinstance(uid, int)
        return {
            "jsonrpc": "2.0",
            "id": 1,
            "result": self._made(secret, model, method, (args, kwargs)),
        }

    def _json_2(self, path: str, environ: dict[str, Any], named: dict[str, Any]) -> Any:
        _, door, two, model, method = path.split("/")
        assert ("json", "2") == (door, two) and environ["HTTP_X_ODOO_DATABASE"]
        scheme, _, secret = environ["HTTP_AUTHORIZATION"].partition(" ")
        assert "bearer" == scheme.lower()
        names = ("ids", *_IDS.get(method, ())) if "ids" in named else _MODEL.get(method, ())
        forms = []
        # A name may stand for what was recorded by position, or for what had a name already.
        for count in range(len(names), -1, -1):
            if set(names[:count]) <= set(named):
                args = [named[name] for name in names[:count]]
                args = args[0] if method == "create" and args and len(args[0]) == 1 else args
                rest = {name: value for name, value in named.items() if name not in names[:count]}
                forms.append((args, rest))
        answer = self._made(secret, model, method, *forms)
        return [answer] if method == "create" and isinstance(answer, int) else answer

    def _made(self, secret: str, model: str, method: str, *forms: tuple[Any, Any]) -> Any:
        arrived = []
        for args, kwargs in forms:
            rest = {key: value for key, value in kwargs.items() if key != "context"}
            one = {"model": model, "method": method, "args": args, "kwargs": rest}
            arrived.append({**one, "context": kwargs.get("context") or {}})
        self.received.append(arrived[0])
        if secret != SECRET:
            raise PermissionError("Access Denied")
        said = []
        for one in arrived:
            try:
                return self._judge(one)
            except PermissionError as refusal:
                said.append(str(refusal))
        raise PermissionError(said[0])

    def _as_recorded(self, arrived: dict[str, Any]) -> Any:
        if form := onchange_answer(self._calls, arrived):
            return form
        near = []
        for call in self._calls:
            wrong = problems(call, arrived)
            if not wrong:
                return classic_answer(call, arrived["method"])
            near += wrong if call.model == arrived["model"] else []
        raise PermissionError(f"never recorded: {near[:3]}")


def twins(value: Any) -> Iterable[Any]:
    """The same JSON with one scalar changed, once for each scalar in it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from ({**value, key: other} for other in twins(item))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in twins(item))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        yield value + 1
    else:
        yield f"{value}x"
