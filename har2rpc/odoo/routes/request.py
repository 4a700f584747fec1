"""What a request says: the call before anything is known of its neighbours."""

from __future__ import annotations

import re
from typing import NamedTuple

from har2rpc.model import Exchange, Json
from har2rpc.odoo.urls import without_userinfo

# Odoo's own rules: `regex_object_name` in odoo/models.py of 12-19 (parts between dots, none empty: `..` would be another
# address); a method is an attribute of a Python class. What is called anything else was never a call, and its name would
# stand in URLs, in code, and in the question before a write.
_MODEL = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_METHOD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PROGRAM_ROUTES = frozenset({"/jsonrpc", "/json/2", "/xmlrpc/2/object", "/xmlrpc/object"})
"""Routes that no web client uses: their calls come from somebody's own program."""
_LONGEST_SHOWN = 60  # characters, in a sentence


class Recorded(NamedTuple):
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


def recorded(
    exchange: Exchange,
    route: str,
    method: Json,
    params: dict[str, Json],
    args: Json,
    kwargs: dict[str, Json],
    context: Json,
) -> Recorded | None:
    """The call with its context taken apart; None without a model and a method."""
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
        uid=as_uid(context.get("uid")),
    )


def impossible_name(call: Recorded) -> str:
    """What no Odoo can have called: a clause on the model's or the method's name; "" where both can be."""
    if not _MODEL.fullmatch(call.model):
        return f"{_abridged(call.model)} cannot be the name of a model"
    return (
        "" if _METHOD.fullmatch(call.method) else f"{_abridged(call.method)} is not a method's name"
    )


def _abridged(name: str) -> str:
    return repr(name if len(name) <= _LONGEST_SHOWN else f"{name[:_LONGEST_SHOWN]}…")


def as_uid(value: Json) -> int | None:
    """A user's id; None for anything that is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isdecimal():  # "2" works over /jsonrpc, too
        value = int(value)
    return value if isinstance(value, int) and value > 0 else None
