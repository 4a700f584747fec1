"""Masks secrets in bodies of requests and answers: JSON-RPC, JSON-2, and the services of /jsonrpc.

Sources: Odoo 12-19 `odoo/service/{common,db,model}.py`, `addons/web/controllers/{session,database}.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from har2rpc.model import Json
from har2rpc.odoo.secret_methods import (
    DESCRIPTIONS,
    has_untold_secret,
    masked_answer,
    masked_call,
    takes_untold_secret,
)
from har2rpc.odoo.secret_values import mask_all, mask_value

_JSON2 = re.compile(r"/json/2/([\w.]+)/(\w+)")
# Where a credential stands among the arguments of a service; of `db` the master password comes first.
_CREDENTIAL_AT: dict[str, tuple[int, ...]] = {"object": (2,), "common": (2,), "db": (0,)}
_WITHOUT_CREDENTIAL = frozenset({"list", "server_version", "db_exist"})


@dataclass(frozen=True, slots=True)
class Message:
    """What is known about a request, for masking its own body and its answer."""

    path: str
    model: str = ""
    method: str = ""
    args: Json = None
    is_of_a_service: bool = False
    """Whether credentials stand among the arguments of /jsonrpc, by their place alone."""

    @classmethod
    def of(cls, path: str, body: Json) -> Message:
        """The message of a request with this path and this JSON body."""
        if match := _JSON2.search(path):
            return cls(path, match[1], match[2], [body])
        params = body.get("params") if isinstance(body, dict) else None
        if not isinstance(params, dict):
            return cls(path)
        args = params.get("args")
        if params.get("service") == "object" and isinstance(args, list) and len(args) >= 5:
            is_kw = params.get("method") == "execute_kw" and len(args) > 5
            called = args[5] if is_kw else args[5:]
            return cls(path, str(args[3]), str(args[4]), called, is_of_a_service=True)
        model, method = str(params.get("model") or ""), str(params.get("method") or "")
        return cls(path, model, method, args, is_of_a_service="service" in params)

    def has_secret(self, *, is_answer: bool) -> bool:
        """Whether the request or answer holds a secret that no word in it tells of."""
        if is_answer:
            return has_untold_secret(self.model, self.method, self.args)
        return (
            self.is_of_a_service
            or "change_password" in self.path
            or takes_untold_secret(self.model, self.method)
        )

    @property
    def is_description(self) -> bool:
        """Whether the answer describes fields and views: under the names of secrets stand no secrets in it."""
        return self.method in DESCRIPTIONS


def masked_request(message: Message, body: Json) -> Json:
    """The JSON body of a request with every known secret replaced by `***`."""
    if _JSON2.search(message.path) and isinstance(body, dict):
        return masked_call(message.model, message.method, [], body)[1]
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict):
        return mask_value(body, "")
    others = mask_value({key: value for key, value in body.items() if key != "params"}, "")
    rest = iter(others.items())
    new_params = _masked_params(message, params)
    return dict(("params", new_params) if key == "params" else next(rest) for key in body)


def masked_reply(message: Message, body: Json) -> Json:
    """The JSON body of an answer with every known secret replaced by `***`."""
    if not isinstance(body, dict) or not {"jsonrpc", "result", "error"} & body.keys():
        return masked_answer(message.model, message.method, message.args, body)
    others = mask_value(
        {key: value for key, value in body.items() if key != "result"}, message.model
    )
    if "result" not in body:
        return others
    result = masked_answer(message.model, message.method, message.args, body["result"])
    rest = iter(others.items())
    return dict(("result", result) if key == "result" else next(rest) for key in body)


def _masked_params(message: Message, params: dict[str, Json]) -> dict[str, Json]:
    if "change_password" in message.path:
        masked: dict[str, Json] = mask_all(params)
        return masked
    if isinstance(params.get("service"), str) and isinstance(params.get("args"), list):
        masked = mask_value({key: params[key] for key in params if key != "args"}, "")
        return {key: masked[key] if key != "args" else _masked_service(params) for key in params}
    args, kwargs = params.get("args"), params.get("kwargs")
    masked_args, masked_kwargs = masked_call(
        message.model, message.method, _list(args), _dict(kwargs)
    )
    called: dict[str, Json] = {
        "args": masked_args if isinstance(args, list) else mask_value(args, message.model),
        "kwargs": masked_kwargs if isinstance(kwargs, dict) else mask_value(kwargs, message.model),
    }
    others = {key: value for key, value in params.items() if key not in called}
    rest = iter(mask_value(others, message.model).items())
    return dict((key, called[key]) if key in called else next(rest) for key in params)


def _masked_service(params: dict[str, Json]) -> list[Json]:
    """The arguments of a service: the credential, and what is secret of the call that `object` makes."""
    args, service, method = list(params["args"]), params["service"], params.get("method")
    places = _CREDENTIAL_AT.get(str(service), ())
    if method in ("create_database", "change_admin_password"):
        places = (0, 4) if method == "create_database" else (0, 1)
    for n in () if method in _WITHOUT_CREDENTIAL else places:
        args[n : n + 1] = [mask_all(value, numbers=True) for value in args[n : n + 1]]
    if service != "object" or len(args) < 5:
        return [*args[:3], *(mask_value(value, "") for value in args[3:])]
    model, called = str(args[3]), str(args[4])
    if method != "execute_kw":
        return [*args[:5], *masked_call(model, called, args[5:], {})[0]]
    positional, named = args[5:6], args[6:7]
    masked_args, masked_kwargs = masked_call(model, called, _list(*positional), _dict(*named))
    positional = [masked_args if isinstance(value, list) else value for value in positional]
    named = [masked_kwargs if isinstance(value, dict) else value for value in named]
    return [*args[:5], *positional, *named, *args[7:]]


def _list(value: Json = None) -> list[Json]:
    return value if isinstance(value, list) else []


def _dict(value: Json = None) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
