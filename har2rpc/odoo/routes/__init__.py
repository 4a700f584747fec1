"""Recognizes Odoo calls among requests, with their model, method, args and kwargs.

The facts are those of Odoo 12-19: `dataset.py` next to this file has the routes of model calls, `external.py` those of
JSON-2 and XML-RPC, `equivalents.py` those that have an exact public equivalent.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from har2rpc.model import Exchange
from har2rpc.model.values import is_nested_deeper
from har2rpc.odoo.routes.dataset import READERS
from har2rpc.odoo.routes.equivalents import equivalent, equivalent_route
from har2rpc.odoo.routes.external import external_call, is_json2, xml_rpc_service
from har2rpc.odoo.routes.request import PROGRAM_ROUTES, Recorded, impossible_name
from har2rpc.odoo.urls import is_static, url_parts

__all__ = [
    "PROGRAM_ROUTES",
    "Recorded",
    "dataset_route",
    "is_json2",
    "is_of_a_whole_tab",
    "json_body",
    "other_route",
    "recognize",
    "xml_rpc_service",
]

_DEEPEST = 200  # levels; an x2many in an x2many in a form is at ten

_DATASET = re.compile(
    r"^(?P<root>.*?)(?P<route>/web/dataset/"
    r"(?:call_kw|call_button|call|search_read|load|resequence)|/jsonrpc)(?:/.*)?$"
)


_OF_THE_PAGE = re.compile(r"/(?:web/webclient|bus|longpolling|websocket)(?:/|$)")


@lru_cache(maxsize=1024)  # a client calls the same addresses over and over
def dataset_route(url: str) -> str | None:
    """The route of a call (`/web/dataset/call_kw`), or None for any other URL."""
    match = _DATASET.match(url_parts(url).path)
    return match["route"] if match else None


def json_body(exchange: Exchange) -> Any:
    """The parsed JSON body of a POST; None if there is none, or if it does not parse.

    Of XML-RPC it is the body of the same request in JSON-RPC.
    """
    if exchange.http_method != "POST" or not exchange.body:
        return None
    if service := xml_rpc_service(exchange.url):
        from har2rpc.odoo.xml_messages import request_body

        return request_body(exchange.body, service)
    try:
        return json.loads(exchange.body)
    except (ValueError, RecursionError):
        return None


def other_route(exchange: Exchange, body: Any) -> str | None:
    """The path of a JSON-RPC post that is not a model call (`/web/action/load`), or None."""
    if not isinstance(body, dict) or not isinstance(body.get("params"), dict):
        return None
    is_json_rpc = "jsonrpc" in body or body.get("method") == "call"
    return url_parts(exchange.url).path if is_json_rpc else None


def is_of_a_whole_tab(exchange: Exchange, body: Any) -> bool:
    """Whether nobody would copy a request deliberately: a file of the page, or a request that the client makes for itself.

    If there is one among copies, somebody copied everything that the tab had sent.
    """
    path = url_parts(exchange.url).path
    if is_static(exchange.url) or _OF_THE_PAGE.search(path):
        return True
    route = None if isinstance(_call_in(exchange, body), Recorded) else other_route(exchange, body)
    return route is not None and "/web/session/" not in route


def recognize(exchange: Exchange, body: Any) -> Recorded | str | None:
    """The call that a request makes; a sentence if it looks like one and is not; None if it is none.

    `body` is what `json_body` gave for this exchange.
    """
    call = _call_in(exchange, body) if exchange.http_method == "POST" else None
    if isinstance(call, Recorded) and (why := impossible_name(call)):
        return f"{exchange.where}: {call.route}: {why}; left out"
    return call


def _call_in(exchange: Exchange, body: Any) -> Recorded | str | None:
    """The same for a POST, whatever its model and method are called."""
    path = url_parts(exchange.url).path
    other = equivalent_route(path)
    if other and not (
        isinstance(body, dict) and is_nested_deeper(body, _DEEPEST, exchange.body or "")
    ):
        return equivalent(exchange, other, body)
    route = dataset_route(exchange.url)
    if route is None:
        if isinstance(body, dict) and is_nested_deeper(body, _DEEPEST, exchange.body or ""):
            return _too_deep(exchange, path) if is_json2(exchange.url) else None
        return external_call(exchange, body)
    if body is None:
        why = exchange.note or (
            "no body in the file" if not exchange.body else "its body is not valid JSON"
        )
        return f"{exchange.where}: {path}: {why}"
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict):
        return f"{exchange.where}: {route} without params"
    if is_nested_deeper(params, _DEEPEST, exchange.body or ""):
        return _too_deep(exchange, route)
    recorded = READERS[route](exchange, route, params)
    if recorded is None:
        if route == "/jsonrpc":
            return None  # another service (common, db): for the session, not a call
        return f"{exchange.where}: {route} without a model or method"
    return recorded


def _too_deep(exchange: Exchange, route: str) -> str:
    return f"{exchange.where}: {route}: nested deeper than {_DEEPEST} levels; left out"
