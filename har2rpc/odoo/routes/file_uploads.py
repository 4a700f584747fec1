"""Uploads: a file that a browser posted is a `create` of an attachment; what the route answers is its id in some shape.

Source: Odoo 12-19 `addons/web/controllers/{main,binary}.py` (upload_attachment), 15-19 `addons/mail/controllers/attachment.py`,
13-16 `addons/portal/controllers/portal.py`, 17-19 `addons/product/controllers/product_document.py`, 12-19
`addons/{web_editor,html_editor}/controllers/main.py` (add_data).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from har2rpc.model import Exchange, Json
from har2rpc.model.values import is_id
from har2rpc.odoo.routes.posted_forms import posted_form
from har2rpc.odoo.routes.request import Recorded, recorded
from har2rpc.odoo.schema.field_types import UPLOADED_FILE

# By route: the model that it makes a record of, and the form's fields that name the record it belongs to.
_FORMS = {
    "/mail/attachment/upload": ("ir.attachment", "thread_model", "thread_id"),
    "/web/binary/upload_attachment": ("ir.attachment", "model", "id"),
    "/portal/attachment/add": ("ir.attachment", "res_model", "res_id"),
    "/product/document/upload": ("product.document", "res_model", "res_id"),
}
_EDITORS = frozenset({"/web_editor/attachment/add_data", "/html_editor/attachment/add_data"})
ROUTES = frozenset({*_FORMS, *_EDITORS})
UNSENT = "mail.compose.message"
"""The model that the client names while the message of a file is not sent yet."""
_LIST = re.compile(r"\[\s*\{.*\}\s*\]", re.DOTALL)
# What holds the attachment in an answer, from one version to the next.
_HOLDERS = ("data", "result", "ir.attachment", "Attachment", "attachmentData")


def upload(exchange: Exchange, route: str, body: Json) -> Recorded | None:
    """The `create` that an upload stands for, its content asked for; None where no file was posted."""
    if route in _EDITORS:
        return _from_editor(exchange, route, body)
    form = posted_form(exchange.body or "")
    model, model_field, id_field = _FORMS[route]
    names = [file.name for file in form.files if file.name]
    if not names:
        return None
    record = _record(form.fields.get(model_field), form.fields.get(id_field))
    values = [{"name": name, "datas": UPLOADED_FILE, **record} for name in names]
    argument = values[0] if len(values) == 1 else values
    return recorded(exchange, route, "create", {"model": model}, [argument], {}, None)


def _from_editor(exchange: Exchange, route: str, body: Json) -> Recorded | None:
    """An image that was put into a text: its content is in the call, resized by the server."""
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict) or not isinstance(params.get("data"), str):
        return None
    record = _record(params.get("res_model", "ir.ui.view"), params.get("res_id"))
    public = {} if record else {"public": True}
    values = {"name": params.get("name") or "image", "datas": params["data"], **record, **public}
    context = params.get("context")
    return recorded(exchange, route, "create", {"model": "ir.attachment"}, [values], {}, context)


def _record(model: Json, identity: Json) -> dict[str, Json]:
    """Which record the file belongs to; nothing for one that is not there yet."""
    if isinstance(identity, str) and identity.isdecimal():
        identity = int(identity)
    if not (isinstance(model, str) and model) or model in (UNSENT, "ir.ui.view"):
        return {}
    return {"res_model": model, "res_id": identity} if is_id(identity) and identity > 0 else {}


def with_method_answer(route: str, exchange: Exchange) -> Exchange:
    """The exchange of an upload with the answer that `create` gives: an id, or a list of them; any other as it is."""
    if route not in ROUTES:
        return exchange
    whole = exchange.again() if exchange.abridged and exchange.again else exchange
    answer = _parsed(whole.answer or "")
    ids = list(dict.fromkeys(_ids_in(answer)))
    method: dict[str, Json] = {"jsonrpc": "2.0", "id": None}
    if ids:
        method["result"] = ids[0] if len(ids) == 1 else ids
    elif exchange.status >= 400 or _is_refusal(answer):
        method["error"] = {"code": exchange.status}
    else:
        return replace(exchange, answer=None, abridged=False)
    return replace(exchange, answer=json.dumps(method), abridged=False)


def _parsed(text: str) -> Json:
    """The JSON of an answer: alone, or as the argument of a call in a page's script (callback of 12-16)."""
    script = _LIST.search(text) if text.lstrip()[:1] == "<" else None
    try:
        return json.loads(script[0] if script else text)
    except (ValueError, RecursionError):
        return None


def _ids_in(answer: Json) -> Iterator[int]:
    if isinstance(answer, list):
        for one in answer:
            yield from _ids_in(one)
    elif isinstance(answer, dict):
        own = next((answer[key] for key in ("attachment_id", "id") if is_id(answer.get(key))), 0)
        if own and "jsonrpc" not in answer:
            yield own
        else:
            inner = next((answer[key] for key in _HOLDERS if key in answer), None)
            yield from _ids_in(inner)


def _is_refusal(answer: Json) -> bool:
    first = answer[0] if isinstance(answer, list) and answer else answer
    return isinstance(first, Mapping) and "error" in first
