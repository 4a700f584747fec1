"""Routes of the web client that are not model calls but have an exact public equivalent: chatter, files, barcodes, exports.

Source: Odoo 12-19, `addons/mail/controllers`, `addons/web/controllers/{action,export}.py`; 15-19 `stock_barcode` (Enterprise),
`save_barcode_data`. Uploads: `file_uploads.py`.
"""

from __future__ import annotations

import json
import re

from har2rpc.model import Exchange, Json
from har2rpc.odoo.routes import file_uploads
from har2rpc.odoo.routes.posted_forms import posted_form
from har2rpc.odoo.routes.request import Recorded, recorded

_PATH = re.compile(
    r"/(?:mail/message/post|mail/thread/(?:un)?subscribe|mail/attachment/delete|web/action/run|web/export/(?:csv|xlsx|xls)"
    rf"|stock_barcode/save_barcode_data|{'|'.join(route[1:] for route in sorted(file_uploads.ROUTES))})/?$"
)
# What message_post takes; the rest of `post_data` is the composer's own.
_MESSAGE = (
    "body subject message_type subtype_xmlid subtype_id partner_ids attachment_ids parent_id"
    " email_add_signature partner_emails"
).split()


def equivalent_route(path: str) -> str | None:
    """The route with a public equivalent that a path leads to (`/mail/message/post`), or None."""
    match = _PATH.search(path)
    return match[0].rstrip("/") if match else None


def equivalent(exchange: Exchange, route: str, body: Json) -> Recorded | None:
    """The public call that a request to such a route stands for; None where it stands for none."""
    if route.startswith("/web/export/"):
        return _export(exchange, route)
    if route in file_uploads.ROUTES:
        return file_uploads.upload(exchange, route, body)
    params = body.get("params") if isinstance(body, dict) else None
    return _JSON[route](exchange, route, params) if isinstance(params, dict) else None


def _message(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    post = params.get("post_data")
    if not isinstance(post, dict) or not _is_id(params.get("thread_id")):
        return None
    kwargs = {key: post[key] for key in _MESSAGE if key in post}
    named = {"model": params.get("thread_model")}
    args = [[params["thread_id"]]]
    return recorded(exchange, route, "message_post", named, args, kwargs, params.get("context"))


def _subscription(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    if not _is_id(params.get("res_id")):
        return None
    method = f"message_{route.rpartition('/')[2]}"
    kwargs = {key: params[key] for key in ("partner_ids", "subtype_ids") if params.get(key)}
    named = {"model": params.get("res_model")}
    return recorded(
        exchange, route, method, named, [[params["res_id"]]], kwargs, params.get("context")
    )


def _deletion(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    if not _is_id(params.get("attachment_id")):
        return None
    named = {"model": "ir.attachment"}
    return recorded(exchange, route, "unlink", named, [[params["attachment_id"]]], {}, None)


def _scanned(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    """What was scanned is written to a field of a transfer; without one, quants have a method of their own for it."""
    context, values = params.get("context"), params.get("write_vals")
    if not isinstance(values, (list, dict)) or not values:
        return None
    if not params.get("res_id"):
        return recorded(exchange, route, "barcode_write", params, [values], {}, context)
    if not (_is_id(params["res_id"]) and isinstance(params.get("write_field"), str)):
        return None
    args = [[params["res_id"]], {params["write_field"]: values}]
    return recorded(exchange, route, "write", params, args, {}, context)


def _server_action(exchange: Exchange, route: str, params: dict[str, Json]) -> Recorded | None:
    """One that acts on records; behind a menu it acts on none, and only says what to show."""
    context = params.get("context")
    records = (
        [context.get(key) for key in ("active_id", "active_ids")]
        if isinstance(context, dict)
        else []
    )
    if not _is_id(params.get("action_id")) or not any(records):
        return None
    named = {"model": "ir.actions.server"}
    return recorded(
        exchange, route, "run", named, [[params["action_id"]]], {}, params.get("context")
    )


def _export(exchange: Exchange, route: str) -> Recorded | None:
    """The form's field `data` holds the request as JSON; without ids it exports what a search finds."""
    try:
        data = json.loads(posted_form(exchange.body or "").fields.get("data", ""))
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("fields"), list):
        return None
    names = [field.get("name") for field in data["fields"] if isinstance(field, dict)]
    names = [name for name in names if isinstance(name, str)]
    context = data.get("context")
    if ids := data.get("ids"):
        return recorded(exchange, route, "export_data", data, [ids, names], {}, context)
    kwargs = {"domain": data.get("domain") or [], "fields": names}
    return recorded(exchange, route, "search_read", data, [], kwargs, context)


def _is_id(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_JSON = {
    "/mail/message/post": _message,
    "/mail/thread/subscribe": _subscription,
    "/mail/thread/unsubscribe": _subscription,
    "/mail/attachment/delete": _deletion,
    "/stock_barcode/save_barcode_data": _scanned,
    "/web/action/run": _server_action,
}
