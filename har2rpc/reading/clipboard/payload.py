"""Decides whether a copied object is a request's payload: a JSON-RPC body, its `params`, or a JSON-2 body.

The keys of a body show which of Odoo's routes it belongs to (Odoo 12-19, addons/web/controllers/dataset.py), so that it is
read like any other request. An address before it adds the server, which a payload alone does not name.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from har2rpc.reading.clipboard.addresses import ROUTE
from har2rpc.reading.clipboard.literals import Json, Unknown

_ROUTE_IN = re.compile(ROUTE)
_JSON2 = re.compile(r"/json/2/[^/]+/\w+")
_WITH_PARAMS = re.compile(r"/mail/message/post|/mail/thread/|/web/action/run")
_MODEL = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")
_HEADERS = frozenset(
    "authorization content-type accept user-agent x-odoo-database cookie host origin".split()
)


@dataclass(frozen=True, slots=True)
class Payload:
    """The body of a request, and the address that takes it: Odoo's route alone where nothing tells the server."""

    url: str
    value: dict[str, Json]
    is_whole: bool
    """Whether the value is the body, and not only its `params`."""

    @property
    def body(self) -> str:
        """The body as JSON."""
        return json.dumps(self.value if self.is_whole else {"params": self.value})


def payload_or_note(value: Json, url: str, line: str) -> Payload | str:
    """What a value is, `url` being the address before it ("" where there is none): a payload, or why it is none."""
    if not isinstance(value, dict):
        return f"{line}: not a JSON object, so not a payload"
    if _JSON2.search(url):
        is_head = any(str(key).lower() in _HEADERS for key in value)
        return f"{line}: headers" if is_head else Payload(url, value, is_whole=True)
    if "params" not in value and ("result" in value or "error" in value):
        return f"{line}: an answer, not a request; copy from the Payload tab, not from Response or Preview"
    params = value.get("params")
    if isinstance(params, Unknown):
        return ""  # a function that sends what it is given
    if isinstance(params, dict):
        if _WITH_PARAMS.search(url):
            return Payload(url, value, is_whole=True)
        route = _route(params)
        if not route and {"db", "login"} <= params.keys():
            return ""  # a login
        return (
            Payload(_address(url, route), value, is_whole=True)
            if route
            else f"{line}: {_not_a_call_note(params)}"
        )
    if route := _route(value):
        return Payload(_address(url, route), value, is_whole=False)
    return f"{line}: {_not_a_call_note(value)}"


def _address(url: str, route: str) -> str:
    """The address that was mentioned if it takes such a payload; else the route, on the server that was mentioned."""
    match = _ROUTE_IN.search(url)
    if match is None:
        return route
    is_right = match[0].startswith("/web/dataset") == route.startswith("/web/dataset")
    return url if is_right else f"{url[: match.start()]}{route}"


def _route(params: dict[str, Json]) -> str | None:
    args, model = params.get("args"), params.get("model")
    if "service" in params and isinstance(args, list):
        return "/jsonrpc"
    if not isinstance(model, str) or isinstance(model, Unknown) or not _MODEL.fullmatch(model):
        return None
    if "method" in params:
        if type(params["method"]) is not str:
            return None
        if "kwargs" in params:
            return "/web/dataset/call_kw"
        # Odoo 12 sends a button's context as the last argument, and /web/dataset/call has none.
        last = args[-1] if isinstance(args, list) and args else None
        is_button = isinstance(last, dict) and not {"lang", "tz", "uid"}.isdisjoint(last)
        return "/web/dataset/call_button" if is_button else "/web/dataset/call"
    if "ids" in params:
        return "/web/dataset/resequence"
    if "id" in params:
        return "/web/dataset/load"
    return "/web/dataset/search_read" if {"domain", "fields"} & params.keys() else None


def _not_a_call_note(params: dict[str, Json]) -> str:
    keys = ", ".join(str(key)[:40] for key in list(params)[:6]) or "nothing"
    return f"no call of a model (it has {keys}); copy the whole payload: view source, then Copy"


def unreadable_note(head: str, reason: str) -> str:
    """Why an object cannot be read that begins so, and what to do."""
    if "…" in head:
        return "the shortened tree, which is not JSON; choose view source, then Copy"
    if "too deep" in reason:
        return "nested too deep to be a payload"
    return f"not JSON, JavaScript or Python ({reason}); copy it again"
