"""What is kept of a recorded request and its answer: nothing secret, and of pages the session info alone."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from har2rpc.model import Json
from har2rpc.odoo import secret_fields, urls

_SESSION_INFO = re.compile(r"odoo\.(?:__session_info__|session_info)\s*=\s*")
_KEPT_FORM_FIELDS = ("login", "db")


def clean_url(url: str) -> str:
    """Without a user and password, and without the values of secret parameters."""
    parts = urls.url_parts(url)
    query = urlencode(
        [
            (key, secret_fields.MASK if secret_fields.is_secret_key(key) else value)
            for key, value in parse_qsl(parts.query)
        ],
        safe="*",
    )
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))


def clean_body(path: str, body: str | None) -> str | None:
    """The body of a POST to this path: JSON with its secrets masked, of the login form two fields, else None."""
    value = _json_value(body)
    if value is None:  # a form: of the login page its login and database, of others nothing
        fields = [pair for pair in parse_qsl(body or "") if pair[0] in _KEPT_FORM_FIELDS]
        return urlencode(fields) if path.endswith("/web/login") and fields else None
    return _compact_json(_clean_params(path, value))


def _clean_params(path: str, body: Json) -> Json:
    params = body.get("params") if isinstance(body, dict) else None
    if not isinstance(params, dict):
        return secret_fields.masked("", "", body)
    if path.endswith("/jsonrpc") and isinstance(params.get("args"), list):
        args = list(params["args"])
        if len(args) > 2:  # [db, uid or login, credential, …] of both services
            args[2] = secret_fields.MASK
        cleaned: Json = {**params, "args": args}
    elif "change_password" in path:
        cleaned = secret_fields.masked("res.users", "change_password", params)
    else:
        model, method = str(params.get("model", "")), str(params.get("method", ""))
        cleaned = {
            key: (
                secret_fields.masked(model, method, value)
                if key in ("args", "kwargs")
                else secret_fields.masked("", "", {key: value})[key]
            )
            for key, value in params.items()
        }
    return {**body, "params": cleaned}


def clean_answer(body: str | None, answer: str | None) -> str | None:
    """The JSON answer to this body, with its secrets masked; None where it is not JSON."""
    value = _json_value(answer)
    if value is None:
        return None
    request = _json_value(body)
    params = request.get("params") if isinstance(request, dict) else None
    model = str(params.get("model", "")) if isinstance(params, dict) else ""
    return _compact_json(secret_fields.masked(model, "", value))


def clean_page(html: str | None) -> str | None:
    """Of a page only its session info, with its secrets masked; None for a page without one."""
    start = _SESSION_INFO.search(html or "")
    if not html or not start:
        return None
    try:
        info, _ = json.JSONDecoder().raw_decode(html, start.end())
    except (ValueError, RecursionError):
        return None
    text = json.dumps(secret_fields.masked("", "", info), ensure_ascii=False).replace("</", "<\\/")
    return f"<script>odoo.__session_info__ = {text};</script>"


def _json_value(text: str | None) -> Json:
    """None where the text is not JSON."""
    try:
        return json.loads(text or "")
    except (ValueError, RecursionError):
        return None


def _compact_json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
