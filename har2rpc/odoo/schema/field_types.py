"""Guesses a field's type from its name and a value, for fields that the capture does not describe."""

from __future__ import annotations

import re
from typing import Literal

from har2rpc.model import Field, Json

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_DATETIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?\Z")
_HTML = re.compile(r"\s*<(?:p|div|span|h[1-6]|ul|ol|table|br|b|i|strong|em|a)\b[^>]*/?>", re.I)
# Yes or no, by the habits of official modules: is_company, sale_ok, active.
_YES_OR_NO = re.compile(r"(?:is|has|can|use|allow|show|auto|active|require|enable)(?:_|\Z)|.*_ok\Z")

# Measured or paid, and so a float though a whole number was typed: quantity, product_uom_qty, price_unit.
_MEASURED = re.compile(
    r"(?:.*_)?(?:qty|quantity|price|amount|cost|revenue|rate|weight|volume|hours|discount|probability)(?:_.*)?\Z"
)


_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{32,}={0,2}\s*\Z")
_FILE_NAME = re.compile(r"(?:image|avatar|logo)(?:_\d+)?\Z|datas\Z|.*_(?:file|image|attachment)\Z")
UPLOADED_FILE = "<the uploaded file>"
"""What stands in a call for the content of a file that a browser uploaded: no capture is asked for it."""
_LARGE = 20_000  # characters; nobody wants to read them in code


def file_of(name: str, value: Json, described: Field | None) -> Literal["", "base64", "text"]:
    """What of a file a field's value is: its base64, its text where that is long; "" for any other value."""
    if not isinstance(value, str) or not value:
        return ""
    if value == UPLOADED_FILE:
        return "base64"
    is_binary = described is not None and described.type == "binary"
    may_be_binary = described is None and _FILE_NAME.match(name) is not None
    if is_binary or ((may_be_binary or len(value) > _LARGE) and _BASE64.match(value)):
        return "base64"
    return "text" if len(value) > _LARGE else ""


def type_of(field: str, value: Json) -> str:
    """Odoo's name of the type: char, text, html, date, many2one, …

    `false` tells little: it stands for an empty field of any type.
    """
    last = field.rpartition(".")[2]
    is_id = last.endswith("_id") or field.endswith(".id")
    if isinstance(value, bool):
        if value is False and is_id:
            return "many2one"
        return "boolean" if value or _YES_OR_NO.match(last) else "char"
    if isinstance(value, int):
        return "many2one" if is_id else "float" if _MEASURED.match(last) else "integer"
    if isinstance(value, float):
        return "float"
    if isinstance(value, list):
        return "many2many" if is_id or last.endswith("_ids") or field == "id" else "char"
    if isinstance(value, str):
        return _text_type(value)
    return "char"


def _text_type(value: str) -> str:
    if _DATE.match(value):
        return "date"
    if _DATETIME.match(value):
        return "datetime"
    if _HTML.match(value):
        return "html"
    return "text" if "\n" in value else "char"
