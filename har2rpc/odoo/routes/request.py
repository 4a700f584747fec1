"""What a request says: the call before anything is known of its neighbours."""

from __future__ import annotations

from typing import NamedTuple

from har2rpc.model import Exchange, Json
from har2rpc.odoo.urls import without_userinfo


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


def as_uid(value: Json) -> int | None:
    """A user's id; None for anything that is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isdecimal():  # "2" works over /jsonrpc, too
        value = int(value)
    return value if isinstance(value, int) and value > 0 else None
