"""Which requests are Odoo calls, and what model, method, args and kwargs each stands for.

The facts are those of Odoo 12-19, `addons/web/controllers/dataset.py` and `odoo/service/model.py`:
model and method come from the body; the URL's tail is decoration.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from har2rpc.model import Exchange, Json
from har2rpc.odoo.urls import url_parts, without_userinfo

_DEEPEST = 200  # levels; an x2many in an x2many in a form is at ten

_DATASET = re.compile(
    r"^(?P<root>.*?)(?P<route>/web/dataset/"
    r"(?:call_kw|call_button|call|search_read|load|resequence)|/jsonrpc)(?:/.*)?$"
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a request says: the call before anything is known of its neighbours."""

    url: str
    route: str
    model: str
    method: str
    args: list[Json]
    kwargs: dict[str, Json]
    context: dict[str, Json]
    uid: int | None
    db: str | None = None


@lru_cache(maxsize=1024)  # a client calls the same addresses over and over
def dataset_route(url: str) -> str | None:
    """The route of a call (`/web/dataset/call_kw`), or None for any other URL."""
    found = _DATASET.match(url_parts(url).path)
    return found["route"] if found else None


def json_body(exchange: Exchange) -> Any:
    """The parsed JSON body of a POST; None where there is none, or none that parses."""
    if exchange.http_method != "POST" or not exchange.body:
        return None
    try:
        return json.loads(exchange.body)
    except (ValueError, RecursionError):
        return None


def other_route(exchange: Exchange, body: Any) -> str | None:
    """The path of a JSON-RPC post that is no model call (`/web/action/load`), or None."""
    if isinstance(body, dict) and isinstance(body.get("params"), dict):
        if "jsonrpc" in body or body.get("method") == "call":
            return url_parts(exchange.url).path
    return None


def recognise(exchange: Exchange, body: Any) -> Recorded | str | None:
    """The call that a request makes; a sentence if it looks like one and is not; None if it is none.

    `body` is what `json_body` gave for this exchange.
    """
    route = dataset_route(exchange.url)
    if route is None or exchange.http_method != "POST":
        return None
    if body is None:
        why = exchange.note or (
            "no body in the file" if not exchange.body else "its body is no JSON"
        )
        return f"{exchange.where}: {url_parts(exchange.url).path}: {why}"
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict):
        return f"{exchange.where}: {route} without params"
    if _is_too_deep(exchange.body or "", params):
        return f"{exchange.where}: {route}: nested deeper than {_DEEPEST} levels; left out"
    recorded = _READERS[route](exchange, route, params)
    if recorded is None:
        if route == "/jsonrpc":
            return None  # another service (common, db): for the session, not a call
        return f"{exchange.where}: {route} without a model or method"
    return recorded


def _is_too_deep(text: str, params: dict) -> bool:
    """Whether values are nested deeper than any real call: they could exhaust the stack later."""
    if text.count("[") + text.count("{") <= _DEEPEST:
        return False
    level: list[Json] = [params]
    for _ in range(_DEEPEST):
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, (dict, list))
        ]
    return bool(level)


def _call_kw(exchange: Exchange, route: str, params: dict) -> Recorded | None:
    args, kwargs = params.get("args"), params.get("kwargs")
    context = None
    if kwargs is None and route.endswith("call_button") and isinstance(args, list) and args:
        *args, context = args  # Odoo 12: the context is the last positional argument
        if not isinstance(context, dict):
            args, context = [*args, context], None
    kwargs = dict(kwargs) if isinstance(kwargs, dict) else {}
    if "context" in kwargs:
        context = kwargs.pop("context")
    return _recorded(exchange, route, params.get("method"), params, args, kwargs, context)


def _call(exchange: Exchange, route: str, params: dict) -> Recorded | None:
    # Odoo 12-16 take a context beside the other params on every JSON route.
    args, context = params.get("args"), params.get("context")
    return _recorded(exchange, route, params.get("method"), params, args, {}, context)


def _search_read(exchange: Exchange, route: str, params: dict) -> Recorded | None:
    kwargs = {key: params[key] for key in ("domain", "fields", "offset", "limit") if key in params}
    if "sort" in params:
        kwargs["order"] = params["sort"]
    return _recorded(exchange, route, "search_read", params, [], kwargs, params.get("context"))


def _load(exchange: Exchange, route: str, params: dict) -> Recorded | None:
    # The server ignores `fields` (Odoo 12-16, addons/web/controllers/dataset.py).
    args = [[params.get("id")]]
    return _recorded(exchange, route, "read", params, args, {}, params.get("context"))


def _resequence(exchange: Exchange, route: str, params: dict) -> Recorded | None:
    kwargs = {key: params[key] for key in ("field", "offset") if key in params}
    context = params.get("context")
    return _recorded(exchange, route, "resequence", params, [params.get("ids")], kwargs, context)


def _jsonrpc(exchange: Exchange, route: str, params: dict) -> Recorded | None:
    args = params.get("args")
    if params.get("service") != "object" or not isinstance(args, list) or len(args) < 5:
        return None
    db, uid, _secret, model, method, *rest = args  # the credential goes no further than this line
    if params.get("method") == "execute":
        positional, kwargs = rest, {}
    elif params.get("method") == "execute_kw":
        positional = rest[0] if rest else []
        kwargs = dict(rest[1]) if len(rest) > 1 and isinstance(rest[1], dict) else {}
    else:
        return None
    context = kwargs.pop("context", None)
    named = {"model": model}
    recorded = _recorded(exchange, route, method, named, positional, kwargs, context)
    if recorded is None:
        return None
    who = _as_uid(uid)
    return Recorded(
        recorded.url,
        route,
        recorded.model,
        recorded.method,
        recorded.args,
        recorded.kwargs,
        recorded.context,
        who if who is not None else recorded.uid,
        db if isinstance(db, str) else None,
    )


def _recorded(
    exchange: Exchange,
    route: str,
    method: Json,
    params: dict,
    args: Json,
    kwargs: dict,
    context: Json,
) -> Recorded | None:
    model = params.get("model")
    if not (isinstance(model, str) and model and isinstance(method, str) and method):
        return None
    context = context if isinstance(context, dict) else {}
    return Recorded(
        url=without_userinfo(exchange.url.partition("?")[0].partition(route)[0]),
        route=route,
        model=model,
        method=method,
        args=args if isinstance(args, list) else [],
        kwargs=kwargs,
        context=context,
        uid=_as_uid(context.get("uid")),
    )


def _as_uid(value: Json) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isdecimal():  # "2" works over /jsonrpc, too
        value = int(value)
    return value if isinstance(value, int) and value > 0 else None


_READERS = {
    "/web/dataset/call_kw": _call_kw,
    "/web/dataset/call_button": _call_kw,
    "/web/dataset/call": _call,
    "/web/dataset/search_read": _search_read,
    "/web/dataset/load": _load,
    "/web/dataset/resequence": _resequence,
    "/jsonrpc": _jsonrpc,
}
