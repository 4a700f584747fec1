"""Cleans a recorded request and its answer: removes secrets, and keeps only the session info of pages."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urlunsplit

from har2rpc.model import Json
from har2rpc.odoo import secret_fields, urls
from har2rpc.odoo.secret_messages import Message, masked_reply, masked_request
from har2rpc.odoo.secret_texts import is_secret_parameter
from har2rpc.odoo.secret_values import mask_text, mask_value

_SESSION_INFO = re.compile(r"odoo\.(?:__session_info__|session_info)\s*=\s*")
_KEPT_FORM_FIELDS = ("login", "db")


def clean_url(url: str) -> str:
    """Without a user and password, the values of secret parameters, and tokens in the path."""
    parts = urls.url_parts(url)
    query = urlencode(
        [
            (key, secret_fields.MASK if is_secret_parameter(key, parts.query) else mask_text(value))
            for key, value in parse_qsl(parts.query)
        ],
        safe="*",
    )
    return urlunsplit(
        (parts.scheme, parts.netloc.rpartition("@")[2], mask_text(parts.path), query, "")
    )


def clean_body(path: str, body: str | None) -> str | None:
    """The body of a POST to this path: JSON with its secrets masked, of the login form two fields, else None."""
    value = _json_value(body)
    if value is None:  # a form: of the login page its login and database, of others nothing
        fields = [pair for pair in parse_qsl(body or "") if pair[0] in _KEPT_FORM_FIELDS]
        return urlencode(fields) if path.endswith("/web/login") and fields else None
    return _compact_json(masked_request(Message.of(path, value), value))


def clean_answer(path: str, body: str | None, answer: str | None) -> str | None:
    """The JSON answer to this body, with its secrets masked; None where it is not JSON.

    Of an error its name stays: what Odoo says with it, and its traceback, may repeat any value.
    """
    value = _json_value(answer)
    if value is None:
        return None
    masked = masked_reply(Message.of(path, _json_value(body)), value)
    if isinstance(masked, dict) and isinstance(masked.get("error"), dict):
        masked = {**masked, "error": _clean_error(masked["error"])}
    return _compact_json(masked)


def _clean_error(error: dict[str, Json]) -> dict[str, Json]:
    data = error.get("data")
    name = data.get("name") if isinstance(data, dict) else None
    cleaned: dict[str, Json] = {key: error[key] for key in ("code", "http_status") if key in error}
    return {**cleaned, "message": secret_fields.MASK, "data": {"name": name}}


def clean_page(html: str | None) -> str | None:
    """Of a page only its session info, with its secrets masked; None for a page without one."""
    start = _SESSION_INFO.search(html or "")
    if not html or not start:
        return None
    try:
        info, _ = json.JSONDecoder().raw_decode(html, start.end())
    except (ValueError, RecursionError):
        return None
    text = json.dumps(mask_value(info, ""), ensure_ascii=False).replace("</", "<\\/")
    return f"<script>odoo.__session_info__ = {text};</script>"


def _json_value(text: str | None) -> Json:
    """None where the text is not JSON."""
    try:
        return json.loads(text or "")
    except (ValueError, RecursionError):
        return None


def _compact_json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
