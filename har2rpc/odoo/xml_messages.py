"""Translates requests and answers of XML-RPC into equivalent JSON-RPC messages.

A capture may be hostile: document types (and so all entities) are rejected, and so is XML nested deeper than any call.
Source: Odoo 8-19, the controllers of `/xmlrpc` and `/xmlrpc/2` (`odoo/addons/base/controllers/rpc.py`, 19
`addons/rpc/controllers/xmlrpc.py`): the codes of faults, and what their texts hold.
"""

from __future__ import annotations

import base64
import re
import xmlrpc.client  # nosec B411 # parsed without document types, see _parse
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from har2rpc.model import Json

_DEEPEST = 200  # levels
_NO_VALUE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
_ERRORS = (expat.ExpatError, xmlrpc.client.Error, *_NO_VALUE)
_NAMES = {3: "odoo.exceptions.AccessDenied", 4: "odoo.exceptions.AccessError"}
_LAST_OF_TRACEBACK = re.compile(r"([A-Za-z_][\w.]{0,120}): (.*)", re.DOTALL)


def request_body(text: str, service: str) -> dict[str, Json] | None:
    """The JSON-RPC body of the same request to a service (`object`); None for what is not XML-RPC."""
    try:
        args, method = _parse(text)
    except _ERRORS:
        return None
    if not isinstance(method, str):
        return None
    return {"params": {"service": service, "method": method, "args": args}}


def answer_body(text: str) -> dict[str, Json] | None:
    """The JSON-RPC body of the same answer: a result, or an error; None for what is not XML-RPC."""
    try:
        values, _ = _parse(text)
    except xmlrpc.client.Fault as fault:
        return {"error": {"data": _error_of(fault)}}
    except _ERRORS:
        return None
    return {"result": values[0]} if len(values) == 1 else None


def _parse(text: str) -> tuple[list[Json], Any]:
    """The values of a message, and its method. Raises one of `_ERRORS`, Fault among them."""
    parser = expat.ParserCreate(None, None)
    unmarshaller: Any = xmlrpc.client.Unmarshaller()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = unmarshaller.start
    parser.EndElementHandler = unmarshaller.end
    parser.CharacterDataHandler = unmarshaller.data
    unmarshaller.xml(None, None)  # expat gives text, not bytes
    parser.Parse(text.strip(), True)
    values: Any = unmarshaller.close()
    return [_as_json(value) for value in values], unmarshaller.getmethodname()


def _refuse_doctype(*_: object) -> None:
    raise ValueError("a document type")


def _as_json(value: Any, depth: int = 0) -> Json:
    """A value as JSON has it: a date as Odoo writes one, bytes as base64."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, xmlrpc.client.Binary):
        return base64.b64encode(value.data).decode()
    if isinstance(value, xmlrpc.client.DateTime):
        date, _, time = str(value).partition("T")
        date = date if "-" in date else f"{date[:4]}-{date[4:6]}-{date[6:]}"
        return f"{date} {time}".strip()
    if isinstance(value, (list, tuple)):
        return [_as_json(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {str(key): _as_json(item, depth + 1) for key, item in value.items()}
    return float(value) if isinstance(value, Decimal) else value


def _error_of(fault: xmlrpc.client.Fault) -> dict[str, Json]:
    """A fault as the `data` of an error: a traceback tells the exception in its last line."""
    code, text = fault.faultCode, str(fault.faultString)
    if text.startswith("Traceback"):
        last = text.rstrip().rpartition("\n")[2]
        if match := _LAST_OF_TRACEBACK.fullmatch(last):
            name = match[1] if "." in match[1] else f"builtins.{match[1]}"
            return {"name": name, "message": match[2]}
        return {"name": "", "message": last}
    if isinstance(code, str):  # /xmlrpc: "warning -- UserError\n\nwhat it says"
        kind, _, message = code.partition("\n")
        name = kind.rpartition(" -- ")[2].strip()
        return {"name": f"odoo.exceptions.{name}", "message": message.strip() or text}
    return {"name": _NAMES.get(code, "odoo.exceptions.UserError"), "message": text}
