"""The routes of the data set, and /jsonrpc: model and method come from the body, the URL's tail is decoration.

Source: Odoo 12-19, `addons/web/controllers/dataset.py` and `odoo/service/model.py`.
"""

from __future__ import annotations

from har2rpc.model import Exchange, Json
from har2rpc.odoo.routes.request import Recorded, as_uid, recorded


def _call_kw(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    args, kwargs = params.get("args"), params.get("kwargs")
    context = None
    if kwargs is None and route.endswith("call_button") and isinstance(args, list) and args:
        *args, context = args  # Odoo 12: the context is the last positional argument
        if not isinstance(context, dict):
            args, context = [*args, context], None
    kwargs = dict(kwargs) if isinstance(kwargs, dict) else {}
    if "context" in kwargs:
        context = kwargs.pop("context")
    elif context is None and isinstance(params.get("context"), dict):
        context = params["context"]  # the mobile framework of Odoo 9
    return recorded(exchange, route, params.get("method"), params, args, kwargs, context)


def _call(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    # Odoo 12-16 take a context next to the other params on every JSON route.
    args, context = params.get("args"), params.get("context")
    return recorded(exchange, route, params.get("method"), params, args, {}, context)


def _search_read(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    kwargs: dict[str, Json] = {
        key: params[key] for key in ("domain", "fields", "offset", "limit") if key in params
    }
    if "sort" in params:
        kwargs["order"] = params["sort"]
    return recorded(exchange, route, "search_read", params, [], kwargs, params.get("context"))


def _load(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    # The server ignores `fields` (Odoo 12-16, addons/web/controllers/dataset.py).
    args = [[params.get("id")]]
    return recorded(exchange, route, "read", params, args, {}, params.get("context"))


def _resequence(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    kwargs: dict[str, Json] = {key: params[key] for key in ("field", "offset") if key in params}
    context = params.get("context")
    return recorded(exchange, route, "resequence", params, [params.get("ids")], kwargs, context)


def read_service_call(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    """The call that a request to the service `object` makes, through /jsonrpc or XML-RPC; None for other services."""
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
    call = recorded(exchange, route, method, named, positional, kwargs, context)
    if call is None:
        return None
    who = as_uid(uid)
    return call._replace(
        uid=call.uid if who is None else who, db=db if isinstance(db, str) else None
    )


READERS = {
    "/web/dataset/call_kw": _call_kw,
    "/web/dataset/call_button": _call_kw,
    "/web/dataset/call": _call,
    "/web/dataset/search_read": _search_read,
    "/web/dataset/load": _load,
    "/web/dataset/resequence": _resequence,
    "/jsonrpc": read_service_call,
}
