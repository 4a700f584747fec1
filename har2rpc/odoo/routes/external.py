"""Odoo's routes for programs other than /jsonrpc: JSON-2, with arguments by name, and XML-RPC.

Source: 19 `addons/rpc/controllers/{json2,xmlrpc}.py`; 8-18 `odoo/addons/base/controllers/rpc.py` and before.
"""

from __future__ import annotations

import re

from har2rpc.model import Exchange, Json
from har2rpc.odoo.routes.dataset import read_service_call
from har2rpc.odoo.routes.request import Recorded, recorded
from har2rpc.odoo.urls import url_parts

_JSON2 = re.compile(r"/json/2/(?P<model>[^/]+)/(?P<method>[^/]+)/?$")
_XML_RPC = re.compile(r"(?P<route>/xmlrpc(?:/2)?/(?P<service>object|common|db))/?$")
# What these methods take first, as far as the web client and most programs give it by position.
_POSITIONAL = {
    "create": ("vals_list",),
    "load": ("fields", "data"),
    "name_create": ("name",),
    "web_save": ("vals",),
    "web_save_multi": ("vals_list",),
    "write": ("vals",),
}
_WITHOUT_IDS = frozenset({"create", "load", "name_create"})


def xml_rpc_service(url: str) -> str | None:
    """The service that an address of XML-RPC leads to (`object`), or None for any other address."""
    match = _XML_RPC.search(url_parts(url).path)
    return match["service"] if match else None


def is_json2(url: str) -> bool:
    """Whether an address is that of a method in JSON-2."""
    return bool(_JSON2.search(url_parts(url).path))


def external_call(exchange: Exchange, body: Json) -> Recorded | str | None:
    """The call of a request to one of these routes; a sentence where it cannot be read; None for other routes.

    `body` is what `json_body` gave: of XML-RPC the same request in JSON-RPC.
    """
    path = url_parts(exchange.url).path
    if match := _JSON2.search(path):
        return _json2(exchange, match["model"], match["method"], body)
    match = _XML_RPC.search(path)
    if match is None or match["service"] != "object":
        return None
    if not isinstance(body, dict) or "params" not in body:
        why = exchange.note or (
            "its body is not XML-RPC" if exchange.body else "no body in the file"
        )
        return f"{exchange.where}: {match['route']}: {why}"
    return read_service_call(exchange, match["route"], body["params"])


def _json2(exchange: Exchange, model: str, method: str, body: Json) -> Recorded | str | None:
    if body is None and not exchange.body and not exchange.note:
        body = {}  # a method without arguments needs none
    if not isinstance(body, dict):
        why = exchange.note or "its body is not a JSON object"
        return f"{exchange.where}: /json/2/{model[:60]}/{method[:60]}: {why}"
    arguments = dict(body)
    context = arguments.pop("context", None)
    args: list[Json] = [arguments.pop("ids")] if "ids" in arguments else []
    first = _POSITIONAL.get(method, ())
    if any(name in arguments for name in first) and not args and method not in _WITHOUT_IDS:
        args = [[]]
    for name in first:
        if name not in arguments:
            break
        args.append(arguments.pop(name))
    return recorded(exchange, "/json/2", method, {"model": model}, args, arguments, context)
